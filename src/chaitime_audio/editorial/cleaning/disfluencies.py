"""Rules for how people mend their own speech: stutters, repeats, false starts (R4, R7)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...domain.scripts import unspaced
from ..languages.editing import Editing
from .spoken_rules import Tokens, keys_at
from .tokens import Change, Token, merged

LONGEST_FALSE_START = 3
LONGEST_REPEAT = 4
_VOWELS = set("aeiouyäöü")
_BEGUN = frozenset("-—…")


def stutters(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: partial words go: "w-we", "I-I", "b-b-baseline", "fore- forecasting"."""
    for at, token in enumerate(tokens):
        head, dash, last = token.core.rpartition("-")
        if dash and last and _stuttered(head.casefold().split("-"), last.casefold(), data):
            core = last if not token.core[:1].isupper() or last[:1].isupper() else last[0].upper() + last[1:]
            yield Change(at, at + 1, "stutter", (merged((token,), core),))
        if token.trail in _BEGUN and at + 1 < len(tokens) and _broken_off(token, tokens[at + 1], data):
            yield Change(at, at + 1, "stutter", resumed=True)


def _broken_off(token: Token, following: Token, data: Editing) -> bool:
    """Whether a word was begun and then said whole: "fore- forecasting"."""
    begun = len(token.key) < len(following.key)
    return begun and following.key.startswith(token.key) and token.key not in data.doubles | {"a", "i"}


def _stuttered(heads: list[str], last: str, data: Editing) -> bool:
    if not all(head and last.startswith(head) for head in heads):
        return False
    if all(head == last for head in heads):
        return last not in data.emphasis and (last in data.stutters or len(heads) > 1)
    partial = all(len(head) == 1 or not set(head) & _VOWELS or head in data.stutters for head in heads)
    return partial and (len(heads) > 1 or last in data.stutters)


def repeats(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4, R7: immediate repeats go ("the the", "in the, in the"); emphasis stays ("very, very")."""
    keys = [token.key for token in tokens]
    at = 0
    while at < len(tokens):
        size = 0
        if keys[at] in keys[at + 1 : at + 1 + LONGEST_REPEAT]:
            size = next((n for n in range(LONGEST_REPEAT, 0, -1) if _repeated(tokens, at, n, data)), 0)
        if not size and keys[at] in data.articles and _slipped(tokens, at, data):
            size = 1
        if size:
            yield Change(at, at + size, "repeat", resumed=True)
        at += max(size, 1)


def _slipped(tokens: Tokens, at: int, data: Editing) -> bool:
    """Whether another article follows: "a, um, an idea"."""
    both = at + 1 < len(tokens) and {tokens[at].key, tokens[at + 1].key} <= data.articles
    return (
        both and tokens[at].core.islower() and tokens[at + 1].core.islower() and not tokens[at].ends_sentence
    )


def _repeated(tokens: Tokens, at: int, size: int, data: Editing) -> bool:
    if at + 2 * size > len(tokens) or tokens[at].key != tokens[at + size].key:
        return False  # nearly everywhere
    if unspaced(tokens[at].core[:1]):
        return False  # tokens of such a script are parts of words: 人々 and ここ are no repeats
    first, second = tokens[at : at + size], tokens[at + size : at + 2 * size]
    if [token.key for token in first] != [token.key for token in second]:
        return False
    if (
        any(token.pauses for token in first[:-1])
        or first[-1].ends_sentence
        or any('"' in t.text for t in first)
    ):
        return False
    if size == 1:
        return _word_repeated(tokens, at, data)
    after = tokens[at + 2 * size] if at + 2 * size < len(tokens) else None
    before = tokens[at - 1] if at else None
    circles = after is not None and after.key == first[0].key and not first[-1].pauses
    circles = circles or (before is not None and before.key == first[-1].key and not before.pauses)
    return not circles and keys_at(tokens, at, size) not in data.refrains and not second[-1].ends_sentence


def _word_repeated(tokens: Tokens, at: int, data: Editing) -> bool:
    first, second = tokens[at], tokens[at + 1]
    key, named = first.key, first.core[:1].isupper() and at > 0 and not tokens[at - 1].ends_sentence
    if (
        key in data.emphasis
        or any(char.isdigit() for char in key)
        or (len(key) == 1 and key not in data.stutters)
    ):
        return False
    if data.read_number and data.read_number([key, ""], 0):
        return False
    if named and second.core[:1].isupper() and key not in data.stutters:
        return False
    inside = at > 0 and not tokens[at - 1].pauses and tokens[at - 1].key not in data.comma_before
    if key in data.objects and inside and first.pauses:
        return False
    if key in data.doubles and inside:
        return first.pauses
    if key in data.stutters:
        return True
    thrice = (at + 2 < len(tokens) and tokens[at + 2].key == key) or (at > 0 and tokens[at - 1].key == key)
    return not first.pauses and not thrice and not key.endswith(data.intensive_ends) and bool(data.stutters)


def false_starts(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R7: up to three words that were begun anew go; a longer self-correction stays."""
    at = 0
    while at < len(tokens):
        opens = not at or tokens[at - 1].pauses or tokens[at - 1].key in data.comma_before
        change = _false_start(tokens, at, data) if opens else None
        if change:
            yield change
            at = change.stop
        else:
            at += 1


def _false_start(tokens: Tokens, at: int, data: Editing) -> Change | None:
    """A start of up to three words behind a pause that is begun anew; None for none."""
    for size in range(1, LONGEST_FALSE_START + 1):
        last = tokens[at + size - 1] if at + size - 1 < len(tokens) else None
        if last is None or (last.ends_sentence and "…" not in last.trail):
            return None
        if not last.pauses or ":" in last.trail or '"' in last.trail:
            continue
        if size == 1 and last.key in data.emphasis:
            return None
        again = _behind_correction(tokens, at + size, data)
        corrected = again > at + size
        if again >= len(tokens) or not _begins_alike(tokens, at, size, again):
            return None
        opened = tokens[at].key in data.comma_after and last.key in data.objects
        broken = last.key in data.unfinished or opened or (last.trail == "-" and size > 1)
        if not broken or (not corrected and _completed(tokens, again, last.key)):
            return None
        return Change(at, again, "false start", resumed=True)
    return None


def _behind_correction(tokens: Tokens, at: int, data: Editing) -> int:
    """The index behind "I mean," when one stands here; the same index when none does."""
    for size in (3, 2, 1):
        found = keys_at(tokens, at, size) in data.corrections and at + size < len(tokens)
        if found and tokens[at + size - 1].trail.endswith((",", "—", "…")):
            return at + size
    return at


def _begins_alike(tokens: Tokens, at: int, size: int, again: int) -> bool:
    """Whether the new start takes up the old one's first word ("I would" and "I'd")."""
    old, new = tokens[at].key.split("'")[0], tokens[again].key.split("'")[0]
    same_end = tokens[at + size - 1].key == tokens[min(again + size - 1, len(tokens) - 1)].key
    return old == new or (size > 1 and same_end and re.match(r"^[\w']+$", tokens[again].key) is not None)


def _completed(tokens: Tokens, again: int, last: str) -> bool:
    """Whether the second clause ends in the first one's last word ("I am, I really am")."""
    stop = again
    while stop < len(tokens) - 1 and not tokens[stop].pauses:
        stop += 1
    return tokens[stop].key == last and stop - again <= LONGEST_FALSE_START + 1
