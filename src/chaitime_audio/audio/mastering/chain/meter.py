"""A loudness meter that keeps one energy per 10 ms, so that any stretch can be asked about later.

Loudness after ITU-R BS.1770-4 (K-weighting, 400 ms blocks, gates at -70 LUFS and -10 LU),
loudness range after EBU Tech 3342 (3 s blocks, gates at -70 LUFS and -20 LU, 10th to 95th
percentile). The filter is the standard's analogue prototype, mapped to the sample rate.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Loudness

STEP_MS = 10
SILENCE_LUFS = -70.0
_OFFSET_DB = -0.691
_OVERSHOOT = 0.7
"""Between samples a peak stands at most about 3 dB above the samples beside it."""


@dataclass(frozen=True, slots=True)
class Levels:
    """What is known of a stretch of sound, for every 10 ms.

    ``energies`` are K-weighted mean squares summed over channels, ``peaks`` the highest samples.
    """

    energies: NDArray[np.float32]
    peaks: NDArray[np.float32]

    def lifted(self, factor: NDArray[np.floating] | float) -> Levels:
        """Return what these are after a gain, one for all or one for every 10 ms."""
        return Levels(
            (self.energies * factor**2).astype(np.float32), (self.peaks * factor).astype(np.float32)
        )

    def kept(self, mask: NDArray[np.bool_]) -> Levels:
        """Return those of the 10 ms that a mask names."""
        return Levels(self.energies[mask], self.peaks[mask])

    def then(self, other: Levels) -> Levels:
        """Return these and what follows."""
        return Levels(
            np.concatenate([self.energies, other.energies]), np.concatenate([self.peaks, other.peaks])
        )


@dataclass(slots=True)
class Meter:
    """Takes sound block by block: one or two channels, shape (frames, channels), any float.

    Keeps per 10 ms the K-weighted mean squares of the channels and of their product, so that
    the loudness of any mix of the two can be worked out afterwards. ``peak`` is the highest
    true peak.
    """

    sample_rate_hz: int
    peak: float = 0.0
    _squares: list[Any] = field(default_factory=list)
    _peaks: list[Any] = field(default_factory=list)
    _rest: Any = None
    _plain: Any = None
    _state: Any = None

    def add(self, block: NDArray[np.float32]) -> None:
        """Measure the next block."""
        from scipy.signal import sosfilt

        if not len(block):
            return
        if self._state is None:
            self._state = np.zeros((2, block.shape[1], 2))
            self._rest = np.zeros((block.shape[1], 0))
            self._plain = np.zeros((block.shape[1], 0), dtype=np.float32)
        self._look_for_peak(block)
        plain = np.ascontiguousarray(block.T, dtype=np.float32)
        sections = _k_weighting(self.sample_rate_hz)
        weighted, self._state = sosfilt(sections, plain.astype(np.float64), axis=1, zi=self._state)
        self._keep(
            np.concatenate([self._rest, weighted], axis=1), np.concatenate([self._plain, plain], axis=1)
        )

    def close(self) -> None:
        """Count what is left of the last 10 ms."""
        if self._rest is not None and self._rest.shape[1]:
            missing = ((0, 0), (0, self.sample_rate_hz * STEP_MS // 1000 - self._rest.shape[1]))
            self._keep(np.pad(self._rest, missing), np.pad(self._plain, missing))

    def _keep(self, weighted: NDArray[np.float64], plain: NDArray[np.float32]) -> None:
        """Count the whole steps of sound of shape (channels, frames); keep the rest for later."""
        size, channels = self.sample_rate_hz * STEP_MS // 1000, len(weighted)
        count = weighted.shape[1] // size
        steps = weighted[:, : count * size].reshape(channels, count, size)
        squares = np.empty((count, channels, channels), dtype=np.float32)
        for one in range(channels):
            for other in range(one + 1):
                product = np.einsum("fs,fs->f", steps[one], steps[other]) / size
                squares[:, one, other] = squares[:, other, one] = product
        self._squares.append(squares)
        tips = plain[:, : count * size].reshape(channels, count, size)
        if channels == 2:
            tips = np.concatenate([tips, [tips[0] + tips[1], tips[0] - tips[1]]])
        self._peaks.append(np.maximum(tips.max(axis=2), -tips.min(axis=2)).T)
        self._rest, self._plain = weighted[:, count * size :], plain[:, count * size :]

    def _look_for_peak(self, block: NDArray[np.float32]) -> None:
        """Oversample four times, but only where the peak can be."""
        from scipy.signal import resample_poly

        size = 4096
        for start in range(0, len(block), size):
            piece = block[max(0, start - 32) : start + size + 32]
            highest = float(max(piece.max(), -piece.min()))
            if highest > self.peak * _OVERSHOOT:
                between = np.abs(resample_poly(piece, 4, 1, axis=0)).max(initial=0.0)
                self.peak = max(self.peak, highest, float(between))

    @property
    def channels(self) -> int:
        """How many channels came; 1 when nothing did."""
        return self._squares[0].shape[1] if self._squares else 1

    def levels(self, sides: Sequence[Sequence[float]]) -> Levels:
        """Return the levels of a mix: one (left, right) pair of weights per channel that comes out."""
        weights = np.asarray(sides, dtype=np.float32)[:, : self.channels]
        squares = np.concatenate([np.zeros((0, self.channels, self.channels), np.float32), *self._squares])
        peaks = np.concatenate([np.zeros((0, 4 if self.channels == 2 else 1), np.float32), *self._peaks])
        energies = np.einsum("sc,fcd,sd->f", weights, squares, weights)
        tips = [_peaks_of(peaks, side) for side in weights]
        return Levels(np.maximum(energies, 0.0), np.max(tips, axis=0))

    def squares(self) -> NDArray[np.float32]:
        """Return energies and cross-energy of left and right, shape (steps, 2, 2)."""
        return np.concatenate([np.zeros((0, 2, 2), np.float32), *self._squares])


def _peaks_of(peaks: NDArray[np.float32], side: NDArray[np.float32]) -> NDArray[np.float32]:
    """Peaks of one channel mixed by weights, from those of left, right, their sum and difference."""
    if len(side) > 1 and abs(side[0]) == abs(side[1]):
        both: NDArray[np.float32] = peaks[:, 2 if side[0] == side[1] else 3] * np.abs(side[0])
        return both
    parts: NDArray[np.float32] = peaks[:, : len(side)] @ np.abs(side)
    return parts


def lufs(energy: float) -> float:
    """Loudness of a K-weighted mean square; `SILENCE_LUFS` at least."""
    return max(SILENCE_LUFS, _OFFSET_DB + 10 * math.log10(energy)) if energy > 0 else SILENCE_LUFS


def integrated(energies: NDArray[np.floating]) -> float:
    """Gated programme loudness in LUFS of energies per 10 ms; `SILENCE_LUFS` for silence."""
    blocks = _blocks(energies, 4)
    loud = blocks[blocks > _energy(SILENCE_LUFS)]
    if not loud.size:
        return SILENCE_LUFS
    return lufs(float(loud[loud > loud.mean() / 10].mean()))


def loudnesses(energies: NDArray[np.floating], tenths_wide: int) -> NDArray[np.float64]:
    """Ungated loudness in LUFS of windows so many tenths of a second wide, one every tenth.

    4 is momentary, 30 short-term loudness of EBU Tech 3341; `SILENCE_LUFS` at least.
    """
    found = np.maximum(_blocks(energies, tenths_wide), _energy(SILENCE_LUFS))
    loudness: NDArray[np.float64] = _OFFSET_DB + 10 * np.log10(found)
    return loudness


def measured(levels: Levels, peak: float) -> Loudness:
    """Return loudness, true peak (from a linear one) and range."""
    peak_db = 20 * math.log10(peak) if peak > 0 else -120.0
    energies = levels.energies
    return Loudness(round(integrated(energies), 2), round(peak_db, 2), round(_range(energies), 2))


def tenths(energies: NDArray[np.floating]) -> NDArray[np.float64]:
    """Means over 100 ms of energies per 10 ms; what is left at the end counts as one more."""
    padded = np.pad(energies, (0, -len(energies) % 10))
    means: NDArray[np.float64] = padded.reshape(-1, 10).mean(axis=1, dtype=np.float64)
    return means


def _range(energies: NDArray[np.floating]) -> float:
    blocks = _blocks(energies, 30)
    loud = blocks[blocks > _energy(SILENCE_LUFS)]
    if not loud.size:
        return 0.0
    low, high = np.percentile(10 * np.log10(loud[loud > loud.mean() / 100]), [10, 95])
    return float(high - low)


def _blocks(energies: NDArray[np.floating], width: int) -> NDArray[np.float64]:
    """Means over a window of so many tenths, one every tenth; a shorter programme is one block."""
    coarse = tenths(energies)
    if len(coarse) < width:
        return np.asarray([energies.mean()]) if len(energies) else np.zeros(0)
    total = np.concatenate([[0.0], np.cumsum(coarse)])
    means: NDArray[np.float64] = np.maximum((total[width:] - total[:-width]) / width, 0.0)
    return means


def _energy(loudness: float) -> float:
    return float(10 ** ((loudness - _OFFSET_DB) / 10))


def _k_weighting(sample_rate_hz: int) -> NDArray[np.float64]:
    """The two filters of BS.1770, a shelf for the head and a high-pass, as second-order sections."""
    shelf = math.tan(math.pi * 1681.974450955533 / sample_rate_hz)
    high = 10 ** (3.999843853973347 / 20)
    middle, quality = high**0.4996667741545416, 0.7071752369554196
    norm = 1 + shelf / quality + shelf**2
    head = [high + middle * shelf / quality + shelf**2, 2 * (shelf**2 - high)]
    head += [high - middle * shelf / quality + shelf**2, norm, 2 * (shelf**2 - 1)]
    head.append(1 - shelf / quality + shelf**2)
    low = math.tan(math.pi * 38.13547087602444 / sample_rate_hz)
    quality = 0.5003270373238773
    low_norm = 1 + low / quality + low**2
    rumble = [1.0, -2.0, 1.0, 1.0, 2 * (low**2 - 1) / low_norm, (1 - low / quality + low**2) / low_norm]
    return np.asarray([[value / norm for value in head], rumble])
