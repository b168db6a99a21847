"""The first minutes of a recording as a file of their own, for trying settings."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputRefusedError
from ..folder import replacing
from . import _ffmpeg


def excerpt(source: Path, target: Path, length_ms: int) -> None:
    """Write the first ``length_ms`` of a recording to ``target`` (FLAC), rate and channels as they are.

    Raises InputRefusedError when the recording cannot be decoded, DestinationError when
    ``target`` cannot be written.
    """
    with replacing(target) as temporary:
        try:
            _ffmpeg.run(
                [
                    *_ffmpeg.input_of(source),
                    *("-map", "0:a:0", "-vn", "-t", f"{length_ms / 1000:.3f}"),
                    *("-acodec", "flac", "-f", "flac", _ffmpeg.output_of(temporary)),
                ]
            )
        except _ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {source}: {cause.said}") from cause
