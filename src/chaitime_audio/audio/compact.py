"""Speech as a small MP3, for a page that is mailed."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from ..errors import DestinationError
from . import ffmpeg


def encode_compact(sound: Iterable[bytes], sample_rate_hz: int, bit_rate_kbps: int, target: Path) -> None:
    """Write raw mono 16-bit samples as an MP3 of a constant bit rate, so that players seek in it.

    Raises DestinationError when it cannot be written, or this ffmpeg has no MP3 encoder.
    """
    arguments = [
        *("-f", "s16le", "-ar", str(sample_rate_hz), "-ac", "1", "-i", "pipe:0"),
        *("-c:a", "libmp3lame", "-b:a", f"{bit_rate_kbps}k", "-write_xing", "1"),
        *("-id3v2_version", "0", "-write_id3v1", "0", "-map_metadata", "-1"),
        *("-f", "mp3", ffmpeg.output_of(target)),
    ]
    try:
        with ffmpeg.sink(arguments) as write:
            for block in sound:
                write(block)
    except ffmpeg.FfmpegError as cause:
        raise DestinationError(f"cannot write {target}: {cause.said}") from cause
