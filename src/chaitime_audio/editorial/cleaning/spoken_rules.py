"""Rules for what speech has and print has not: fillers, listening noises, empty phrases and openings.

Each rule reads tokens and names changes; none changes anything itself. The rule numbers are those
of the editorial rules in docs/editing.md.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from ..languages.editing import Editing
from .tokens import Change, Token, merged

Tokens = Sequence[Token]


def keys_at(tokens: Tokens, at: int, count: int) -> str:
    """The words from an index on, as one phrase."""
    return " ".join(token.key for token in tokens[at : at + count])


@cache
def heads(phrases: frozenset[str]) -> frozenset[str]:
    """The first words of some phrases: nearly no word of a talk is one, which spares a longer look."""
    return frozenset(phrase.split()[0] for phrase in phrases)


def interjections(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4, R5: hesitations, listening noises and empty phrases, looked at together: they come in a row."""
    yield from fillers(tokens, data)
    yield from noises(tokens, data)
    yield from asides(tokens, data)


def fillers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: hesitations go; one in capitals (the ER) is a word."""
    answers = data.noises | data.refusals
    for at, token in enumerate(tokens):
        hesitates = token.key in data.fillers or (
            "-" in token.key and data.fillers.issuperset(token.key.split("-"))
        )
        shouted = hesitates and len(token.core) > 1 and token.core.isupper()
        if hesitates and not shouted and token.key not in answers and not is_unit(tokens, at, data):
            if token.trail.startswith("?") and token.key.startswith(("h", "e")):
                continue
            yield Change(at, at + 1, "filler")


def is_unit(tokens: Tokens, at: int, data: Editing) -> bool:
    """Whether a hesitation that is a unit as well measures something: 5 mm, five mm, a few mm, per mm.

    Nothing separates it from the number, or from the word that a unit stands behind.
    """
    key, before = tokens[at].key, tokens[at - 1]
    if key not in data.units | data.digit_units or not at or before.pauses:
        return False
    if any(char.isdigit() for char in before.core):
        return True
    if key in data.digit_units or tokens[at].trail.startswith((",", "…", "—")):
        return False
    known = data.small_value is not None and before.key not in data.articles
    number = (
        known and data.small_value is not None and data.small_value(before.key.split("-")[-1]) is not None
    )
    return number or before.key in data.magnitudes | data.unit_cues


def noises(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R4: a listening noise beside other words of one's own goes."""
    if (data.noises | data.refusals).issuperset(token.key for token in tokens):
        return
    for at, token in enumerate(tokens):
        if token.key in data.noises and not is_unit(tokens, at, data):
            yield Change(at, at + 1, "listening noise")


def asides(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "you know", "I mean", "like" … go where punctuation on both sides shows that they are empty."""
    begin = heads(data.asides)
    for at in range(len(tokens)):
        size = _aside(tokens, at, data) if tokens[at].key in begin else 0
        if not size or _guarded_twin(tokens, at, size, data):
            continue
        last = tokens[at + size - 1]
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
        behind = tokens[at + size].key if at + size < len(tokens) else ""
        again = at > 0 and tokens[at - 1].key == tokens[at].key and behind in data.clause_subjects
        kept = again or guarded or quoted or alone
        bare = at > 0 and f"{tokens[at - 1].key} {keys_at(tokens, at, size)}" in data.bare_asides
        if ((set_off or joint) and closed and not kept) or (bare and not last.trail):
            yield Change(at, at + size, "empty words" if bare and not last.trail else "empty phrase")


def _aside(tokens: Tokens, at: int, data: Editing) -> int:
    """How many words of an empty phrase stand here, said without a pause inside; 0 for none."""
    for size in (4, 3, 2, 1):
        run = tokens[at : at + size]
        whole = len(run) == size and not any(token.pauses for token in run[:-1])
        if whole and keys_at(tokens, at, size) in data.asides:
            return size
    return 0


def _guarded_twin(tokens: Tokens, at: int, size: int, data: Editing) -> bool:
    """Whether the same words stand just before and mean something there: "If you know, you know."."""
    first = at - size
    same = first > 0 and keys_at(tokens, first, size) == keys_at(tokens, at, size)
    return same and tokens[first - 1].key in data.aside_guards and not tokens[first - 1].pauses


def lone_agreement(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R6: a sentence that is nothing but "Right." between two others of one voice goes."""
    for at in range(1, len(tokens) - 1):
        alone = tokens[at - 1].ends_sentence and tokens[at].trail == "."
        asked = "?" in tokens[at - 1].trail
        if alone and not asked and tokens[at].key in data.lone_agreement:
            yield Change(at, at + 1, "listening noise")


def tags(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "right?" goes where the same voice talks on; at the end of a turn it asks."""
    begin = heads(data.tags)
    for at in (at for at in range(1, len(tokens)) if tokens[at].key in begin):
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


def openers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5: "So," before a comma opens a turn without meaning anything."""
    if len(tokens) > 1 and tokens[0].key in data.empty_openers and tokens[0].trail == ",":
        yield Change(0, 1, "empty opening")


def all_openers(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R5, level edited: and, but, so, well before a sentence go."""
    for at, token in enumerate(tokens[:-1]):
        opens = (at == 0 or tokens[at - 1].ends_sentence) and token.key in data.openers
        opens = opens and tokens[at + 1].key not in data.opener_guards
        if opens and (token.trail == "," or (not token.trail and token.key in data.comma_before)):
            yield Change(at, at + 1, "empty opening")


def reductions(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """R9, level edited: gonna and wanna are written out."""
    table = dict(data.reductions)
    for at, token in enumerate(tokens):
        full = table.get(token.key) or table.get(token.text.casefold().replace("’", "'").rstrip(",.?!—"))
        if full:
            core = full[0].upper() + full[1:] if token.core[:1].isupper() else full
            yield Change(
                at, at + 1, "written out", (replace(merged((token,), core), lead=token.lead.strip("'’")),)
            )
