"""The one door through which programs write what people decide about an episode.

Command line, studio and imports come through here: a change is made to what was read, under the lock of the
files, checked, put into the journal, and refused with what somebody else wrote if there is such a thing.
Corrections go to ``corrections.toml``; ``episode.toml`` is the person's, and changed only where they ask.
"""

from __future__ import annotations

import difflib
import re
import tomllib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from ..domain.brief import Brief
from ..domain.contradictions import contradicted
from ..domain.correction import Correction
from ..errors import ConfigError, ConflictError, UsageError
from .corrections_text import (
    ARRAY,
    MARK,
    corrections_of,
    known_longer,
    remember,
    superseded,
    told,
    with_corrections,
)
from .episode_file import CORRECTIONS_NAME, Reviewed, stamp
from .episode_folder import EpisodeFolder
from .finder import BRIEF_NAME
from .journal import Entry, Journal, What, patch_between, read_journal, recover, sum_of, text_of, write
from .serialization import from_plain
from .toml_edit import remove_table

FILES = (BRIEF_NAME, CORRECTIONS_NAME)
_ID = re.compile(r'\bid\s*=\s*["\']c(\d{1,9})["\']')
_HEAD = "# Decided in the studio, on the command line or by an import. What episode.toml says goes first.\n"


@dataclass(frozen=True, slots=True)
class Seen:
    """What people had written about an episode when somebody looked: the texts, and what stands for them."""

    texts: dict[str, str]
    stamp: str


@dataclass(frozen=True, slots=True)
class Decided:
    """What was written: the entry of the journal, the journal with it, and what now stands in the files.

    ``declined`` has a sentence for each correction that was not written, as ``episode.toml`` says otherwise.
    """

    entry: Entry
    journal: Journal
    seen: Seen
    declined: tuple[str, ...] = ()


def look(folder: EpisodeFolder) -> Seen:
    """Read what people have written about an episode, to change it later. Raises ConfigError."""
    return Seen({name: text_of(folder.path / name) for name in FILES}, stamp(folder))


def decide(
    folder: EpisodeFolder, corrections: Sequence[Correction], author: str, seen: Seen | None = None
) -> Decided:
    """Add corrections, in their order; each gets an id. With ``seen``, only to what was read.

    One that ``episode.toml`` contradicts is not written: what a person wrote stands.
    Raises ConflictError when somebody else wrote since, UsageError for no corrections and where all are
    contradicted, ConfigError for files that cannot be read, LockedError when another program keeps them,
    DestinationError.
    """
    if not corrections:
        raise UsageError("no correction was given")
    declined: tuple[str, ...] = ()

    def change(texts: dict[str, str], journal: Journal) -> _Change:
        numbers = (one.removeprefix("c") for entry in journal.entries for one in entry.ids)
        taken = {int(one) for one in numbers if one.isdecimal()}
        taken |= {int(one) for one in _ID.findall(texts[CORRECTIONS_NAME])}
        first = max(taken, default=0) + 1
        nonlocal declined
        free, declined = _uncontradicted(corrections, texts[BRIEF_NAME])
        text, wanted = superseded(texts[CORRECTIONS_NAME], free)
        named = [replace(item, id=f"c{first + at}", author=author) for at, item in enumerate(wanted)]
        text = with_corrections(text or _HEAD, named)
        return _Change(CORRECTIONS_NAME, text, "change", tuple(item.id for item in named), told(free))

    return replace(_decided(folder, change, author, seen), declined=declined)


def rewrite(
    folder: EpisodeFolder, rewritten: Callable[[str], str], said: str, author: str, seen: Seen | None = None
) -> Decided:
    """Change the text of ``episode.toml``; ``said`` is the change in words. Raises as `decide` does."""

    def change(texts: dict[str, str], _journal: Journal) -> _Change:
        text = texts[BRIEF_NAME]
        mark = text[: text.startswith(MARK)]
        return _Change(BRIEF_NAME, mark + rewritten(text.removeprefix(MARK)), "change", (), said)

    return _decided(folder, change, author, seen)


def undo(folder: EpisodeFolder, author: str, seen: Seen | None = None) -> Decided:
    """Take the last change back. Raises UsageError when there is none, else as `decide` does."""
    return _decided(folder, lambda texts, journal: _turned(texts, journal, "undo"), author, seen)


def redo(folder: EpisodeFolder, author: str, seen: Seen | None = None) -> Decided:
    """Make the change that was last undone again. Raises UsageError when there is none."""
    return _decided(folder, lambda texts, journal: _turned(texts, journal, "redo"), author, seen)


