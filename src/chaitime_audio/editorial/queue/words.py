"""Words that were probably not said: in runs of doubtful ones, or one that is doubted in many places."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..languages.editing import Editing, editing_for
from .doubt import Doubted
from .item import Item, Kind
from .suggesting import place_of, text_of

SEED, LIGHT_SEED, JOINED, LONGEST = 0.08, 0.25, 0.12, 6
"""From which chance on a word with weight, and one without, is doubted by itself, and one beside it too."""
MOST, SMALL = 0.97, 0.4


def word_items(talk: Sequence[Sequence[Doubted]], language: str) -> Iterator[Item]:
    """Yield an item per doubtful passage of up to `LONGEST` words, or per word doubted in several."""
    data = editing_for(language)
    groups: dict[str, list[tuple[Doubted, ...]]] = {}
    for utterance in talk:
        for run in _runs(utterance, data):
            key = run[0].key if len(run) == 1 else f"{run[0].word.id}"
            groups.setdefault(key, []).append(run)
    for group in groups.values():
        yield _item(group, data)


def _runs(utterance: Sequence[Doubted], data: Editing) -> Iterator[tuple[Doubted, ...]]:
    at = floor = 0
    while at < len(utterance):
        if not _doubted(utterance[at], data):
            at += 1
            continue
        first, behind = at, at + 1
        while first > floor and _may_join(utterance[first - 1]) and behind - first < LONGEST:
            first -= 1
        while behind < len(utterance) and _may_join(utterance[behind]) and behind - first < LONGEST:
            behind += 1
        yield tuple(utterance[first:behind])
        at = floor = behind


def _doubted(item: Doubted, data: Editing) -> bool:
    if item.name or not item.key:
        return False
    heavy = item.weighty or item.number or item.key in data.negations
    return item.wrong >= (SEED if heavy else LIGHT_SEED)


def _may_join(item: Doubted) -> bool:
    return item.wrong >= JOINED and not item.name and bool(item.key)


def _item(group: Sequence[tuple[Doubted, ...]], data: Editing) -> Item:
    run = group[0]
    kind, why = _kind(run, data)
    chance = max(_chance(one, data) for one in group)
    return Item(kind, text_of(run), why, chance, tuple(place_of(one) for one in group))


def _chance(run: Sequence[Doubted], data: Editing) -> float:
    """How likely a word is wrong there; a wrong small word is not half as bad."""
    right = 1.0
    for item in run:
        matters = item.weighty or item.number or item.key in data.negations
        right *= 1 - item.wrong * (1.0 if matters else SMALL)
    return min(MOST, 1 - right)


def _kind(run: Sequence[Doubted], data: Editing) -> tuple[Kind, str]:
    heard = f"{1 - max(item.wrong for item in run):.0%} sure"
    if any(item.number for item in run):
        return "number", f"a number, {heard}"
    if any(item.key in data.negations for item in run):
        return "negation", f"it turns the sentence round, {heard}"
    if not any(item.weighty for item in run):
        return "small", f"small words, {heard}"
    return "word", f"unlikely words, {heard}" if len(run) > 1 else f"an unlikely word, {heard}"
