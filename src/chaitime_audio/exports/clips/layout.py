"""What stands where in a clip's picture, for each shape, and in which colours.

Nothing that must be read stands where apps lay buttons and names over: in the upright shape the
upper 13 % and the lower 22 % of the height and the outer 8 % of the width stay free (TikTok, Reels, Shorts).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from ...reports.palette import DARK

VOICES = 5
EVEN = 2


@dataclass(frozen=True, slots=True)
class Box:
    """A place in pixels, from the left and the top."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """Where it ends."""
        return self.x + self.width

    @property
    def bottom(self) -> int:
        """Where it ends below."""
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Layout:
    """A picture's size and its places. ``caption_px`` is how tall letters of captions are at most.

    ``centred``: names stand in the middle of their boxes, not at the left.
    """

    shape: str
    width: int
    height: int
    show: Box
    picture: Box
    name: Box
    title: Box
    captions: Box
    waveform: Box
    progress: Box
    caption_px: int
    columns: int
    lines: int
    centred: bool = False


SQUARE = Layout(
    "1:1",
    1080,
    1080,
    show=Box(364, 92, 644, 48),
    picture=Box(72, 72, 248, 248),
    name=Box(364, 146, 644, 76),
    title=Box(364, 230, 644, 88),
    captions=Box(72, 372, 936, 372),
    waveform=Box(72, 790, 936, 150),
    progress=Box(72, 992, 936, 8),
    caption_px=100,
    columns=20,
    lines=3,
)
TALL = Layout(
    "9:16",
    1080,
    1920,
    show=Box(90, 254, 900, 48),
    picture=Box(270, 324, 540, 540),
    name=Box(90, 892, 900, 76),
    title=Box(90, 972, 900, 80),
    captions=Box(90, 1056, 900, 268),
    waveform=Box(90, 1352, 900, 98),
    progress=Box(90, 1480, 900, 8),
    caption_px=86,
    columns=20,
    lines=3,
    centred=True,
)
WIDE = Layout(
    "16:9",
    1920,
    1080,
    show=Box(790, 124, 1010, 48),
    picture=Box(120, 120, 580, 580),
    name=Box(120, 736, 580, 76),
    title=Box(120, 818, 580, 132),
    captions=Box(790, 200, 1010, 500),
    waveform=Box(790, 748, 1010, 160),
    progress=Box(120, 988, 1680, 8),
    caption_px=112,
    columns=18,
    lines=4,
)
LAYOUTS = {one.shape: one for one in (SQUARE, TALL, WIDE)}


def layout_for(shape: str, positions: Mapping[str, Any]) -> Layout:
    """Return the layout of a shape, places moved as the configuration says (shares of width and height)."""
    found = LAYOUTS[shape]
    moved: dict[str, Any] = {name: _box(found, share) for name, share in positions.get(shape, {}).items()}
    return replace(found, **moved)


def _box(layout: Layout, share: Sequence[float]) -> Box:
    x, y, width, height = share
    return Box(
        round(x * layout.width),
        round(y * layout.height),
        max(EVEN, round(width * layout.width) // EVEN * EVEN),
        max(EVEN, round(height * layout.height) // EVEN * EVEN),
    )


def places(layout: Layout) -> dict[str, Box]:
    """Every place of a layout by its name."""
    found = ((item.name, getattr(layout, item.name)) for item in fields(layout))
    return {name: value for name, value in found if isinstance(value, Box)}


def voice_colours(labels: Sequence[str], wished: Sequence[str]) -> dict[str, str]:
    """The colour of each voice, as ``#rrggbb``: the show's own first, then ours, each in its turn."""
    ours = [DARK[f"voice-{number}"] for number in range(VOICES)]
    colours = [*wished, *ours[len(wished) :]] if len(wished) < VOICES else list(wished)
    return {label: colours[at % len(colours)] for at, label in enumerate(labels)}


def rgb(colour: str) -> tuple[int, int, int]:
    """``#rrggbb`` as three numbers."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
