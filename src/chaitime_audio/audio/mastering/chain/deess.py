"""Sharp s sounds softened: the treble is turned down for the moments in which it drowns the voice.

A split-band de-esser keyed by the share of the treble and by the level of the voice itself (the design
is described by Zölzer, "DAFX: Digital Audio Effects", 2nd ed., ch. 4.4). Vowels, music and quiet s
sounds are not touched; no sample moves.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from .pcm import SAMPLE_RATE_HZ

TREBLE_HZ = 4500
STEP = 220
"""Frames that are judged together: 5 ms."""
MOST_DB, SLOPE = 8.0, 0.7
TREBLE_SHARE = 0.35
"""Of a sound that hisses, at least this much of the power is treble."""
ALLOWED_DB = -13.0
"""Treble may be this loud against the voice; what stands above is turned down by `SLOPE` of it."""
VOICE_UP, VOICE_DOWN = 0.05, 0.001
RELEASE_DB = 0.6


def de_essed(blocks: Iterable[NDArray[np.float32]]) -> Iterator[NDArray[np.float32]]:
    """Yield the sound, shape (frames, channels), as many frames as came, channels under one gain.

    What comes out does not depend on how the sound was cut into blocks.
    """
    from scipy.signal import butter, sosfilt

    sections = butter(2, TREBLE_HZ, "highpass", fs=SAMPLE_RATE_HZ, output="sos")
    state: NDArray[np.float64] | None = None
    judge, held, trebles = _Judge(), None, None
    for block in blocks:
        if state is None:
            state = np.zeros((len(sections), 2, block.shape[1]))
        treble, state = sosfilt(sections, block, axis=0, zi=state)
        held = block if held is None else np.concatenate([held, block])
        trebles = treble if trebles is None else np.concatenate([trebles, treble])
        ready = max(0, len(held) // STEP - 1) * STEP  # one step is held back: it says where to go
        if ready:
            yield _softened(held, trebles, judge, ready)
            held, trebles = held[ready:], trebles[ready:]
    if held is not None and trebles is not None and len(held):
        missing = ((0, -len(held) % STEP + STEP), (0, 0))
        padded, filled = np.pad(held, missing), np.pad(trebles, missing)
        yield _softened(padded, filled, judge, len(padded) - STEP)[: len(held)]


def _softened(
    sound: NDArray[np.float32], treble: NDArray[np.float64], judge: _Judge, count: int
) -> NDArray[np.float32]:
    """The first ``count`` frames with their treble turned down, along straight lines between the steps."""
    steps = (count // STEP + 1) * STEP
    whole = (sound[:steps].astype(np.float64) ** 2).mean(axis=1).reshape(-1, STEP).mean(axis=1)
    high = (treble[:steps] ** 2).mean(axis=1).reshape(-1, STEP).mean(axis=1)
    borders = judge.reductions(whole, high)
    less = 1 - 10 ** (-borders / 20)
    if not less.any():
        return sound[:count]
    part = np.arange(STEP) / STEP
    lines = (less[:-1, None] + np.diff(less)[:, None] * part).reshape(-1, 1)
    return (sound[:count] - lines * treble[:count]).astype(np.float32)


class _Judge:
    """Says for every step by how many dB the treble goes down."""

    def __init__(self) -> None:
        self._voice, self._last = 0.0, 0.0
        self._ahead: float | None = None

    def reductions(self, whole: NDArray[np.float64], high: NDArray[np.float64]) -> NDArray[np.float64]:
        """Return reductions in dB at the borders of the steps but the last, one more than those steps.

        The last step was only looked at: it comes again as the first one of the next call.
        """
        wanted = [self._ahead if self._ahead is not None else self._wanted(whole[0], high[0])]
        wanted += [self._wanted(power, treble) for power, treble in zip(whole[1:], high[1:], strict=True)]
        self._ahead = wanted[-1]
        borders = [self._last]
        for now, following in pairwise(wanted):
            self._last = max(now, following, self._last - RELEASE_DB)
            borders.append(self._last)
        return np.asarray(borders)

    def _wanted(self, power: float, treble: float) -> float:
        if power <= 1e-12:
            return 0.0
        hisses = treble > TREBLE_SHARE * power
        if not hisses:
            self._voice += (VOICE_UP if power > self._voice else VOICE_DOWN) * (power - self._voice)
        if not hisses or self._voice <= 1e-12:
            return 0.0
        over = 10 * math.log10(treble / self._voice) - ALLOWED_DB
        return min(MOST_DB, max(0.0, SLOPE * over))
