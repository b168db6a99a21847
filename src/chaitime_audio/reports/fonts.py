"""Typefaces that are at hand wherever the program is, so that every machine draws the same picture.

Pillow brings Aileron (public domain; plain Latin letters), matplotlib, which comes with
pyannote.audio, DejaVu Sans (Bitstream Vera licence): accents, Cyrillic, Greek, Hebrew, Arabic. What neither
has (Chinese, Japanese, Korean, Hindi, emoji …) is left out rather than spelt wrong.
"""

from __future__ import annotations

import unicodedata
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

OWN, WIDER = "", "mpl-data/fonts/ttf/DejaVuSans.ttf"
FACES = (OWN, WIDER)
_PROBE_SIZE = 40
_NOWHERE = "\uffff"
_VARIANTS = frozenset(map(chr, range(0xFE00, 0xFE10)))
_JOINED = ("R", "AL")
"""Written from right to left: needs a Pillow that can lay letters out so."""


def font(size: float, text: str = "") -> FreeTypeFont:
    """Return the first typeface that has every letter of a text, in a size in pixels."""
    return _font(next((face for face in FACES if _missing(face, text) == ""), WIDER), size)


def drawable(text: str) -> str:
    """Return a text on one line without the words and the symbols that no typeface here can draw."""
    composed = unicodedata.normalize("NFC", text.encode(errors="ignore").decode())
    words = ("".join(mark for mark in word if not _is_symbol(mark)) for word in composed.split())
    return " ".join(word for word in words if _has_body(word) and not _missing(WIDER, word))


def runs_leftwards(text: str) -> bool:
    """Whether a text begins with letters that are written from right to left."""
    strong = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", *_JOINED))
    return next(strong, "L") in _JOINED


def _is_symbol(mark: str) -> bool:
    """Whether a mark is no letter, and one that nothing here draws, or says how to draw such a one."""
    letter = unicodedata.category(mark).startswith(("L", "M"))
    return mark in _VARIANTS or (not letter and bool(_missing(WIDER, mark)))


def _has_body(word: str) -> bool:
    """Whether a word is more than accents, which stand on nothing."""
    return any(not unicodedata.category(mark).startswith("M") for mark in word)


@cache
def _font(face: str, size: float) -> FreeTypeFont:
    from PIL import ImageFont

    path = _path(face)
    found = ImageFont.truetype(path, size) if path else ImageFont.load_default(size)
    assert isinstance(found, ImageFont.FreeTypeFont), "Pillow was built without FreeType"
    return found


@cache
def _path(face: str) -> Path | None:
    """Where a typeface lies; None for Pillow's own, and for all when matplotlib is not there."""
    package = find_spec("matplotlib") if face else None
    path = Path(package.origin).parent / face if package and package.origin else None
    return path if path and path.is_file() else None


@cache
def _missing(face: str, text: str) -> str:
    """The marks of a text that a typeface lacks: one it lacks looks like one that nothing has."""
    from PIL import features

    probe = _font(face, _PROBE_SIZE)
    nothing = bytes(probe.getmask(_NOWHERE))
    joins = features.check("raqm")
    return "".join(
        mark
        for mark in text
        if not mark.isprintable()
        or bytes(probe.getmask(mark)) == nothing
        or (unicodedata.bidirectional(mark) in _JOINED and not joins)
    )
