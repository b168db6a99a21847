"""Spoken enumerations: "first … second … third", or "three ways" and then three of them (R11)."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from ...domain.scripts import word_count
from ..languages.reading import Reading, keys

FEWEST_ITEMS = 3
LONGEST_ITEM_WORDS = 40
ANNOUNCEMENT_WORDS = 12


def list_runs(texts: Sequence[str], data: Reading) -> tuple[tuple[int, int], ...]:
    """Return (first, behind last) of each run of sentences that are the items of a list."""
    runs: list[tuple[int, int]] = []
    at = 0
    while at < len(texts):
        stop = _numbered(texts, at, data) or _announced(texts, at, data)
        if stop:
            runs.append((at, stop))
        at = max(stop, at + 1)
    return tuple(runs)


def _short(text: str) -> bool:
    return word_count(text) <= LONGEST_ITEM_WORDS


def _numbered(texts: Sequence[str], at: int, data: Reading) -> int:
    """The index behind a run of sentences opened by first, second, third …; 0 when there is none."""
    stop = at
    for ordinal in data.ordinals:
        if stop >= len(texts) or not _short(texts[stop]) or not _opens_with(texts[stop], ordinal, data):
            break
        stop += 1
    return stop if stop - at >= FEWEST_ITEMS else 0


def _opens_with(text: str, ordinal: frozenset[str], data: Reading) -> bool:
    said = [key for key in keys(text)[:4] if key not in {"and", "the", "number", "und", "der", "die", "das"}]
    if not said or said[0] not in ordinal:
        return False
    head = text.split(said[0], 1)[-1] if said[0] in text else text[len(said[0]) :]
    single = said[0] in data.counts
    return not single or head.lstrip().startswith((",", ":", ".")) or "number" in keys(text)[:2]


def _announced(texts: Sequence[str], at: int, data: Reading) -> int:
    """The index behind the items of "Three ways." and three sentences built alike; 0 when there are none.

    ``at`` is the first item, the announcement the sentence before it.
    """
    count = _count(texts[at - 1], data) if at else 0
    items = texts[at : at + count]
    if count < FEWEST_ITEMS or len(items) < count or not all(map(_short, items)):
        return 0
    heads = {next((key for key in keys(item) if key not in {"and", "und"}), "") for item in items}
    return at + count if len(heads) == 1 else 0


def _count(text: str, data: Reading) -> int:
    """How many things a sentence announces ("There are three reasons."); 0 for none."""
    said = keys(text)
    if len(said) > ANNOUNCEMENT_WORDS:
        return 0
    for number, thing in pairwise(said):
        if thing in data.things and number in data.counts:
            return data.counts.index(number)
        if thing in data.things and number.isdigit():
            return int(number)
    return 0
