"""What comes back from elsewhere: a transcript that somebody edited, and what in it differs from ours."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .correction import Correction
from .scoring import Said, TextKind
from .sound import SourceMs, Span

ChangeKind = Literal["words", "strikes", "speakers", "paragraphs"]
CHANGE_KINDS: tuple[ChangeKind, ...] = ("words", "strikes", "speakers", "paragraphs")


@dataclass(frozen=True, slots=True)
class EditedText:
    """A transcript as a person left it.

    ``said`` has a part for each cue, segment or paragraph; ``others`` are lines beside the talk (titles,
    headings, links); ``left_out`` says what of the file was not read, a sentence each.
    """

    kind: TextKind
    said: tuple[Said, ...]
    others: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PrintedToken:
    """A word of our text as a format prints it, and the ids of the recognised words behind it.

    ``name`` is who says it, as printed; ``label`` the voice; ``part`` the number of its cue or paragraph.
    """

    text: str
    word_ids: tuple[int, ...]
    name: str
    label: str
    part: int


@dataclass(frozen=True, slots=True)
class Change:
    """One difference that can be taken over, and the corrections that do it.

    ``before`` and ``after`` are what a person is shown; ``at_ms`` is where it is said, in source time.
    """

    kind: ChangeKind
    at_ms: SourceMs
    before: str
    after: str
    corrections: tuple[Correction, ...]


@dataclass(frozen=True, slots=True)
class Renamed:
    """A person whose name was changed wherever it stands; ``label`` is the voice that has the old one."""

    label: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What would become of an edited text: changes in order of time, names to change, and what is left over.

    ``unplaced`` has a sentence for each difference that no correction can make, with the reason. ``alike``
    is the share (0-1) of their words that are ours, in order.
    """

    changes: tuple[Change, ...] = ()
    renames: tuple[Renamed, ...] = ()
    unplaced: tuple[str, ...] = ()
    alike: float = 1.0


@dataclass(frozen=True, slots=True)
class Strike:
    """A guest wants this left out of the post; ``text`` is what they saw there."""

    span: Span
    text: str = ""


@dataclass(frozen=True, slots=True)
class Reworded:
    """A guest says that ``old``, said in this span, should read ``new``."""

    span: Span
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Comment:
    """What a guest remarks on a passage; it changes nothing."""

    span: Span
    text: str


@dataclass(frozen=True, slots=True)
class GuestWishes:
    """What a guest sent back, by source span.

    ``episode`` is the guid of the episode it is about, if told; ``left_out`` says what was not understood.
    """

    author: str = ""
    episode: str = ""
    strikes: tuple[Strike, ...] = ()
    corrections: tuple[Reworded, ...] = ()
    comments: tuple[Comment, ...] = ()
    left_out: tuple[str, ...] = ()
