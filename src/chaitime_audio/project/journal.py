"""The journal of an episode: every change a program made to what people decide, with its way back.

One line of JSON a change, in ``journal.jsonl``. A change is a patch of one file: where, what stood there,
what stands there now; its inverse is the patch turned round, so what is undone is as it was, byte for byte.
While a change is made it stands in ``.journal.pending``: whoever opens the journal next writes its line
if the file was changed already, and forgets it if not.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Literal

from ..errors import ConfigError, UsageError
from .files import cannot_write, replace_file

JOURNAL_NAME, PENDING_NAME = "journal.jsonl", ".journal.pending"
What = Literal["change", "revert", "undo", "redo"]


@dataclass(frozen=True, slots=True)
class Patch:
    """In a file, ``old`` at character ``at`` became ``new``; ``before`` and ``after`` are the file's sums."""

    file: str
    at: int
    old: str
    new: str
    before: str
    after: str

    def applied(self, text: str) -> str:
        """The text with the patch made; elsewhere than at ``at`` where the file was edited meanwhile.

        Raises UsageError when what is to be replaced does not stand in it any more, or several times.
        """
        if text[self.at : self.at + len(self.old)] == self.old and (self.old or sum_of(text) == self.before):
            return text[: self.at] + self.new + text[self.at + len(self.old) :]
        if self.old and text.count(self.old) == 1:
            return text.replace(self.old, self.new)
        if not self.old:
            return text.rstrip("\n") + ("\n\n" if text.strip() else "") + self.new.strip("\n") + "\n"
        raise UsageError(f"{self.file} was changed by hand where this is; change it there")

    @property
    def inverse(self) -> Patch:
        """The patch that takes this one back."""
        return replace(self, old=self.new, new=self.old, before=self.after, after=self.before)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line: what was done, who did it, when (ISO 8601), and what it says to a person.

    ``of`` is the number of the entry that is undone or done again; ``ids`` name the corrections it is about.
    """

    number: int
    at: str
    author: str
    what: What
    said: str
    patch: Patch
    ids: tuple[str, ...] = ()
    of: int = 0


def sum_of(text: str) -> str:
    """sha256 (hex) of a file's text."""
    return sha256(text.encode()).hexdigest()


def patch_between(file: str, before: str, after: str) -> Patch:
    """The smallest patch of one piece that makes one text of another."""
    start = _shared(before, after)
    most = min(len(before), len(after)) - start
    same = _shared(before[::-1][:most], after[::-1][:most])
    old, new = before[start : len(before) - same], after[start : len(after) - same]
    return Patch(file, start, old, new, sum_of(before), sum_of(after))


