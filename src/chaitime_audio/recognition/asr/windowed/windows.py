"""Cuts speech into windows that Whisper can hear in one go.

Neighbouring spans share a window while it stays under the limit, so that each has context;
a span that is too long is cut where it is quietest. Borders lie in pauses where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from ....domain.sound import Span, SpeechActivity, span
from ...context import Sound

LONGEST_MS = 28_000
PAD_MS = 400
LONGEST_GAP_MS = 3_000
LONG_PAUSE_MS = 600
SEARCH_MS = 10_000
FRAME_MS = 20


def windows(sound: Sound, activity: SpeechActivity) -> tuple[Span, ...]:
    """Return windows in order, not overlapping, at most 28.4 s each, that hold all speech."""
    pieces = _pieces(sound, activity.spans)
    borders = _chain(_steps(pieces), len(pieces))
    return _padded(_between(pieces, borders), sound.duration_ms)


def settled(sound: Sound, spans: Sequence[Span], until_ms: int) -> tuple[Span, ...]:
    """Return the first windows: those that nothing found after ``until_ms`` can change any more.

    `windows` looks for the best borders, and those of different continuations meet some way
    back; up to there they stand.
    """
    pieces = _pieces(sound, [item for item in spans if item.end_ms < until_ms])
    steps = _steps(pieces)
    ends = [at for at in range(len(pieces) + 1) if at == len(pieces) or _fits(pieces, at, len(pieces) - 1)]
    common = set.intersection(*(set(_chain(steps, end)) for end in ends))
    known = [border for border in _chain(steps, len(pieces)) if border <= max(common)]
    following = pieces[known[-1] : known[-1] + 1]
    return _padded((*_between(pieces, known), *following), sound.duration_ms)[:-1]


def _pieces(sound: Sound, spans: Sequence[Span]) -> tuple[Span, ...]:
    return tuple(piece for item in spans for piece in _cut(sound, item))


def _fits(pieces: Sequence[Span], first: int, last: int) -> bool:
    """Whether these pieces and all between are short enough for one window."""
    return pieces[last].end_ms - pieces[first].start_ms <= LONGEST_MS


def _steps(pieces: Sequence[Span]) -> list[int]:
    """For each piece's end, where the window that ends there had best begin (dynamic programming).

    As few windows as can be, with borders in long pauses. No long silence comes into a window,
    since Whisper invents words over it.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(len(pieces)):
        choices = []
        for first in range(last, -1, -1):
            gap = pieces[first + 1].start_ms - pieces[first].end_ms if first < last else 0
            if first < last and (gap > LONGEST_GAP_MS or not _fits(pieces, first, last)):
                break
            choices.append((best[first][0] + 1.0 + _badness(pieces, first), first))
        best.append(min(choices))
    return [first for _, first in best]


def _chain(steps: Sequence[int], end: int) -> list[int]:
    """Borders of the best windows up to a piece, ascending, with 0 and ``end``."""
    borders = [end]
    while borders[-1]:
        borders.append(steps[borders[-1]])
    return borders[::-1]


def _between(pieces: Sequence[Span], borders: Sequence[int]) -> tuple[Span, ...]:
    return tuple(Span(pieces[first].start_ms, pieces[end - 1].end_ms) for first, end in pairwise(borders))


def _badness(pieces: Sequence[Span], at: int) -> float:
    """How much a border before this piece hurts: 0.5 in running speech, nothing in a pause of 0.6 s."""
    if at == 0:
        return 0.0
    return 0.5 * max(0.0, 1 - (pieces[at].start_ms - pieces[at - 1].end_ms) / LONG_PAUSE_MS)


def _cut(sound: Sound, item: Span) -> Iterator[Span]:
    """Cut a span that is too long at the quietest place of the last ten seconds before the limit."""
    start = int(item.start_ms)
    while item.end_ms - start > LONGEST_MS:
        cut = quietest_ms(sound, start + LONGEST_MS - SEARCH_MS, start + LONGEST_MS)
        yield span(start, cut)
        start = cut
    yield span(start, item.end_ms)


def quietest_ms(sound: Sound, start_ms: int, end_ms: int) -> int:
    """Return the middle of the quietest 200 ms of a stretch."""
    import numpy as np

    samples = sound.read(start_ms, end_ms)
    width = 16 * FRAME_MS
    power = np.mean(samples[: len(samples) // width * width].reshape(-1, width) ** 2, axis=1)
    if len(power) < 10:
        return (start_ms + end_ms) // 2
    smooth = np.convolve(power, np.ones(10) / 10, mode="valid")
    return start_ms + (int(np.argmin(smooth)) + 5) * FRAME_MS


def _padded(found: tuple[Span, ...], end_ms: int) -> tuple[Span, ...]:
    """Give each window a little air, never into its neighbour."""
    padded = []
    for index, item in enumerate(found):
        before = found[index - 1].end_ms if index else 0
        after = found[index + 1].start_ms if index + 1 < len(found) else end_ms
        start = max(item.start_ms - PAD_MS, (before + item.start_ms) // 2 if index else 0, 0)
        end = min(item.end_ms + PAD_MS, (after + item.end_ms + 1) // 2 if index + 1 < len(found) else end_ms)
        padded.append(span(start, max(start, end)))
    return tuple(padded)
