"""Rules for what speech has and print has not: fillers, asides, stutters, repeats, false starts.

Each rule reads tokens and names changes; none changes anything itself. The rule numbers are those
of the editorial rules in docs/editing.md.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from ._tokens import Change, Token, merged
from .language._editing import Editing

LONGEST_FALSE_START = 3
LONGEST_REPEAT = 4
_VOWELS = set("aeiouyäöü")
Tokens = Sequence[Token]


def keys_at(tokens: Tokens, at: int, count: int) -> str:
    """The words from an index on, as one phrase."""
    return " ".join(token.key for token in tokens[at : at + count])


def interjections(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4, R5: hesitations, listening noises and empty phrases, looked at together: they come in a row."""
    yield from fillers(tokens, data)
    yield from noises(tokens, data)
    yield from asides(tokens, data)


def fillers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: hesitations go; one in capitals (the ER) is a word."""
    for at, token in enumerate(tokens):
        shouted = len(token.core) > 1 and token.core.isupper()
        parts = token.key.split("-")
        if not shouted and (token.key in data.fillers or all(part in data.fillers for part in parts)):
            if token.trail.startswith("?") and token.key.startswith(("h", "e")):
                continue
            yield Change(at, at + 1, "filler")


def noises(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: a listening noise beside other words of one's own goes."""
    if all(token.key in data.noises | data.refusals for token in tokens):
        return
    for at, token in enumerate(tokens):
        if token.key in data.noises:
            yield Change(at, at + 1, "listening noise")


