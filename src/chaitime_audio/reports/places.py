"""Places in the MP3 that are worth a click: where chapters begin, and what was found wrong."""

from __future__ import annotations

from dataclasses import dataclass

from ..domain.episode import Episode
from ..domain.quality import QualityReport
from ..domain.sound import PublishedMs, Span
from ..editorial.notes.tags import chapter_marks

BEFORE_MS = 1000
"""A fault is heard from a little before it."""
NEAR_MS = 2000


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the MP3: where it is, what is there, and from where to listen."""

    at_ms: PublishedMs
    text: str
    from_ms: PublishedMs


def chapter_places(episode: Episode) -> tuple[Place, ...]:
    """Where each chapter begins, with its number."""
    return tuple(
        Place(mark.start_ms, f"{number} {' '.join(mark.title.split())}", mark.start_ms)
        for number, mark in enumerate(chapter_marks(episode), 1)
    )


def fault_places(episode: Episode, report: QualityReport) -> tuple[Place, ...]:
    """Clipped places that are left in the MP3, near ones as one, and long silences, in order of time."""
    found = [_fault(start, f"silence, {(end - start) / 1000:.1f} s") for start, end in report.silences]
    found += map(_clipped, _together(episode, report.clipped))
    return tuple(sorted(found, key=lambda place: (place.at_ms, place.text)))


Run = tuple[PublishedMs, PublishedMs, int]
"""Start and end of something clipped, and how many places it is."""


def _together(episode: Episode, clipped: tuple[Span, ...]) -> list[Run]:
    """Clipped places in the time of the MP3, those that are heard as one counted as one."""
    at, runs = episode.timeline.published, list[Run]()
    for item in filter(episode.timeline.keeps, clipped):
        start, end = at(item.start_ms), at(item.end_ms)
        if runs and start - runs[-1][1] <= NEAR_MS:
            runs[-1] = (runs[-1][0], end, runs[-1][2] + 1)
        else:
            runs.append((start, end, 1))
    return runs


def _clipped(run: Run) -> Place:
    start, end, times = run
    said = f"{end - start} ms" if times == 1 else f"{times} times in {(end - start) / 1000:.1f} s"
    return _fault(start, f"clipped, {said}")


def _fault(at_ms: PublishedMs, text: str) -> Place:
    return Place(at_ms, text, PublishedMs(max(0, at_ms - BEFORE_MS)))
