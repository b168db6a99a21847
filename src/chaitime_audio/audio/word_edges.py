"""Where a word really begins and ends, by loudness: places to cut between words that cut into none.

A recogniser's times of words are some hundredths of a second off, and most words touch. Near a time
where one word ends and another begins the quietest place is looked for, never further than the middle of
either word; as far as it stays about as quiet there, that place is stretched, and the cut is made in it on
the side of the word that stays, a little air left.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from ..domain.sound import SourceMs, Span, span
from ..domain.speech import Word
from .levels import levels_db

STEP_MS = 5
SMOOTHED_STEPS = 5
"""The envelope is the level of 25 ms, every 5 ms."""
INTO_MS = 120
"""How far into a word the search may go; a word is never entered beyond its middle."""
BEYOND_MS = 700
"""How far from the word that stays, where nothing is said beside it."""
AS_QUIET_DB = 6.0
"""Up to so much over the quietest place it is quiet."""
PAUSE_MS = 120
"""So long it is quiet between words; a stop inside a word takes less."""
AIR_MS = 40
"""What stays of the quiet beside the word that stays."""

LATE_MS = 200
"""What a recognised time usually lacks of the end of a word (docs/benchmarks.md, edges of words)."""

Read = Callable[[int, int], NDArray[np.float32]]
"""Samples of 16 kHz sound from one time to another in milliseconds, as `Sound.read` gives them."""


def quiet_span(words: Sequence[Word], first: int, last: int, read: Read | None, *, cut: bool) -> Span:
    """Return from where to where to cut so that the words ``first`` to ``last`` (indices) are whole.

    ``cut`` True: these words go, and the neighbours stay whole; False: they stay, as a clip. ``read``
    gives the sound (see `reader`), of which under a second is read round each end; None: it is not there.
    """
    before = words[first - 1].span if first else None
    after = words[last + 1].span if last + 1 < len(words) else None
    start = quiet_place(before, words[first].span, read, keep="before" if cut and before else "after")
    end = quiet_place(words[last].span, after, read, keep="after" if cut and after else "before")
    return span(start, max(start, end))


def quiet_place(
    before: Span | None, after: Span | None, read: Read | None, *, keep: Literal["before", "after"]
) -> SourceMs:
    """Return the best place to cut between two words, of which one stays; None: there is no word.

    Without the sound (``read`` None) it is the word's own edge; an end gets what recognisers usually lack of
    it, as far as the other word leaves room. Raises ValueError when the word that stays is None.
    """
    lowest, highest = _bounds(before, after, keep)
    levels = envelope_db(read(lowest, highest)) if read else np.zeros(0)
    if len(levels):
        return SourceMs(lowest + STEP_MS * settled(levels, keep))
    if keep == "before":
        assert before is not None
        wanted = before.end_ms + LATE_MS
        return SourceMs(wanted if after is None else max(before.end_ms, min(wanted, after.start_ms)))
    assert after is not None
    return after.start_ms


def reader(decoded: Path) -> Read | None:
    """Return what reads stretches of work/decoded.s16 of an episode; None: it was swept away."""
    if not decoded.is_file() or not decoded.stat().st_size:
        return None
    pcm = np.memmap(decoded, dtype="<i2", mode="r")

    def read(start_ms: int, end_ms: int) -> NDArray[np.float32]:
        return pcm[max(0, start_ms) * 16 : max(0, end_ms) * 16].astype(np.float32) / np.float32(32768.0)

    return read


def envelope_db(samples: NDArray[np.float32]) -> NDArray[np.float64]:
    """Return the level of 25 ms about every 5 ms of 16 kHz sound in dBFS, shape (steps,)."""
    power = 10 ** (levels_db(samples, STEP_MS) / 10)
    if not len(power):
        return power
    edge = SMOOTHED_STEPS // 2
    around = np.pad(power, edge, mode="edge")
    smooth: NDArray[np.float64] = np.convolve(around, np.ones(SMOOTHED_STEPS) / SMOOTHED_STEPS, "valid")
    return 10 * np.log10(smooth)


def settled(levels: NDArray[np.float64], keep: Literal["before", "after"]) -> int:
    """Return the step of an envelope at which to cut: in the quiet by the word that stays.

    The first pause as seen from that word, or (words that touch) the quiet about the very quietest step.
    """
    quietest = int(np.argmin(levels))
    quiet = np.concatenate(([False], levels <= levels[quietest] + AS_QUIET_DB, [False]))
    stretches = np.flatnonzero(np.diff(quiet.astype(np.int8))).reshape(-1, 2)
    pauses = stretches[stretches[:, 1] - stretches[:, 0] >= PAUSE_MS // STEP_MS]
    own = stretches[(stretches[:, 0] <= quietest) & (quietest < stretches[:, 1])]
    first, stop = (pauses if len(pauses) else own)[0 if keep == "before" else -1].tolist()
    air = min(AIR_MS // STEP_MS, (stop - first) // 2)
    return int(first + air if keep == "before" else stop - 1 - air)


def _bounds(before: Span | None, after: Span | None, keep: Literal["before", "after"]) -> tuple[int, int]:
    """From when to when a cut may lie, in milliseconds."""
    if (before if keep == "before" else after) is None:
        raise ValueError("the word that is to stay is not there")
    lowest = max(before.middle_ms, before.end_ms - INTO_MS) if before else 0
    highest = min(after.middle_ms, after.start_ms + INTO_MS) if after else lowest + BEYOND_MS + INTO_MS
    if before and keep == "before":
        highest = min(highest, before.end_ms + BEYOND_MS)
    if after and keep == "after":
        lowest = max(lowest, after.start_ms - BEYOND_MS)
    if before is None:
        lowest = max(0, highest - BEYOND_MS - INTO_MS)
    return lowest, max(lowest, highest)
