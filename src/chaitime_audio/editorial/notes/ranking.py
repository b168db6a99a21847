"""Which of a guest's sentences make a point, and which runs of them make a quote.

Sentences are ranked by the weight of their words in the whole talk, by how they say it (a
contrast, a condition, a superlative, a figure) and by whether they can stand alone; the choice
among them is spread over the talk and free of repetition (maximal marginal relevance, Carbonell &
Goldstein 1998).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...domain.episode import Exchange, Paragraph, Sentence
from ...domain.people import Cast
from ...domain.scripts import CLOSING, asks, join_words, word_count
from ...domain.sound import Span
from ..languages.reading import Reading, keys
from .term_weights import rarity, terms, vector

REPETITION_COST = 1.5
SAME_ANSWER_COST = 0.6
LONGEST_RUN = 3
ADDRESS_COST = 1.5
_ADDRESS = re.compile(r"\w\.[a-z]{2,}\b")
WEAK, FEWEST = 0.8, 3


@dataclass(frozen=True, slots=True)
class _Said:
    """A text taken apart: its words, those with weight, and how many it is printed in."""

    keys: list[str]
    terms: list[str]
    count: int


@dataclass(frozen=True, slots=True)
class Point:
    """One or more sentences of a guest, where they stand, and how well they would do."""

    label: str
    exchange: int
    text: str
    word_ids: tuple[int, ...]
    span: Span
    score: float


@dataclass(frozen=True, slots=True)
class GuestTalk:
    """What guests say: each sentence as a `Point`, scored as a claim, and what ranking runs of them needs."""

    points: tuple[Point, ...]
    said: tuple[_Said, ...]
    counts: Counter[str]
    """In how many of the sentences each term stands."""


def guest_talk(exchanges: Sequence[Exchange], cast: Cast, data: Reading) -> GuestTalk:
    """Every sentence of a guest between greeting and farewell, taken apart once and scored as a claim."""
    found = _sentences(exchanges, cast)
    said = tuple(_taken(point.text, data) for point in found)
    counts = Counter(term for one in said for term in set(one.terms))
    trailing = {point.word_ids for before, point in pairwise(found) if before.text.endswith("…")}
    points = tuple(
        replace(point, score=_worth(point.text, one, counts, data) - (point.word_ids in trailing))
        for point, one in zip(found, said, strict=True)
    )
    return GuestTalk(points, said, counts)


def quote_points(talk: GuestTalk, words: tuple[int, int], data: Reading) -> list[Point]:
    """Every run of up to three sentences of one answer with that many words, scored as a quote."""
    found, opening, runs = talk.points, data.lead_ins | data.replies, []
    for start in range(len(found)):
        trailing = start > 0 and found[start - 1].text.endswith("…")
        for stop in range(start + 1, min(start + LONGEST_RUN, len(found)) + 1):
            parts = talk.said[start:stop]
            if not words[0] <= sum(part.count for part in parts) <= words[1]:
                continue
            run, said = _joined(found[start:stop]), _together(parts)
            if run is not None:
                leans = 0.8 * (said.keys[0] in opening) + 0.6 * trailing
                vivid = 0.3 * min(2, sum(key in data.contrasts for key in said.keys))
                runs.append(replace(run, score=_worth(run.text, said, talk.counts, data) + vivid - leans))
    return runs


def _taken(text: str, data: Reading) -> _Said:
    return _Said(keys(text), terms(text, data), word_count(text))


def _together(parts: Sequence[_Said]) -> _Said:
    """Several texts taken apart as one: no word runs from one into the next."""
    if len(parts) == 1:
        return parts[0]
    said = [key for part in parts for key in part.keys]
    return _Said(said, [term for part in parts for term in part.terms], sum(part.count for part in parts))


def _sentences(exchanges: Sequence[Exchange], cast: Cast) -> list[Point]:
    asked = [at for at, item in enumerate(exchanges) if item.asks]
    alone = len(cast.voices) == 1 and not asked  # a speech: who talks is whom one came for
    inside = range(asked[0], asked[-1] + 1) if asked else range(len(exchanges))
    return [
        Point(remark.label, at, sentence.text, sentence.word_ids, sentence.span, 0.0)
        for at in inside
        for remark in (exchanges[at].remarks if alone else exchanges[at].answers)
        if alone or cast.role(remark.label) == "guest"
        for paragraph in remark.paragraphs
        for sentence in sentences_of(paragraph)
    ]


def _joined(points: Sequence[Point]) -> Point | None:
    """Neighbouring sentences as one; None when they are not one voice's in one answer."""
    first = points[0]
    if any(item.label != first.label or item.exchange != first.exchange for item in points):
        return None
    ids = tuple(number for item in points for number in item.word_ids)
    whole = Span(first.span.start_ms, max(item.span.end_ms for item in points))
    return Point(first.label, first.exchange, join_words(item.text for item in points), ids, whole, 0.0)


