"""Chapter titles: a question condensed to a heading, in its own words.

Every stretch of the question that may stand alone is a candidate: the whole question, the question
without its last clauses, what follows "let's talk about", a question inside it ("how to write a
compiler"), what follows "is there", a phrase that names something. The best one that fits is taken;
none is cut inside a phrase.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ...domain.scripts import sentences
from ..languages.reading import Reading, keys
from .questions import asking_sentences, inverted

LONGEST_TITLE = 40
SHORT_TITLE = 9
MOST_SHORT_WORDS = 5
NEARLY_AS_GOOD = 1.0
ENOUGH_WORDS = 4
SUBJECT_WORDS = 4
_KNOWN_QUESTIONS = 2_000
_EDGE = ' ,;:.!?…—"“”„‘()'
_PAUSES = (",", ";", ":", "—", "…")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading and how well it stands for its question (about 0 to 5)."""

    text: str
    score: float


@dataclass(frozen=True, slots=True)
class _Stretch:
    """Where a heading may start, what that is worth, and whether a question starts there."""

    start: int
    worth: float
    asks: bool = False


@lru_cache(maxsize=_KNOWN_QUESTIONS)  # chapters, summary and clips ask for the same ones
def titles(question: str, language: str, data: Reading) -> tuple[Title, ...]:
    """Return headings for a host's remark, best first, each at most 40 characters."""
    asking = asking_sentences(question, language)
    weighty = {key for key in keys(question) if key not in data.light}
    found: dict[str, float] = {}
    for sentence in sentences(question):
        unasked = 0.0 if sentence in asking else 0.7
        for text, worth in _candidates(sentence, data):
            found[text] = max(found.get(text, -9.0), worth + _score(text, weighty, data) - unasked)
    best_first = sorted(found.items(), key=lambda item: (-item[1], item[0]))
    return tuple(Title(text, score) for text, score in best_first)


def few_words(title: str) -> bool:
    """Whether a title is as short as platforms want it."""
    return len(title.split()) <= MOST_SHORT_WORDS


def short_title(options: Sequence[Title], title: str, data: Reading) -> str:
    """Return a heading of at most five words; nothing for a title that is short already.

    It is the title without who is asked ("How to test an optimizer"), else another heading that is about as
    good, else the title cut at a word that can end it.
    """
    if few_words(title):
        return ""
    bare = title.rstrip("?")
    unasked = _rewritten(bare, data.unasked)
    if data.unasked and few_words(unasked):
        return unasked
    most = options[0].score if options else 0.0
    found = next((item.text for item in options if few_words(item.text)), "")
    if found and next(item.score for item in options if item.text == found) >= most - NEARLY_AS_GOOD:
        return found
    said = bare.split()[:MOST_SHORT_WORDS]
    while len(said) > 1 and (_key(said[-1]) in data.light or _key(said[-1]) in data.dangling):
        said = said[:-1]
    return " ".join(said).rstrip(_EDGE)


def _candidates(sentence: str, data: Reading) -> Iterator[tuple[str, float]]:
    for wording, cost in _wordings(sentence, data):
        said = wording.split()
        low = [_key(word) for word in said]
        for stretch in _starts(said, low, data):
            for stop in _stops(said, low, stretch, data):
                text = _heading(said, low, stretch, stop, data)
                if text:
                    whole = 1.2 if stretch.asks else 0.3
                    clumsy = 0.0 if stretch.asks else _clumsiness(low[stretch.start : stop], text, data)
                    weak = -0.5 if low[stop - 1] in data.light and low[stop - 1] != "like" else 0.0
                    yield text, stretch.worth - cost - clumsy + (whole if stop == len(said) else weak)


def _wordings(sentence: str, data: Reading) -> Iterator[tuple[str, float]]:
    """The sentence, and shorter ways of saying it with its own words."""
    bare = _without_lead_in(sentence, data)
    yield bare, 0.0
    kept = " ".join(word for word in bare.split() if _key(word) not in data.droppable or word.endswith(","))
    kept = _rewritten(kept, data.trims)
    if kept != bare:
        yield kept, 0.1
    short = _rewritten(kept, data.shortcuts)
    if short != kept:
        yield short, 0.2


def _rewritten(text: str, rules: tuple[tuple[str, str], ...]) -> str:
    for pattern, replacement in rules:
        text = re.sub(pattern, replacement, text)
    return text


def _without_lead_in(sentence: str, data: Reading) -> str:
    """Take away "So,", "And", and a name called before or behind ("Felix,")."""
    said = sentence.split()
    while len(said) > 1:
        called = said[0].endswith(",") and said[0][:1].isupper() and len(said) > 2
        if not (called and _key(said[0]) not in data.asking_words) and _key(said[0]) not in data.lead_ins:
            break
        said = said[1:]
    if len(said) > 3 and said[-2].endswith(",") and said[-1][:1].isupper():
        said = [*said[:-2], said[-2].rstrip(",") + said[-1][len(said[-1].rstrip(_EDGE)) :]]
    return " ".join([said[0][:1].upper() + said[0][1:], *said[1:]]) if said else ""


