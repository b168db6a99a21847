"""An MP4 out of frames, sound and captions: H.264 and AAC, ready to be played while it loads."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ...audio import ffmpeg
from ...audio.able_ffmpeg import film_path
from ...domain.text import line
from ...errors import DestinationError
from ..faces import Face

CAPTIONS, FACES = "captions.ass", "faces"
BT709 = ("-colorspace", "bt709", "-color_primaries", "bt709", "-color_trc", "bt709", "-color_range", "tv")
CODEC = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "19", "-profile:v", "high", "-pix_fmt", "yuv420p")


@dataclass(frozen=True, slots=True)
class Picture:
    """Frames as raw RGB, their size and how many there are in a second."""

    frames: Iterable[bytes]
    width: int
    height: int
    fps: int


def write_film(
    picture: Picture, sound: Path, captions: str, face: Face, titles: tuple[str, str], target: Path
) -> None:
    """Write a film; ``sound`` is an M4A of ours, taken as it is, ``captions`` an ASS script or empty.

    ``titles`` are the clip's and the show's. Raises DestinationError when it cannot be written, UsageError
    when no ffmpeg here can.
    """
    program = film_path()
    with tempfile.TemporaryDirectory(prefix="chaitime-clip-") as folder:
        room = Path(folder)
        (room / FACES).mkdir()
        shutil.copyfile(face.path, room / FACES / f"face{face.path.suffix.lower()}")
        (room / CAPTIONS).write_text(captions, encoding="utf-8")
        arguments = _arguments(picture, sound, bool(captions), titles, target)
        try:
            with ffmpeg.sink(arguments, program, room) as write:
                for frame in picture.frames:
                    write(frame)
        except ffmpeg.FfmpegError as cause:
            raise DestinationError(f"cannot write {target.name} to {target.parent}: {cause.said}") from cause


def _arguments(
    picture: Picture, sound: Path, captioned: bool, titles: tuple[str, str], target: Path
) -> list[str]:
    # names in the filter are ours and relative to the folder ffmpeg runs in: no path needs escaping
    burnt = f"ass={CAPTIONS}:fontsdir={FACES}," if captioned else ""
    title, show = (line(item).replace("\0", "") for item in titles)
    return [
        *("-f", "rawvideo", "-pix_fmt", "rgb24", "-video_size", f"{picture.width}x{picture.height}"),
        *("-framerate", str(picture.fps), "-i", "pipe:0"),
        *ffmpeg.input_of(sound),
        *("-map", "0:v:0", "-map", "1:a:0"),
        *("-vf", f"{burnt}scale=out_color_matrix=bt709:out_range=tv,format=yuv420p"),
        *(*CODEC, *BT709, "-c:a", "copy"),
        *("-map_metadata", "-1", "-fflags", "+bitexact", "-metadata", f"title={title}"),
        *("-metadata", f"artist={show}", "-movflags", "+faststart"),
        *("-f", "mp4", ffmpeg.output_of(target)),
    ]
