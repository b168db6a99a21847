"""How loud a recording is from moment to moment, for the strip below the text."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

COLUMNS, FULL = 1_200, 100
LOUD_SHARE = 0.98


class Loudness:
    """The level of each of `COLUMNS` stretches of a recording, from its samples as they are read.

    Takes blocks of 16-bit samples in order; ``sample_count`` is how many will come.
    """

    def __init__(self, sample_count: int) -> None:
        self._width = max(1, -(-sample_count // COLUMNS))
        self._columns = max(1, -(-sample_count // self._width))
        self._energy: NDArray[np.float64] = np.zeros(self._columns)
        self._read = 0

    def add(self, block: bytes) -> None:
        """Count the samples of a block."""
        samples = np.frombuffer(block, "<i2").astype(np.float64)
        places = (self._read + np.arange(len(samples))) // self._width
        sums = np.bincount(np.minimum(places, self._columns - 1), samples**2, self._columns)
        self._energy += sums
        self._read += len(samples)

    def levels(self) -> list[int]:
        """Root mean square of each stretch, 0 to `FULL`, which is what all but a few stay below."""
        levels = np.sqrt(self._energy / self._width)
        loud = float(np.quantile(levels, LOUD_SHARE)) or 1.0
        return [int(one) for one in np.clip(np.round(FULL * levels / loud), 0, FULL)]
