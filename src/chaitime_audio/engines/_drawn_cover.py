"""A plain typographic cover for a show that has none: its name, its line, and a row of bars.

The typeface is the one that comes with Pillow (Aileron, public domain), so that every machine
draws the same picture. What it has no letters for is written in Latin ones.
"""

from __future__ import annotations

import io
import unicodedata
from collections.abc import Callable
from functools import cache
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIDE = 1400
MARGIN = 120
TEXT_TOP, TEXT_BOTTOM = 150, 1060
NAME_SIZES = (230, 200, 170, 145, 120, 100, 84, 70, 58)
LINE_SIZES = (64, 54, 46, 38)
PAPERS = ("#14323f", "#3b2a4a", "#4a2a2a", "#1f3b2c", "#2b2f4c", "#4a3a1c", "#263238", "#402037")
ACCENTS = ("#f2b84b", "#8fd3c1", "#f28f6b", "#c9b6f2")
INK = "#f7f4ec"
QUALITY = 90


def drawn_cover(name: str, tagline: str = "") -> bytes:
    """Return a JPEG, RGB, 1400 x 1400: the same bytes for the same words.

    Words that fit at no size are cut off with an ellipsis. The bottom fifth, which players
    cover, holds no text.
    """
    from PIL import Image, ImageDraw

    seed = sha256(f"{name}\n{tagline}".encode(errors="replace")).digest()
    picture = Image.new("RGB", (SIDE, SIDE), PAPERS[seed[0] % len(PAPERS)])
    draw = ImageDraw.Draw(picture)
    accent = ACCENTS[seed[1] % len(ACCENTS)]
    line = latin(tagline)
    room = TEXT_BOTTOM - TEXT_TOP - (230 if line else 0)
    bottom = _block(draw, (latin(name) or "Podcast", INK), NAME_SIZES, (TEXT_TOP, room))
    if line:
        draw.rectangle((MARGIN, bottom + 44, MARGIN + 160, bottom + 54), fill=accent)
        _block(draw, (line, accent), LINE_SIZES, (bottom + 90, max(90, TEXT_BOTTOM - bottom - 90)))
    _bars(draw, seed, accent)
    return _jpeg(picture)


def latin(text: str) -> str:
    """Return the text on one line in letters the typeface has; other scripts are spelt in Latin ones."""
    from slugify import slugify

    composed = unicodedata.normalize("NFC", text.encode(errors="ignore").decode())
    words = (word if _covered(word) else slugify(word, lowercase=False) for word in composed.split())
    return " ".join(word for word in words if word)


@cache
def _font(size: int) -> FreeTypeFont:
    from PIL import ImageFont

    font = ImageFont.load_default(size)
    assert isinstance(font, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return font


@cache
def _covered(word: str) -> bool:
    """Whether the typeface has every letter: one it lacks looks like one that nothing has."""
    font = _font(40)
    missing = bytes(font.getmask("\uffff"))
    return all(char.isprintable() and bytes(font.getmask(char)) != missing for char in word)


def _block(draw: ImageDraw, text: tuple[str, str], sizes: tuple[int, ...], box: tuple[int, int]) -> int:
    """Draw words and their colour in the largest size that fits (top, height); returns where they end."""
    words, colour = text
    top, height = box
    for size in sizes:
        font, step = _font(size), round(size * 1.16)
        lines = wrapped(words.split(), font.getlength)
        if lines and len(lines) * step <= height:
            break
    else:
        lines = _cut(words, font, max(1, height // step))
    for index, line in enumerate(lines):
        draw.text((MARGIN, top + index * step), line, font=font, fill=colour)
    return top + len(lines) * step


def wrapped(words: list[str], measure: Callable[[str], float]) -> list[str]:
    """Words in lines that fit between the margins; nothing when one word is wider than a line."""
    width = SIDE - 2 * MARGIN
    lines: list[str] = []
    for word in words:
        if measure(word) > width:
            return []
        if lines and measure(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(words: str, font: FreeTypeFont, most: int) -> list[str]:
    """As many characters as fit into so many lines, an ellipsis behind them."""
    lines, width = [""], SIDE - 2 * MARGIN
    for char in words:
        if font.getlength(f"{lines[-1]}{char}…") > width:
            if len(lines) == most:
                return [*lines[:-1], f"{lines[-1].rstrip()}…"]
            lines.append("")
        lines[-1] = (lines[-1] + char).lstrip()
    return lines


def _bars(draw: ImageDraw, seed: bytes, colour: str) -> None:
    """A row of bars along the bottom, as loud as the digits of the name's hash."""
    count, wide = len(seed), 18
    step = (SIDE - 2 * MARGIN - wide) / (count - 1)
    for index, byte in enumerate(seed):
        tall, left = 24 + byte * 150 // 255, round(MARGIN + index * step)
        draw.rounded_rectangle((left, 1245 - tall // 2, left + wide, 1245 + tall // 2), 9, fill=colour)


def _jpeg(picture: Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, dpi=(72, 72))
    return buffer.getvalue()
