"""Which of the sentences that may be printed large are claims, which one the summary's, which quotes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.episode import Quote
from ...domain.scripts import word_count
from .ranking import Point

FEWEST_CLAIMS, MOST_QUOTES = 3, 5
FEWEST_LEFT = 2
WORDS_A_QUOTE = 400
LONGEST_HOOK_WORDS = 32


@dataclass(frozen=True, slots=True)
class Shared:
    """No word in two of them."""

    hook: Point | None
    claims: tuple[Point, ...]
    quotes: tuple[Quote, ...]


def share(chosen: Sequence[Point], runs: Sequence[Point], words: int) -> Shared:
    """Part sentences among summary, claims and quotes, about a quote in 400 words.

    Where every run for a quote has a chosen sentence in it, the summary gives up its line, and then
    claims give way to one quote as long as two of them are left.
    """
    hook = _hook(chosen)
    claims = tuple(point for point in chosen if point is not hook)
    most = min(MOST_QUOTES, max(2, round(words / WORDS_A_QUOTE)))
    quotes = _quotes([run for run in runs if not _meets(run, chosen)], most)
    if quotes:
        return Shared(hook, claims, quotes)
    quotes = _quotes([run for run in runs if not _meets(run, claims)], most)
    if not quotes:
        left = {run: [one for one in claims if not _meets(one, [run])] for run in runs}
        quotes = _quotes([run for run in runs if len(left[run]) >= FEWEST_LEFT], 1)
    used = {number for quote in quotes for number in quote.word_ids}
    kept = tuple(one for one in claims if not used & set(one.word_ids))
    return Shared(hook if hook and not used & set(hook.word_ids) else None, kept, quotes)


def _hook(points: Sequence[Point]) -> Point | None:
    """The line to come for: the best one that is short, if enough others are left."""
    short = [point for point in points if word_count(point.text) <= LONGEST_HOOK_WORDS]
    return max(short, key=lambda point: point.score) if short and len(points) > FEWEST_CLAIMS else None


def _meets(run: Point, others: Sequence[Point]) -> bool:
    return any(set(run.word_ids) & set(other.word_ids) for other in others)


def _quotes(runs: Sequence[Point], most: int) -> tuple[Quote, ...]:
    """The best runs of neighbouring sentences, each from another answer, by time."""
    chosen: list[Point] = []
    for run in sorted(runs, key=lambda item: (-item.score, item.span)):
        if len(chosen) < most and not any(run.exchange == other.exchange for other in chosen):
            chosen.append(run)
    ordered = sorted(chosen, key=lambda item: item.span)
    return tuple(Quote(run.text, run.label, run.word_ids, run.span) for run in ordered)
