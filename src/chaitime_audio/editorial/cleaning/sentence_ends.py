"""Sentence ends: full stops in the middle go, missing ones come, and questions are marked as such.

A recogniser hears a talk in windows. Where one ends it makes a full stop or none, and where the next one
begins, a capital or none. Every change needs two signs: the letter that follows and the pause, how sure the
first word of the next window is, or what words stand at the border.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache

from ...domain.speech import Word
from ..languages.editing import Editing, Words
from ..languages.reading import reading_for
from ..structure.questions import asks_by_order
from .spoken_rules import Tokens, heads, keys_at
from .tokens import Change, Token

RULE = "sentence end"
SHORT_PAUSE_MS, LONG_PAUSE_MS = 800, 300
"""Up to the first a full stop before a small letter is none; from the second on a pause may end one."""
UNSURE, VERY_UNSURE = 0.7, 0.55
"""Below the first a word is as unsure as the first one of a window, below the second hardly any other is."""
LONGEST_SENTENCE, SHORTEST_HALF = 100, 25
"""Words of a sentence that is not divided, and of the shorter part of one that is."""


def chances_of(words: Iterable[Word]) -> dict[int, float]:
    """How likely each word is by the recogniser, by its id."""
    return {word.id: word.probability for word in words}


def sentence_ends(tokens: Tokens, data: Editing, chances: Mapping[int, float]) -> Iterator[Change]:
    """Full stops that tear a sentence become commas or go; a capital that opens one gets a stop before it."""
    begin = heads(data.continuing)
    light = reading_for(data.code).light
    for at in range(len(tokens) - 1):
        left, right = tokens[at], tokens[at + 1]
        begins = left.trail in ("", ",") and right.core[:1].isupper() and right.key in light
        if not (begins or left.trail == ".") or right.lead or left.abbreviated:
            continue
        chance = min((chances.get(number, 1.0) for number in right.ids), default=1.0)
        pause_ms = right.span.start_ms - left.span.end_ms
        if left.trail == ".":
            joined = _joined(tokens, at, data, begin, near=pause_ms <= SHORT_PAUSE_MS, sure=chance >= UNSURE)
            if joined:
                yield Change(at, at + 2, RULE, joined)
        else:
            paused = pause_ms >= LONG_PAUSE_MS
            torn = chance < VERY_UNSURE or (paused and not left.trail)
            parted = _parted(tokens, at, data, torn=torn) if paused or chance < UNSURE else ()
            if parted and parted != (left, right):
                yield Change(at, at + 2, RULE, parted)


def _joined(
    tokens: Tokens, at: int, data: Editing, begin: Words, *, near: bool, sure: bool
) -> tuple[Token, ...]:
    """The two tokens at a full stop that tears a sentence, as they should be; none where it does not."""
    left, right = tokens[at], tokens[at + 1]
    if left.key in data.hanging:
        return replace(left, trail=""), _small(right, data)
    if not near:
        return ()
    begun = right.core.islower() and right.core.isalpha() and right.key not in data.fillers
    continues = right.key in begin and any(
        keys_at(tokens, at + 1, size) in data.continuing for size in (1, 2, 3, 4)
    )
    if (begun and not sure) or continues:
        return replace(left, trail=","), _small(right, data)
    return ()


def _parted(tokens: Tokens, at: int, data: Editing, *, torn: bool) -> tuple[Token, ...]:
    """The two tokens at a capital inside a sentence: with a full stop between them, or in small letters.

    Beside other capitals it belongs to a name or a title; ``torn`` says that it surely opens a window.
    """
    left, right = tokens[at], tokens[at + 1]
    behind = tokens[at + 2].core if at + 2 < len(tokens) and not right.trail else ""
    if left.core[:1].isupper() or _titled(behind, data) or right.key in data.capitals:
        return ()
    if left.trail and not (torn and right.key in data.comma_before):
        return ()
    if left.trail or left.key in (data.unfinished | data.hanging) - data.objects:
        return (left, _small(right, data)) if torn else ()
    opens = right.key in data.clause_subjects | data.comma_before | data.openers | data.comma_behind
    return (replace(left, trail="."), right) if opens else ()


def _titled(word: str, data: Editing) -> bool:
    """Whether a word has a capital of its own."""
    return word[:1].isupper() and word.casefold() not in data.capitals


def _small(token: Token, data: Editing) -> Token:
    """The token in small letters, if it is a word that has a capital only where a sentence begins."""
    reading = reading_for(data.code)
    plain = token.key in reading.light | _first_words(data) and token.core[1:].islower()
    plain = plain or (len(token.core) == 1 and token.key in data.comma_before)
    if not plain or token.key in data.capitals or reading.capital_nouns:
        return token
    return replace(token, core=token.core[0].lower() + token.core[1:])


@cache
def _first_words(data: Editing) -> Words:
    return heads(data.continuing)


def questions(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """A whole sentence in the order of words of a question ends in a question mark, at a turn's end."""
    start = next((n for n in range(len(tokens) - 1, 0, -1) if tokens[n - 1].ends_sentence), 0)
    said = tokens[start:]
    broken = any(token.trail.endswith(("…", "—", "-")) for token in said)
    whole = said and said[-1].trail == "." and said[0].core[:1].isupper() and not broken
    if whole and asks_by_order([one.key for one in said], data.code):
        yield Change(len(tokens) - 1, len(tokens), RULE, (replace(tokens[-1], trail="?"),))


def divided(tokens: Tokens, data: Editing) -> Iterator[Change]:
    """A sentence of over a hundred words ends before an "and" or "but" that opens a clause."""
    start = 0
    for at, token in enumerate(tokens):
        if token.ends_sentence or at == len(tokens) - 1:
            yield from _halves(tokens, start, at + 1, data)
            start = at + 1


def _halves(tokens: Tokens, start: int, stop: int, data: Editing) -> Iterator[Change]:
    if stop - start <= LONGEST_SENTENCE:
        return
    middle = (start + stop) / 2
    inside = range(start + SHORTEST_HALF, stop - SHORTEST_HALF)
    joints = [at for at in inside if _opens_clause(tokens, at, data)]
    at = min(joints, key=lambda one: _worth(tokens, one, middle, (stop - start) / 4), default=0)
    if not at:
        return
    yield from _halves(tokens, start, at, data)
    left, right = tokens[at - 1], tokens[at]
    capital = replace(right, core=right.core[0].upper() + right.core[1:])
    yield Change(at - 1, at + 1, RULE, (replace(left, trail="."), capital))
    yield from _halves(tokens, at, stop, data)


def _worth(tokens: Tokens, at: int, middle: float, far: float) -> tuple[bool, bool, float]:
    """How good a place is to end a sentence, the smaller the better: near the middle, behind a comma."""
    off = abs(at - middle)
    return off > far, not tokens[at - 1].trail, off


def _opens_clause(tokens: Tokens, at: int, data: Editing) -> bool:
    """Whether a clause of its own begins: "and they …", not "and there".

    Where somebody still enumerates or quotes, nothing does.
    """
    left, right, behind = tokens[at - 1], tokens[at], tokens[at + 1]
    plain = left.trail in ("", ",") and not right.lead and not right.trail
    return (
        plain
        and right.key in data.comma_before & data.openers
        and behind.key in data.clause_subjects
        and left.key not in data.unfinished
    )
