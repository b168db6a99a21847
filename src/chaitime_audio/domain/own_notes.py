"""The notes as a person has them: what stands under ``[notes]`` in episode.toml."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .people import Link
from .sound import SourceMs, Span

NoteField = Literal["summary", "titles", "claims", "quotes", "clips", "links"]
NOTE_FIELDS: tuple[NoteField, ...] = ("summary", "titles", "claims", "quotes", "clips", "links")


@dataclass(frozen=True, slots=True)
class OwnQuote:
    """A quote by where it is said; ``text`` is how the post printed it when it was chosen, or empty."""

    start: SourceMs
    end: SourceMs
    text: str = ""

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class OwnClip:
    """A clip by where it is said, and what it is called; without a title its first words are."""

    start: SourceMs
    end: SourceMs
    title: str = ""

    def __post_init__(self) -> None:
        _check_times(self.start, self.end)

    @property
    def span(self) -> Span:
        """From its start to its end."""
        return Span(self.start, self.end)


@dataclass(frozen=True, slots=True)
class OwnNotes:
    """What a person wants in the notes. None: as it is found; an empty list: nothing of the kind.

    ``titles`` are what the episode could be called, for the editor; the title it has is ``title`` outside
    this table. ``links`` come beside those of the episode and its people, in the place of what was found.
    """

    summary: str | None = None
    titles: tuple[str, ...] | None = None
    claims: tuple[str, ...] | None = None
    quotes: tuple[OwnQuote, ...] | None = None
    clips: tuple[OwnClip, ...] | None = None
    links: tuple[Link, ...] | None = None

    def __post_init__(self) -> None:
        for name in ("titles", "claims"):
            for text in getattr(self, name) or ():
                if not any(char.isalnum() for char in text):
                    raise ValueError(f"{name}: “{text}” says nothing")

    @property
    def told(self) -> tuple[NoteField, ...]:
        """The fields a person wrote."""
        return tuple(name for name in NOTE_FIELDS if getattr(self, name) is not None)


FOUND = OwnNotes()
"""Nothing is a person's."""


def _check_times(start: SourceMs, end: SourceMs) -> None:
    if start >= end:
        raise ValueError("start must be before end")
