"""A recording that is a film itself, its picture cut as its sound was.

The picture is brought to whole frames a second; of those, each kept stretch takes as many as the programme
has there, so that the picture is never further than a frame from the sound, however many cuts there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ...audio import ffmpeg
from ...domain.episode import Episode
from ...errors import UsageError
from ..edl import Event, Reel, events

FPS = 25
MOST_HEIGHT = 1080
MOST_STRETCHES = 400
"""ffmpeg compiles an expression of them; beyond that it is slow."""


def camera_of(paths: Sequence[Path], arrangement: str) -> Path:
    """Return the one recording that has a picture. Raises UsageError, with the reason, when there is none."""
    if arrangement == "tracks":
        raise UsageError("a picture is cut with one recording; here is one a person, each with its own clock")
    if len(paths) != 1:
        raise UsageError(f"a picture is cut with one recording; here are {len(paths)} parts: join them first")
    said = ffmpeg.report(paths[0])
    moving = [row for row in said.splitlines() if "Video:" in row and "attached pic" not in row]
    if not moving:
        raise UsageError(f"{paths[0].name} has no moving picture; leave --camera out")
    return paths[0]


def filters_for(episode: Episode, source: Path, source_ms: int) -> str:
    """The filters that cut the picture as the sound was; intro and outro hold first and last frame.

    Raises UsageError for more stretches than can be cut in one go.
    """
    found = events(episode, (Reel(source.name, source_ms),))
    if len(found) > MOST_STRETCHES:
        raise UsageError(
            f"the sound is cut into {len(found)} stretches, more than {MOST_STRETCHES}: set "
            "longest_silence_s = 0, or export a still picture"
        )
    chosen = "+".join(_frames(event) for event in found)
    intro_s = found[0].record_ms / 1000 if found else 0.0
    held = f"tpad=start_mode=clone:start_duration={intro_s:.3f}:stop_mode=clone:stop_duration=3600"
    end = f"trim=duration={episode.duration_ms / 1000:.3f}"
    scaled = f"scale=w=-2:h='min({MOST_HEIGHT},trunc(ih/2)*2)':out_color_matrix=bt709:out_range=tv"
    return f"fps={FPS}:start_time=0,select='{chosen}',setpts=N/{FPS}/TB,{held},{end},{scaled},format=yuv420p"


def _frames(event: Event) -> str:
    """The frames of one stretch: from its first one on, as many as the programme has for it."""
    count = _frame(event.record_ms + event.duration_ms) - _frame(event.record_ms)
    first = _frame(event.source_ms)
    return f"between(n,{first},{first + count - 1})" if count > 0 else "0"


def _frame(at_ms: int) -> int:
    return round(at_ms * FPS / 1000)
