"""What a recording is, as the decoder sees it: neither its name nor its header's length is believed."""

from __future__ import annotations

from pathlib import Path

from ..domain.sound import Arrangement, Clip, Recording, Source
from ..errors import InputRefusedError
from ..project.files import file_sha256
from . import ffmpeg
from .banner import parsed
from .reading import reading_of

_NOT_SOUND = frozenset("concat concatf dash hls sdp tee ffmetadata tty image2 webvtt srt ass subrip".split())


def probe(paths: tuple[Path, ...], arrangement: Arrangement = "single") -> Recording:
    """Look at recordings without decoding them; the name a source keeps is the file's.

    How long they are is known only after decoding (`decode.decode`). Raises UsageError for a
    path that is not there, InputRefusedError for what is empty, unreadable, text, a playlist,
    or has no sound.
    """
    return Recording(tuple(_source(path) for path in paths), arrangement)


def probe_clip(path: Path) -> Clip:
    """Look at an intro or outro; its length is counted from decoded samples.

    Raises as `probe` does.
    """
    source = _source(path)
    rate_hz = 44_100
    return Clip(str(path.resolve()), source.sha256, _samples(path, rate_hz) * 1000 // rate_hz)


def length_s(path: Path) -> float:
    """How many seconds of sound a recording holds, counted from decoded samples.

    Raises as `probe` does.
    """
    rate_hz = 8000
    return _samples(path, rate_hz) / rate_hz


def _samples(path: Path, rate_hz: int) -> int:
    try:
        sound = ffmpeg.stream(reading_of(path).arguments(rate_hz, 1))
        return sum(len(block) for block in sound) // 4
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause


def _source(path: Path) -> Source:
    banner = parsed(ffmpeg.report(path), path)
    if banner is None or _NOT_SOUND & banner.container:
        raise InputRefusedError(
            f"{path} is not a recording that can be read; is it sound, whatever its name?"
        )
    if not banner.sounds:
        raise InputRefusedError(f"{path} has no sound in it; choose a file with an audio track")
    sound = reading_of(path).sound
    return Source(
        name=path.name,
        sha256=file_sha256(path),
        size_bytes=path.stat().st_size,
        codec=sound.codec,
        sample_rate_hz=sound.sample_rate_hz,
        channels=sound.channels,
    )
