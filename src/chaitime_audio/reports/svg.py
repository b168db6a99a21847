"""Paints a drawing as SVG whose colours follow the page it stands in: light or dark."""

from __future__ import annotations

from xml.etree.ElementTree import Element, SubElement, tostring

from ..domain.text import printable
from .palette import DARK, LIGHT
from .shapes import Area, Drawing, Label, Line, Point


def style() -> str:
    """The colours of every role as CSS, for light pages and for dark ones."""
    light, dark = (";".join(f"--{role}:{colour}" for role, colour in one.items()) for one in (LIGHT, DARK))
    return f":root{{{light}}}@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}"


def svg(drawing: Drawing, label: str) -> str:
    """Return an ``<svg>``; ``label`` says in words what it shows. Needs `style` in the page."""
    root = Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "class": "quality"})
    root.set("viewBox", f"0 0 {drawing.width:g} {drawing.height:g}")
    root.set("role", "img")
    root.set("aria-label", printable(label, " "))
    root.set("font-family", "system-ui,sans-serif")
    root.extend(map(_painted, drawing.shapes))
    return tostring(root, encoding="unicode")


def _painted(shape: Area | Line | Label) -> Element:
    if isinstance(shape, Area):
        painted = Element("polygon", points=_points(shape.points), style=f"fill:var(--{shape.role})")
        return _titled(painted, shape.title)
    if isinstance(shape, Line):
        painted = Element("polyline", points=_points(shape.points))
        painted.set("style", f"fill:none;stroke:var(--{shape.role})")
        painted.set("stroke-width", f"{shape.width:g}")
        if shape.dashed:
            painted.set("stroke-dasharray", "4 3")
        return _titled(painted, shape.title)
    painted = Element("text", x=f"{shape.x:g}", y=f"{shape.y:g}")
    painted.set("font-size", f"{shape.size:g}")
    painted.set("text-anchor", shape.anchor)
    painted.set("style", f"fill:var(--{shape.role})")
    painted.text = printable(shape.text, " ")
    return painted


def _points(points: tuple[Point, ...]) -> str:
    return " ".join(f"{x:g},{y:g}" for x, y in points)


def _titled(painted: Element, title: str) -> Element:
    """The shape with the words that a reader sees when pointing at it, if there are any."""
    if title:
        SubElement(painted, "title").text = printable(title, " ")
    return painted
