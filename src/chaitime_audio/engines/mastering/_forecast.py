"""How loud the finished MP3 will be, worked out from levels per 10 ms instead of by trying.

The limiter takes away what stands above its ceiling and lets go slowly; the encoder takes a
little more. The first is simulated, the second learned from each MP3 that is measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ._limiter import BETWEEN_SAMPLES, RELEASE_MS, released, rounded_tips
from ._meter import STEP_MS, Levels, integrated

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

ENCODER_LU = -0.4


@dataclass(frozen=True, slots=True)
class Forecast:
    """Levels of the programme before the limiter, and what the encoder is known to take."""

    levels: Levels
    encoder_lu: float = ENCODER_LU

    def limited(self, gain_db: float, ceilings: NDArray[np.float64]) -> Levels:
        """Levels with a gain, and what the limiter leaves of that."""
        import numpy as np

        raised = self.levels.lifted(10 ** (gain_db / 20))
        tips = rounded_tips(raised.peaks, ceilings) * BETWEEN_SAMPLES
        needed = np.minimum(1.0, ceilings / np.maximum(tips, 1e-9))
        return raised.lifted(released(needed, 1.0, STEP_MS / RELEASE_MS))

    def loudness(self, gain_db: float, ceilings: NDArray[np.float64]) -> float:
        """Integrated loudness in LUFS of the MP3."""
        return integrated(self.limited(gain_db, ceilings).energies) + self.encoder_lu

    def gain_for(self, target_lufs: float, ceilings: NDArray[np.float64], most_db: float) -> float:
        """The gain that brings the MP3 to the target, ``most_db`` if none does (by bisection)."""
        low, high = -60.0, most_db
        for _ in range(16):
            middle = (low + high) / 2
            if self.loudness(middle, ceilings) < target_lufs:
                low = middle
            else:
                high = middle
        return high

    def learned(self, press: tuple[float, NDArray[np.float64]], heard_lufs: float) -> Forecast:
        """Return a forecast that would have been right about an MP3 made with (gain, ceilings)."""
        return Forecast(self.levels, self.encoder_lu + heard_lufs - self.loudness(*press))
