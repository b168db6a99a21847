"""How loud the finished MP3 will be, worked out from levels per 10 ms instead of by trying.

The limiter takes away what stands above its ceiling and lets go over 50 ms; the encoder takes
a little more. The first is simulated, the second learned from each MP3 that is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._meter import Levels, integrated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENCODER_LU = -0.3
_BETWEEN_SAMPLES = 1.06
_RELEASE_A_STEP = 0.08


@dataclass(frozen=True, slots=True)
class Forecast:
    """Levels of the programme before the limiter, and what the encoder is known to take."""

    levels: Levels
    encoder_lu: float = ENCODER_LU

    def loudness(self, gain_db: float, ceiling_dbtp: float) -> float:
        """Integrated loudness in LUFS of the MP3 with a gain before the limiter."""
        raised = self.levels.lifted(10 ** (gain_db / 20))
        factors = _limited(raised.peaks * _BETWEEN_SAMPLES, 10 ** (ceiling_dbtp / 20))
        return integrated(raised.energies * factors**2) + self.encoder_lu

    def gain_for(self, target_lufs: float, ceiling_dbtp: float, most_db: float) -> float:
        """The gain that brings the MP3 to the target, ``most_db`` if none does (by bisection)."""
        low, high = -60.0, most_db
        for _ in range(16):
            middle = (low + high) / 2
            if self.loudness(middle, ceiling_dbtp) < target_lufs:
                low = middle
            else:
                high = middle
        return high

    def learned(self, press: tuple[float, float], heard_lufs: float) -> Forecast:
        """Return a forecast that would have been right about an MP3 made with (gain, ceiling)."""
        return Forecast(self.levels, self.encoder_lu + heard_lufs - self.loudness(*press))


def _limited(peaks: NDArray[np.float64], ceiling: float) -> NDArray[np.float64]:
    """The limiter's gain for every 10 ms."""
    import numpy as np

    needed = np.minimum(1.0, ceiling / np.maximum(peaks, 1e-9))
    ramp = _RELEASE_A_STEP * np.arange(len(needed))
    factors: NDArray[np.float64] = np.minimum(1.0, np.minimum.accumulate(needed - ramp) + ramp)
    return factors
