"""The original sound, block by block, at the rate of the MP3: nothing is ever held whole."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ....errors import InputRefusedError
from ... import ffmpeg
from ...channels import Balance, scrubbed
from ...reading import reading_of
from .meter import Meter

SAMPLE_RATE_HZ = 44_100
HIGH_PASS_HZ = 60
"""Below the lowest voice; handling noise and hum of the room go."""
HIGH_PASS = (f"highpass=f={HIGH_PASS_HZ}",)
_BLOCK_FRAMES = 1 << 15
IN_BULK = f"asetnsamples=n={_BLOCK_FRAMES}:p=0"
"""ffmpeg hands every packet from thread to thread; few large ones cost half of what many small ones do."""
_NEARBY_MS = 40


@dataclass(slots=True)
class Survey:
    """What the first pass learns: length, channels, energies, and the sound around each wished cut."""

    meter: Meter
    balance: Balance = field(default_factory=Balance)
    frames: int = 0
    around: dict[int, NDArray[np.float32]] = field(default_factory=dict)


class Reader:
    """Takes any number of frames from a stream of blocks."""

    def __init__(self, blocks: Iterator[NDArray[np.float32]]) -> None:
        self._blocks = blocks
        self._left: NDArray[np.float32] | None = None

    def pieces(self, count: int) -> Iterator[NDArray[np.float32]]:
        """Yield the next ``count`` frames in pieces of any length; fewer at the end of the stream."""
        while count > 0:
            if self._left is None or not len(self._left):
                self._left = next(self._blocks, None)
            if self._left is None:
                return
            piece, self._left = self._left[:count], self._left[count:]
            count -= len(piece)
            yield piece

    def take(self, count: int) -> NDArray[np.float32]:
        """Return the next ``count`` frames in one piece; fewer at the end of the stream."""
        found = list(self.pieces(count))
        return np.concatenate(found) if found else np.zeros((0, 1), dtype=np.float32)

    def skip(self, count: int) -> None:
        """Leave out frames."""
        for _ in self.pieces(count):
            pass

    def rest(self) -> Iterator[NDArray[np.float32]]:
        """Yield all that is left."""
        left, self._left = self._left, None
        if left is not None:
            yield left
        yield from self._blocks


def survey(sound: Iterator[NDArray[np.float32]], channels: int, marks: tuple[int, ...]) -> Survey:
    """Listen to the recording once, as it is to be mastered.

    ``marks`` are frame numbers; 40 ms of sound before and after each are kept in ``around``,
    shape (frames, channels), so that a cut can be moved to a quiet place nearby.
    Raises what the sound raises.
    """
    found = Survey(Meter(SAMPLE_RATE_HZ))
    reach = SAMPLE_RATE_HZ * _NEARBY_MS // 1000
    found.around = {mark: np.zeros((2 * reach, channels), dtype=np.float32) for mark in marks}
    for block in sound:
        found.meter.add(block)
        if channels == 2:
            found.balance.add(block)
        for mark, kept in found.around.items():
            _keep(kept, mark - reach, block, found.frames)
        found.frames += len(block)
    found.meter.close()
    return found


def blocks(
    paths: tuple[Path, ...], channels: int, treatment: tuple[str, ...] = HIGH_PASS
) -> Iterator[NDArray[np.float32]]:
    """Yield the recording, part after part, as float of shape (frames, channels).

    ``treatment`` are filters of ffmpeg: by default the high-pass alone; () leaves the sound as
    it is. Raises InputRefusedError when a recording cannot be decoded.
    """
    for path in paths:
        arguments = reading_of(path).arguments(SAMPLE_RATE_HZ, channels, treatment, IN_BULK)
        try:
            for data in ffmpeg.stream(arguments, _BLOCK_FRAMES * 4 * channels):
                yield scrubbed(np.frombuffer(data, dtype="<f4"))[0].reshape(-1, channels)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause


def whole(path: Path, channels: int) -> NDArray[np.float32]:
    """Return a short file (an intro, an outro) in one piece, shape (frames, channels)."""
    return np.concatenate([np.zeros((0, channels), dtype=np.float32), *blocks((path,), channels)])


def _keep(kept: NDArray[np.float32], start: int, block: NDArray[np.float32], at: int) -> None:
    """Copy the part of a block that falls into a kept stretch."""
    first, last = max(start, at), min(start + len(kept), at + len(block))
    if first < last:
        kept[first - start : last - start] = block[first - at : last - at]
