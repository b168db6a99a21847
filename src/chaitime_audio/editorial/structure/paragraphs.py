"""Paragraphs: where a long turn is broken, and which sentences belong together.

The break points are chosen at once for a whole turn, by the cheapest path over its sentences:
paragraphs of 40 to 120 words cost nothing, others the more the further they are off; a break
before a word that opens a thought, behind a long pause, or where the words change, is cheap; a
break inside a list, a quotation or brackets is impossible.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.editing import Piece, joined
from ...domain.episode import Paragraph, Sentence
from ...domain.scripts import CLAUSE_ENDS, CLOSING, SENTENCE_ENDS, word_count
from ...domain.sound import SourceMs, Span
from ..languages.editing import editing_for
from ..languages.reading import Reading, keys, reading_for
from .lists import list_runs

FEWEST_WORDS, FEW_WORDS, MANY_WORDS, MOST_WORDS = 15, 40, 120, 150
LONG_PAUSE_MS = 1_200
BREAK_COST, OPENER_GAIN, PAUSE_GAIN, SHIFT_GAIN = 1.0, 0.8, 1.0, 0.5
OFF_COST, PIN_NEAR_MS, SPLIT_NEAR_MS = 3.0, 3_000, 1_500
TURN_NEAR_MS = 300
_ENDS = (*SENTENCE_ENDS, "—")
_CLAUSE_ENDS = tuple(CLAUSE_ENDS.replace("—", "").replace("–", ""))


@dataclass(frozen=True, slots=True)
class Pins:
    """Where a person wants paragraphs to begin or not to, as times in the recording.

    ``breaks`` are at the sentence that starts nearest, ``splits`` at the word, even inside a sentence;
    what begins nearest to one of ``joins`` belongs to the paragraph before.
    """

    breaks: tuple[SourceMs, ...] = ()
    splits: tuple[SourceMs, ...] = ()
    joins: tuple[SourceMs, ...] = ()

    def within(self, turn: Span) -> Pins:
        """Those that are meant for what is said in a turn, not for its neighbours."""
        low, end = turn.start_ms - TURN_NEAR_MS, turn.end_ms
        chosen = (
            tuple(at for at in times if low <= at < end) for times in (self.breaks, self.splits, self.joins)
        )
        return Pins(*chosen)


NO_PINS = Pins()


@dataclass(frozen=True, slots=True)
class _Run:
    """A sentence with its pieces, and whether a quotation or bracket is open behind it."""

    sentence: Sentence
    count: int
    said: frozenset[str]
    open_quote: bool


def paragraphs(pieces: tuple[Piece, ...], language: str, pins: Pins = NO_PINS) -> tuple[Paragraph, ...]:
    """Break one voice's turn into paragraphs of at most 150 words; none for no pieces.

    None has under 15 words unless the turn has, or a person pinned a break. A single sentence
    over the limit is broken behind a comma. ``pins`` hold within 3 s, for a word within 1.5 s.
    """
    if not pieces:
        return ()
    data = reading_for(language)
    pins = pins.within(Span(pieces[0].span.start_ms, max(piece.span.end_ms for piece in pieces)))
    runs = _runs(pieces, data, _begins(pieces, pins.splits))
    lists = list_runs([run.sentence.text for run in runs], data)
    cuts = _cheapest(runs, data, lists, _pinned(runs, (*pins.breaks, *pins.splits)))
    cuts = _joined_at(runs, cuts, pins.joins)
    return tuple(
        _paragraph(runs[start:stop], lists, start)
        for start, stop in zip((0, *cuts), (*cuts, len(runs)), strict=True)
    )


def _paragraph(runs: Sequence[_Run], lists: Sequence[tuple[int, int]], start: int) -> Paragraph:
    parts = tuple(run.sentence for run in runs)
    inside = next(((a - start, b - start) for a, b in lists if start <= a and b <= start + len(runs)), None)
    items = tuple(part.text for part in parts[inside[0] : inside[1]]) if inside else ()
    ids = tuple(number for part in parts for number in part.word_ids)
    whole = Span(parts[0].span.start_ms, max(part.span.end_ms for part in parts))
    return Paragraph(joined(part.text for part in parts), ids, whole, parts, items)


def _begins(pieces: tuple[Piece, ...], splits: tuple[SourceMs, ...]) -> frozenset[int]:
    """The pieces that begin something because a person split there: the nearest to each time."""
    found = set()
    for at_ms in splits:
        nearest = min(range(len(pieces)), key=lambda at: abs(pieces[at].span.start_ms - at_ms), default=0)
        if nearest and abs(pieces[nearest].span.start_ms - at_ms) <= SPLIT_NEAR_MS:
            found.add(nearest)
    return frozenset(found)


def _joined_at(runs: Sequence[_Run], cuts: tuple[int, ...], joins: tuple[SourceMs, ...]) -> tuple[int, ...]:
    """The break points without the one nearest to each time."""
    left = list(cuts)
    for at_ms in joins:
        off = {cut: abs(runs[cut].sentence.span.start_ms - at_ms) for cut in left}
        nearest = min(left, key=off.__getitem__, default=None)
        if nearest is not None and off[nearest] <= PIN_NEAR_MS:
            left.remove(nearest)
    return tuple(left)


def _runs(pieces: tuple[Piece, ...], data: Reading, begins: frozenset[int]) -> list[_Run]:
    """Gather pieces into sentences; one ends where a person wants another to begin."""
    opening, closing = editing_for(data.code).quotes
    runs: list[_Run] = []
    start, depth = 0, 0
    for at, piece in enumerate(pieces):
        bare = piece.text.isalnum()  # as most are: nothing to see
        depth = depth if bare else max(0, depth + _opened(piece.text, opening, closing))
        ended = not bare and piece.text.rstrip(CLOSING).endswith(_ENDS) and _may_end(pieces, at)
        too_long = (
            at - start >= MANY_WORDS and piece.text.endswith(_CLAUSE_ENDS)
        ) or at - start >= MOST_WORDS - 1
        split = at + 1 in begins
        if ended or too_long or split or at == len(pieces) - 1:
            runs.append(_run(pieces[start : at + 1], data, depth > 0 and not (too_long or split)))
            start = at + 1
    return runs


def _may_end(pieces: tuple[Piece, ...], at: int) -> bool:
    """A full stop ends a sentence when what follows begins like one (not "Dr. Solberg", "a.m. on")."""
    if at + 1 >= len(pieces):
        return True
    text, following = pieces[at].text, pieces[at + 1].text.lstrip("“„‘(")
    bare = text.rstrip(CLOSING)
    if bare.endswith("—"):
        return False
    if following[:1].islower() and "." not in following[1:-1]:
        return False
    return not (
        bare.endswith(".") and (bare.lstrip("“(") in _TITLES or (len(bare) == 2 and bare[0].isupper()))
    )


_TITLES = {
    "Dr.",
    "Mr.",
    "Mrs.",
    "Ms.",
    "Prof.",
    "St.",
    "Hr.",
    "Fr.",
    "No.",
    "Nr.",
    "vs.",
    "e.g.",
    "i.e.",
    "z.B.",
}


def _run(pieces: tuple[Piece, ...], data: Reading, open_quote: bool) -> _Run:
    text = joined(piece.text for piece in pieces)
    ids = tuple(number for piece in pieces for number in piece.word_ids)
    whole = Span(pieces[0].span.start_ms, max(piece.span.end_ms for piece in pieces))
    said = frozenset(key for key in keys(text) if key not in data.light)
    return _Run(Sentence(text, ids, whole), word_count(text), said, open_quote)


def _opened(text: str, opening: str, closing: str) -> int:
    """How many quotations and brackets a piece opens more than it closes."""
    opens = sum(text.count(mark) for mark in (opening, "(", "["))
    return opens - sum(text.count(mark) for mark in (closing, ")", "]"))


def _pinned(runs: Sequence[_Run], pins: Sequence[SourceMs]) -> frozenset[int]:
    """The sentences that open a paragraph because a person says so."""
    starts = [run.sentence.span.start_ms for run in runs]
    nearest = (min(range(len(runs)), key=lambda at: abs(starts[at] - pin)) for pin in pins)
    return frozenset(
        at for at, pin in zip(nearest, pins, strict=True) if abs(starts[at] - pin) <= PIN_NEAR_MS
    )


def _cheapest(
    runs: Sequence[_Run], data: Reading, lists: Sequence[tuple[int, int]], pinned: frozenset[int]
) -> tuple[int, ...]:
    """The break points of least cost (indices of sentences that open a paragraph)."""
    allowed = [at in pinned or _may_break(runs, at, lists) for at in range(len(runs))]
    costs = [_break_cost(runs, at, data) if at else 0.0 for at in range(len(runs))]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for stop in range(1, len(runs) + 1):
        options = [(math.inf, 0)]
        count = 0
        for start in range(stop - 1, -1, -1):
            count += runs[start].count
            if count > MOST_WORDS and start < stop - 1 and (options[0][0] < math.inf or len(options) > 1):
                break
            if allowed[start]:
                cost = best[start][0] + _length_cost(count, whole=start == 0 and stop == len(runs))
                options.append((cost + costs[start], start))
            if start in pinned:
                break
        best.append(min(options))
    cuts, at = [], len(runs)
    while at:
        at = best[at][1]
        cuts.append(at)
    return tuple(sorted(cut for cut in cuts if cut))


def _may_break(runs: Sequence[_Run], at: int, lists: Sequence[tuple[int, int]]) -> bool:
    """Never inside a list (its announcing sentence belongs to it) nor inside a quotation or brackets."""
    return at == 0 or not (
        runs[at - 1].open_quote or any(max(first, 1) <= at < stop for first, stop in lists)
    )


def _length_cost(count: int, *, whole: bool) -> float:
    if count > MOST_WORDS:
        return 1_000.0 + count
    if count < FEWEST_WORDS and not whole:
        return 100.0
    if count < FEW_WORDS:
        return 0.0 if whole else OFF_COST * (FEW_WORDS - count) / FEW_WORDS
    return OFF_COST * max(0, count - MANY_WORDS) / (MOST_WORDS - MANY_WORDS)


def _break_cost(runs: Sequence[_Run], at: int, data: Reading) -> float:
    cost = BREAK_COST
    first = " ".join(keys(runs[at].sentence.text)[:4])
    if any(first == opener or first.startswith(opener + " ") for opener in data.openers):
        cost -= OPENER_GAIN
    if runs[at].sentence.span.start_ms - runs[at - 1].sentence.span.end_ms > LONG_PAUSE_MS:
        cost -= PAUSE_GAIN
    before = frozenset().union(*(run.said for run in runs[max(0, at - 3) : at]))
    after = frozenset().union(*(run.said for run in runs[at : at + 3]))
    shared = len(before & after) / max(1, min(len(before), len(after)))
    return cost - SHIFT_GAIN * (1.0 - shared)
