"""How two channels become one: measured over the whole recording, since only then it is known.

A dead channel is left out, a channel that is upside down (correlation below -0.5: a miswired
cable, which a plain mean would silence) is turned round, all else is averaged.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

UPSIDE_DOWN = -0.5
DEAD_SHARE = 1e-4
"""A channel 40 dB below the other one carries its crosstalk at most."""
BELIEVABLE = 64.0
"""Float samples beyond 36 dB above full scale, infinite or not a number, are damage."""


@dataclass(slots=True)
class Balance:
    """Running sums of two channels: energies and their product."""

    left: float = 0.0
    right: float = 0.0
    product: float = 0.0

    def add(self, pair: NDArray[np.floating]) -> None:
        """Add a block of shape (frames, 2)."""
        left, right = np.ascontiguousarray(pair.T, dtype=np.float64)
        self.left += float(np.einsum("f,f->", left, left))
        self.right += float(np.einsum("f,f->", right, right))
        self.product += float(np.einsum("f,f->", left, right))

    def downmix(self) -> tuple[str, tuple[float, float]]:
        """Name the way to make one channel, and the weights of left and right."""
        if self.right <= self.left * DEAD_SHARE:
            return "left", (1.0, 0.0)
        if self.left <= self.right * DEAD_SHARE:
            return "right", (0.0, 1.0)
        if self.product / (self.left * self.right) ** 0.5 < UPSIDE_DOWN:
            return "flip", (0.5, -0.5)
        return "mix", (0.5, 0.5)


def scrubbed(samples: NDArray[np.float32]) -> tuple[NDArray[np.float32], int]:
    """Return samples with damaged ones silenced, and how many there were."""
    if not samples.size or (samples.min() >= -BELIEVABLE and samples.max() <= BELIEVABLE):
        return samples, 0
    fine = np.abs(samples) <= BELIEVABLE
    return np.where(fine, samples, np.float32(0.0)), int(samples.size - np.count_nonzero(fine))
