"""Settings of what ``chaitime export`` makes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from .guarded_values import anything
from .setting import setting

COLOUR = re.compile(r"#[0-9a-fA-F]{6}")
SHAPES = ("1:1", "9:16", "16:9")
PLACES = ("show", "picture", "name", "title", "captions", "waveform", "progress")


@dataclass(frozen=True, slots=True)
class ClipSettings:
    """The clips and videos: how those that `chaitime export` makes look and sound."""

    target_lufs: float = setting(-16.0, "Loudness of a clip in LUFS, measured on the finished file.")
    shortest_s: float = setting(15.0, "How many seconds a clip has at least.")
    longest_s: float = setting(90.0, "How many seconds a clip has at most.")
    typeface: str = setting(
        "", "TTF or OTF file for captions and names, relative to this file; empty: DejaVu Sans."
    )
    paper: str = setting("", "Colour behind everything, such as #14323f; empty: out of the picture.")
    ink: str = setting("#ffffff", "Colour of words.")
    voices: tuple[str, ...] = setting((), "Colours of the voices in order of appearance; empty: our own.")
    positions: dict[str, Any] = setting(
        {},
        "Where things stand, as shares of width and height from the left and the top: "
        '{ "9:16" = { captions = [0.08, 0.52, 0.84, 0.2] } }.',
    )


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """The places that `chaitime publish` sends to."""

    targets: dict[str, str] = setting(
        {}, 'Where to, by name: { site = "/srv/www/chai", bucket = "rclone:remote:bucket/chai" }.', anything
    )


def unfit(clips: ClipSettings) -> Iterator[str]:
    """Yield the names of settings that make no sense; of two that contradict, the one that was set."""
    usual = ClipSettings()
    crossed, told = clips.shortest_s > clips.longest_s, clips.longest_s != usual.longest_s
    fits = {
        "target_lufs": -40 <= clips.target_lufs <= -5,
        "shortest_s": 1 <= clips.shortest_s <= 600 and not (crossed and not told),
        "longest_s": 1 <= clips.longest_s <= 600 and not (crossed and told),
        "paper": not clips.paper or bool(COLOUR.fullmatch(clips.paper)),
        "ink": bool(COLOUR.fullmatch(clips.ink)),
        "voices": all(COLOUR.fullmatch(one) for one in clips.voices),
        "positions": all(shape in SHAPES and _are_places(at) for shape, at in clips.positions.items()),
    }
    yield from (name for name, fine in fits.items() if not fine)


def _are_places(places: Any) -> bool:
    """Whether a table has known places only, each a box inside of the picture."""
    return isinstance(places, dict) and all(
        name in PLACES and isinstance(box, list) and _is_box(box) for name, box in places.items()
    )


def _is_box(box: list[Any]) -> bool:
    numbers = [value for value in box if isinstance(value, int | float) and 0 <= value <= 1]
    return len(box) == len(numbers) == 4 and box[0] + box[2] <= 1 and box[1] + box[3] <= 1
