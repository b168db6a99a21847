"""The turns of a talk as cleaning sees them, and what a human editor did with each word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property

from rapidfuzz import fuzz

from chaitime_audio.editorial.cleaning.clean import Manner, begun, by_rules, draft_of, turns_of
from chaitime_audio.editorial.cleaning.learned.features import Seen, seen
from chaitime_audio.editorial.cleaning.learned.signs import signs

from .editing import Pair

KEPT, GONE, REPLACED = 0, 1, 2
LARGEST_REPLACED = 40_000


@dataclass(frozen=True)
class Turn:
    """One turn: what is seen of it, what the editor did with each word, and which rule proposes what."""

    turn: Seen
    done: tuple[int, ...]
    proposed: tuple[str, ...]

    @cached_property
    def signs(self) -> list[list[str]]:
        """The signs of each word."""
        return [sorted(set(signs(self.turn, at))) for at in range(len(self.done))]


def turns(pair: Pair) -> Iterator[Turn]:
    """Yield the turns of a talk as cleaning sees them."""
    manner = Manner("en")
    did = _done(pair)
    asked = False
    spoken = turns_of(pair.spoken, range(len(pair.spoken)), manner)
    for draft in begun([draft_of(one, manner.data) for one in spoken], manner.data, "en"):
        tokens = [one for one in draft.tokens if one.key not in manner.data.fillers | manner.data.noises]
        edits = by_rules(draft, manner.data).edits[len(draft.edits) :]
        rules = {number: edit.rule for edit in edits if not edit.after for number in edit.word_ids}
        done = []
        for token in tokens:
            found = {did[number] for number in token.ids}
            done.append(found.pop() if len(found) == 1 else REPLACED)
        done = _first_copies([token.key for token in tokens], done)
        proposed = tuple(
            rules[token.ids[0]] if all(one in rules for one in token.ids) else "" for token in tokens
        )
        yield Turn(seen(tokens, asked=asked), tuple(done), proposed)
        asked = "?" in draft.tokens[-1].trail if draft.tokens else asked


def _done(pair: Pair) -> list[int]:
    """What the editor did with each word of a talk."""
    said = [_key(word.text) for item in pair.spoken for word in item.words]
    left = [_key(word) for word in pair.edited]
    out = [KEPT] * len(said)
    for what, a, b, c, d in SequenceMatcher(None, said, left, autojunk=False).get_opcodes():
        if what == "delete":
            out[a:b] = [GONE] * (b - a)
        elif what == "replace":
            out[a:b] = _replaced(said[a:b], left[c:d])
    return out


def _key(word: str) -> str:
    plain = re.sub(r"^[^\w$€£#@&%]+|[^\w%°+#$€£]+$", "", word).casefold().replace("’", "'") or word
    same = {
        "gonna": "going",
        "wanna": "want",
        "gotta": "got",
        "cause": "because",
        "kinda": "kind",
        "okay": "ok",
    }
    return same.get(plain, plain)


def _replaced(said: Sequence[str], left: Sequence[str]) -> list[int]:
    """Which of some words stand for others, by letters alike, and which have nothing in their place."""
    rows, columns, gap = len(said), len(left), 0.7
    if rows * columns > LARGEST_REPLACED:
        return [REPLACED] * rows
    unlike = [[0.0 if a == b else 1.2 - fuzz.ratio(a, b) / 100 for b in left] for a in said]
    cost = [[gap * (i + j) for j in range(columns + 1)] for i in range(rows + 1)]
    for i in range(1, rows + 1):
        for j in range(1, columns + 1):
            other = unlike[i - 1][j - 1] + cost[i - 1][j - 1]
            cost[i][j] = min(other, cost[i - 1][j] + gap, cost[i][j - 1] + gap)
    out, i, j = [GONE] * rows, rows, columns
    while i and j:
        if abs(cost[i][j] - cost[i - 1][j - 1] - unlike[i - 1][j - 1]) < 1e-9:
            i, j = i - 1, j - 1
            out[i] = KEPT if said[i] == left[j] else REPLACED
        elif abs(cost[i][j] - cost[i][j - 1] - gap) < 1e-9:
            j -= 1
        else:
            i -= 1
    return out


def _first_copies(keys: Sequence[str], done: Sequence[int]) -> list[int]:
    """Of what was said twice the first copy went: stretches that went are moved left as words allow."""
    out, at = list(done), 0
    while at < len(out):
        if out[at] != GONE:
            at += 1
            continue
        stop = at
        while stop + 1 < len(out) and out[stop + 1] == GONE:
            stop += 1
        start, end = at, stop
        while start and out[start - 1] == KEPT and keys[start - 1] == keys[end]:
            out[start - 1], out[end] = GONE, KEPT
            start, end = start - 1, end - 1
        at = stop + 1
    return out
