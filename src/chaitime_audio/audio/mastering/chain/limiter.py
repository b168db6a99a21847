"""A look-ahead limiter whose ceiling may differ from place to place.

It works on about a thousand steps a second: the gain each step needs, held from 5 ms before
it, let go linearly, smoothed over the same 5 ms, and laid over the samples in straight lines.
No sample passes its ceiling (Giannoulis, Massberg and Reiss, "Digital dynamic range compressor
design", JAES 60(6), 2012, describe look-ahead and smoothing). What the encoder adds is seen on
the decoded MP3, and answered by a lower ceiling at just those places.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from .meter import STEP_MS
from .pcm import SAMPLE_RATE_HZ

STEP = 49
STEPS_A_LEVEL = SAMPLE_RATE_HZ * STEP_MS // 1000 // STEP
AHEAD = 5
RELEASE_MS = 80
BETWEEN_SAMPLES = 1.06
_RELEASE = 1000 * STEP / SAMPLE_RATE_HZ / RELEASE_MS


def limited(
    blocks: Iterator[NDArray[np.float32]], gain_db: float, ceilings: NDArray[np.float64]
) -> Iterator[NDArray[np.float32]]:
    """Yield the sound after a gain, nowhere above its ceiling.

    ``blocks`` have shape (frames, channels); ``ceilings`` are linear, one for every 10 ms, the
    last one holding on. As many frames come out as go in.
    """
    factor = np.float32(10 ** (gain_db / 20))
    state = _State(ceilings)
    for block in blocks:
        yield state.feed(block * factor)
    yield state.end()


def rounded_tips(sound: NDArray[np.floating], ceiling: NDArray[np.floating] | float) -> NDArray[np.floating]:
    """Return samples whose tips, from 6 dB above the ceiling on, are rounded to at most 9.5 dB above.

    A limiter that had to meet the single highest tips would hold everything down with them; a
    recording of sharp pulses could then never be made loud.
    """
    size, ceiling = np.abs(sound), np.broadcast_to(ceiling, sound.shape)
    sharp = size > 2.0 * ceiling
    if not sharp.any():
        return sound
    size, ceiling, rounded = size[sharp], ceiling[sharp], sound.copy()
    rounded[sharp] = np.copysign(ceiling * (2.0 + np.tanh(size / ceiling - 2.0)), sound[sharp])
    return rounded


def lowered(ceilings: NDArray[np.float64], peaks: dict[int, float], goal: float) -> NDArray[np.float64]:
    """Return ceilings that would have kept measured true peaks (by 10 ms) below a goal, 20 ms around too."""
    changed = ceilings.copy()
    for at, peak in peaks.items():
        if peak > goal:
            around = slice(max(0, at - 2), at + 3)
            changed[around] = np.minimum(changed[around], ceilings[around] * (goal / peak))
    return changed


def released(needed: NDArray[np.float64], before: float, slope: float) -> NDArray[np.float64]:
    """The highest gain that is never above ``needed`` and rises by at most ``slope`` a step."""
    ramp = slope * np.arange(1, len(needed) + 1)
    lowest = np.minimum.accumulate(needed - ramp) + ramp
    gains: NDArray[np.float64] = np.minimum(np.minimum(lowest, before + ramp), 1.0)
    return gains


class _State:
    """What is held back until the look-ahead knows it."""

    def __init__(self, ceilings: NDArray[np.float64]) -> None:
        self._ceilings, self._at = ceilings, 0
        self._held: NDArray[np.float32] | None = None
        self._past, self._last = np.ones(AHEAD), 1.0

    def feed(self, block: NDArray[np.float32]) -> NDArray[np.float32]:
        """Take a block; return what is ready."""
        held = block if self._held is None else np.concatenate([self._held, block])
        ready = len(held) // STEP - AHEAD - 1
        self._held = held
        return self._through(max(0, ready))

    def end(self) -> NDArray[np.float32]:
        """Return what is left."""
        if self._held is None:
            return np.zeros((0, 1), dtype=np.float32)
        left = len(self._held)
        steps = -(-left // STEP)
        missing = (steps + AHEAD + 1) * STEP - left
        self._held = np.pad(self._held, ((0, missing), (0, 0)))
        return self._through(steps)[:left]

    def _through(self, steps: int) -> NDArray[np.float32]:
        """Let a number of steps out, their gain applied."""
        assert self._held is not None
        if not steps:
            return self._held[:0]
        width = STEP * self._held.shape[1]
        seen = self._held[: (steps + AHEAD + 1) * STEP].reshape(-1, width)
        self._held = self._held[steps * STEP :]
        ceilings = self._ceilings_at(len(seen))
        peaks = np.maximum(seen.max(axis=1), -seen.min(axis=1))
        if (peaks > 2 * ceilings).any():
            seen = rounded_tips(seen, ceilings.astype(np.float32)[:, None])
            peaks = np.maximum(seen.max(axis=1), -seen.min(axis=1))
        out: NDArray[np.floating] = seen[:steps].reshape(steps, STEP, -1)
        gains = self._gains(peaks * BETWEEN_SAMPLES, ceilings, steps)
        if gains.min() < 1.0:
            part = (np.arange(STEP, dtype=np.float32) / STEP)[None, :]
            lines = gains[:-1, None].astype(np.float32) + np.diff(gains)[:, None].astype(np.float32) * part
            out = out * lines[:, :, None]
        return out.reshape(steps * STEP, -1).astype(np.float32, copy=False)

    def _ceilings_at(self, count: int) -> NDArray[np.float64]:
        """Ceilings of the steps that come next."""
        places = (self._at + np.arange(count)) // STEPS_A_LEVEL
        return self._ceilings[np.minimum(places, len(self._ceilings) - 1)]

    def _gains(
        self, peaks: NDArray[np.float64], ceilings: NDArray[np.float64], steps: int
    ) -> NDArray[np.float64]:
        """Gains at the borders of the steps, one more than there are."""
        needed = np.minimum(1.0, ceilings / np.maximum(peaks, 1e-9))
        windows = np.lib.stride_tricks.sliding_window_view(needed, AHEAD + 1)
        held = windows.min(axis=1)[: steps + 1]
        held = np.minimum(held, np.concatenate([[self._last], needed[:steps]]))
        self._last = float(needed[steps - 1])
        if not self._at:
            self._past = np.full(AHEAD, held[0])
        free = released(held, float(self._past[-1]), _RELEASE)
        line = np.concatenate([self._past, free])
        self._past, self._at = line[steps : steps + AHEAD], self._at + steps
        total = np.concatenate([[0.0], np.cumsum(line)])
        smooth: NDArray[np.float64] = (total[AHEAD:] - total[:-AHEAD])[1:] / AHEAD
        return np.where(smooth > 1 - 1e-9, 1.0, smooth)
