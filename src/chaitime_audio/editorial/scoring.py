"""Scores our text against a corrected one: pure arithmetic over words.

Words are compared in small letters, without punctuation. The alignment is rapidfuzz's
Levenshtein distance over words; cpWER is the concatenated minimum-permutation word error rate of
Watanabe et al., "CHiME-6 Challenge" (2020), the assignment found with scipy.
"""

from __future__ import annotations

import statistics
from collections.abc import Iterable, Iterator, Sequence

from ..domain.scoring import Difference, Said, Score, TextKind

WORST = 10
CONTEXT_WORDS = 3


def score(ours: Sequence[Said], theirs: Sequence[Said], names: Iterable[str], compared: TextKind) -> Score:
    """Compare our turns with the corrected ones; ``names`` are those of people and terms of the show.

    Raises ValueError when the corrected text has no words.
    """
    mine, wanted = _words(ours), _words(theirs)
    if not wanted:
        raise ValueError("no words in it")
    blocks = _opcodes(wanted, mine)
    wrong = sum(max(b - a, d - c) for tag, a, b, c, d in blocks if tag != "equal")
    known = {a + step: c + step for tag, a, b, c, _ in blocks if tag == "equal" for step in range(b - a)}
    total, found = _recalled(wanted, known, names)
    borders = _border_errors(ours, theirs, known)
    return Score(
        compared=compared,
        words=len(wanted),
        wer=100 * wrong / len(wanted),
        cpwer=100 * _by_speaker(ours, theirs) / len(wanted),
        names=total,
        name_recall=100 * found / total if total else None,
        borders=len(borders),
        border_median_ms=statistics.median(borders) if borders else None,
        border_p90_ms=sorted(borders)[int(0.9 * (len(borders) - 1))] if borders else None,
        differences=tuple(_worst(wanted, mine, blocks)),
    )


def bare(text: str) -> list[str]:
    """The words of a text for comparing: small letters, letters and figures and inner signs only."""
    words = ("".join(_kept(word)) for word in text.replace("’", "'").replace("—", " ").split())
    return [word for word in words if word]


def _kept(word: str) -> Iterator[str]:
    for at, char in enumerate(word.casefold()):
        inside = 0 < at < len(word) - 1
        if char.isalnum() or (inside and char in "'.-/" and word[at - 1].isalnum()) or char in "%$€£":
            yield char


def _words(turns: Sequence[Said]) -> list[str]:
    return [word for turn in turns for word in bare(turn.text)]


def _opcodes(wanted: Sequence[str], mine: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    from rapidfuzz.distance import Levenshtein

    return [
        (block.tag, block.src_start, block.src_end, block.dest_start, block.dest_end)
        for block in Levenshtein.opcodes(wanted, mine)
    ]


def _by_speaker(ours: Sequence[Said], theirs: Sequence[Said]) -> int:
    """Wrong words with each speaker's words joined and the best assignment of speakers to each other."""
    import numpy as np
    from rapidfuzz.distance import Levenshtein
    from scipy.optimize import linear_sum_assignment

    left, right = _joined(theirs), _joined(ours)
    size = max(len(left), len(right))
    left += [[] for _ in range(size - len(left))]
    right += [[] for _ in range(size - len(right))]
    costs = np.array([[Levenshtein.distance(one, other) for other in right] for one in left])
    rows, columns = linear_sum_assignment(costs)
    return int(costs[rows, columns].sum())


def _joined(turns: Sequence[Said]) -> list[list[str]]:
    people: dict[str, list[str]] = {}
    for turn in turns:
        people.setdefault(turn.name, []).extend(bare(turn.text))
    return list(people.values())


def _recalled(wanted: Sequence[str], known: dict[int, int], names: Iterable[str]) -> tuple[int, int]:
    """How often names occur in the corrected text, and how often ours has them there, word for word."""
    total = found = 0
    for name in dict.fromkeys(tuple(bare(name)) for name in names):
        for at in range(len(wanted) - len(name) + 1 if name else 0):
            if tuple(wanted[at : at + len(name)]) == name:
                total += 1
                found += all(at + step in known for step in range(len(name)))
    return total, found


def _border_errors(ours: Sequence[Said], theirs: Sequence[Said], known: dict[int, int]) -> list[int]:
    """Milliseconds between a noted change of speaker and our start of the same word."""
    starts = [start for turn in ours for start in _starts(turn)]
    errors, at, before = [], 0, ""
    for turn in theirs:
        mine = known.get(at)
        if turn.name != before and turn.start_ms is not None and mine is not None and mine < len(starts):
            began = starts[mine]
            if began is not None and at:
                errors.append(abs(began - turn.start_ms))
        at, before = at + len(bare(turn.text)), turn.name
    return errors


def _starts(turn: Said) -> Iterator[int | None]:
    """A start for each bare word of a turn."""
    pieces = turn.text.split()
    timed = len(turn.word_starts_ms) == len(pieces)
    for at, piece in enumerate(pieces):
        yield from [turn.word_starts_ms[at] if timed else None] * len(bare(piece))


def _worst(
    wanted: Sequence[str], mine: Sequence[str], blocks: Sequence[tuple[str, int, int, int, int]]
) -> Iterator[Difference]:
    """The longest differences, neighbours joined, in order of length."""
    joined: list[list[int]] = []
    for tag, a, b, c, d in blocks:
        if tag == "equal":
            continue
        if joined and joined[-1][1] == a and joined[-1][3] == c:
            joined[-1][1], joined[-1][3] = b, d
        else:
            joined.append([a, b, c, d])
    joined.sort(key=lambda one: (-max(one[1] - one[0], one[3] - one[2]), one[0]))
    for a, b, c, d in joined[:WORST]:
        before = wanted[max(0, a - CONTEXT_WORDS) : a]
        yield Difference(" ".join(wanted[a:b]), " ".join(mine[c:d]), " ".join(before))
