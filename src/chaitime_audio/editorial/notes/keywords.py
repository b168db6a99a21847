"""Keywords: names for things, ranked by how often and how widely they are used.

Candidates are runs of words with weight between light words and punctuation, as in RAKE (Rose,
Engel, Cramer & Cowley, "Automatic keyword extraction from individual documents", 2010). RAKE ranks
by word degree, which favours long chance runs; here the rank is frequency, spread over the passages,
and whether the run is used as a name for something (behind an article, a preposition or a figure).
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from ..languages.reading import Reading
from .term_weights import stem

LONGEST_PHRASE = 3
SHORTEST_WORD = 3
FEWEST_USES = 2
LONGEST_RARE = 2
_KNOWN_WORDS = 50_000
_SPLIT = re.compile(r"[^\w'’%\s.-]+|[.](?=\s|$)")


@dataclass
class _Tally:
    """What was counted of one phrase, all its forms together."""

    forms: dict[str, int] = field(default_factory=dict)
    passages: set[int] = field(default_factory=set)
    named: int = 0

    @property
    def count(self) -> int:
        return sum(self.forms.values())

    @property
    def form(self) -> str:
        return max(self.forms, key=lambda text: (self.forms[text], text))


def keywords(
    passages: Sequence[str], data: Reading, most: int, leave_out: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return up to ``most`` phrases, best first; ``leave_out`` holds words (names) that are none."""
    tallies: dict[tuple[str, ...], _Tally] = {}
    for number, passage in enumerate(passages):
        for phrase, named in _phrases(passage, data, leave_out):
            tally = tallies.setdefault(tuple(stem(_low(word)) for word in phrase), _Tally())
            text = " ".join(phrase)
            tally.forms[text] = tally.forms.get(text, 0) + 1
            tally.passages.add(number)
            tally.named += named
    rank = {stems: _rank(stems, tallies) for stems in tallies}
    chosen: list[tuple[str, ...]] = []
    for stems in sorted(rank, key=lambda item: (-rank[item], item)):
        if rank[stems] > 0 and not any(set(stems) & set(other) for other in chosen):
            chosen.append(stems)
    return tuple(tallies[stems].form for stems in chosen[:most])


def _phrases(passage: str, data: Reading, leave_out: frozenset[str]) -> Iterator[tuple[list[str], bool]]:
    """Every phrase of up to three words in a run, and whether it is used as a name for something."""
    light_words = data.light | leave_out | data.plain_verbs | data.vague
    for clause in _SPLIT.split(passage):
        run: list[str] = []
        before = ""
        for word in [*clause.split(), ""]:
            low = _low(word)
            light = not low or low in light_words or len(low) < SHORTEST_WORD
            verbal = low.endswith(("ed", "ly")) or (data.capital_nouns and not word[:1].isupper())
            if not (light or verbal or any(map(str.isdigit, low))):
                run.append(word.strip(".’'"))
                continue
            named = before in data.naming or before.replace(",", "").isdigit()
            for at in range(len(run)):
                for stop in range(at + 1, min(at + LONGEST_PHRASE, len(run)) + 1):
                    yield run[at:stop], (named or at > 0) and stop == len(run)
            before, run = low, []


def _rank(stems: tuple[str, ...], tallies: dict[tuple[str, ...], _Tally]) -> float:
    """Frequency times spread; a phrase that makes up half the uses of its last word outranks that word."""
    tally = tallies[stems]
    head = tallies.get(stems[-1:], tally)
    proper = len(stems) > 1 and all(word[:1].isupper() for word in tally.form.split())
    if not proper and (head.count < FEWEST_USES or (len(stems) > LONGEST_RARE and tally.count < FEWEST_USES)):
        return 0.0
    own = _own_rank(tally) * (1.0 if len(stems) == 1 else 1.5)
    special = len(stems) > 1 and tally.named and 2 * tally.count >= head.count
    return max(own, 1.1 * _own_rank(head)) if special else own


def _own_rank(tally: _Tally) -> float:
    acronym = 1.3 if any(char.isupper() for char in tally.form[1:]) else 1.0
    return tally.count * math.sqrt(len(tally.passages)) * acronym * tally.named / tally.count


@lru_cache(maxsize=_KNOWN_WORDS)
def _low(word: str) -> str:
    return word.strip(".’'-").casefold().replace("’", "'")
