"""Paints a drawing as SVG whose colours follow the page it stands in: light or dark."""

from __future__ import annotations

from html import escape

from ..domain.text import printable
from .palette import DARK, LIGHT
from .shapes import Area, Drawing, Label, Line, Point


def style() -> str:
    """The colours of every role as CSS, for light pages and for dark ones."""
    light, dark = (";".join(f"--{role}:{colour}" for role, colour in one.items()) for one in (LIGHT, DARK))
    return f".quality{{{light}}}@media (prefers-color-scheme:dark){{.quality{{{dark}}}}}"


def svg(drawing: Drawing, label: str) -> str:
    """Return an ``<svg>``; ``label`` says in words what it shows. Needs `style` in the page."""
    shapes = "".join(map(_painted, drawing.shapes))
    size = f'viewBox="0 0 {drawing.width:g} {drawing.height:g}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="quality" {size} role="img" '
        f'aria-label="{escape(label)}" font-family="system-ui,sans-serif">{shapes}</svg>'
    )


def _painted(shape: Area | Line | Label) -> str:
    if isinstance(shape, Area):
        fill = f'style="fill:var(--{shape.role})"'
        return f'<polygon points="{_points(shape.points)}" {fill}>{_title(shape)}</polygon>'
    if isinstance(shape, Line):
        dashes = ' stroke-dasharray="4 3"' if shape.dashed else ""
        look = f'style="fill:none;stroke:var(--{shape.role})" stroke-width="{shape.width:g}"{dashes}'
        return f'<polyline points="{_points(shape.points)}" {look}>{_title(shape)}</polyline>'
    place = f'x="{shape.x:g}" y="{shape.y:g}" font-size="{shape.size:g}" text-anchor="{shape.anchor}"'
    return f'<text {place} style="fill:var(--{shape.role})">{escape(printable(shape.text, " "))}</text>'


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _title(shape: Area | Line) -> str:
    return f"<title>{escape(printable(shape.title, ' '))}</title>" if shape.title else ""
