"""Where a chapter may begin, and what that is worth.

A host's question is scored by how much the words change there (TF-IDF over two exchanges on either side, and
the depth of `tiling`), whether it names a topic, and how good a heading it makes. Where nobody asks for a
while, a paragraph at which the words change deeply is a place, too, called by the words that are its own.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ...domain.episode import Exchange, Remark, Sentence
from ...domain.scripts import join_words, word_count
from ...domain.sound import SourceMs, Timeline
from ..languages.reading import Reading, keys
from ..notes.keywords import keywords
from ..notes.ranking import sentences_of
from ..notes.term_weights import likeness, rarity, terms
from .tiling import depths
from .titles import LONGEST_TITLE, Title, titles

WINDOW = 2
SHORT_ANSWER_WORDS, SHORT_QUESTION_WORDS = 15, 6
GOOD_TITLE = 1.5
ECHO_COST = 1.2
DEPTH_WORTH, DEEPEST = 0.25, 2.0
DEEP, TURN_COST = 1.0, 0.3
FAR_MS = 75_000
"""How far from every question a place without one must be."""
AHEAD_MS, MOST_NAMES = 75_000, 8

Fits = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a chapter may start, when that sounds in the MP3, and what it could be called."""

    start_ms: SourceMs
    at_ms: int
    score: float
    titles: tuple[Title, ...]


def places(exchanges: tuple[Exchange, ...], data: Reading, timeline: Timeline, fits: Fits) -> list[Place]:
    """Return every place at which a chapter may begin, in order of time.

    ``fits`` says whether a title may be printed.
    """
    talk = _Talk.of(exchanges, data)
    asked = _questions(exchanges, data, timeline, fits, talk)
    told = _turns(exchanges, timeline, fits, talk, [place.at_ms for place in asked])
    return sorted((*asked, *told), key=lambda place: place.at_ms)


@dataclass(frozen=True, slots=True)
class _Talk:
    """The sentences of a talk in order, and how deep the words change before each."""

    sentences: tuple[Sentence, ...]
    deep: tuple[float, ...]
    data: Reading

    @classmethod
    def of(cls, exchanges: Sequence[Exchange], data: Reading) -> _Talk:
        """Take a talk apart."""
        paragraphs = [part for item in exchanges for one in item.remarks for part in one.paragraphs]
        sentences = tuple(one for part in paragraphs for one in sentences_of(part))
        return cls(sentences, depths([terms(one.text, data) for one in sentences]), data)

    def depth(self, start_ms: int) -> float:
        """How deep the words change before a sentence, from -1 to DEEPEST; 0 where none starts."""
        at = next((at for at, one in enumerate(self.sentences) if one.span.start_ms == start_ms), -1)
        return max(-1.0, min(DEEPEST, self.deep[at])) if at >= 0 else 0.0

    def names(self, start_ms: int) -> tuple[str, ...]:
        """What the next minute is about, in words that are its own, best first."""
        texts = [one.text for one in self.sentences if 0 <= one.span.start_ms - start_ms < AHEAD_MS]
        return keywords(texts, self.data, MOST_NAMES)


def _turns(
    exchanges: Sequence[Exchange], timeline: Timeline, fits: Fits, talk: _Talk, asked: Sequence[int]
) -> list[Place]:
    """Paragraphs far from any question at which the words change more than before and behind."""
    found: list[Place] = []
    paragraphs = [part for item in exchanges for one in item.remarks for part in one.paragraphs]
    for part in paragraphs[1:]:
        start_ms = part.span.start_ms
        at_ms, depth = timeline.published(start_ms), talk.depth(start_ms)
        if depth < DEEP or any(abs(at_ms - other) < FAR_MS for other in asked):
            continue
        called = tuple(Title(_capital(name), GOOD_TITLE) for name in talk.names(start_ms))
        named = tuple(one for one in called if len(one.text) <= LONGEST_TITLE and fits(one.text))
        if named:
            found.append(Place(start_ms, at_ms, DEPTH_WORTH * depth + 0.2 * GOOD_TITLE - TURN_COST, named))
    return found


def _capital(name: str) -> str:
    return name[:1].upper() + name[1:]


def _questions(
    exchanges: tuple[Exchange, ...], data: Reading, timeline: Timeline, fits: Fits, talk: _Talk
) -> list[Place]:
    passages = [terms(join_words(remark.text for remark in item.remarks), data) for item in exchanges]
    rare = rarity(passages)
    found = []
    for at, item in enumerate(exchanges):
        if item.question is None or not item.asks:
            continue
        options = tuple(one for one in titles(_flat(item.question), data.code, data) if fits(one.text))
        if options:
            before = [term for passage in passages[max(0, at - WINDOW) : at] for term in passage]
            after = [term for passage in passages[at : at + WINDOW] for term in passage]
            heading = 0.2 * options[0].score - 0.5 * max(0.0, GOOD_TITLE - options[0].score)
            echo = ECHO_COST * _echo(item.question, exchanges[at - 1] if at else None, data)
            start_ms = item.question.span.start_ms
            change = 1.0 - likeness(before, after, rare) + DEPTH_WORTH * talk.depth(start_ms)
            score = change + heading + _manner(item, data) - echo
            found.append(Place(start_ms, timeline.published(start_ms), score, options))
    return found


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
