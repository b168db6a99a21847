"""Chapters: in an interview the host's questions are the outline.

Each question is scored by how much the words change there (TF-IDF over two exchanges on either
side), whether it names a topic, and how good a heading it makes; the best set of questions that
keeps every chapter long enough and the lengths even is found by dynamic programming.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...domain.episode import Chapter, Exchange, Remark
from ...domain.scripts import join_words, word_count
from ...domain.sound import SourceMs, Timeline
from ..languages.reading import Reading, keys, reading_for
from ..notes.gate import gate_for
from ..notes.term_weights import likeness, rarity, terms
from .titles import Title, short_title, titles

SHORTEST_EPISODE_MS = 120_000
FEWEST_CHAPTERS = 3
WINDOW = 2
SHORT_ANSWER_WORDS, SHORT_QUESTION_WORDS = 15, 6
GOOD_TITLE = 1.5
ECHO_COST = 1.2


@dataclass(frozen=True, slots=True)
class ChapterLimits:
    """What a show allows.

    The shortest chapter, the most chapters, how many an hour gets, and the first one's title (empty: usual).
    """

    shortest_ms: int = 30_000
    most: int = 40
    opening: str = ""
    per_hour: float = 5.0


@dataclass(frozen=True, slots=True)
class _Place:
    """A question at which a chapter may start: where it is asked, and when it sounds in the MP3."""

    start_ms: SourceMs
    at_ms: int
    score: float
    titles: tuple[Title, ...]


def chapters(
    exchanges: tuple[Exchange, ...],
    duration_ms: int,
    language: str,
    limits: ChapterLimits | None = None,
    timeline: Timeline | None = None,
    *,
    fits: Callable[[str], bool] | None = None,
) -> tuple[Chapter, ...]:
    """Return the chapters in source time: an opening one at 0, the others at a host's question.

    ``duration_ms`` is the length of what is published, and lengths are measured there.
    At least three, each at least ``limits.shortest_ms`` long, titles distinct and at most 40
    characters; nothing when the recording is shorter than two minutes or has too few questions.
    ``fits`` says whether a title may be printed (see `Gate.heads`); without it nothing is doubted.
    """
    limits = limits or ChapterLimits()
    if duration_ms < SHORTEST_EPISODE_MS:
        return ()
    data = reading_for(language)
    fits = fits or gate_for(language).heads
    places = _places(exchanges, data, language, timeline or Timeline(), fits)
    wanted = min(limits.most, max(FEWEST_CHAPTERS, round(limits.per_hour * duration_ms / 3_600_000)))
    chosen = _best(places, wanted - 1, duration_ms, limits.shortest_ms)
    if len(chosen) < FEWEST_CHAPTERS - 1:
        return ()
    opening = limits.opening or data.opening
    named = [Chapter(opening, SourceMs(0))]
    taken = {opening.casefold()}
    for place in chosen:
        title = next((item.text for item in place.titles if item.text.casefold() not in taken), "")
        if title:
            taken.add(title.casefold())
            short = short_title(place.titles, title, data)
            named.append(Chapter(title, place.start_ms, short=short))
    return tuple(named) if len(named) >= FEWEST_CHAPTERS else ()


def _places(
    exchanges: tuple[Exchange, ...],
    data: Reading,
    language: str,
    timeline: Timeline,
    fits: Callable[[str], bool],
) -> list[_Place]:
    passages = [terms(join_words(remark.text for remark in item.remarks), data) for item in exchanges]
    rare = rarity(passages)
    places = []
    for at, item in enumerate(exchanges):
        if item.question is None or not item.asks:
            continue
        options = tuple(one for one in titles(_flat(item.question), language, data) if fits(one.text))
        if options:
            before = [term for passage in passages[max(0, at - WINDOW) : at] for term in passage]
            after = [term for passage in passages[at : at + WINDOW] for term in passage]
            heading = 0.2 * options[0].score - 0.5 * max(0.0, GOOD_TITLE - options[0].score)
            echo = ECHO_COST * _echo(item.question, exchanges[at - 1] if at else None, data)
            score = 1.0 - likeness(before, after, rare) + heading + _manner(item, data) - echo
            start_ms = item.question.span.start_ms
            places.append(_Place(start_ms, timeline.published(start_ms), score, options))
    return places


def _echo(question: Remark, before: Exchange | None, data: Reading) -> float:
    """How far a question takes up words of the answer before it, 0 to 1: a follow-up does."""
    own = set(terms(_flat(question), data))
    heard = {term for remark in before.answers for term in terms(remark.text, data)} if before else set()
    return len(own & heard) / len(own) if own else 0.0


def _flat(remark: Remark) -> str:
    return join_words(paragraph.text for paragraph in remark.paragraphs)


def _manner(item: Exchange, data: Reading) -> float:
    """How a question opens: a topic named counts for it, a follow-up ("And …", "Did that …") against."""
    assert item.question is not None
    said = keys(_flat(item.question))
    text = " ".join(said)
    named = any(cue in text for cue in data.topic_cues)
    follows = said[0] in data.lead_ins or sum(key in data.pointers for key in said) > 0
    short = len(said) <= SHORT_QUESTION_WORDS and not named
    brief = sum(word_count(remark.text) for remark in item.answers) < SHORT_ANSWER_WORDS
    return 0.4 * named - 0.4 * follows - 0.3 * brief - 0.3 * short


def _best(places: Sequence[_Place], most: int, duration_ms: int, shortest_ms: int) -> list[_Place]:
    """The set of up to ``most`` places of highest worth; as many of them as fit."""
    ideal = duration_ms / (most + 1)
    costs = [
        {
            before: _unevenness(_start(places, before), place.at_ms, ideal)
            for before in range(-1, now)
            if place.at_ms - _start(places, before) >= shortest_ms
        }
        for now, place in enumerate(places)
    ]
    rows: list[dict[int, tuple[float, int]]] = [{-1: (0.0, -1)}]
    for _ in range(most):
        best_first = sorted(((value, before) for before, (value, _) in rows[-1].items()), reverse=True)
        found = ((now, _best_before(best_first, place.score, costs[now])) for now, place in enumerate(places))
        rows.append({now: option for now, option in found if option is not None})
    for count in range(most, 0, -1):
        ends = [
            (value - _unevenness(places[at].at_ms, duration_ms, ideal), at)
            for at, (value, _) in rows[count].items()
            if at >= 0 and duration_ms - places[at].at_ms >= shortest_ms
        ]
        if ends:
            return _traced(places, rows, count, max(ends)[1])
    return []


def _best_before(
    best_first: Sequence[tuple[float, int]], score: float, costs: dict[int, float]
) -> tuple[float, int] | None:
    """What a place is worth behind the best of those before it, and which that is; None when none fits."""
    best: tuple[float, int] | None = None
    for value, before in best_first:
        if best is not None and value + score < best[0]:
            break  # costs only take away
        if before in costs:
            option = (value + score - costs[before], before)
            best = option if best is None else max(best, option)
    return best


def _start(places: Sequence[_Place], at: int) -> int:
    return places[at].at_ms if at >= 0 else 0


def _unevenness(start_ms: int, end_ms: int, ideal_ms: float) -> float:
    return 0.25 * abs(math.log((end_ms - start_ms) / ideal_ms))


def _traced(
    places: Sequence[_Place], rows: Sequence[dict[int, tuple[float, int]]], count: int, last: int
) -> list[_Place]:
    chosen, at = [], last
    for row in reversed(rows[1 : count + 1]):
        chosen.append(places[at])
        at = row[at][1]
    return chosen[::-1]
