"""The typefaces of pictures: DejaVu Sans, which comes with matplotlib, or one that the show names.

A script that the face has no letters for is refused: libass would draw boxes, or whatever it finds.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ConfigError, UsageError

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

SHIPPED = Path("mpl-data") / "fonts" / "ttf"
BOLD, REGULAR = "DejaVuSans-Bold.ttf", "DejaVuSans.ttf"
MOST_BYTES = 40_000_000
_UNSEEN = ("Cc", "Cf", "Zs", "Zl", "Zp")
_SHOWN_MISSING = 6


@dataclass(frozen=True, slots=True)
class Face:
    """A typeface: its file, the family libass finds it by, whether it is bold, and the letters it has."""

    path: Path
    family: str
    bold: bool
    letters: frozenset[int]

    def lacks(self, text: str) -> str:
        """The letters of a text that it has not, each once. Emoji and invisible marks do not count."""
        composed = unicodedata.normalize("NFC", text)
        return "".join(dict.fromkeys(mark for mark in composed if self._lacks(mark)))

    def drawable(self, text: str) -> str:
        """The text without the symbols (emoji and their like) that it has not."""
        composed = unicodedata.normalize("NFC", text)
        kept = (mark for mark in composed if ord(mark) in self.letters or self._lacks(mark) or mark == " ")
        return " ".join("".join(kept).split())

    def font(self, size: float) -> FreeTypeFont:
        """It as Pillow has it, in a size in pixels."""
        return _font(self.path, round(size))

    def _lacks(self, mark: str) -> bool:
        kind = unicodedata.category(mark)
        return ord(mark) not in self.letters and kind not in _UNSEEN and not kind.startswith("S")


def face_for(path: Path | None) -> Face:
    """Return the face at a path, or ours. Raises ConfigError for a file that is no typeface."""
    return _read(path or shipped(BOLD))


def refuse_missing(face: Face, texts: Iterable[str]) -> None:
    """Raise UsageError when a text has letters that the face has not."""
    missing = face.lacks("".join(texts))
    if missing:
        shown = " ".join(missing[:_SHOWN_MISSING]) + (" …" if len(missing) > _SHOWN_MISSING else "")
        name = unicodedata.name(missing[0], "a letter").split()[0].capitalize()
        raise UsageError(
            f"{face.family} has no letters for {shown} ({name}); set clips.typeface to a TTF or OTF file "
            "that has, or leave the picture out with --sound-only"
        )


@cache
def shipped(name: str) -> Path:
    """Where a face lies that comes with matplotlib. Raises UsageError when it is not there."""
    package = find_spec("matplotlib")
    path = Path(package.origin).parent / SHIPPED / name if package and package.origin else None
    if path is None or not path.is_file():
        raise UsageError(f"the typeface {name} is missing; reinstall matplotlib, or set clips.typeface")
    return path


@cache
def _read(path: Path) -> Face:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        if path.stat().st_size > MOST_BYTES:
            raise ConfigError(f"{path} has over {MOST_BYTES // 1_000_000} MB; choose a face of one script")
        with path.open("rb") as reader, TTFont(reader, lazy=True) as found:
            family = found["name"].getDebugName(16) or found["name"].getDebugName(1) or ""
            bold = bool(found["head"].macStyle & 1)
            letters = frozenset(found.getBestCmap() or {})
        _font(path, 20)
    except OSError as cause:
        reason = cause.strerror or "it is not a typeface"
        raise ConfigError(f"clips.typeface: cannot use {path}: {reason}") from cause
    except (TTLibError, KeyError, ValueError, AssertionError) as cause:
        raise ConfigError(f"clips.typeface: {path} is not a TTF or OTF file") from cause
    if not family or not letters:
        raise ConfigError(f"clips.typeface: {path} names no family, or has no letters")
    return Face(path, family, bold, letters)


@cache
def _font(path: Path, size: int) -> FreeTypeFont:
    from PIL import ImageFont

    return ImageFont.truetype(path, size)
