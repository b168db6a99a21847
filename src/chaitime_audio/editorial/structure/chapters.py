"""Chapters: where topics begin, which in an interview is mostly at a question of the host.

The places at which one may begin, and what each is worth, are found by `places`; the best set of them
that keeps every chapter long enough and the lengths even is found by dynamic programming.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...domain.episode import Chapter, Exchange
from ...domain.sound import SourceMs, Timeline
from ..languages.reading import reading_for
from ..notes.gate import gate_for
from .places import Place, places
from .titles import short_title

SHORTEST_EPISODE_MS = 120_000
FEWEST_CHAPTERS = 3
HOUR_MS, SHORT_CHAPTER_MS = 3_600_000, 75_000


@dataclass(frozen=True, slots=True)
class ChapterLimits:
    """What a show allows.

    The shortest chapter, the most chapters, how many an hour gets, and the first one's title (empty: usual).
    """

    shortest_ms: int = 30_000
    most: int = 40
    opening: str = ""
    per_hour: float = 5.0


def chapters(
    exchanges: tuple[Exchange, ...],
    duration_ms: int,
    language: str,
    limits: ChapterLimits | None = None,
    timeline: Timeline | None = None,
    *,
    fits: Callable[[str], bool] | None = None,
) -> tuple[Chapter, ...]:
    """Return the chapters in source time: an opening one at 0, the others where a topic begins.

    That is at a host's question, or at a paragraph where the words change and nobody asks for a while.

    ``duration_ms`` is the length of what is published, and lengths are measured there.
    At least three, each at least ``limits.shortest_ms`` long, titles distinct and at most 40
    characters; nothing when the recording is shorter than two minutes or has too few such places.
    ``fits`` says whether a title may be printed (see `Gate.heads`); without it nothing is doubted.
    """
    limits = limits or ChapterLimits()
    if duration_ms < SHORTEST_EPISODE_MS:
        return ()
    data = reading_for(language)
    fits = fits or gate_for(language).heads
    found = places(exchanges, data, timeline or Timeline(), fits)
    chosen = _best(found, _wanted(duration_ms, limits) - 1, duration_ms, limits.shortest_ms)
    if len(chosen) < FEWEST_CHAPTERS - 1:
        return ()
    opening = limits.opening or data.opening
    named = [Chapter(opening, SourceMs(0))]
    taken = {opening.casefold()}
    for place in chosen:
        title = next((item.text for item in place.titles if item.text.casefold() not in taken), "")
        if title:
            taken.add(title.casefold())
            short = short_title(place.titles, title, data)
            named.append(Chapter(title, place.start_ms, short=short))
    return tuple(named) if len(named) >= FEWEST_CHAPTERS else ()


def _wanted(duration_ms: int, limits: ChapterLimits) -> int:
    """How many chapters a length gets: so many an hour, and in a short talk one in 75 s up to as many."""
    hourly, short = limits.per_hour * duration_ms / HOUR_MS, duration_ms // SHORT_CHAPTER_MS
    return min(limits.most, max(FEWEST_CHAPTERS, round(hourly), min(round(limits.per_hour), short)))


def _best(found: Sequence[Place], most: int, duration_ms: int, shortest_ms: int) -> list[Place]:
    """The set of up to ``most`` places of highest worth; as many of them as fit."""
    ideal = duration_ms / (most + 1)
    costs = [
        {
            before: _unevenness(_start(found, before), place.at_ms, ideal)
            for before in range(-1, now)
            if place.at_ms - _start(found, before) >= shortest_ms
        }
        for now, place in enumerate(found)
    ]
    rows: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]
    for _ in range(most):
        best_first = sorted(((value, before) for before, (value, _) in rows[-1].items()), reverse=True)
        options = (
            (now, _best_before(best_first, place.score, costs[now])) for now, place in enumerate(found)
        )
        rows.append({now: option for now, option in options if option is not None})
    for count in range(most, 0, -1):
        ends = [
            (value - _unevenness(found[at].at_ms, duration_ms, ideal), at)
            for at, (value, _) in rows[count].items()
            if at >= 0 and duration_ms - found[at].at_ms >= shortest_ms
        ]
        if ends:
            return _traced(found, rows, count, max(ends)[1])
    return []


def _best_before(
    best_first: Sequence[tuple[float, int]], score: float, costs: dict[int, float]
) -> tuple[float, int] | None:
    """What a place is worth behind the best of those before it, and which that is; None when none fits."""
    best: tuple[float, int] | None = None
    for value, before in best_first:
        if best is not None and value + score < best[0]:
            break  # costs only take away
        if before in costs:
            option = (value + score - costs[before], before)
            best = option if best is None else max(best, option)
    return best


def _start(found: Sequence[Place], at: int) -> int:
    return found[at].at_ms if at >= 0 else 0


def _unevenness(start_ms: int, end_ms: int, ideal_ms: float) -> float:
    return 0.25 * abs(math.log((end_ms - start_ms) / ideal_ms))


def _traced(
    found: Sequence[Place], rows: Sequence[dict[int, tuple[float, int]]], count: int, last: int
) -> list[Place]:
    chosen, at = [], last
    for row in reversed(rows[1 : count + 1]):
        chosen.append(found[at])
        at = row[at][1]
    return chosen[::-1]
