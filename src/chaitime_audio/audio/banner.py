"""What ffmpeg says about a file, read by its structure: tags are text of strangers and never count.

ffmpeg prints the container's tags first, four blanks deep; then its own line ``Duration:`` two
blanks deep; then the streams, two blanks deep (four before version 5), each with tags deeper still.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

_INPUT = re.compile(r"^Input #0, (?P<container>[^\n]+?), from ", re.MULTILINE)
_DURATION = re.compile(r"^  Duration: (?:N/A|(\d+):(\d+):([\d.]+))(?:, start: (-?[\d.]+))?")
_STREAM = re.compile(
    r"^ {2,4}Stream #0:\d+(?:\[0x[0-9a-f]+\])?(?:\((?P<language>[^)]*)\))?: "
    r"(?P<kind>Audio|Video): (?P<rest>.*)"
)
_SOUND = re.compile(r"(?P<codec>[\w.]+).*?, (?P<rate>\d+) Hz, (?P<layout>[^,]+)")
_TITLE = re.compile(r"^ {6,8}title +: (.+)")
_GUESSED = re.compile(r"^\[\w+ @ 0x[0-9a-f]+\] Estimating duration from bitrate", re.MULTILINE)
_COUNTS = {"mono": 1, "stereo": 2, "downmix": 2, "binaural": 2, "quad": 4, "hexagonal": 6}
_COUNTS |= {"octagonal": 8, "cube": 8, "hexadecagonal": 16}


@dataclass(frozen=True, slots=True)
class SoundStream:
    """One sound stream. ``discrete``: more than two channels that are no loudspeaker layout."""

    codec: str
    sample_rate_hz: int
    channels: int
    discrete: bool = False
    language: str = ""
    title: str = ""

    @property
    def called(self) -> str:
        """Its title, its language, or that it has no name."""
        return f"“{self.title}”" if self.title else self.language or "without a name"


@dataclass(frozen=True, slots=True)
class Banner:
    """A file as ffmpeg sees it.

    ``claimed_s`` is the length of its longest stream by its header, 0 when it tells none or only
    a guess from the bit rate; ``start_s`` is its first time stamp; ``pictures`` whether there is video.
    """

    container: frozenset[str]
    claimed_s: float
    start_s: float
    sounds: tuple[SoundStream, ...]
    pictures: bool = False


def parsed(said: str, path: Path) -> Banner | None:
    """Read the banner about ``path``; None when ffmpeg could not open it."""
    opening = _INPUT.search(said)
    if not opening:
        return None
    before, rest = said[: opening.start()], said[opening.end() :]
    rest = rest.removeprefix(f"'file:{path.resolve()}':")  # a name may hold line breaks
    lines = iter(rest.split("\n"))
    duration = next((found for line in lines if (found := _DURATION.match(line))), None)
    claimed_s = start_s = 0.0
    if duration:
        start_s = float(duration[4] or 0.0)
        if duration[1] and not _GUESSED.search(before):
            claimed_s = int(duration[1]) * 3600 + int(duration[2]) * 60 + float(duration[3])
    sounds, pictures = _streams(lines)
    return Banner(frozenset(opening["container"].split(",")), claimed_s, start_s, sounds, pictures)


def _streams(lines: Iterator[str]) -> tuple[tuple[SoundStream, ...], bool]:
    sounds, pictures, within = list[SoundStream](), False, False
    for line in lines:
        if found := _STREAM.match(line):
            within = found["kind"] == "Audio"
            pictures |= not within and "(attached pic)" not in line
            if within:
                sounds.append(_sound(found["rest"], found["language"] or ""))
        elif within and (title := _TITLE.match(line)) and not sounds[-1].title:
            sounds[-1] = replace(sounds[-1], title=title[1].strip())
    return tuple(sounds), pictures


def _sound(rest: str, language: str) -> SoundStream:
    found = _SOUND.match(rest)
    language = "" if language == "und" else language
    if not found:
        return SoundStream(rest.partition(",")[0].partition(" ")[0], 0, 0, language=language)
    count, discrete = _channels(found["layout"].strip())
    return SoundStream(found["codec"], int(found["rate"]), count, discrete, language)


def _channels(layout: str) -> tuple[int, bool]:
    """How many channels ffmpeg's words for a layout mean, and whether they are no loudspeakers."""
    if counted := re.match(r"(\d+) channels", layout):
        return int(counted[1]), int(counted[1]) > 2
    if order := re.match(r"ambisonic (\d+)", layout):
        return (int(order[1]) + 1) ** 2, True
    name = layout.partition("(")[0].strip()
    if re.fullmatch(r"\d+(?:\.\d+)+", name):
        return sum(map(int, name.split("."))), False
    return _COUNTS.get(name, 2), False
