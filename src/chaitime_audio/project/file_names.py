"""Names of files: fit for any disk, and in the order in which a person counts."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

MOST_BYTES = 255
"""What ext4, APFS, NTFS and SMB allow a name; letters outside ASCII take two to four bytes each."""

_DIGITS = re.compile(r"(\d+)")


def within_bytes(text: str, most: int) -> str:
    """The beginning of a text that takes at most so many bytes in UTF-8; no letter is cut in two."""
    return text.encode(errors="replace")[:most].decode(errors="ignore")


def printable_name(path: Path) -> str:
    """The name of a file as text that can be written anywhere: old archives hold names that are not UTF-8."""
    return path.name.encode(errors="replace").decode()


def extended(name: str, *, before: str = "", behind: str = "") -> str:
    """A name with something put before and behind it, shortened in the middle so that disks take it.

    The ending stays, since people (and the order of parts) go by it; what is put ``before`` tells
    shortened names apart.
    """
    stem, dot, ending = name.rpartition(".")
    if not stem or len(ending.encode(errors="replace")) > 16:
        stem, dot, ending = name, "", ""
    room = MOST_BYTES - len((before + dot + ending + behind).encode(errors="replace"))
    return before + within_bytes(stem, room) + dot + ending + behind


def natural_order(path: Path) -> tuple[tuple[str | int, ...], str, str]:
    """A key that puts part2 before part10, and talk.wav before talk (2).wav; one name has one place.

    Small and capital letters, and both ways to write an accent, count as one.
    """
    return _pieces(path.stem), path.suffix.casefold(), path.name


def _pieces(text: str) -> tuple[str | int, ...]:
    """Text and numbers in turn, the first of them text."""
    pieces = _DIGITS.split(unicodedata.normalize("NFC", text).casefold())
    return tuple(int(piece) if at % 2 else piece for at, piece in enumerate(pieces))
