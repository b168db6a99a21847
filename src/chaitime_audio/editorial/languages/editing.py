"""What cleaning has to know about a language; a language's ``editing.py`` holds it."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log10

from . import part_of

Words = frozenset[str]
ReadNumber = Callable[[Sequence[str], int], "tuple[int, str] | None"]
SPOKEN_MARKS = (
    ("slash", "/"),
    ("dash", "-"),
    ("hyphen", "-"),
    ("underscore", "_"),
    ("minus", "-"),
)
"""How marks of an address are said where a language has no words of its own for them."""
SOUNDS = (
    ("laugh|chuckl|giggl", "laughs"),
    ("applau", "applause"),
    ("inaudible|unintelligible", "unintelligible"),
)
"""What recognisers write for a sound, whatever the language (a pattern), and how it is printed."""
EVERYDAY_ZIPF, LISTED_ZIPF = 2.0, 1.0
"""On Zipf's scale, where 3.0 is once in a million words, 2.0 once in ten million; 1.0 is where lists end."""
_CENTIBELS_A_ZIPF, _HIGHEST_ZIPF = 100, 9


def words(*texts: str) -> Words:
    """Return the blank-separated words of some texts as a set."""
    return frozenset(" ".join(texts).split())


def phrases(text: str) -> Words:
    """Return the phrases of a text, separated by commas, as a set."""
    return frozenset(" ".join(item.split()) for item in text.split(",") if item.strip())


@dataclass(frozen=True)
class Editing:
    """Words and phrases that cleaning looks for, in small letters with straight apostrophes.

    ``fillers`` always go; ``noises`` are listening noises, which become ``yes`` when they answer
    a question (``refusals`` become ``no``); ``agreement`` are words said while listening.
    ``asides`` go where commas set them off, unless one of ``aside_guards`` precedes them;
    ``bare_asides`` go without commas too, all but their first word; ``lone_agreement`` goes as a
    sentence between others. ``tags`` are questions nobody is meant to answer ("right?").
    ``corrections`` stand between a false start and what replaces it.
    ``stutters`` are small words whose repetition means nothing; ``doubles`` may stand twice by
    grammar; ``emphasis`` is repeated on purpose, as are ``refrains`` and words with one of
    ``intensive_ends`` ("really, really"); ``objects`` may end one
    clause and open the next ("look at it, it works"). ``unfinished`` words cannot end a clause.
    ``negations`` turn a sentence round. No sentence ends behind one of the ``hanging`` words ("the"), and
    none begins with one of ``continuing`` ("such as"), which go on with the one before.
    An empty phrase means something behind one of ``comparing``; ``profanity`` is masked on demand.
    ``comma_before``, ``comma_after`` and ``comma_behind`` keep a comma, and so do
    ``clause_subjects`` behind one of ``corrections``.
    ``ranges`` stand between two numbers ("five to ten percent"), ``magnitudes``
    behind one; of two ``articles`` in a row the first is a slip.
    ``units`` are fillers and noises that measure something behind a number or one of ``unit_cues``,
    ``digit_units`` behind figures alone.
    ``openers`` may open a sentence without meaning anything, but not before ``opener_guards``;
    ``empty_openers`` mean nothing before a comma at the start of a turn.
    ``marks`` are words for the marks of an address; ``sounds`` patterns of what stands in brackets.
    ``common_words`` are words of every day, which the glossary never takes for a misheard name;
    ``sounds_english`` lets it compare names by their English sound, too. ``amounts`` are words that
    say how much. In print: ``quotes`` open and close a quotation, ``mark_inside`` puts the mark that
    ends a sentence before the closing one, ``percent_gap`` stands before a percent sign, ``elided``
    words lack letters before their apostrophe ("'cause"); ``print_date`` writes a day out. ``gap`` stands
    before the ``gapped`` marks; ``openings`` are closing marks with those that open a sentence (¿, ¡).
    """

    code: str
    fillers: Words = frozenset()
    noises: Words = frozenset()
    refusals: Words = frozenset()
    yes: str = ""
    no: str = ""
    agreement: Words = frozenset()
    asides: Words = frozenset()
    aside_guards: Words = frozenset()
    bare_asides: Words = frozenset()
    lone_agreement: Words = frozenset()
    tags: Words = frozenset()
    corrections: Words = frozenset()
    stutters: Words = frozenset()
    doubles: Words = frozenset()
    emphasis: Words = frozenset()
    refrains: Words = frozenset()
    intensive_ends: tuple[str, ...] = ()
    unfinished: Words = frozenset()
    negations: Words = frozenset()
    hanging: Words = frozenset()
    continuing: Words = frozenset()
    comparing: Words = frozenset()
    profanity: Words = frozenset()
    comma_before: Words = frozenset()
    comma_after: Words = frozenset()
    comma_behind: Words = frozenset()
    clause_subjects: Words = frozenset()
    objects: Words = frozenset()
    openers: Words = frozenset()
    opener_guards: Words = frozenset()
    empty_openers: Words = frozenset()
    abbreviations: Words = frozenset()
    capitals: Words = frozenset()
    percent: Words = frozenset()
    ranges: Words = frozenset()
    magnitudes: Words = frozenset()
    articles: Words = frozenset()
    money: tuple[tuple[str, str], ...] = ()
    scales: Words = frozenset()
    dot: str = ""
    slash: str = ""
    reductions: tuple[tuple[str, str], ...] = ()
    read_number: ReadNumber | None = None
    small_value: Callable[[str], int | None] | None = None
    units: Words = frozenset()
    digit_units: Words = frozenset()
    unit_cues: Words = frozenset()
    marks: tuple[tuple[str, str], ...] = SPOKEN_MARKS
    sounds: tuple[tuple[str, str], ...] = SOUNDS
    common_words: Words = frozenset()
    sounds_english: bool = False
    amounts: Words = frozenset()
    quotes: tuple[str, str] = ("“", "”")
    mark_inside: bool = False
    percent_gap: str = ""
    elided: Words = frozenset()
    gap: str = ""
    gapped: str = ""
    openings: tuple[tuple[str, str], ...] = ()
    print_date: Callable[[dt.date], str] = dt.date.isoformat


