"""What a drawing is made of, whoever paints it: shapes with a role, in one coordinate space.

A role says what a shape means (``voice-0``, ``before``, ``grid``); a painter knows its colour.
"""

from __future__ import annotations

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
