"""The text of corrections.toml: read, made longer, what a new correction takes the place of."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import fields, replace
from typing import Any

from ..domain.correction import Correction
from ..domain.timecode import exact_clock
from .episode_file import CORRECTIONS_NAME, Reviewed
from .journal import sum_of
from .serialization import from_plain
from .toml_edit import append_table, literal, remove_table

ARRAY = "corrections"
SAME_PLACE_MS = 3_000
TIMES = frozenset({"at", "border", "to", "merge", "give", "until", "split_at", "break_at", "join_at", "cut"})
MARK = "\ufeff"
"""The byte order mark that some editors write."""
_IN_LINE = re.compile(rf"^\s*[\"']?{ARRAY}[\"']?\s*=", re.MULTILINE)
_KNOWN: dict[str, tuple[Correction, ...]] = {}
MOST_KNOWN = 16
"""The corrections of so many texts, by their sums: reading a thousand takes longer than all the rest."""


def corrections_of(text: str, where: str) -> tuple[Correction, ...]:
    """Return the corrections of a text of the file. Raises ConfigError, for no TOML ValueError."""
    total = sum_of(text)
    if total not in _KNOWN:
        plain = tomllib.loads(text.removeprefix(MARK))
        remember(text, from_plain(Reviewed, plain, where).corrections)
    return _KNOWN[total]


def known_longer(before: str, text: str, where: str) -> bool:
    """Whether a text is one that is known, and tables behind it: these alone are read then.

    Raises ConfigError for tables that are no corrections.
    """
    start = f"{before.rstrip(chr(10))}\n\n[[{ARRAY}]]\n"
    known = _KNOWN.get(sum_of(before))
    if known is None or not before.strip() or not text.startswith(start) or _IN_LINE.search(before):
        return False
    behind = text[len(before.rstrip("\n")) :]
    try:
        behind.encode()
        remember(text, (*known, *from_plain(Reviewed, tomllib.loads(behind), where).corrections))
    except (ValueError, RecursionError):
        return False  # the whole is looked at, and says what is wrong
    return True


def remember(text: str, corrections: tuple[Correction, ...]) -> None:
    """Keep what a text says, as it was read once."""
    while len(_KNOWN) >= MOST_KNOWN:
        _KNOWN.pop(next(iter(_KNOWN)), None)
    _KNOWN[sum_of(text)] = corrections


def superseded(text: str, corrections: Sequence[Correction]) -> tuple[str, list[Correction]]:
    """A file without the corrections that new ones correct, and the new ones that take their places.

    Who changes a word twice means the word that was recognised: "weeks" to "months", "months" to "years" is
    "weeks" to "years".
    """
    wanted: list[Correction] = []
    for item in corrections:
        standing = corrections_of(text, CORRECTIONS_NAME) if item.at is not None and text else ()
        at = next((at for at, old in enumerate(standing) if _corrects(item, old)), None)
        if at is None:
            wanted.append(item)
            continue
        old = standing[at]
        text = remove_table(text, ARRAY, at)
        now = _joined((old.replace or "").replace(item.find, item.replace or "", 1))
        if now != old.find:
            wanted.append(replace(old, replace=now))
    return text, wanted


def _corrects(item: Correction, old: Correction) -> bool:
    """Whether a correction changes what an earlier one of a program wrote at the same place."""
    if item.kind != "replace" or old.kind != "replace" or item.at is None or old.at is None:
        return False
    words = f" {old.replace} "
    return abs(item.at - old.at) <= SAME_PLACE_MS and f" {item.find} " in words


def _joined(text: str) -> str:
    return " ".join(text.split())


def with_corrections(text: str, corrections: Sequence[Correction]) -> str:
    """A file with more corrections behind all others; taken apart only where they are written in line."""
    if _IN_LINE.search(text):
        for item in corrections:
            text = append_table(text, ARRAY, plain_of(item))
        return text
    blocks = [text.rstrip("\n")] if text.strip() else []
    for item in corrections:
        lines = (f"{name} = {literal(value)}" for name, value in plain_of(item).items())
        blocks.append("\n".join((f"[[{ARRAY}]]", *lines)))
    return "\n\n".join(blocks) + "\n"


def plain_of(item: Correction) -> dict[str, Any]:
    """A correction as TOML has it: what is not told is left out, times are clocks."""
    found: dict[str, Any] = {}
    for field in fields(Correction):
        value = getattr(item, field.name)
        if value in (None, ()) or (value == "" and field.name != "replace"):
            continue
        if field.name in TIMES:
            value = [exact_clock(one) for one in value] if isinstance(value, tuple) else exact_clock(value)
        found[field.name] = list(value) if isinstance(value, tuple) else value
    return found


def told(corrections: Sequence[Correction]) -> str:
    """Return corrections as a line of the journal says them."""
    first = corrections[0]
    parts = {name: value for name, value in plain_of(first).items() if name not in ("id", "author", "said")}
    text = ", ".join(f"{name} {value}" for name, value in parts.items())
    return text if len(corrections) == 1 else f"{text}, and {len(corrections) - 1} more"
