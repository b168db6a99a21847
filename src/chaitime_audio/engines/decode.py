"""From any recording to one file of raw 16 kHz mono sound, in one streaming pass of ffmpeg.

ffmpeg mixes surround down by its layout and resamples; one or two channels arrive here.
Two are first kept side by side and measured over the whole recording, since only then it is
known how to make one of them: a dead channel is left out, a channel that is upside down
(correlation below -0.5, a miswired cable) is turned round, all else is averaged.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import InputRefusedError
from ..folder import replacing
from ..model.sound import Decoded, Recording
from . import _ffmpeg
from .sound import SAMPLE_RATE_HZ, Progress

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SHORTEST_MS = 1000
UPSIDE_DOWN = -0.5
DEAD_SHARE = 1e-4


@dataclass(slots=True)
class _Sums:
    """Running sums of two channels: energies and their product."""

    left: float = 0.0
    right: float = 0.0
    product: float = 0.0

    def add(self, pair: NDArray[np.float64]) -> None:
        """Add a block of shape (frames, 2)."""
        self.left += float(pair[:, 0] @ pair[:, 0])
        self.right += float(pair[:, 1] @ pair[:, 1])
        self.product += float(pair[:, 0] @ pair[:, 1])

    def downmix(self) -> tuple[str, tuple[float, float]]:
        """Name the way to make one channel, and the weights of left and right."""
        if self.right <= self.left * DEAD_SHARE:
            return "left", (1.0, 0.0)
        if self.left <= self.right * DEAD_SHARE:
            return "right", (0.0, 1.0)
        if self.product / (self.left * self.right) ** 0.5 < UPSIDE_DOWN:
            return "flip", (0.5, -0.5)
        return "mix", (0.5, 0.5)


def decode(recording: Recording, paths: tuple[Path, ...], target: Path, progress: Progress) -> Decoded:
    """Write the whole recording to ``target``, parts one after the other.

    Raises InputRefusedError for what cannot be decoded or is shorter than a second, and
    DestinationError when ``target`` cannot be written.
    """
    stereo = any(source.channels > 1 for source in recording.sources)
    with replacing(target) as temporary:
        if stereo:
            downmix, total, count = _decode_stereo(paths, temporary, progress)
        else:
            downmix = "mono"
            total, count = _write(temporary, _blocks(paths, 1, progress))
    if count * 1000 < SHORTEST_MS * SAMPLE_RATE_HZ:
        target.unlink(missing_ok=True)
        raise InputRefusedError(f"{paths[0]} is shorter than a second; nothing can be made of it")
    return Decoded(count, total, downmix)


def _decode_stereo(paths: tuple[Path, ...], temporary: Path, progress: Progress) -> tuple[str, str, int]:
    """Keep both channels beside the target, measure them, then make one."""
    import numpy as np

    sums = _Sums()
    both = temporary.with_name(temporary.name + ".stereo.part")
    try:
        with both.open("wb") as writer:
            for block in _blocks(paths, 2, progress):
                writer.write(block)
                sums.add(np.frombuffer(block, dtype="<i2").reshape(-1, 2).astype(np.float64))
        downmix, weights = sums.downmix()
        return downmix, *_write(temporary, _mixed(both, weights))
    finally:
        both.unlink(missing_ok=True)


def _mixed(both: Path, weights: tuple[float, float]) -> Iterator[bytes]:
    import numpy as np

    with both.open("rb") as reader:
        while block := reader.read(_ffmpeg.BLOCK_BYTES):
            pair = np.frombuffer(block, dtype="<i2").reshape(-1, 2).astype(np.float32)
            one = pair @ np.asarray(weights, dtype=np.float32)
            yield np.clip(np.rint(one), -32768, 32767).astype("<i2").tobytes()


def _write(target: Path, blocks: Iterator[bytes]) -> tuple[str, int]:
    """Write blocks of samples; returns sha256 and number of samples."""
    total, count = sha256(), 0
    with target.open("wb") as writer:
        for block in blocks:
            writer.write(block)
            total.update(block)
            count += len(block) // 2
    return total.hexdigest(), count


def _blocks(paths: tuple[Path, ...], channels: int, progress: Progress) -> Iterator[bytes]:
    """Yield interleaved 16-bit samples at 16 kHz of all files in order."""
    for index, path in enumerate(paths):
        claimed = _claimed_bytes(path, channels)
        seen = 0
        try:
            for block in _ffmpeg.stream(_arguments(path, channels)):
                seen += len(block)
                progress((index + min(1.0, seen / claimed)) / len(paths))
                yield block
        except _ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause
        if not seen:
            raise InputRefusedError(f"{path} holds no sound; record or copy it again")


def _arguments(path: Path, channels: int) -> list[str]:
    resample = f"aresample={SAMPLE_RATE_HZ}:async=0"
    return [
        *_ffmpeg.input_of(path),
        *("-map", "0:a:0", "-vn", "-sn", "-dn", "-af", resample),
        *("-ac", str(channels), "-f", "s16le", "-acodec", "pcm_s16le"),
    ]


def _claimed_bytes(path: Path, channels: int) -> float:
    """Size to expect by the header: for the progress bar only."""
    import re

    found = re.search(r"Duration: (\d+):(\d+):(\d+)", _ffmpeg.report(path))
    seconds = int(found[1]) * 3600 + int(found[2]) * 60 + int(found[3]) if found else 0
    return max(1.0, seconds * SAMPLE_RATE_HZ * 2.0 * channels)
