"""What shaping a post has to know about a language: questions, topics, words without weight."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from . import part_of
from .editing import Words


@dataclass(frozen=True)
class Reading:
    """Words and phrases, in small letters with straight apostrophes.

    ``opening`` is the first chapter's title. ``lead_ins`` may precede a question ("so", "and"),
    which opens with ``asking_words`` and one of ``verbs``, or with a verb before one of
    ``subjects``; ``prompts`` ask without asking ("tell us about"); ``pleasantries`` ask nothing.
    Verbs that are ``ordering`` open orders, wishes and conditions, too; ``relatives`` are question words that
    open half a sentence ("which is why"). Words with one of ``asking_ends`` hold verb and subject
    ("pouvez-vous"), unless they are among ``ordering``. Only ``inverting`` subjects behind a verb ask, where
    other sentences begin with verbs, too; without them all do.
    ``openers`` begin a new thought; ``ordinals`` number the items of a list; ``counts`` are
    number words before ``things`` (ways, reasons) that announce one.
    ``light`` are words without weight; ``pointers`` refer back and cannot stand alone.
    For headings: ``topic_cues`` precede a topic, ``droppable`` words may go, ``borders`` open a new
    phrase, ``dangling`` words cannot end one; ``embedded`` question words may start one, ``which``
    only behind ``choosing``; ``existence`` ("is there") precedes one, as do
    ``topic_prepositions``; ``determiners`` open a name for something; ``plain_verbs`` end one;
    ``comma_openers`` open a clause that leads up to something; ``helpers`` need another verb;
    ``naming`` words precede a name for something, ``stand_ins``
    stand for one; ``addressed`` words speak to somebody; ``joints``
    go before a claim, ``vague`` ones make no keyword,
    ``capital_nouns`` says that every noun has a capital, ``replies`` open an answer.
    For claims: ``contrasts`` and ``general`` words make a point, ``narrators`` tell a story,
    ``leaning`` ones open a sentence that needs the one before it ("Most were …", "Instead …"),
    ``hedges`` are phrases of somebody who looks for words.
    Headings say it shorter with ``trims`` (pattern and replacement), shorter still with ``shortcuts``,
    and as a topic with ``unasked``; none may match ``torn``, the pattern of a comparison whose first half
    is gone. ``gerund`` ends words that name an action; those in ``light_acts`` name none that matters.
    """

    code: str
    opening: str = "Introduction"
    lead_ins: Words = frozenset()
    asking_words: Words = frozenset()
    verbs: Words = frozenset()
    subjects: Words = frozenset()
    ordering: Words = frozenset()
    relatives: Words = frozenset()
    asking_ends: tuple[str, ...] = ()
    inverting: Words = frozenset()
    prompts: tuple[str, ...] = ()
    pleasantries: tuple[str, ...] = ()
    openers: tuple[str, ...] = ()
    ordinals: tuple[Words, ...] = ()
    counts: tuple[str, ...] = ()
    things: Words = frozenset()
    light: Words = frozenset()
    pointers: Words = frozenset()
    topic_cues: tuple[str, ...] = ()
    droppable: Words = frozenset()
    borders: Words = frozenset()
    dangling: Words = frozenset()
    embedded: Words = frozenset()
    choosing: Words = frozenset()
    existence: Words = frozenset()
    determiners: Words = frozenset()
    topic_prepositions: Words = frozenset()
    plain_verbs: Words = frozenset()
    comma_openers: Words = frozenset()
    helpers: Words = frozenset()
    naming: Words = frozenset()
    stand_ins: Words = frozenset()
    vague: Words = frozenset()
    capital_nouns: bool = False
    joints: Words = frozenset()
    replies: Words = frozenset()
    addressed: Words = frozenset()
    contrasts: Words = frozenset()
    general: Words = frozenset()
    narrators: Words = frozenset()
    leaning: Words = frozenset()
    hedges: tuple[str, ...] = ()
    summary: tuple[tuple[str, str], ...] = ()
    trims: tuple[tuple[str, str], ...] = ()
    shortcuts: tuple[tuple[str, str], ...] = ()
    unasked: tuple[tuple[str, str], ...] = ()
    torn: str = ""
    gerund: str = ""
    light_acts: Words = frozenset()

    def is_gerund(self, key: str) -> bool:
        """Whether a word, in small letters, names an action by its ending."""
        return bool(self.gerund) and key.endswith(self.gerund)


NEUTRAL = Reading("")
_WORD = regex.compile(r"[\w][\w'’.%-]*[\w%]|[\w%]")


@cache
def reading_for(code: str) -> Reading:
    """Return the reading words of a language; empty ones without a file for it."""
    return part_of(code, "reading", NEUTRAL)


def keys(text: str) -> list[str]:
    """The words of a text in small letters, without punctuation."""
    plain = text.replace("’", "'")
    if plain.isascii():
        found: list[str] = _WORD.findall(plain.casefold())
        return found
    return [word.casefold() for word in _WORD.findall(plain)]
