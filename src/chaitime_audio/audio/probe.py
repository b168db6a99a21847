"""What a recording is, as the decoder sees it: neither its name nor its header's length is believed."""

from __future__ import annotations

import re
from pathlib import Path

from ..domain.sound import Arrangement, Clip, Recording, Source
from ..errors import InputRefusedError
from ..project.files import file_sha256
from . import ffmpeg

_STREAM = re.compile(
    r"Stream #\d+:\d+[^:]*: Audio: (?P<codec>[\w.]+)[^\n]*?, (?P<rate>\d+) Hz, (?P<layout>[^,\n]+)"
)
_FORMAT = re.compile(r"^Input #0, (?P<format>[^\n]+?), from ", re.MULTILINE)
_CHANNELS = {"mono": 1, "stereo": 2, "2.1": 3, "3.0": 3, "quad": 4, "4.0": 4, "5.0": 5, "5.1": 6, "7.1": 8}
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
    arguments = [*ffmpeg.input_of(path), "-map", "0:a:0", "-vn", "-ac", "1", "-ar", str(rate_hz)]
    try:
        size = sum(len(block) for block in ffmpeg.stream([*arguments, "-f", "s16le"]))
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot decode {path}: {cause.said}") from cause
    return Clip(str(path.resolve()), source.sha256, size // 2 * 1000 // rate_hz)


def _source(path: Path) -> Source:
    said = ffmpeg.report(path)
    kind = _FORMAT.search(said)
    if not said or not kind or _NOT_SOUND & set(kind["format"].split(",")):
        raise InputRefusedError(
            f"{path} is not a recording that can be read; is it sound, whatever its name?"
        )
    found = _STREAM.search(said)
    if not found:
        raise InputRefusedError(f"{path} has no sound in it; choose a file with an audio track")
    return Source(
        name=path.name,
        sha256=file_sha256(path),
        size_bytes=path.stat().st_size,
        codec=found["codec"],
        sample_rate_hz=int(found["rate"]),
        channels=_channels(found["layout"].strip()),
    )


def _channels(layout: str) -> int:
    """Number of channels for ffmpeg's words, such as ``stereo``, ``5.1(side)``, ``3 channels``."""
    counted = re.match(r"(\d+) channels", layout)
    if counted:
        return int(counted[1])
    return _CHANNELS.get(layout.partition("(")[0].strip(), 2)
