"""The programme as decided: which sound, how loud when, what is cut, what is put round it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Loudness
from .bed import laid_under
from .clips import LevelledClip, framed, offset_frames
from .cuts import FrameSpan, spliced
from .edges import faded
from .meter import STEP_MS, Levels, integrated
from .pcm import SAMPLE_RATE_HZ
from .treatment import AS_IT_IS, Treatment

NOTHING_LUFS = -60.0
SHORTEST_MS = 400
"""Loudness is defined over blocks of so long."""


@dataclass(frozen=True, slots=True)
class Mix:
    """Everything that is decided before encoding.

    ``sides`` has a (left, right) pair of weights per channel that comes out, ``curve`` a gain in
    dB for every 10 ms, ``gain_db`` what is added to all of the talk, ``levels`` are those of
    the whole programme before the limiter, ``fades`` how many frames of the talk fade in and out,
    ``bed`` what lies under its beginning, ``treatment`` what is done to the recording first.
    """

    paths: tuple[Path, ...]
    channels_in: int
    sides: tuple[tuple[float, float], ...]
    frames: int
    cuts: tuple[FrameSpan, ...]
    curve: NDArray[np.float32] | None
    gain_db: float
    levels: Levels
    clips: tuple[LevelledClip | None, LevelledClip | None]
    crossfade_ms: int
    source: Loudness
    fades: tuple[int, int] = (0, 0)
    bed: NDArray[np.float32] | None = None
    treatment: Treatment = AS_IT_IS

    @property
    def audible(self) -> bool:
        """Whether there is anything to make louder, and it is long enough to be measured."""
        long_enough = len(self.levels.energies) * STEP_MS >= SHORTEST_MS
        return long_enough and integrated(self.levels.energies) > NOTHING_LUFS

    @property
    def channels(self) -> int:
        """Channels of the MP3."""
        return len(self.sides)

    @property
    def talk_frames(self) -> int:
        """Length of the talk without its cuts."""
        return self.frames - sum(end - start for start, end in self.cuts)

    @property
    def intro_frames(self) -> int:
        """Where the talk begins."""
        return offset_frames(self.clips[0], self.talk_frames, self.crossfade_ms)

    def sound(self) -> Iterator[NDArray[np.float32]]:
        """Yield the whole programme, before limiting; can be had any number of times."""
        talk = self._levelled()
        if self.cuts:
            talk = spliced(talk, self.cuts, self.frames)
        if any(self.fades):
            talk = faded(talk, self.fades, self.talk_frames)
        if self.bed is not None:
            talk = laid_under(talk, self.bed)
        if any(self.clips):
            talk = framed(talk, self.clips, self.talk_frames, self.crossfade_ms)
        return talk

    def _levelled(self) -> Iterator[NDArray[np.float32]]:
        mixing = np.asarray([side[: self.channels_in] for side in self.sides], dtype=np.float32).T
        mixing *= np.float32(10 ** (self.gain_db / 20))
        factors = None if self.curve is None else 10 ** (self.curve / 20)
        at = 0
        for block in self.treatment.sound(self.paths, self.channels_in):
            mixed = _mixed(block, mixing)
            if factors is not None:
                mixed *= _between(factors, at, len(block))[:, None]
            at += len(block)
            yield mixed


def _mixed(block: NDArray[np.float32], mixing: NDArray[np.float32]) -> NDArray[np.float32]:
    """Sound of shape (frames, channels that come out), by weights of shape (channels in, out)."""
    mixed = np.empty((len(block), mixing.shape[1]), dtype=np.float32)
    for side, weights in enumerate(mixing.T):
        np.multiply(block[:, 0], weights[0], out=mixed[:, side])
        if len(weights) > 1:
            mixed[:, side] += block[:, 1] * weights[1]
    return mixed


def _between(factors: NDArray[np.floating], first: int, count: int) -> NDArray[np.float32]:
    """Factors for frames, on straight lines between the steps of a curve."""
    step = SAMPLE_RATE_HZ * STEP_MS // 1000
    low = min(first // step, len(factors) - 1)
    high = min((first + count) // step + 2, len(factors))
    piece = factors[low:high]
    if piece.min() == piece.max():
        return np.full(count, piece[0], dtype=np.float32)
    places = (np.arange(low, low + len(piece)) + 0.5) * step
    factor: NDArray[np.float32] = np.interp(np.arange(first, first + count), places, piece).astype(np.float32)
    return factor
