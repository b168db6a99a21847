"""Titles to choose from: what the episode could be called, in its own words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ...domain.episode import Chapter, Notes
from ...domain.people import Cast

MOST, LONGEST = 5, 70
MOST_OF_A_KIND = 2


def headlines(notes: Notes, cast: Cast, chapters: Sequence[Chapter]) -> tuple[str, ...]:
    """Return up to five titles of at most 70 characters, no two alike; none without a named guest.

    Directories show the first 50 or so: what it is about stands before who it is.
    """
    named = [voice.person.name for voice in cast.voices if voice.named and voice.person.role == "guest"]
    guests = " & ".join(dict.fromkeys(named))
    if not guests:
        return ()
    kinds = (_said(notes, guests), _asked(chapters, guests), _about(notes, guests))
    once: dict[str, str] = {}
    for options in kinds:
        fitting = [text for text in options if len(text) <= LONGEST]
        for text in fitting[: 1 if options is kinds[-1] else MOST_OF_A_KIND]:
            once.setdefault(text.casefold(), text)
    return tuple(once.values())[:MOST]


def _said(notes: Notes, guests: str) -> Iterator[str]:
    """What the guest says, as a claim; the shortest first."""
    for claim in sorted(notes.claims, key=len):
        text = claim.rstrip(".")
        if ": " not in text:
            yield f"“{text}” — {guests}"


def _asked(chapters: Sequence[Chapter], guests: str) -> Iterator[str]:
    """What the host asks; questions first, the fuller ones first."""
    headings = sorted(chapters[1:], key=lambda item: (not item.title.endswith("?"), -len(item.title)))
    for chapter in headings:
        yield f"{chapter.title} — {guests}"


def _about(notes: Notes, guests: str) -> Iterator[str]:
    """What it is about, in keywords."""
    for count in (3, 2, 1):
        words = notes.keywords[:count]
        if len(words) == count:
            yield f"{guests}: {_listed(words)}"


def _listed(words: Iterable[str]) -> str:
    return ", ".join(words)
