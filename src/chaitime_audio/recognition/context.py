"""The decoded recording as engines read it: a few seconds at a time, never the whole in float."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from ..domain.sound import Span
from ..workers import BatchStore, WorkerPool

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SAMPLE_RATE_HZ = 16_000

Progress = Callable[[float], None]
"""Called with the share done, 0 to 1, from any thread; may be called often."""

OnSpeechFound = Callable[[tuple[Span, ...], int], None]
"""Told the speech found so far, and the time in ms before which that will not change any more."""


@dataclass(frozen=True, slots=True)
class CarriedSamples:
    """A stretch of 16-bit PCM that travels with the work, from ``first``, a sample's number."""

    first: int
    pcm: bytes

    def holds(self, first: int, last: int) -> bool:
        """Whether all these samples are in it."""
        return self.first <= first and last <= self.first + len(self.pcm) // 2


@dataclass(frozen=True, slots=True)
class Sound:
    """Raw 16 kHz mono 16-bit little-endian PCM on disk.

    Small, frozen and picklable, so that it travels to workers as it is. ``sha256`` is the
    content of the file; batch keys are built from it. ``tracks`` has the spans of each person
    where every person was recorded on a track of his or her own. ``carried`` has what is
    needed of the samples when the work is done where the file cannot be read.
    """

    path: Path
    sample_count: int
    sha256: str
    tracks: tuple[tuple[Span, ...], ...] = ()
    carried: tuple[CarriedSamples, ...] = ()

    @property
    def duration_ms(self) -> int:
        """Length in milliseconds."""
        return self.sample_count * 1000 // SAMPLE_RATE_HZ

    def read(self, start_ms: int = 0, end_ms: int | None = None) -> NDArray[np.float32]:
        """Return samples of a stretch as float32 in -1..1, shape (samples,), by memory map.

        Times beyond the recording are clipped to it, so the array may be shorter than asked.
        """
        import numpy as np

        first = min(max(0, start_ms * 16), self.sample_count)
        last = self.sample_count if end_ms is None else min(max(first, end_ms * 16), self.sample_count)
        if not self.sample_count:
            return np.zeros(0, dtype=np.float32)
        return np.asarray(self._samples(first, last), dtype=np.float32) / np.float32(32768.0)

    def carrying(self, wanted: Iterable[tuple[int, int]]) -> Sound:
        """Return the same sound with the samples of these stretches (ms, ms) in it."""
        found = []
        for start_ms, end_ms in wanted:
            first = min(max(0, start_ms * 16), self.sample_count)
            last = min(max(first, end_ms * 16), self.sample_count)
            found.append(CarriedSamples(first, self._samples(first, last).tobytes()))
        return replace(self, carried=tuple(found))

    def _samples(self, first: int, last: int) -> NDArray[np.int16]:
        import numpy as np

        for one in self.carried:
            if one.holds(first, last):
                inside = one.pcm[2 * (first - one.first) : 2 * (last - one.first)]
                return np.frombuffer(inside, dtype="<i2")
        return np.memmap(self.path, dtype="<i2", mode="r", shape=(self.sample_count,))[first:last]


@dataclass(frozen=True, slots=True)
class EngineContext:
    """What an engine gets besides its input: workers, kept batches, and someone to tell how far it is.

    A detector tells ``finding`` what it has found so far, so that others can begin with it.
    """

    pool: WorkerPool
    keep: BatchStore | None
    progress: Progress
    finding: OnSpeechFound | None = None


def resolve_device(wanted: str) -> str:
    """Resolve ``auto`` to ``cpu`` or ``cuda``: once, by who hands out work, so that all workers do the same.

    torch is not imported where there is no GPU to be found.
    """
    if wanted != "auto":
        return wanted
    if shutil.which("nvidia-smi") is None:
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
