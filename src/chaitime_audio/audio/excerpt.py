"""The first minutes of a recording as a file of their own, for trying settings."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputRefusedError
from ..project.files import replacing
from . import ffmpeg

_FIRST_STREAM = ("-map", "0:a:0", "-vn", "-sn", "-dn")
_FLAC = ("-acodec", "flac", "-f", "flac")


def excerpt(source: Path, target: Path, length_ms: int, start_ms: int = 0) -> None:
    """Write ``length_ms`` of a recording, from ``start_ms`` on, to ``target`` (FLAC).

    Rate and channels stay as they are.

    Raises InputRefusedError when the recording cannot be decoded, DestinationError when
    ``target`` cannot be written.
    """
    length = ("-ss", f"{start_ms / 1000:.3f}", "-t", f"{length_ms / 1000:.3f}")
    with replacing(target) as temporary:
        try:
            with temporary.open("wb") as writer:
                for block in ffmpeg.stream([*ffmpeg.input_of(source), *_FIRST_STREAM, *length, *_FLAC]):
                    writer.write(block)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {source}: {cause.said}") from cause
