"""Cuts speech into windows that Whisper can hear in one go.

Neighbouring spans share a window while it stays under the limit, so that each has context;
a span that is too long is cut where it is quietest. Borders lie in pauses where there are any.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...model.sound import Span, SpeechActivity, span
from ..sound import Sound

LONGEST_MS = 28_000
PAD_MS = 200
LONGEST_GAP_MS = 3_000
LONG_PAUSE_MS = 600
SEARCH_MS = 10_000
FRAME_MS = 20


def windows(sound: Sound, activity: SpeechActivity) -> tuple[Span, ...]:
    """Return windows in order, not overlapping, at most 28.4 s each, that hold all speech."""
    pieces = tuple(piece for item in activity.spans for piece in _cut(sound, item))
    return _padded(tuple(_joined(pieces)), sound.duration_ms)


def _joined(pieces: Sequence[Span]) -> Iterator[Span]:
    """Join neighbours into windows: as few as can be, with borders in long pauses (dynamic programming).

    No long silence comes into a window, since Whisper invents words over it.
    """
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(len(pieces)):
        choices = []
        for first in range(last, -1, -1):
            inside = pieces[last].end_ms - pieces[first].start_ms
            if first < last and (
                inside > LONGEST_MS or pieces[first + 1].start_ms - pieces[first].end_ms > LONGEST_GAP_MS
            ):
                break
            choices.append((best[first][0] + 1.0 + _badness(pieces, first), first))
        best.append(min(choices))
    borders = [len(pieces)]
    while borders[-1]:
        borders.append(best[borders[-1]][1])
    for end, start in zip(borders[-2::-1], borders[:0:-1], strict=True):
        yield Span(pieces[start].start_ms, pieces[end - 1].end_ms)


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
