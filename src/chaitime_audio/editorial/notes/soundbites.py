"""Clips worth cutting out: one thought of a guest, from the start of a sentence to the end of one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ...domain.episode import Exchange, Quote, Soundbite
from ...domain.scripts import asks, word_count
from ...domain.sound import Span, span
from ..languages.reading import Reading, keys
from ..structure.titles import titles
from .gate import Gate
from .ranking import Point
from .summary import plain

SHORTEST_MS, LONGEST_MS, BEST_MS = 15_000, 120_000, 40_000
MOST, LONGEST_TITLE, FEWEST_TITLE_WORDS = 3, 80, 4
LATE_MS = 200
"""What a recognised time usually lacks of the end of a sentence (docs/benchmarks.md, edges of words)."""


def soundbites(
    exchanges: Sequence[Exchange], points: Sequence[Point], quotes: Sequence[Quote], gate: Gate
) -> tuple[Soundbite, ...]:
    """Return up to three clips of 15 to 120 s, by time, each from another answer; ``points`` of `guest_talk`.

    A clip is a run of whole sentences of one answer; it starts with one that leans on nothing
    before it, and is worth what its best sentences are; one that holds a quote is worth more.
    """
    runs: list[tuple[float, Point, tuple[Point, ...]]] = []
    data = gate.data
    for _, group in groupby(points, key=lambda point: (point.exchange, point.label)):
        said = tuple(group)
        for start in range(len(said)):
            for stop in range(start + 1, len(said) + 1):
                if said[stop - 1].span.start_ms - said[start].span.start_ms > LONGEST_MS:
                    break
                run = said[start:stop]
                length_ms = run[-1].span.end_ms - run[0].span.start_ms
                if SHORTEST_MS <= length_ms <= LONGEST_MS and gate.clips(run):
                    runs.append((_worth(run, length_ms, quotes, data), run[0], run))
    chosen: list[tuple[Point, ...]] = []
    for _, first, run in sorted(runs, key=lambda item: (-item[0], item[1].span)):
        if len(chosen) < MOST and not any(first.exchange == other[0].exchange for other in chosen):
            chosen.append(run)
    ordered = sorted(chosen, key=lambda run: run[0].span)
    return tuple(_clip(run, exchanges, gate) for run in ordered)


def _worth(run: Sequence[Point], length_ms: int, quotes: Sequence[Quote], data: Reading) -> float:
    best = sorted((point.score for point in run), reverse=True)
    first, last = keys(run[0].text), run[-1].text
    leans = bool(first) and first[0] in data.lead_ins | data.replies | data.pointers | data.stand_ins
    ids = {number for point in run for number in point.word_ids}
    holds = any(ids >= set(quote.word_ids) for quote in quotes if quote.word_ids)
    worth = best[0] + 0.5 * sum(best[1:3]) / 2 + 0.6 * holds
    worth -= 1.0 * leans + 1.0 * (asks(last) or last.endswith(("…", "—")))
    return worth - 0.8 * abs(length_ms - BEST_MS) / BEST_MS


def _clip(run: Sequence[Point], exchanges: Sequence[Exchange], gate: Gate) -> Soundbite:
    ids = tuple(number for point in run for number in point.word_ids)
    whole = _whole(Span(run[0].span.start_ms, run[-1].span.end_ms), exchanges)
    return Soundbite(_named(run, exchanges[run[0].exchange], gate), run[0].label, ids, whole)


def _whole(clip: Span, exchanges: Sequence[Exchange]) -> Span:
    """A clip with all of its last word, as far as the next sentence leaves room."""
    paragraphs = [part for item in exchanges for remark in item.remarks for part in remark.paragraphs]
    starts = [one.span.start_ms for part in paragraphs for one in (part.sentences or (part,))]
    ends = [at for at in starts if at >= clip.end_ms]
    longest = max(clip.end_ms, clip.start_ms + LONGEST_MS)
    return span(clip.start_ms, min(*ends, clip.end_ms + LATE_MS, longest))


def _named(run: Sequence[Point], exchange: Exchange, gate: Gate) -> str:
    """Its best short sentence that may be printed large, else the question's heading, else how it begins."""
    data = gate.data
    best_first = sorted(run, key=lambda point: -point.score)
    for point in best_first:
        fits = len(plain(point, data)) <= LONGEST_TITLE and word_count(point.text) >= FEWEST_TITLE_WORDS
        if fits and gate.passes([point], point.text):
            return plain(point, data).rstrip(".。।")
    options = titles(" ".join(exchange.question.text.split()), data.code, data) if exchange.question else ()
    heading = next((one.text for one in options if gate.heads(one.text)), "")
    words = plain(best_first[0], data).split()
    while len(" ".join(words)) > LONGEST_TITLE - 1:
        words.pop()
    return heading or " ".join(words).rstrip(",;:.") + "…"
