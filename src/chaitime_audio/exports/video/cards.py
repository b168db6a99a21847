"""A picture for each chapter: cover, show, title of the chapter, and how far the episode is."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ...domain.tags import Mark
from ..clips.backdrop import Colours, Texts, backdrop
from ..clips.layout import WIDE, Box, Layout, rgb
from ..clips.lettering import Lettering, draw_text
from ..faces import Face

if TYPE_CHECKING:
    from PIL.Image import Image

GAP = 6
"""Pixels between two chapters on the line."""


def cards(
    picture: Image, texts: Texts, chapters: Sequence[Mark], look: tuple[Colours, Face], layout: Layout = WIDE
) -> list[NDArray[np.uint8]]:
    """Return a picture for each chapter, shape (height, width, 3); one without title where there are none."""
    from PIL import Image, ImageDraw

    colours, face = look
    still = backdrop(layout, picture, texts, colours, face)
    found = []
    for number in range(max(1, len(chapters))):
        canvas = Image.fromarray(still)
        draw = ImageDraw.Draw(canvas)
        if chapters:
            how = Lettering(face, 96, rgb(colours.ink), 4)
            draw_text(draw, layout.captions, chapters[number].title, how)
            _draw_line(draw, layout.progress, chapters, number, rgb(colours.accent))
        found.append(np.asarray(canvas, dtype=np.uint8))
    return found


def _draw_line(
    draw: object, line: Box, chapters: Sequence[Mark], current: int, colour: tuple[int, int, int]
) -> None:
    """Fill the line up to the end of the current chapter, a gap between two chapters."""
    from PIL.ImageDraw import ImageDraw

    assert isinstance(draw, ImageDraw)
    whole_ms = max(1, chapters[-1].end_ms)
    for number in range(current + 1):
        left = line.x + round(chapters[number].start_ms / whole_ms * line.width)
        right = line.x + round(chapters[number].end_ms / whole_ms * line.width) - GAP
        shade = colour if number == current else tuple(round(value * 0.6) for value in colour)
        box = (left, line.y, max(left + 2, right), line.bottom - 1)
        draw.rounded_rectangle(box, line.height // 2, fill=shade)
