"""Writes a film of a whole episode: H.264, AAC, soft captions as a track, chapters, all in one MP4."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from ...audio import ffmpeg
from ...audio.able_ffmpeg import film_path
from ...errors import DestinationError
from ..clips.film import BT709

AAC_KBPS = {1: 96, 2: 128}
STILL = ("-c:v", "libx264", "-preset", "veryfast", "-tune", "stillimage", "-crf", "22")
MOVING = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "23")
CAMERA = ("-c:v", "libx264", "-preset", "veryfast", "-crf", "21")
LANGUAGES = {"en": "eng", "de": "deu", "fr": "fra", "es": "spa", "it": "ita", "nl": "nld", "pt": "por"}
KEYFRAME_S = 30


@dataclass(frozen=True, slots=True)
class Words:
    """What the film says of itself: captions (SubRip), metadata and chapters (as ffmpeg reads), language."""

    srt: str
    metadata: str
    language: str


@dataclass(frozen=True, slots=True)
class Shown:
    """What is seen: arguments that open it, filters, its encoder; frames if they come through the pipe."""

    opening: Sequence[str]
    codec: Sequence[str]
    filters: str = ""
    frames: Iterable[bytes] = ()


def raw_frames(size: tuple[int, int], fps: int) -> list[str]:
    """Arguments that read yuv420p frames from the pipe."""
    raw = ("-f", "rawvideo", "-pix_fmt", "yuv420p", "-color_range", "tv", "-colorspace", "bt709")
    return [*raw, "-video_size", f"{size[0]}x{size[1]}", "-framerate", str(fps), "-i", "pipe:0"]


def write_movie(shown: Shown, sound: tuple[Path, int], words: Words, target: Path) -> None:
    """Write the film; ``sound`` is our MP3 or M4A and its channels. An M4A is taken as it is.

    Raises DestinationError when it cannot be written, UsageError when no ffmpeg here can.
    """
    program = film_path()
    with tempfile.TemporaryDirectory(prefix="chaitime-video-") as folder:
        room = Path(folder)
        (room / "chapters.txt").write_text(words.metadata, encoding="utf-8")
        (room / "captions.srt").write_text(words.srt, encoding="utf-8")
        arguments = [*shown.opening, *_arguments(shown, sound, words, room), ffmpeg.output_of(target)]
        try:
            with ffmpeg.sink(arguments, program, room) as write:
                for frame in shown.frames:
                    write(frame)
        except ffmpeg.FfmpegError as cause:
            raise DestinationError(f"cannot write {target.name} to {target.parent}: {cause.said}") from cause


def _arguments(shown: Shown, sound: tuple[Path, int], words: Words, room: Path) -> list[str]:
    path, channels = sound
    captions = ("-protocol_whitelist", "file", "-f", "srt", "-i", f"file:{room / 'captions.srt'}")
    chapters = ("-protocol_whitelist", "file", "-f", "ffmetadata", "-i", f"file:{room / 'chapters.txt'}")
    inputs = [*ffmpeg.input_of(path), *chapters, *(captions if words.srt else ())]
    copied = path.suffix == ".m4a"
    heard = ("copy",) if copied else ("aac", "-b:a", f"{AAC_KBPS[channels]}k", "-ar", "44100")
    tracks = ["-map", "0:v:0", "-map", "1:a:0", "-map_metadata", "2", "-map_chapters", "2"]
    if words.srt:
        language = LANGUAGES.get(words.language, "und")
        tracks += [
            "-map",
            "3:s:0",
            "-c:s",
            "mov_text",
            "-disposition:s:0",
            "0",
            "-metadata:s:s:0",
            f"language={language}",
        ]
    return [
        *inputs,
        *tracks,
        *(("-vf", shown.filters) if shown.filters else ()),
        *(*shown.codec, "-pix_fmt", "yuv420p", "-force_key_frames", f"expr:gte(t,n_forced*{KEYFRAME_S})"),
        *(*BT709, "-c:a", *heard, "-fflags", "+bitexact", "-movflags", "+faststart", "-f", "mp4"),
    ]
