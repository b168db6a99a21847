"""Lays words into a box of a picture: as large as fits, in lines, cut off where even that is too long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...domain.scripts import runs_leftwards
from .layout import Box

if TYPE_CHECKING:
    from PIL.ImageDraw import ImageDraw
    from PIL.ImageFont import FreeTypeFont

    from ..faces import Face

LEADING = 1.22
SMALLEST = 0.55
STEP = 2


@dataclass(frozen=True, slots=True)
class Lettering:
    """How words look: typeface, largest size in pixels, colour, most lines, whether in the middle."""

    face: Face
    size: int
    colour: tuple[int, int, int]
    lines: int = 1
    centred: bool = False


def draw_text(draw: ImageDraw, box: Box, text: str, how: Lettering) -> int:
    """Draw a text from the top of a box; return where it ends (``y``). An empty text takes no room."""
    shown = how.face.drawable(text)
    if not shown:
        return box.y
    size, lines = _laid(shown, box, how)
    font, step = how.face.font(size), round(size * LEADING)
    for number, row in enumerate(lines):
        x, anchor = _start(box, row, how.centred)
        draw.text((x, box.y + number * step), row, font=font, fill=how.colour, anchor=anchor)
    return box.y + len(lines) * step


def _start(box: Box, row: str, centred: bool) -> tuple[int, str]:
    if centred:
        return box.x + box.width // 2, "ma"
    return (box.right, "ra") if runs_leftwards(row) else (box.x, "la")


def _laid(text: str, box: Box, how: Lettering) -> tuple[int, list[str]]:
    """The size and the lines: the largest at which they fit, or the smallest, cut off."""
    for size in range(how.size, round(how.size * SMALLEST), -STEP):
        lines = wrapped(text, how.face.font(size), box.width)
        if lines and len(lines) <= how.lines and len(lines) * size * LEADING <= box.height + size * 0.3:
            return size, lines
    font = how.face.font(size)
    lines = wrapped(text, font, box.width) or [text]
    most = max(1, min(how.lines, round(box.height / (size * LEADING))))
    if len(lines) > most or font.getlength(lines[-1]) > box.width:
        lines = [*lines[: most - 1], _cut(lines[min(most, len(lines)) - 1], font, box.width)]
    return size, lines


def wrapped(text: str, font: FreeTypeFont, width: int) -> list[str]:
    """Words in lines of at most a width; nothing when one word is wider."""
    lines: list[str] = []
    for word in text.split():
        if font.getlength(word) > width:
            return []
        if lines and font.getlength(f"{lines[-1]} {word}") <= width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _cut(line: str, font: FreeTypeFont, width: int) -> str:
    while line and font.getlength(f"{line}…") > width:
        line = line.rpartition(" ")[0] or line[:-1]
    return f"{line.rstrip(' -,;:')}…"
