"""Paints a drawing as PNG, dark on white, for mails and wherever a page is too much."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

from .fonts import drawable, font
from .palette import LIGHT
from .shapes import Area, Drawing, Label, Line, Point

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw

SCALE = 1.6
FINER = 2
"""Painted so many times as large and made smaller again: Pillow's lines have hard edges."""
ANCHORS = {"start": "ls", "middle": "ms", "end": "rs"}


def png(drawing: Drawing) -> bytes:
    """Return a PNG, 1.6 pixels a unit: the same bytes for the same drawing."""
    from PIL import Image, ImageDraw

    size = round(drawing.width * SCALE), round(drawing.height * SCALE)
    image = Image.new("RGB", (size[0] * FINER, size[1] * FINER), "white")
    painter = ImageDraw.Draw(image)
    for shape in drawing.shapes:
        _paint(painter, shape)
    written = io.BytesIO()
    image.resize(size, Image.Resampling.LANCZOS).save(written, "PNG", optimize=True)
    return written.getvalue()


def _paint(painter: ImageDraw, shape: Area | Line | Label) -> None:
    colour = LIGHT[shape.role]
    if isinstance(shape, Area):
        painter.polygon(_scaled(shape.points), fill=colour)
    elif isinstance(shape, Line):
        width = max(1, round(shape.width * SCALE * FINER))
        for piece in _dashes(shape.points) if shape.dashed else (shape.points,):
            painter.line(_scaled(piece), fill=colour, width=width, joint="curve")
    else:
        ((x, y),) = _scaled(((shape.x, shape.y),))
        text = drawable(shape.text)
        chosen = font(shape.size * SCALE * FINER, text)
        painter.text((x, y), text, fill=colour, font=chosen, anchor=ANCHORS[shape.anchor])


def _scaled(points: tuple[Point, ...]) -> list[Point]:
    return [(x * SCALE * FINER, y * SCALE * FINER) for x, y in points]


def _dashes(points: tuple[Point, ...], dash: float = 4.0, gap: float = 3.0) -> list[tuple[Point, ...]]:
    """Dashes along the straight line from the first to the last point."""
    (x, y), (far_x, far_y) = points[0], points[-1]
    length = ((far_x - x) ** 2 + (far_y - y) ** 2) ** 0.5
    found: list[tuple[Point, ...]] = []
    at = 0.0
    while at < length:
        first, last = at / length, min(length, at + dash) / length
        ends = ((x + (far_x - x) * share, y + (far_y - y) * share) for share in (first, last))
        found.append(tuple(ends))
        at += dash + gap
    return found
