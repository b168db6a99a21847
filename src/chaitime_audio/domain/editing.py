"""The edited text on its way to the post: pieces that stay traceable to words, and every edit by name."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from .scripts import blank_between
from .sound import SourceMs, Span

CleanLevel = Literal["verbatim", "clean", "edited"]


@dataclass(frozen=True, slots=True)
class Piece:
    """One printed token, punctuation attached, and the ids of the words behind it (ascending)."""

    text: str
    word_ids: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Edit:
    """One thing that cleaning removed or changed; ``after`` is empty for a removal.

    ``rule`` is the name of the rule that did it; ``label`` the voice that spoke the words.
    """

    rule: str
    label: str
    before: str
    after: str
    word_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class EditMark:
    """A stretch of speech beside what was printed for it, for showing edits.

    ``printed`` is empty for what was left out; ``rules`` names what was done, and is empty for
    what was kept (typography aside). ``label`` is the voice that spoke.
    """

    label: str
    spoken: str
    printed: str
    rules: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MarkedTurn:
    """One turn with everything shown that was left out or changed; ``start_ms`` is its first word's."""

    label: str
    start_ms: SourceMs
    marks: tuple[EditMark, ...]

    @property
    def edited(self) -> bool:
        """Whether anything in it was left out or changed."""
        return any(mark.rules for mark in self.marks)


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What one voice says until another one is heard, cleaned; ``pieces`` is empty when nothing is left."""

    label: str
    pieces: tuple[Piece, ...]
    edits: tuple[Edit, ...] = ()

    @property
    def span(self) -> Span:
        """From the first piece's start to the last one's end; nothing at 0 when there are no pieces."""
        if not self.pieces:
            return Span(SourceMs(0), SourceMs(0))
        return Span(self.pieces[0].span.start_ms, max(piece.span.end_ms for piece in self.pieces))

    @property
    def text(self) -> str:
        """The edited text."""
        return joined(piece.text for piece in self.pieces)


def joined(texts: Iterable[str]) -> str:
    """Join printed tokens as their script does; an em dash between two of them stands without blanks."""
    parts: list[str] = []
    before = ""
    for text in texts:
        tight = before.endswith("—") or text.startswith("—")
        parts += ["" if tight else blank_between(before, text), text]
        before = text or before
    return "".join(parts)