def asides(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "you know", "I mean", "like" … go where punctuation on both sides shows that they are empty."""
    for at in range(len(tokens)):
        size = next(
            (n for n in (4, 3, 2, 1) if keys_at(tokens, at, n) in data.asides and at + n <= len(tokens)), 0
        )
        if not size:
            continue
        inner, last = tokens[at : at + size - 1], tokens[at + size - 1]
        opening = at == 0 or tokens[at - 1].ends_sentence
        set_off = opening or tokens[at - 1].pauses
        joint = not opening and not tokens[at - 1].pauses and tokens[at - 1].key in data.comma_before
        guarded = (
            at > 0
            and not tokens[at - 1].pauses
            and tokens[at - 1].key in data.aside_guards - data.comma_before
        )
        closed = last.trail.endswith((",", "—", "…")) or (
            last.ends_sentence and not opening and "?" not in last.trail
        )
        quoted = '"' in last.trail or (at + size < len(tokens) and '"' in tokens[at + size].lead)
        alone = opening and last.ends_sentence
        again = at > 0 and tokens[at - 1].key == tokens[at].key
        kept = again or guarded or quoted or alone or any(token.pauses for token in inner)
        if (set_off or joint) and closed and not kept:
            yield Change(at, at + size, "empty phrase")


def tags(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "right?" goes where the same voice talks on; at the end of a turn it asks."""
    for at in range(1, len(tokens)):
        for size in (5, 2, 1):
            behind = at + size
            asks = behind >= len(tokens) and size == 1
            if keys_at(tokens, at, size) not in data.tags or behind > len(tokens) or asks:
                continue
            last = tokens[behind - 1]
            if last.trail.startswith("?") and tokens[at - 1].trail.endswith((",", "—")):
                full = replace(last, trail=last.trail.replace("?", "."))
                yield Change(at - 1, behind, "empty tag", (replace(tokens[at - 1], trail=full.trail),))
            break


def stutters(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: partial words go: "w-we", "I-I", "b-b-baseline", "fore- forecasting"."""
    for at, token in enumerate(tokens):
        head, dash, last = token.core.rpartition("-")
        if dash and last and _stuttered(head.casefold().split("-"), last.casefold(), data):
            core = last if not token.core[:1].isupper() or last[:1].isupper() else last[0].upper() + last[1:]
            yield Change(at, at + 1, "stutter", (merged((token,), core),))
        if at + 1 < len(tokens) and _broken_off(token, tokens[at + 1], data):
            yield Change(at, at + 1, "stutter", resumed=True)


def _broken_off(token: Token, following: Token, data: Editing) -> bool:
    """Whether a word was begun and then said whole: "fore- forecasting"."""
    begun = token.trail in {"-", "—", "…"} and len(token.key) < len(following.key)
    return begun and following.key.startswith(token.key) and token.key not in data.doubles | {"a", "i"}


def _stuttered(heads: list[str], last: str, data: Editing) -> bool:
    if not all(head and last.startswith(head) for head in heads):
        return False
    if all(head == last for head in heads):
        return last in data.stutters or len(heads) > 1
    partial = all(len(head) == 1 or not set(head) & _VOWELS or head in data.stutters for head in heads)
    return partial and (len(heads) > 1 or last in data.stutters)


def repeats(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4, R7: immediate repeats go ("the the", "in the, in the"); emphasis stays ("very, very")."""
    at = 0
    while at < len(tokens):
        size = next((n for n in range(LONGEST_REPEAT, 0, -1) if _repeated(tokens, at, n, data)), 0)
        if size:
            yield Change(at, at + size, "repeat", resumed=True)
        at += max(size, 1)


def _repeated(tokens: Tokens, at: int, size: int, data: Editing) -> bool:
    first, second = tokens[at : at + size], tokens[at + size : at + 2 * size]
    if len(second) < size or [token.key for token in first] != [token.key for token in second]:
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
    if key in data.doubles:
        return first.pauses
    if key in data.stutters:
        return True
    thrice = (at + 2 < len(tokens) and tokens[at + 2].key == key) or (at > 0 and tokens[at - 1].key == key)
    return not first.pauses and not thrice and not key.endswith("ly") and bool(data.stutters)


def false_starts(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R7: up to three words that were begun anew go; a longer self-correction stays."""
    at = 0
    while at < len(tokens):
        change = _false_start(tokens, at, data)
        if change:
            yield change
            at = change.stop
        else:
            at += 1


def _false_start(tokens: Tokens, at: int, data: Editing) -> Change | None:
    if at and not (tokens[at - 1].pauses or tokens[at - 1].key in data.comma_before):
        return None
    for size in range(1, LONGEST_FALSE_START + 1):
        last = tokens[at + size - 1] if at + size - 1 < len(tokens) else None
        if last is None or (last.ends_sentence and "…" not in last.trail):
            return None
        if not last.pauses or ":" in last.trail or '"' in last.trail:
            continue
        again = _behind_correction(tokens, at + size, data)
        corrected = again > at + size
        if again >= len(tokens) or not _begins_alike(tokens, at, size, again):
            return None
        if last.key not in data.unfinished or (not corrected and _completed(tokens, again, last.key)):
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


def openers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "So," before a comma opens a turn without meaning anything."""
    if len(tokens) > 1 and tokens[0].key in data.empty_openers and tokens[0].trail == ",":
        yield Change(0, 1, "empty opening")


def all_openers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5, level edited: and, but, so, well before a sentence go."""
    for at, token in enumerate(tokens[:-1]):
        opens = (at == 0 or tokens[at - 1].ends_sentence) and token.key in data.openers
        if opens and (token.trail == "," or (not token.trail and token.key in data.comma_before)):
            yield Change(at, at + 1, "empty opening")


def reductions(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R9, level edited: gonna and wanna are written out."""
    table = dict(data.reductions)
    for at, token in enumerate(tokens):
        if token.text.casefold().replace("’", "'").rstrip(",.?!—") in table or token.key in table:
            full = table.get(token.key) or table[token.text.casefold().rstrip(",.?!—")]
            core = full[0].upper() + full[1:] if token.core[:1].isupper() else full
            yield Change(
                at, at + 1, "written out", (replace(merged((token,), core), lead=token.lead.strip("'’")),)
            )