def revert(
    folder: EpisodeFolder, wanted: str | Sequence[str], author: str, seen: Seen | None = None
) -> Decided:
    """Take one correction back, or several at once, whatever came after them; that can be undone.

    Raises UsageError for an id that no correction of ``corrections.toml`` has, and for none; else as
    `decide` does.
    """
    ids = (wanted,) if isinstance(wanted, str) else tuple(dict.fromkeys(wanted))
    if not ids:
        raise UsageError("no correction was named")

    def change(texts: dict[str, str], _journal: Journal) -> _Change:
        text, gone = texts[CORRECTIONS_NAME], list[Correction]()
        for number in ids:
            found = corrections_of(text, CORRECTIONS_NAME)
            at = next((at for at, item in enumerate(found) if item.id == number), None)
            if at is None:
                raise UsageError(f"there is no correction {number} in {CORRECTIONS_NAME}")
            text = remove_table(text, ARRAY, at)
            gone.append(found[at])
        return _Change(CORRECTIONS_NAME, text, "revert", ids, f"without {told(gone)}")

    return _decided(folder, change, author, seen)


@dataclass(frozen=True, slots=True)
class _Change:
    file: str
    text: str
    what: What
    ids: tuple[str, ...]
    said: str
    of: int = 0


def _decided(
    folder: EpisodeFolder,
    change: Callable[[dict[str, str], Journal], _Change],
    author: str,
    seen: Seen | None,
) -> Decided:
    with folder.file_lock():
        recover(folder.path)
        journal = read_journal(folder.path)
        texts = {name: text_of(folder.path / name) for name in FILES}
        if seen is not None:
            _refuse_conflict(folder, seen, texts)
        made = change(texts, journal)
        _check(folder, made, texts[made.file])
        at = datetime.now(UTC).isoformat(timespec="seconds")
        patch = patch_between(made.file, texts[made.file], made.text)
        number = len(journal.entries) + 1
        entry = Entry(number, at, author, made.what, made.said, patch, made.ids, made.of)
        if patch.before != patch.after:
            write(folder.path, entry, made.text)
            journal = journal.with_entry(entry)
        return Decided(entry, journal, Seen({**texts, made.file: made.text}, stamp(folder)))


def _refuse_conflict(folder: EpisodeFolder, seen: Seen, now: dict[str, str]) -> None:
    changed = [name for name in FILES if sum_of(seen.texts.get(name, "")) != sum_of(now[name])]
    if not changed:
        return
    shown = "\n".join(_diff(name, seen.texts.get(name, ""), now[name]) for name in changed)
    said = " and ".join(changed)
    raise ConflictError(f"{said} in {folder.path} changed meanwhile; look at it and try again", shown)


def _diff(name: str, before: str, now: str) -> str:
    old, new = before.splitlines(), now.splitlines()
    return "\n".join(difflib.unified_diff(old, new, f"{name}, as read", name, lineterm=""))


def _turned(texts: dict[str, str], journal: Journal, what: What) -> _Change:
    """The last change taken back, or the one last taken back made again."""
    numbers = journal.done if what == "undo" else journal.undone
    if not numbers:
        raise UsageError("there is nothing to undo" if what == "undo" else "there is nothing to do again")
    entry = journal.entry(numbers[-1])
    patch = entry.patch.inverse if what == "undo" else entry.patch
    text = patch.applied(texts[patch.file])
    return _Change(patch.file, text, what, entry.ids, f"{what}: {entry.said}", entry.number)


def _check(folder: EpisodeFolder, made: _Change, before: str) -> None:
    path = folder.path / made.file
    if made.file == CORRECTIONS_NAME and known_longer(before, made.text, str(path)):
        return
    try:
        made.text.encode()  # half a character, typed on a broken terminal
        plain = tomllib.loads(made.text.removeprefix(MARK))
    except (ValueError, RecursionError) as cause:
        raise ConfigError(f"{path} would not be valid TOML: {cause!a}") from cause
    found = from_plain(Brief if made.file == BRIEF_NAME else Reviewed, plain, str(path))
    if isinstance(found, Reviewed):
        remember(made.text, found.corrections)


def _uncontradicted(
    corrections: Sequence[Correction], text: str
) -> tuple[tuple[Correction, ...], tuple[str, ...]]:
    """The corrections that ``episode.toml`` lets stand, and a sentence for each other one."""
    plain = tomllib.loads(text.removeprefix(MARK)).get(ARRAY, ()) if ARRAY in text else ()
    own = from_plain(Reviewed, {ARRAY: plain}, BRIEF_NAME).corrections
    against = [(item, contradicted(item, own)) for item in corrections]
    free = tuple(item for item, other in against if other is None)
    said = tuple(
        f"not written: {told([item])}; {BRIEF_NAME} says otherwise ({told([other])}), change it there"
        for item, other in against
        if other is not None
    )
    if not free:
        raise UsageError(said[0])
    return free, said