NEUTRAL = Editing("")


@cache
def editing_for(code: str) -> Editing:
    """Return the editing words of a language; empty ones (language-free steps only) without a file."""
    return part_of(code, "editing", NEUTRAL)


@cache
def common_words(language: str, least_zipf: float) -> Words:
    """Return the words of a language that are at least so common, in small letters, by wordfreq's lists.

    Empty for a language of which there is no list that goes as far down; of such a language nothing is
    known, and callers go by other signs. The data of wordfreq is CC BY-SA 4.0.
    """
    import wordfreq

    known = wordfreq.available_languages("large")
    code = re.split(r"[-_]", language.lower())[0]
    if code not in known:
        return frozenset()
    buckets = wordfreq.get_frequency_list(code, "large")
    most = round((_HIGHEST_ZIPF - least_zipf) * _CENTIBELS_A_ZIPF)
    return frozenset(word for bucket in buckets[: most + 1] for word in bucket)


def zipf(word: str, language: str) -> float:
    """How common a word (in small letters) is: 3.0 once in a million words, 0.0 for one that no list has.

    Of a language without a list every word counts as common (9.0), as nothing is known. wordfreq's data is
    CC BY-SA 4.0.
    """
    found = _frequencies(language)
    share = found.get(word, 0.0)
    return float(_HIGHEST_ZIPF) if not found else log10(share) + _HIGHEST_ZIPF if share else 0.0


@cache
def _frequencies(language: str) -> Mapping[str, float]:
    import wordfreq

    code = re.split(r"[-_]", language.lower())[0]
    listed = wordfreq.available_languages("best")
    found: Mapping[str, float] = wordfreq.get_frequency_dict(code, "best") if code in listed else {}
    return found