def _shared(one: str, other: str) -> int:
    """How many characters two texts begin with in common, by halving."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


@dataclass(frozen=True, slots=True)
class Journal:
    """What was done, in order; ``done`` and ``undone`` are entries that can be undone and done again."""

    entries: tuple[Entry, ...] = ()
    done: tuple[int, ...] = ()
    undone: tuple[int, ...] = ()

    def with_entry(self, entry: Entry) -> Journal:
        """The journal with one more line."""
        done, undone = list(self.done), list(self.undone)
        _count(entry, done, undone)
        return Journal((*self.entries, entry), tuple(done), tuple(undone))

    def entry(self, number: int) -> Entry:
        """The entry of a number."""
        return self.entries[number - 1]


def _count(entry: Entry, done: list[int], undone: list[int]) -> None:
    """Bring what can be undone and done again up to date."""
    if entry.what == "undo":
        undone.append(done.pop())
    elif entry.what == "redo":
        done.append(undone.pop())
    else:
        done.append(entry.number)
        undone.clear()


@dataclass(frozen=True, slots=True)
class _Read:
    """A journal as far as it was read: ``size`` bytes of it, which end with ``last``, a whole line."""

    size: int
    last: bytes
    journal: Journal


_READ: dict[Path, _Read] = {}
MOST_READ = 64
"""Of so many journals this process remembers what it read: they only grow, so only what is new is read."""


def read_journal(folder: Path) -> Journal:
    """Return an episode's journal; a last line that was cut short is none.

    What this process has read before is not read again. Raises ConfigError for a line in its middle that
    cannot be read.
    """
    path = folder / JOURNAL_NAME
    known = _READ.get(path, _Read(0, b"", Journal()))
    try:
        with path.open("rb") as reader:
            reader.seek(known.size - len(known.last))
            if reader.read(len(known.last)) != known.last:  # another file than it was
                known = _Read(0, b"", Journal())
                reader.seek(0)
            fresh = reader.read()
    except FileNotFoundError:
        _READ.pop(path, None)
        return Journal()
    whole = fresh[: fresh.rfind(b"\n") + 1]
    if whole:
        journal = _longer(known.journal, whole.split(b"\n")[:-1], path)  # at no other mark that ends a line
        last = whole[whole.rfind(b"\n", 0, -1) + 1 :]
        known = _Read(known.size + len(whole), last, journal)
        while len(_READ) >= MOST_READ:
            _READ.pop(next(iter(_READ)), None)
        _READ[path] = known
    return known.journal


def _longer(journal: Journal, lines: Sequence[bytes], path: Path) -> Journal:
    """A journal with more lines."""
    entries, done, undone = list(journal.entries), list(journal.done), list(journal.undone)
    for line in lines:
        try:
            entries.append(_entry(json.loads(line)))
            _count(entries[-1], done, undone)
        except (ValueError, TypeError, KeyError, IndexError) as cause:
            where = f"{path}: line {len(entries) + (len(entries) == len(journal.entries))}"
            raise ConfigError(f"{where} cannot be read; move the file away to go on") from cause
    return Journal(tuple(entries), tuple(done), tuple(undone))


def write(folder: Path, entry: Entry, text: str) -> None:
    """Change a file as an entry says, to ``text``, and write the entry's line. Raises DestinationError."""
    pending, target = folder / PENDING_NAME, folder / entry.patch.file
    replace_file(pending, _line(entry))
    replace_file(target, text.encode())
    _append(folder, entry)
    pending.unlink(missing_ok=True)


def recover(folder: Path) -> None:
    """Settle a change that was cut short: its line is written if its file was. Raises DestinationError."""
    pending = folder / PENDING_NAME
    try:
        entry = _entry(json.loads(pending.read_bytes()))
    except FileNotFoundError:
        return
    except (ValueError, TypeError, KeyError):
        pending.unlink(missing_ok=True)
        return
    known = len(read_journal(folder).entries)
    if known < entry.number and sum_of(text_of(folder / entry.patch.file)) == entry.patch.after:
        _append(folder, entry)
    pending.unlink(missing_ok=True)


def settle(folder: Path) -> None:
    """Settle a change and a last line that were cut short. Raises DestinationError."""
    recover(folder)
    try:
        _mend(folder / JOURNAL_NAME)
    except OSError as cause:
        raise cannot_write(folder / JOURNAL_NAME, cause) from cause


def _append(folder: Path, entry: Entry) -> None:
    """Write one line and see it to the disk; what was left of a line that was cut short goes first."""
    path = folder / JOURNAL_NAME
    try:
        _mend(path)
        with path.open("ab") as writer:
            writer.write(_line(entry))
            writer.flush()
            os.fsync(writer.fileno())
    except OSError as cause:
        raise cannot_write(path, cause) from cause


def _line(entry: Entry) -> bytes:
    return json.dumps(asdict(entry), ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def text_of(path: Path) -> str:
    """A file's text with its line breaks as they are; empty where there is none."""
    try:
        return path.read_bytes().decode()
    except FileNotFoundError:
        return ""
    except UnicodeDecodeError as cause:
        raise ConfigError(f"{path} is not UTF-8; save it so") from cause


def _mend(path: Path) -> None:
    """Cut off what stands behind the last line's end."""
    if not path.exists() or _ends_whole(path):
        return
    data = path.read_bytes()
    if data:
        replace_file(path, data[: data.rfind(b"\n") + 1])


def _ends_whole(path: Path) -> bool:
    with path.open("rb") as reader:
        size = reader.seek(0, os.SEEK_END)
        reader.seek(max(0, size - 1))
        return reader.read() == b"\n"


def _entry(plain: dict[str, object]) -> Entry:
    patch = Patch(**plain["patch"])  # type: ignore[arg-type]
    return Entry(**{**plain, "patch": patch, "ids": tuple(plain["ids"])})  # type: ignore[arg-type]
