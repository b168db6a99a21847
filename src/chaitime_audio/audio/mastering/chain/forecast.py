"""How loud the finished MP3 will be, worked out from levels per 10 ms instead of by trying.

The limiter takes away what stands above its ceiling and lets go slowly; that is simulated, and
corrected by each MP3 that is measured. What the encoder takes is known.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from .limiter import BETWEEN_SAMPLES, RELEASE_MS, limited, released, rounded_tips
from .meter import STEP_MS, Levels, Meter, integrated
from .pcm import SAMPLE_RATE_HZ

SECANTS, EXACT_LU, LEAST_SLOPE, HALVINGS = 12, 0.005, 0.05, 8
UNSURE_LU = 0.25


def lame_lu(bit_rate_kbps: int) -> float:
    """How much louder LAME makes everything: it turns down what it encodes, by bit rate (measured)."""
    return {192: -0.26, 224: -0.17, 256: 0.0, 320: 0.0}.get(bit_rate_kbps, -0.43)


@dataclass(frozen=True, slots=True)
class Forecast:
    """Levels of the programme before the limiter, and what the encoder does to loudness.

    ``rounding`` says how much of 10 ms goes with a tip that is rounded: 0 nothing, 2 as much as of
    the tip itself. Speech is near 1.
    """

    levels: Levels
    encoder_lu: float
    rounding: float = 1.0

    def limited(self, gain_db: float, ceilings: NDArray[np.float64]) -> Levels:
        """Levels with a gain, and what the limiter leaves of that."""
        raised = self.levels.lifted(10 ** (gain_db / 20))
        tips = rounded_tips(raised.peaks, ceilings)
        needed = np.minimum(1.0, ceilings / np.maximum(tips * BETWEEN_SAMPLES, 1e-9))
        left = released(needed, 1.0, STEP_MS / RELEASE_MS)
        rounded = tips / np.maximum(raised.peaks, 1e-9)
        energies = raised.energies * rounded**self.rounding * left**2
        return Levels(energies.astype(np.float32), (tips * left).astype(np.float32))

    def loudness(self, gain_db: float, ceilings: NDArray[np.float64]) -> float:
        """Integrated loudness in LUFS of the MP3."""
        return integrated(self.limited(gain_db, ceilings).energies) + self.encoder_lu

    def gain_for(self, target_lufs: float, ceilings: NDArray[np.float64], most_db: float) -> float:
        """The gain that brings the MP3 to the target, ``most_db`` if none does.

        The limiter takes the more the more gain there is, so secants come near from below.
        """
        gain = min(most_db, target_lufs - integrated(self.levels.energies) - self.encoder_lu)
        missing, slope = target_lufs - self.loudness(gain, ceilings), 1.0
        for _ in range(SECANTS):
            if abs(missing) < EXACT_LU or (gain >= most_db and missing > 0):
                break
            following = min(most_db, gain + missing / slope)
            left = target_lufs - self.loudness(following, ceilings)
            slope = max(LEAST_SLOPE, (missing - left) / (following - gain))
            gain, missing = following, left
        return gain

    def unsure(self, gain_db: float, ceilings: NDArray[np.float64]) -> bool:
        """Whether rounded tips matter so much that it should be tried what the limiter leaves."""
        apart = [replace(self, rounding=much).loudness(gain_db, ceilings) for much in (0.0, 1.0)]
        return apart[0] - apart[1] > UNSURE_LU

    def rehearsed(
        self, sound: Iterator[NDArray[np.float32]], gain_db: float, ceilings: NDArray[np.float64]
    ) -> Forecast:
        """Return a forecast that knows what the limiter leaves of a sound; costs a fifth of an encoding."""
        meter = Meter(SAMPLE_RATE_HZ)
        for block in limited(sound, gain_db, ceilings):
            meter.add(block)
        meter.close()
        left = integrated(meter.levels(((1.0, 0.0), (0.0, 1.0))[: meter.channels]).energies)
        return self.learned((gain_db, ceilings), left + self.encoder_lu)

    def learned(self, press: tuple[float, NDArray[np.float64]], heard_lufs: float) -> Forecast:
        """Return a forecast that would have been right about an MP3 made with (gain, ceilings)."""
        low, high = 0.0, 2.0
        for _ in range(HALVINGS):
            middle = (low + high) / 2
            if replace(self, rounding=middle).loudness(*press) > heard_lufs:
                low = middle
            else:
                high = middle
        wiser = replace(self, rounding=(low + high) / 2)
        return replace(wiser, encoder_lu=self.encoder_lu + heard_lufs - wiser.loudness(*press))
