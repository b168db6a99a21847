"""Keywords: phrases of words with weight, ranked by how often and how widely they are used.

Candidates are runs of words between light words and punctuation, as in RAKE (Rose, Engel, Cramer &
Cowley, "Automatic keyword extraction from individual documents", 2010); the rank is frequency and
spread over passages rather than word degree, which favours long chance runs.
"""

from __future__ import annotations

import math
import re
from collections import Counter, defaultdict
from collections.abc import Sequence

from ._weights import stem
from .language._reading import Reading

LONGEST_PHRASE = 3
SHORTEST_WORD = 3
_SPLIT = re.compile(r"[^\w'’%\s.-]+|[.](?:\s|$)")


def keywords(
    passages: Sequence[str], data: Reading, most: int, leave_out: frozenset[str] = frozenset()
) -> tuple[str, ...]:
    """Return up to ``most`` phrases, best first; ``leave_out`` holds words (names) that are none."""
    forms: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    spread: dict[tuple[str, ...], set[int]] = defaultdict(set)
    for number, passage in enumerate(passages):
        for phrase in _phrases(passage, data, leave_out):
            stems = tuple(stem(_low(word)) for word in phrase)
            forms[stems][" ".join(phrase)] += 1
            spread[stems].add(number)
    rank = {stems: _rank(stems, forms, spread) for stems in forms}
    chosen: list[tuple[str, ...]] = []
    for stems in sorted(rank, key=lambda item: (-rank[item], item)):
        if not any(set(stems) & set(other) for other in chosen):
            chosen.append(stems)
    return tuple(forms[stems].most_common(1)[0][0] for stems in chosen[:most])


def _phrases(passage: str, data: Reading, leave_out: frozenset[str]) -> list[list[str]]:
    out: list[list[str]] = []
    for clause in _SPLIT.split(passage):
        run: list[str] = []
        for word in [*clause.split(), ""]:
            low = _low(word)
            light = not low or low in data.light or low in leave_out or len(low) < SHORTEST_WORD
            verbal = low.endswith(("ed", "ly"))
            if light or verbal or any(char.isdigit() for char in low):
                out.extend(_inner(run))
                run = []
            else:
                run.append(word.strip(".’'"))
    return out


def _inner(run: list[str]) -> list[list[str]]:
    """All phrases of up to three words inside a run."""
    return [run[at : at + size] for size in range(1, LONGEST_PHRASE + 1) for at in range(len(run) - size + 1)]


def _rank(
    stems: tuple[str, ...],
    forms: dict[tuple[str, ...], Counter[str]],
    spread: dict[tuple[str, ...], set[int]],
) -> float:
    count = sum(forms[stems].values())
    alone = [sum(forms[(part,)].values()) for part in stems if (part,) in forms]
    bound = count * len(stems) / max(1, sum(alone))
    return (
        count
        * math.sqrt(len(spread[stems]))
        * (1.0 if len(stems) == 1 else 1.6 * bound + 0.4)
        * _proper(forms[stems])
    )


def _proper(forms: Counter[str]) -> float:
    text = forms.most_common(1)[0][0]
    return 1.3 if any(char.isupper() for char in text[1:]) else 1.0


def _low(word: str) -> str:
    return word.strip(".’'-").casefold().replace("’", "'")