def sentences_of(paragraph: Paragraph) -> tuple[Sentence, ...]:
    """The sentences of a paragraph; the whole of it where they are not known."""
    return paragraph.sentences or (Sentence(paragraph.text, paragraph.word_ids, paragraph.span),)


def spread(points: Sequence[Point], most: int, data: Reading) -> list[Point]:
    """Choose up to ``most`` points, best first, that differ in words and in what they answer, by time."""
    passages = [terms(point.text, data) for point in points]
    rare = rarity(passages)
    vectors = [vector(passage, rare) for passage in passages]
    alike = [0.0] * len(points)
    """How alike each is to the most alike of those chosen."""
    left, chosen = list(range(len(points))), list[Point]()
    while left and len(chosen) < most:
        best = max(left, key=lambda at: (_gain(points[at], chosen, alike[at]), -points[at].span.start_ms))
        if points[best].score <= WEAK and len(chosen) > FEWEST:
            break
        chosen.append(points[best])
        left.remove(best)
        for at in left:
            alike[at] = max(alike[at], vectors[at].likeness(vectors[best]))
    return sorted(chosen, key=lambda item: item.span.start_ms)


def _gain(point: Point, chosen: Sequence[Point], alike: float) -> float:
    """What a point adds to those chosen; ``alike``: how alike it is to the most alike of them."""
    same = sum(other.exchange == point.exchange for other in chosen)
    voices = sum(other.label == point.label for other in chosen) / max(1, len(chosen))
    return point.score - REPETITION_COST * alike - SAME_ANSWER_COST * same - 0.4 * voices


def _worth(text: str, taken: _Said, counts: Counter[str], data: Reading) -> float:
    said, weighty = taken.keys, set(taken.terms)
    if not said or (asks(text) or text.rstrip(CLOSING).endswith(("—", "…"))) or not weighty:
        return -1.0
    weight = sum(min(counts[term], 3) for term in weighty) / (len(weighty) + 2)
    weight -= ADDRESS_COST * bool(_ADDRESS.search(text))
    return weight + min(len(weighty), 6) * 0.18 + _length_worth(len(said)) + _manner(said, data)


def _length_worth(count: int) -> float:
    if count < 6:
        return -1.5
    return 0.3 if 9 <= count <= 26 else -0.04 * abs(count - (9 if count < 9 else 26))


def _manner(said: list[str], data: Reading) -> float:
    head = said[1] if said[0] in data.lead_ins and len(said) > 1 else said[0]
    worth = 0.35 * (not data.contrasts.isdisjoint(said)) + 0.3 * (not data.general.isdisjoint(said))
    worth += 0.25 * any(key.endswith("est") and len(key) > 5 for key in said)
    text = " ".join(said)
    worth += 0.15 * any(map(str.isdigit, set(text)))
    worth -= 1.0 * (said[0] in data.replies)
    worth -= 2.5 * (head in data.pointers) + 0.8 * _unresolved(said, data)
    worth -= 0.9 * (head in data.leaning) + 0.9 * any(phrase in text for phrase in data.hedges)
    worth -= 0.35 * min(2, sum(key in data.narrators for key in said))
    return worth


def _unresolved(said: list[str], data: Reading) -> bool:
    """Whether "they", "them", "the new one" … stands before anything it could refer to."""
    for at, key in enumerate(said[1:], start=1):
        if key not in data.stand_ins:
            continue
        named = [word for word, before in zip(said[1:at], said[:at], strict=False) if before in data.naming]
        named += [word for word in said[:at] if word.endswith("s") and word not in data.light]
        if (data.light | data.vague).issuperset(named):
            return True
    return False
