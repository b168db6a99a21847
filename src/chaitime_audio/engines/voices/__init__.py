"""A few seconds of one voice, to listen to: cut from the master, which is levelled and has one clock."""

from __future__ import annotations

from pathlib import Path

from ...errors import ChaitimeError
from ...folder import make_folder, replacing
from .. import _ffmpeg

_FLAC = ("-map", "0:a:0", "-vn", "-acodec", "flac", "-f", "flac")


def sample(master: Path, target: Path, start_ms: int, length_ms: int) -> None:
    """Write ``length_ms`` of a finished MP3 from ``start_ms`` (published time) to ``target``, as FLAC.

    Raises ChaitimeError when the MP3 cannot be decoded, DestinationError when ``target`` cannot be written.
    """
    make_folder(target.parent)
    place = ("-ss", f"{start_ms / 1000:.3f}", "-t", f"{length_ms / 1000:.3f}")
    with replacing(target) as temporary:
        try:
            with temporary.open("wb") as writer:
                for block in _ffmpeg.stream([*_ffmpeg.input_of(master), *place, *_FLAC]):
                    writer.write(block)
        except _ffmpeg.FfmpegError as cause:
            raise ChaitimeError(
                f"cannot decode {master}: {cause.said}; run again with --again master"
            ) from cause
