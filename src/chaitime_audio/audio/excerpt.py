"""The first minutes of a recording as a file of their own, for trying settings."""

from __future__ import annotations

from pathlib import Path

from ..errors import InputRefusedError
from ..project.files import replacing
from . import ffmpeg
from .reading import FIRST_SOUND, reading_of

_FLAC = ("-acodec", "flac", "-f", "flac")
_WAV = ("-acodec", "pcm_s24le", "-f", "wav")
"""For inputs of a recorder: FLAC would take them for loudspeakers, and holds eight at most."""


def excerpt(source: Path, target: Path, length_ms: int, start_ms: int = 0) -> None:
    """Write ``length_ms`` of a recording, from ``start_ms`` on, to ``target``.

    It is FLAC, or WAV when its channels are no loudspeaker layout. Rate and channels stay as they
    are, and so do gaps: as silence.

    Raises InputRefusedError when the recording cannot be decoded, DestinationError when
    ``target`` cannot be written.
    """
    length = ("-ss", f"{start_ms / 1000:.3f}", "-t", f"{length_ms / 1000:.3f}")
    reading = reading_of(source)
    how = _WAV if reading.sound.discrete else _FLAC
    filled = ("-af", "aresample=async=1:first_pts=0") if reading.filled else ()
    arguments = [*reading.input, *FIRST_SOUND, *filled, *length, *how]
    with replacing(target) as temporary:
        try:
            with temporary.open("wb") as writer:
                for block in ffmpeg.stream(arguments):
                    writer.write(block)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {source}: {cause.said}") from cause
