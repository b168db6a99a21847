"""Repair of word times, and what they leave uncovered. Every function is linear in words and spans."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from itertools import islice

from ....domain.sound import Span, span
from .batches import TimedWord

SHORTEST_WORD_MS, LONGEST_WORD_MS = 20, 2_000
NEAR_MS = 1_000
PAUSE_MS = 250


def mend_times(words: Iterable[TimedWord], pauses: Sequence[Span], end_ms: int) -> list[TimedWord]:
    """Return words inside the recording, in order, at least 20 ms long, out of pauses they do not fill.

    ``pauses`` are in order. Where the recording is too short for its words, the last ones share its end.
    """
    starts = [pause.start_ms for pause in pauses]
    mended: list[TimedWord] = []
    last = 0
    for text, start, end, certainty in words:
        first, final = _out_of_pauses(max(start, last), max(end, start, last), pauses, starts)
        final = min(max(final, first + SHORTEST_WORD_MS), first + LONGEST_WORD_MS)
        mended.append((text, first, final, certainty))
        last = final
    return _inside(mended, end_ms)


def _inside(words: list[TimedWord], end_ms: int) -> list[TimedWord]:
    """Push words that stand over the end of the recording back into it, from the last to the first."""
    latest = end_ms
    for at in range(len(words) - 1, -1, -1):
        text, start, end, certainty = words[at]
        if end <= latest:
            break
        start = max(0, min(start, latest - SHORTEST_WORD_MS))
        words[at] = (text, start, max(start, latest), certainty)
        latest = start
    return words


def _out_of_pauses(start: int, end: int, pauses: Sequence[Span], starts: Sequence[int]) -> tuple[int, int]:
    """Shrink a word to the longer side of each pause it reaches into."""
    for at in range(max(0, bisect_right(starts, start) - 1), bisect_right(starts, end)):
        pause = pauses[at]
        if pause.end_ms <= start or pause.start_ms >= end:
            continue
        before, after = pause.start_ms - start, end - pause.end_ms
        if max(before, after) <= 0:
            continue
        start, end = (start, int(pause.start_ms)) if before >= after else (int(pause.end_ms), end)
    return start, end


def pauses_between(spans: Sequence[Span], end_ms: int) -> tuple[Span, ...]:
    """The stretches without speech of at least a quarter of a second, start and end included."""
    edges = [0, *(edge for item in spans for edge in (item.start_ms, item.end_ms)), end_ms]
    found = (span(a, max(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return tuple(item for item in found if item.duration_ms >= PAUSE_MS)


def holes(spans: Sequence[Span], words: Sequence[TimedWord], near_ms: int = NEAR_MS) -> tuple[Span, ...]:
    """Stretches of speech further than ``near_ms`` from any word."""
    covered = _joined(sorted((start - near_ms, end + near_ms) for _, start, end, _ in words))
    left: list[Span] = []
    first = 0
    for item in spans:
        at = int(item.start_ms)
        while first < len(covered) and covered[first][1] <= at:
            first += 1
        for start, end in islice(covered, first, None):
            if start >= item.end_ms:
                break
            if start > at:
                left.append(span(at, start))
            at = max(at, end)
        if at < item.end_ms:
            left.append(span(at, item.end_ms))
    return tuple(left)


def coverage(spans: Sequence[Span], words: Sequence[TimedWord]) -> float:
    """Share of speech (0-1) within a second of a word; 1 when there is no speech."""
    total = sum(item.duration_ms for item in spans)
    missed = sum(item.duration_ms for item in holes(spans, words))
    return 1.0 - missed / total if total else 1.0


def stray(words: Sequence[TimedWord], spans: Sequence[Span], near_ms: int) -> list[bool]:
    """For each word, whether it lies further than ``near_ms`` from all speech."""
    starts = [item.start_ms for item in spans]
    found = []
    for _, start, end, _ in words:
        at = bisect_right(starts, end + near_ms) - 1
        found.append(at < 0 or spans[at].end_ms + near_ms <= start)
    return found


def _joined(stretches: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    joined: list[tuple[int, int]] = []
    for start, end in stretches:
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