def _starts(said: list[str], low: list[str], data: Reading) -> Iterator[_Stretch]:
    asks = inverted(low, data) or (said[-1].rstrip('”"').endswith("?") and not _clause_first(said, low, data))
    yield _Stretch(0, 0.8 if asks else 0.4, asks)
    text = " ".join(low)
    for cue in data.topic_cues:
        match = re.search(rf"\b{re.escape(cue)}\b ", text) if cue in text else None
        if match:
            yield _Stretch(len(text[: match.end()].split()), 3.0)
    for at in range(1, len(said)):
        yield from _inner_start(said, low, at, data)


def _clause_first(said: list[str], low: list[str], data: Reading) -> bool:
    """Whether a clause stands before the question: "If a listener wants one, where …"."""
    return low[0] in data.borders and any(word.endswith(",") for word in said[:-1])


def _inner_start(said: list[str], low: list[str], at: int, data: Reading) -> Iterator[_Stretch]:
    """Whether a heading may start inside the sentence, at a word."""
    before, key = low[at - 1], low[at]
    behind_pause = said[at - 1].endswith(_PAUSES)
    if key in data.embedded:
        asks = inverted(low[at:], data)
        yield _Stretch(at, 0.9 if behind_pause and asks else 0.5, asks)
    elif key == "which" and before in data.choosing:
        yield _Stretch(at, 0.5)
    elif " ".join(low[:at]) in data.existence:
        yield _Stretch(at, 1.4)
    elif _gerund(key, data) and before in data.borders | data.choosing:
        yield _Stretch(at, 0.9)
    elif key in data.determiners and not (
        at < SUBJECT_WORDS and inverted(low, data) and "of" not in low[at:]
    ):
        yield _Stretch(at, 0.3 if before in data.borders else 0.0)
    elif before in data.topic_prepositions and key not in data.borders:
        yield _Stretch(at, 0.3)


def _gerund(key: str, data: Reading) -> bool:
    return data.is_gerund(key) and len(key) > 5 and key not in data.light


def _stops(said: list[str], low: list[str], stretch: _Stretch, data: Reading) -> Iterator[int]:
    """Where a heading may end: before a new phrase; a name for something also before a verb."""
    yield len(said)
    ends = data.borders if stretch.asks else data.borders | data.verbs | data.plain_verbs
    for at in range(stretch.start + 1, len(said)):
        if low[at] in ends or said[at - 1].endswith(_PAUSES):
            yield at


def _heading(said: list[str], low: list[str], stretch: _Stretch, stop: int, data: Reading) -> str:
    """The words as a heading; empty when they cannot stand alone or do not fit."""
    part = low[stretch.start : stop]
    if not _stands(part, stretch.asks, stop == len(said), data):
        return ""
    text = " ".join(said[stretch.start : stop]).strip(_EDGE)
    text = text[:1].upper() + text[1:] + ("?" if stretch.asks else "")
    if data.torn and re.search(data.torn, text):
        return ""
    called = len(part) == 1 and said[stretch.start][:1].isupper()
    return "" if len(text) > LONGEST_TITLE or called else text


def _stands(part: list[str], asks: bool, whole: bool, data: Reading) -> bool:
    """Whether words can stand alone: something is named, and nothing is left hanging."""
    if not part or all(key in data.light for key in part) or part[0] in data.pointers:
        return False
    if whole:
        return True
    if asks and part[0] == "what" and part[1:2] and part[1] in data.helpers and not _has_verb(part[3:], data):
        return False
    if not asks and part[-1].endswith("ly"):
        return False
    likened = asks and part[-1] == "like"
    hanging = part[-1] in data.dangling | data.verbs or (part[-1] in data.plain_verbs and not asks)
    return likened or not hanging


def _has_verb(part: list[str], data: Reading) -> bool:
    return any(key in data.plain_verbs | data.verbs for key in part)


def _clumsiness(part: list[str], text: str, data: Reading) -> float:
    """How far a heading that asks nothing is from a name for something."""
    clause = next((at for at, key in enumerate(part) if key in data.verbs), len(part))
    bare = not any(key in data.borders for key in part[:clause]) and clause < len(part)
    cut = part[-1].endswith(("ly", "ed")) and part[0] not in data.embedded
    conditional = part[0] in data.comma_openers
    vague = sum(key not in data.light for key in part) < 2 and len(part) > 1
    return 0.3 * vague + 1.0 * bare + 0.6 * cut + 1.2 * conditional + 1.5 * ("," in text or "—" in text)


def _score(text: str, weighty: set[str], data: Reading) -> float:
    said = keys(text)
    mine = {key for key in said if key not in data.light}
    score = 2.0 * min(1.0, len(mine) / max(1, min(len(weighty), ENOUGH_WORDS))) + 0.15 * min(len(mine), 3)
    score -= 1.0 * sum(key in data.pointers for key in said) + 0.4 * ("," in text or "—" in text)
    score -= 2.0 * (said[0] in data.narrators) + 0.6 * (said[-1] in data.stand_ins)
    return score - (0.6 if len(text) < SHORT_TITLE else 0.0)


def _key(word: str) -> str:
    return word.strip(_EDGE).casefold().replace("’", "'")
