"""Reads what a guest sent back: a small JSON file of wishes by source span, version 1.

::

    {"format": "chaitime-guest", "version": 1, "author": "Tom Ellery", "episode": "the guid, if known",
     "strikes":     [{"start_ms": 12000, "end_ms": 15250, "text": "as it read"}],
     "corrections": [{"start_ms": 20100, "end_ms": 20900, "old": "Alcova", "new": "Okafor"}],
     "comments":    [{"start_ms": 30000, "end_ms": 31000, "text": "Is this for the public?"}]}

Everybody can send such a file: sizes are limited, an unknown field is named, a wrong one refused.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ..domain.imported import Comment, GuestWishes, Reworded, Strike
from ..domain.sound import Span, span
from ..domain.text import line
from .serialization import nearest

FORMAT, VERSION = "chaitime-guest", 1
MOST_CHARACTERS, MOST_WISHES, MOST_TEXT = 1_000_000, 2_000, 5_000
MOST_MS = 7 * 24 * 3_600_000
_LISTS = ("strikes", "corrections", "comments")
_TOP = ("format", "version", "author", "episode", *_LISTS)


def read(plain: dict[str, Any], size: int) -> GuestWishes:
    """Return a guest's wishes. Raises ValueError for another format or version, and for a wrong field."""
    if plain.get("format") != FORMAT:
        raise ValueError(f"its format is {line(str(plain.get('format')))[:40]}; only {FORMAT} is known")
    if plain.get("version") != VERSION:
        raise ValueError(f"its version is {str(plain.get('version'))[:20]}; this program reads {VERSION}")
    if size > MOST_CHARACTERS:
        raise ValueError(f"it is longer than {MOST_CHARACTERS} characters")
    left = [_unknown(key, _TOP) for key in plain if key not in _TOP]
    rows = {name: list(_rows(plain, name, left)) for name in _LISTS}
    strikes = (Strike(_span(row, at), _text(row, "text", at)) for at, row in rows["strikes"])
    corrections = (
        Reworded(_span(row, at), _text(row, "old", at, needed=True), _text(row, "new", at))
        for at, row in rows["corrections"]
    )
    comments = (Comment(_span(row, at), _text(row, "text", at, needed=True)) for at, row in rows["comments"])
    author, episode = (_text(plain, name, "the file")[:80] for name in ("author", "episode"))
    return GuestWishes(author, episode, tuple(strikes), tuple(corrections), tuple(comments), tuple(left))


def _unknown(key: str, known: tuple[str, ...]) -> str:
    return f"the field “{line(key)[:40]}” means nothing here{nearest(key, known)}"


def _rows(plain: dict[str, Any], name: str, left: list[str]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each entry of a list with its place; unknown fields go to ``left``."""
    fields = {"corrections": ("old", "new")}.get(name, ("text",))
    known = ("start_ms", "end_ms", *fields)
    rows = plain.get(name, [])
    if not isinstance(rows, list) or len(rows) > MOST_WISHES:
        raise ValueError(f"“{name}” is a list of at most {MOST_WISHES}")
    for number, row in enumerate(rows, 1):
        if not isinstance(row, dict):
            raise ValueError(f"{name} {number} is no object")  # noqa: TRY004 - what a file holds
        left += [f"{name} {number}: {_unknown(key, known)}" for key in row if key not in known]
        yield f"{name} {number}", row


def _span(row: dict[str, Any], at: str) -> Span:
    start, end = row.get("start_ms"), row.get("end_ms")
    for name, value in (("start_ms", start), ("end_ms", end)):
        if not isinstance(value, int) or isinstance(value, bool) or not 0 <= value <= MOST_MS:
            raise ValueError(f"{at}: {name} is whole milliseconds of the recording")
    assert isinstance(start, int)
    assert isinstance(end, int)
    if end <= start:
        raise ValueError(f"{at} ends before it begins")
    return span(start, end)


def _text(row: dict[str, Any], name: str, at: str, *, needed: bool = False) -> str:
    value = row.get(name, "")
    if not isinstance(value, str) or len(value) > MOST_TEXT:
        raise ValueError(f"{at}: “{name}” is a text of at most {MOST_TEXT} characters")
    if needed and not any(char.isalnum() for char in value):
        raise ValueError(f"{at}: “{name}” has no words")
    return line(value)
