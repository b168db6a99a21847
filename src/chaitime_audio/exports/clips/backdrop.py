"""What does not move in a clip's picture: paper, cover or photo, names, the empty progress line.

The paper is the picture itself, blurred and darkened until white words stand well on it (WCAG 2, 1.4.3), or
the colour that the show wants.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from ..faces import REGULAR, Face, face_for, shipped
from .layout import Box, Layout, rgb
from .lettering import Lettering, draw_text

if TYPE_CHECKING:
    from PIL.Image import Image

CORNER = 0.07
BLUR = 0.045
LUMINANCE, MOST_LIGHT, DEEPER = 0.03, 1.1, 1.35
"""The mean luminance (linear) of the paper; how much lighter it may be than the picture, and how coloured."""
SOFT, FAINT = 0.72, 0.22


@dataclass(frozen=True, slots=True)
class Texts:
    """The words that stand still: the show, who speaks, the episode's title."""

    show: str
    name: str
    title: str


@dataclass(frozen=True, slots=True)
class Colours:
    """``paper`` is empty for one out of the picture; ``accent`` is the main voice's."""

    paper: str
    ink: str
    accent: str


def backdrop(layout: Layout, picture: Image, texts: Texts, colours: Colours, face: Face) -> NDArray[np.uint8]:
    """Return the still part of every frame, shape (height, width, 3)."""
    from PIL import Image, ImageDraw

    size = (layout.width, layout.height)
    canvas = Image.new("RGB", size, colours.paper) if colours.paper else _paper(picture, size)
    _put_picture(canvas, picture, layout.picture)
    draw = ImageDraw.Draw(canvas)
    ink, accent = rgb(colours.ink), rgb(colours.accent)
    ground = _ground(canvas)
    plain = face if face.path != face_for(None).path else face_for(shipped(REGULAR))
    soft = _between(ground, ink, SOFT)
    draw_text(draw, layout.show, texts.show, Lettering(plain, 38, soft, 1, layout.centred))
    draw_text(draw, layout.name, texts.name, Lettering(face, 60, ink, 1, layout.centred))
    rows = max(1, layout.title.height // 40)
    draw_text(draw, layout.title, texts.title, Lettering(plain, 34, accent, min(3, rows), layout.centred))
    line = layout.progress
    empty = _between(ground, ink, FAINT)
    draw.rounded_rectangle((line.x, line.y, line.right - 1, line.bottom - 1), line.height // 2, fill=empty)
    return np.asarray(canvas, dtype=np.uint8)


def _paper(picture: Image, size: tuple[int, int]) -> Image:
    """The picture as large as the paper, out of focus and dark, darker towards the bottom."""
    from PIL import Image, ImageEnhance, ImageFilter, ImageOps

    small = ImageOps.fit(picture, (max(1, size[0] // 8), max(1, size[1] // 8)), Image.Resampling.LANCZOS)
    soft = small.filter(ImageFilter.GaussianBlur(BLUR * max(size)))
    light = np.asarray(ImageEnhance.Color(soft).enhance(DEEPER), dtype=np.float64) / 255
    light *= np.linspace(1.15, 0.75, light.shape[0])[:, None, None]
    bright = max(1e-6, float(np.mean(light**2.2 @ np.asarray([0.2126, 0.7152, 0.0722]))))
    light *= min(MOST_LIGHT, (LUMINANCE / bright) ** (1 / 2.2))
    noise = np.random.default_rng(1).uniform(-0.5, 0.5, (size[1], size[0], 1))  # hides steps between tones
    planes = [Image.fromarray(light[:, :, plane].astype(np.float32) * 255) for plane in range(3)]
    smooth = np.stack([np.asarray(one.resize(size, Image.Resampling.BICUBIC)) for one in planes], axis=2)
    return Image.fromarray(np.clip(np.round(smooth + noise), 0, 255).astype(np.uint8))


def _put_picture(canvas: Image, picture: Image, box: Box) -> None:
    """Put the picture into its place, filled, with round corners and a soft shadow."""
    from PIL import Image, ImageDraw, ImageFilter, ImageOps

    side = (box.width, box.height)
    fitted = ImageOps.fit(picture, side, Image.Resampling.LANCZOS)
    radius = round(CORNER * min(side))
    mask = Image.new("L", (side[0] * 4, side[1] * 4), 0)
    ImageDraw.Draw(mask).rounded_rectangle((0, 0, side[0] * 4 - 1, side[1] * 4 - 1), radius * 4, fill=255)
    mask = mask.resize(side, Image.Resampling.LANCZOS)
    margin = radius * 2
    shadow = Image.new("L", (side[0] + 2 * margin, side[1] + 2 * margin), 0)
    shadow.paste(mask.point(lambda value: value * 0.45), (margin, margin))
    shadow = shadow.filter(ImageFilter.GaussianBlur(radius * 0.7))
    canvas.paste((0, 0, 0), (box.x - margin, box.y - margin + radius // 3), shadow)
    canvas.paste(fitted, (box.x, box.y), mask)


def _ground(canvas: Image) -> tuple[int, int, int]:
    """The mean colour of the paper."""
    mean = np.asarray(canvas.resize((16, 16)), dtype=np.float64).reshape(-1, 3).mean(axis=0)
    red, green, blue = (round(float(value)) for value in mean)
    return red, green, blue


def _between(ground: tuple[int, int, int], ink: tuple[int, int, int], share: float) -> tuple[int, int, int]:
    """So much of the ink on the ground."""
    red, green, blue = (round(low + (high - low) * share) for low, high in zip(ground, ink, strict=True))
    return red, green, blue
