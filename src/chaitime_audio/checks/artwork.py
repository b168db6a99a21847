"""Artwork: what lies in the MP3, and the show's own picture."""

from __future__ import annotations

import io
from collections.abc import Iterator

from ._finding import CheckContext, Finding, finding_if

TITLE = "Artwork"
SMALLEST, LARGEST, MOST_BYTES = 1400, 3000, 512 * 1024
FIX = "set show.artwork in config/chaitime.toml to a square picture of 1400 to 3000 pixels, and process again"


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the cover in the MP3."""
    tag = sight.tag()
    pictures = tag.getall("APIC") if tag is not None else []
    if not pictures:
        yield Finding("artwork", "warn", "the MP3 has no cover", FIX)
        return
    yield from _picture(pictures[0].data)


def _picture(data: bytes) -> Iterator[Finding]:
    from PIL import Image

    try:
        with Image.open(io.BytesIO(data), formats=("JPEG", "PNG")) as found:
            (width, height), mode = found.size, found.mode
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        yield Finding("artwork", "fail", "the cover cannot be read as a JPEG or PNG", FIX)
        return
    shape = f"{width} x {height} pixels"
    yield finding_if("artwork-square", "" if width == height else f"{shape}: not square", "square", FIX)
    fits = SMALLEST <= width <= LARGEST
    yield finding_if("artwork-size", "" if fits else f"{shape}: {SMALLEST} to {LARGEST} wanted", shape, FIX)
    yield finding_if(
        "artwork-colour", "" if mode == "RGB" else f"colour mode {mode}", "RGB, no transparency", FIX
    )
    heavy = f"{len(data) // 1024} KB, 512 at most" if len(data) > MOST_BYTES else ""
    yield finding_if("artwork-bytes", heavy, f"{len(data) // 1024} KB", FIX)
