"""What a drawing is made of, whoever paints it: shapes with a role, in one coordinate space.

A role says what a shape means (``voice-0``, ``before``, ``grid``); a painter knows its colour.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Area:
    """A filled polygon; ``title`` is shown when pointed at, where a painter can."""

    points: tuple[Point, ...]
    role: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line through points; ``dashed`` for what is not measured."""

    points: tuple[Point, ...]
    role: str
    width: float = 1.0
    dashed: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class Label:
    """A line of text, its baseline at ``y``."""

    x: float
    y: float
    text: str
    role: str = "text"
    size: float = 11.0
    anchor: Literal["start", "middle", "end"] = "start"


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes from back to front in a space of so many units."""

    width: float
    height: float
    shapes: tuple[Area | Line | Label, ...]


def box(left: float, top: float, right: float, bottom: float, role: str, title: str = "") -> Area:
    """Return an upright rectangle, wide enough to be seen."""
    right = max(right, left + 0.8)
    return Area(((left, top), (right, top), (right, bottom), (left, bottom)), role, title)


def width_of(text: str, size: float = 11.0) -> float:
    """About how wide a text is, rather too wide: painters have different typefaces."""
    return size * sum(map(_em, text))


def fitted(text: str, room: float, size: float = 11.0) -> str:
    """As much of a text as fits into a width, an ellipsis for the rest; nothing where not one letter fits."""
    if width_of(text, size) <= room:
        return text
    left = room - width_of("…", size)
    kept = 0
    while kept < len(text) and (left := left - width_of(text[kept], size)) >= 0:
        kept += 1
    return text[:kept].rstrip() + "…" if kept else ""


def _em(mark: str) -> float:
    """The width of a character as a share of its size."""
    if unicodedata.combining(mark) or unicodedata.category(mark) == "Mn":
        return 0.0
    if unicodedata.east_asian_width(mark) in "WF" or ord(mark) > 0x1F000:
        return 1.1
    if mark in "ijl.,:;'|! ’":
        return 0.36
    if mark in "mwMW@%…—":
        return 1.0
    return 0.75 if mark.isupper() else 0.63
