"""A plain typographic cover for a show that has none: its name, its line, and a row of bars.

A name of which nothing can be drawn leaves the bars alone, larger.
"""

from __future__ import annotations

import io
from collections.abc import Callable
from hashlib import sha256
from itertools import count
from typing import TYPE_CHECKING

from ..reports.fonts import drawable, font, runs_leftwards

if TYPE_CHECKING:
    from PIL.Image import Image
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

SIDE = 1400
MARGIN = 120
TEXT_TOP, TEXT_BOTTOM = 150, 1060
NAME_SIZES = (230, 200, 170, 145, 120, 100, 84, 70, 58)
LINE_SIZES = (64, 54, 46, 38)
WHOLE_AT = 100
"""A word that is wider than a line even in this size is broken, so that it can be read at all."""
MOST_CHARACTERS = 500
BARS_Y, BARS_TALL = 1245, 150
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
    title, line = _short(drawable(name.strip() or "Podcast")), _short(drawable(tagline))
    if not title:
        _bars(draw, seed, accent, (SIDE // 2, 5 * BARS_TALL))
        return _jpeg(picture)
    room = TEXT_BOTTOM - TEXT_TOP - (230 if line else 0)
    bottom = _block(draw, (title, INK), NAME_SIZES, (TEXT_TOP, room))
    if line:
        left = SIDE - MARGIN - 160 if runs_leftwards(title) else MARGIN
        draw.rectangle((left, bottom + 44, left + 160, bottom + 54), fill=accent)
        _block(draw, (line, accent), LINE_SIZES, (bottom + 90, max(90, TEXT_BOTTOM - bottom - 90)))
    _bars(draw, seed, accent, (BARS_Y, BARS_TALL))
    return _jpeg(picture)


def _short(text: str) -> str:
    """At most as much of a text as could be read."""
    return text if len(text) <= MOST_CHARACTERS else text[:MOST_CHARACTERS] + "…"


def _block(draw: ImageDraw, text: tuple[str, str], sizes: tuple[int, ...], box: tuple[int, int]) -> int:
    """Draw words and their colour in the largest size that fits (top, height); returns where they end."""
    words, colour = text
    top, height = box
    endless = {word for word in words.split() if font(WHOLE_AT, words).getlength(word) > SIDE - 2 * MARGIN}
    for size in sizes:
        chosen, step = font(size, words), round(size * 1.16)
        lines = wrapped(_broken(words.split(), endless, chosen.getlength), chosen.getlength)
        most = max(1, height // step)
        if lines and len(lines) <= most:
            break
    else:
        lines = _cut(lines or [words], most, chosen)
    x, anchor = (SIDE - MARGIN, "ra") if runs_leftwards(words) else (MARGIN, "la")
    for index, line in enumerate(lines):
        draw.text((x, top + index * step), line, font=chosen, fill=colour, anchor=anchor)
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


def _broken(words: list[str], endless: set[str], measure: Callable[[str], float]) -> list[str]:
    """The words, those that are endless in pieces as wide as a line, with hyphens."""
    pieces: list[str] = []
    for word in words:
        rest = word
        while word in endless and measure(rest) > SIDE - 2 * MARGIN:
            fits = next(at for at in count(1) if measure(f"{rest[: at + 1]}-") > SIDE - 2 * MARGIN)
            pieces.append(f"{rest[:fits]}-")
            rest = rest[fits:]
        pieces.append(rest)
    return pieces


def _cut(lines: list[str], most: int, chosen: FreeTypeFont) -> list[str]:
    """The first lines, an ellipsis behind the last word that leaves room for it."""
    last = lines[most - 1] if len(lines) >= most else lines[-1]
    while last and chosen.getlength(f"{last}…") > SIDE - 2 * MARGIN:
        last = last.rpartition(" ")[0] or last[:-1]
    return [*lines[: most - 1], f"{last.rstrip(' -')}…"]


def _bars(draw: ImageDraw, seed: bytes, colour: str, place: tuple[int, int]) -> None:
    """A row of bars round a height, so tall at most, as loud as the digits of the name's hash."""
    middle, tallest = place
    count, wide = len(seed), 18
    step = (SIDE - 2 * MARGIN - wide) / (count - 1)
    for index, byte in enumerate(seed):
        tall, left = 24 + byte * tallest // 255, round(MARGIN + index * step)
        draw.rounded_rectangle((left, middle - tall // 2, left + wide, middle + tall // 2), 9, fill=colour)


def _jpeg(picture: Image) -> bytes:
    buffer = io.BytesIO()
    picture.save(buffer, "JPEG", quality=QUALITY, optimize=True, dpi=(72, 72))
    return buffer.getvalue()
