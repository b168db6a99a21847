"""Chapter titles: a question condensed to a heading, in its own words.

Every stretch of the question that may stand alone is a candidate: the whole question, the question
without its last clauses, what follows "let's talk about", a question inside it ("how to write a
compiler"), what follows "is there". The best one that fits is taken; none is cut inside a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .language._reading import Reading, keys
from .questions import asking_sentences, sentences

LONGEST_TITLE = 40
SHORT_TITLE = 9
_EDGE = ' ,;:.!?…—"“”„‘()'
_BORDER_PUNCTUATION = (",", ";", ":", "—")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading and how well it stands for its question (about 0 to 5)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    start: int
    worth: float
    asks: bool


def titles(question: str, language: str, data: Reading) -> list[Title]:
    """Return headings for a host's remark, best first, each at most 40 characters."""
    asking = asking_sentences(question, language)
    weighty = {key for key in keys(question) if key not in data.light}
    found: dict[str, float] = {}
    for sentence in sentences(question):
        asked = sentence in asking
        for text, worth in _candidates(sentence, data):
            score = worth + _score(text, weighty, data) - (0.0 if asked else 0.7)
            found[text] = max(found.get(text, -9.0), score)
    return sorted(
        (Title(text, score) for text, score in found.items()), key=lambda item: (-item.score, item.text)
    )


def _candidates(sentence: str, data: Reading) -> Iterator[tuple[str, float]]:
    for wording, cost in _wordings(sentence, data):
        said = wording.split()
        low = [_key(word) for word in said]
        for stretch in _starts(said, low, data):
            for stop in _stops(said, low, stretch, data):
                text = _heading(said[stretch.start : stop], low[stretch.start : stop], stretch.asks, data)
                if text:
                    whole = stop == len(said)
                    bonus = (1.2 if whole and stretch.asks else 0.3 if whole else 0.0) - cost
                    yield text, stretch.worth + bonus


def _wordings(sentence: str, data: Reading) -> Iterator[tuple[str, float]]:
    """The sentence, and shorter ways of saying it with its own words."""
    bare = _without_lead_in(sentence, data)
    yield bare, 0.0
    kept = " ".join(word for word in bare.split() if _key(word) not in data.droppable or word.endswith(","))
    kept = re.sub(r"\b(?:that|this|these|those|a) (?:kind|sort|type) of ", "", kept)
    if kept != bare:
        yield kept, 0.1
    short = re.sub(r"^(Why) (?:should|would|do|does) (?:anybody|anyone|people|you|we|one) ", r"\1 ", kept)
    if short != kept:
        yield short, 0.2


def _without_lead_in(sentence: str, data: Reading) -> str:
    """Take away "So,", "And", a name called ("Felix,")."""
    said = sentence.split()
    while len(said) > 1:
        called = (
            said[0].endswith(",")
            and said[0][:1].isupper()
            and len(said) > 2
            and _key(said[0]) not in data.asking_words
        )
        if not called and _key(said[0]) not in data.lead_ins:
            break
        said = said[1:]
    return " ".join([said[0][:1].upper() + said[0][1:], *said[1:]]) if said else ""


def _starts(said: list[str], low: list[str], data: Reading) -> Iterator[_Stretch]:
    opens = low[0] in data.asking_words or low[0] in data.verbs
    yield _Stretch(0, 0.8 if opens else 0.4, opens or said[-1].endswith("?"))
    text = " ".join(low)
    for cue in data.topic_cues:
        match = re.search(rf"\b{re.escape(cue)}\b ", text)
        if match:
            yield _Stretch(len(text[: match.end()].split()), 2.4, False)
    for at in range(1, len(said)):
        behind_comma = said[at - 1].endswith(_BORDER_PUNCTUATION)
        if low[at] in data.asking_words and low[at] not in {"that", "who", "whose", "whom"}:
            inverted = at + 1 < len(low) and low[at + 1] in data.verbs
            yield _Stretch(at, 0.9 if behind_comma else 0.5, inverted)
        elif at == 2 and " ".join(low[:2]) in {"is there", "are there", "was there", "gibt es"}:
            yield _Stretch(at, 1.4, False)
        elif (
            low[at].endswith("ing")
            and len(low[at]) > 5
            and low[at] not in data.light
            and low[at - 1] in data.borders | {"worry"}
        ):
            yield _Stretch(at, 0.9, False)
        elif (
            low[at - 1] in {"about", "on", "of", "with", "über", "mit", "von"} and low[at] not in data.borders
        ):
            yield _Stretch(at, 0.3, False)
        elif low[at] in {"a", "an", "the", "your"} and low[at - 1] not in data.borders:
            yield _Stretch(at, 0.0, False)


def _stops(said: list[str], low: list[str], stretch: _Stretch, data: Reading) -> Iterator[int]:
    yield len(said)
    for at in range(stretch.start + 1, len(said)):
        if low[at] in data.borders or said[at - 1].endswith(_BORDER_PUNCTUATION):
            yield at


def _heading(said: list[str], low: list[str], asks: bool, data: Reading) -> str:
    """The words as a heading; empty when they cannot stand alone or do not fit."""
    if not low or low[-1] in data.dangling or (low[0] in data.pointers - {"that"} and len(low) < 3):
        return ""
    text = " ".join(said).strip(_EDGE)
    text = text[:1].upper() + text[1:] + ("?" if asks else "")
    if len(text) > LONGEST_TITLE or not any(key not in data.light for key in low):
        return ""
    return text


def _score(text: str, weighty: set[str], data: Reading) -> float:
    said = keys(text)
    mine = {key for key in said if key not in data.light}
    score = 2.0 * len(mine) / max(1, len(weighty)) + 0.15 * min(len(mine), 3)
    score -= 0.8 * sum(key in data.pointers for key in said)
    score -= 0.5 * (said[-1] in data.light) + 0.4 * ("," in text)
    return score - (0.6 if len(text) < SHORT_TITLE else 0.0)


def _key(word: str) -> str:
    return word.strip(_EDGE).casefold().replace("’", "'")
