"""Brings an edited transcript back into an episode: read, laid beside ours, tried, and kept as corrections.

What is proposed is tried before anybody is asked: the episode is derived with it, in memory, and laid beside
the edited text again. So what a person sees is what will come of it, and what will not is named.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

from ..domain.correction import Correction
from ..domain.episode import Episode
from ..domain.imported import CHANGE_KINDS, Change, ChangeKind, EditedText, GuestWishes, Plan
from ..domain.text import quoted
from ..domain.timecode import clock
from ..editorial.corrections.text import unmet
from ..editorial.imports.plan import LEAST_ALIKE, plan, shortened
from ..editorial.imports.printed import printed
from ..editorial.imports.wishes import plan_of_wishes
from ..errors import InputRefusedError, NotMadeError
from ..formats import Templates, render_one
from ..project.edited_prose import same_name
from ..project.edited_text import parsed, read_edited
from .run import OpenEpisode, derived_with

MOST_STRUCK = 1 / 3
ROUNDS = 3
AGAIN: frozenset[ChangeKind] = frozenset({"speakers", "paragraphs"})
"""What may be off once words were changed, and is tried again; words are put right once."""
_FORMATS = {
    ".vtt": "vtt",
    ".srt": "srt",
    ".json": "transcript_json",
    ".md": "transcript_md",
    ".txt": "transcript_txt",
    ".docx": "transcript_txt",
}
_OURS = Templates()
_PROSE = ("transcript_md", "transcript_plain_md", "transcript_front_md", "transcript_txt")


@dataclass(frozen=True, slots=True)
class Brought:
    """What an edited text comes to: the plan, the corrections that were tried and hold, and what to say.

    ``declined`` counts the changes of kinds that were not asked for.
    """

    plan: Plan
    corrections: tuple[Correction, ...]
    declined: int = 0
    left_out: tuple[str, ...] = ()


Derive = Callable[[tuple[Correction, ...]], Episode | None]
"""The episode with more corrections; None where that would need something slow."""


def deriver(made: OpenEpisode) -> Derive:
    """Return what derives an open episode with more corrections, from what is kept."""
    brief = made.episode.brief

    def derive(more: tuple[Correction, ...]) -> Episode | None:
        try:
            return derived_with(made, replace(brief, corrections=(*brief.corrections, *more)))
        except NotMadeError:
            return None

    return derive


def bring_in(
    episode: Episode,
    path: Path,
    derive: Derive,
    *,
    kinds: Collection[ChangeKind] = CHANGE_KINDS,
    strikes: bool = False,
    templates: Templates = _OURS,
) -> Brought:
    """Return what becomes of an edited file; nothing is written.

    Only changes of ``kinds`` are made. Where more than a third of the talk is missing in it, that counts as
    left out by a person only with ``strikes``. Raises UsageError and InputRefusedError as `read_edited`
    does, InputRefusedError also for a transcript of another episode.
    """
    view = _View(episode, path, templates)
    theirs, author = view.theirs(), f"import {path.name}"
    if isinstance(theirs, GuestWishes):
        return _of_guest(episode, derive, theirs, kinds, author)
    found = view.plan(episode, theirs, author)
    if found.alike < LEAST_ALIKE:
        raise InputRefusedError(
            f"{path} is not a version of this episode: {found.alike:.0%} of its words are ours; "
            "is it of another one?"
        )
    notes = list(theirs.left_out)
    wanted = tuple(one for one in found.changes if one.kind in kinds)
    if not strikes and _struck_share(wanted, episode) > MOST_STRUCK:
        notes.append(
            "more than a third of the talk is not in it; nothing was struck "
            "(--only strikes says that you mean it)"
        )
        wanted = tuple(one for one in wanted if one.after)
    declined = len(found.changes) - len(wanted)
    trial = _Trial(view, derive, theirs, author)
    return trial.brought(replace(found, changes=wanted), tuple(notes), declined)


def differences(episode: Episode, path: Path, templates: Templates = _OURS) -> int:
    """How many changes an edited file is from what an episode prints; a guest's wishes are none.

    Raises as `bring_in` does.
    """
    view = _View(episode, path, templates)
    theirs = view.theirs()
    if isinstance(theirs, GuestWishes):
        return 0
    found = view.plan(episode, theirs, "")
    return len(found.changes) + len(found.unplaced) + len(found.renames)


def holding_of(derive: Derive, proposed: tuple[Correction, ...]) -> tuple[tuple[Correction, ...], list[str]]:
    """The corrections that find what they are to correct, and a warning for each other one."""
    kept, unmade, _ = _holding(derive, proposed)
    return kept, unmade


def _struck_share(changes: Iterable[Change], episode: Episode) -> float:
    gone = sum(len(one.before.split()) for one in changes if not one.after)
    said = sum(len(item.words) for item in episode.spoken)
    return gone / said if said else 0.0


class _View:
    """An edited file, and our own text read as a file of its kind is."""

    def __init__(self, episode: Episode, path: Path, templates: Templates) -> None:
        self._episode, self._path, self._suffix = episode, path, path.suffix.lower()
        self._templates = templates
        self._names = frozenset(same_name(voice.person.name) for voice in episode.cast.voices)
        self.others: frozenset[str] = frozenset()

    def theirs(self) -> EditedText | GuestWishes:
        """Read the file."""
        if self._suffix in (".md", ".txt", ".docx"):
            self.others = frozenset(chain.from_iterable(self._others(name) for name in _PROSE))
        return read_edited(self._path, self._names, self.others, self._episode.duration_ms)

    def _others(self, name: str) -> Iterator[str]:
        suffix = ".txt" if name == _FORMATS[".txt"] else ".md"
        for text in render_one(name, self._episode, self._templates).values():
            read = self._talk(self._episode, text, suffix)
            for other in read.others:
                yield from (other, other.lstrip("# "))
        yield self._episode.title

    def ours(self, episode: Episode) -> EditedText:
        """Our own text, as the file would have it if nobody had edited it."""
        suffix = ".txt" if self._suffix == ".docx" else self._suffix
        texts = render_one(_FORMATS[self._suffix], episode, self._templates)
        return self._talk(episode, next(iter(texts.values()), ""), suffix)

    def _talk(self, episode: Episode, text: str, suffix: str) -> EditedText:
        read = parsed(text, suffix, self._names) if text else EditedText("edited", ())
        assert isinstance(read, EditedText)
        _, strange = printed(episode, read.kind, read.said)
        said = tuple(part for at, part in enumerate(read.said) if at not in strange)
        return EditedText(read.kind, said, (*read.others, *(read.said[at].text for at in strange)))

    def plan(self, episode: Episode, theirs: EditedText, author: str) -> Plan:
        """Lay the file beside what an episode prints."""
        ours = self.ours(episode)
        return plan(episode, replace(ours, others=(*ours.others, *self.others)), theirs, author)


class _Trial:
    """Tries corrections: the episode is derived with them and laid beside the edited text again."""

    def __init__(self, view: _View, derive: Derive, theirs: EditedText, author: str) -> None:
        self._view, self._derive, self._theirs, self._author = view, derive, theirs, author

    def brought(self, found: Plan, notes: tuple[str, ...], declined: int) -> Brought:
        """What of a plan holds; differences that are left by it are tried once more, the rest is named."""
        kinds = {one.kind for one in found.changes}
        corrections, unmade, episode = _holding(self._derive, _corrections_of(found.changes))
        left = self._left(episode, kinds) if corrections else Plan()
        for _ in range(ROUNDS if left.changes else 0):
            again = (one for one in left.changes if one.kind in AGAIN)
            fresh = tuple(item for item in _corrections_of(again) if item not in corrections)
            more, _, episode = _holding(self._derive, (*corrections, *fresh)) if fresh else ((), [], None)
            now = self._left(episode, kinds)
            if episode is None or len(now.changes) >= len(left.changes):
                break
            corrections, left = more, now
        unplaced = (*found.unplaced, *unmade, *map(_remaining, left.changes), *left.unplaced)
        kept = replace(found, unplaced=tuple(dict.fromkeys(unplaced)))
        return Brought(kept, corrections, declined, notes)

    def _left(self, episode: Episode | None, kinds: Collection[ChangeKind]) -> Plan:
        """What differs still, as far as it was asked for."""
        if episode is None:
            return Plan()
        found = self._view.plan(episode, self._theirs, self._author)
        return replace(found, changes=tuple(one for one in found.changes if one.kind in kinds))


def _corrections_of(changes: Iterable[Change]) -> tuple[Correction, ...]:
    return tuple(dict.fromkeys(chain.from_iterable(one.corrections for one in changes)))


def _remaining(change: Change) -> str:
    told = f"{quoted(shortened(change.before))} to {quoted(shortened(change.after))}"
    return f"{clock(change.at_ms)} {change.kind}, {told}: it does not come out wholly as in the file"


def _holding(
    derive: Derive, proposed: tuple[Correction, ...]
) -> tuple[tuple[Correction, ...], list[str], Episode | None]:
    """The corrections that find what they are to correct, a warning for each other one, and the episode."""
    episode = derive(proposed) if proposed else None
    if episode is None:
        return proposed, [], None
    vain = {item: _unmet(item) for item in proposed}
    warned = [text for text in episode.warnings if text.startswith("correction ")]
    vain = {item: start for item, start in vain.items() if any(text.startswith(start) for text in warned)}
    if not vain:
        return proposed, [], episode
    kept = tuple(item for item in proposed if item not in vain)
    warnings = [text for text in warned if text.startswith(tuple(vain.values()))]
    return kept, warnings, derive(kept)


def _unmet(item: Correction) -> str:
    return unmet(item, "")


def _of_guest(
    episode: Episode, derive: Derive, wishes: GuestWishes, kinds: Collection[ChangeKind], author: str
) -> Brought:
    guid = episode.brief.guid
    if wishes.episode and guid and wishes.episode != guid:
        raise InputRefusedError(
            f"these wishes are for the episode {wishes.episode}; this one's guid is {guid}"
        )
    found = plan_of_wishes(episode, wishes, f"{wishes.author}, {author}" if wishes.author else author)
    wanted = tuple(one for one in found.changes if one.kind in kinds)
    corrections, unmade, _ = _holding(derive, _corrections_of(wanted))
    told = replace(found, changes=wanted, unplaced=(*found.unplaced, *unmade))
    return Brought(told, corrections, len(found.changes) - len(wanted), wishes.left_out)
