"""Chapters of their own for what frames a talk: sponsors' messages and the goodbye."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...domain.episode import Chapter
from ...domain.sound import SourceMs, Timeline
from ..languages.framing import framing_for
from .framing import Frame


def framed(
    found: tuple[Chapter, ...],
    frames: Sequence[Frame],
    language: str,
    duration_ms: int,
    *,
    timeline: Timeline,
    shortest_ms: int,
) -> tuple[Chapter, ...]:
    """Return the chapters, one more for each frame that is long enough, and one where the talk goes on.

    A chapter inside a frame, or too near its start, gives way. Without chapters there are none of these.
    """
    if not found:
        return found
    chapters = list(found)
    for frame in frames:
        starts, ends = timeline.published(frame.span.start_ms), timeline.published(frame.span.end_ms)
        if starts < shortest_ms or ends - starts < shortest_ms:
            continue
        left = [
            one
            for one in chapters
            if not one.start_ms
            or not starts - shortest_ms < timeline.published(one.start_ms) < max(ends, starts + shortest_ms)
        ]
        behind = (timeline.published(one.start_ms) for one in left)
        after = min((at for at in behind if at >= ends), default=duration_ms)
        new = [Chapter(frame.title, frame.span.start_ms)]
        if after - ends >= shortest_ms:
            new.append(Chapter(framing_for(language).resumed, SourceMs(frame.span.end_ms)))
        chapters = sorted((*left, *new), key=lambda one: one.start_ms)
    return _distinct(chapters)


def _distinct(chapters: Sequence[Chapter]) -> tuple[Chapter, ...]:
    """The same chapters, those of one title told apart by a number."""
    seen: dict[str, int] = {}
    told = []
    for one in chapters:
        count = seen[one.title] = seen.get(one.title, 0) + 1
        told.append(one if count == 1 else replace(one, title=f"{one.title} ({count})"))
    return tuple(told)
