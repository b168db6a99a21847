"""What tells whether a sentence stands alone and is whole; a language's ``standing.py`` holds it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from . import part_of
from .editing import Words


@dataclass(frozen=True)
class Verbs:
    """Verbs in forms that have a subject, and what tells them from the nouns that look like them.

    ``bases`` ("serve") need a subject of many before them, or none at the very start; ``thirds`` ("serves")
    any; those that are ``nouns_too`` ("reports") need, besides, something behind them. ``certain`` forms
    ("wrote", "they've") and words with one of the ``ends`` ("ed") stand for themselves. No form counts behind
    one of ``blockers`` ("the", "to"). Behind ``subjects`` ("we", "who") any word with weight is a verb.

    ``openers`` ("who", "because") begin a clause of their own, which takes a verb; ``unsure_openers``
    ("that") only before a verb or one of ``behind_unsure``, and none before an ``infinitive`` ("how to").
    Helpers (`Reading.verbs`, and what ends in ``helper_ends``) are one with the verb behind them, if that
    is none of ``never_helped``. ``determiners`` open a name for something that a clause without an opener,
    beginning with one of ``contacts``, may follow ("the things we have"); behind one of ``personal_ends``
    ("I'm") none of them goes on.
    """

    bases: Words = frozenset()
    thirds: Words = frozenset()
    nouns_too: Words = frozenset()
    certain: Words = frozenset()
    ends: tuple[str, ...] = ()
    unfinite: Words = frozenset()
    blockers: Words = frozenset()
    subjects: Words = frozenset()
    many: Words = frozenset()
    openers: Words = frozenset()
    unsure_openers: Words = frozenset()
    behind_unsure: Words = frozenset()
    infinitive: str = ""
    joints: Words = frozenset()
    helper_ends: tuple[str, ...] = ()
    personal_ends: tuple[str, ...] = ()
    never_helped: Words = frozenset()
    contacts: Words = frozenset()
    adverbs: Words = frozenset()
    determiners: Words = frozenset()


@dataclass(frozen=True)
class Standing:
    """Words and phrases, in small letters with straight apostrophes.

    ``fragments`` open half a sentence ("in part", "including"); ``leaning`` words open one that needs the
    sentence before it ("however"). ``bound`` words cannot stand before a comma or at the end ("the");
    ``stranded`` ones ("of") may end a sentence with a clause inside it only. ``debris`` is what is said while
    looking for words ("yeah" in the middle). ``joining`` words with a capital in the middle of a sentence
    ("They") begin another one. A language without ``verbs`` is not asked for a predicate.

    ``plural_stand_ins`` are pronouns that need a noun of many before them: one that ends in one of
    ``plural_ends``, or is one of ``several`` ("people", "team", "everybody"); ``person_stand_ins`` need any.
    ``relative`` words join a clause to somebody; a heading with one names too little.
    """

    fragments: tuple[str, ...] = ()
    leaning: Words = frozenset()
    bound: Words = frozenset()
    stranded: Words = frozenset()
    debris: Words = frozenset()
    joining: Words = frozenset()
    verbs: Verbs = field(default_factory=Verbs)
    plural_stand_ins: Words = frozenset()
    plural_ends: tuple[str, ...] = ()
    several: Words = frozenset()
    person_stand_ins: Words = frozenset()
    relative: Words = frozenset()


NEUTRAL = Standing()


@cache
def standing_for(code: str) -> Standing:
    """Return the words of a language; none without a file for it: less is then asked of a sentence."""
    return part_of(code, "standing", NEUTRAL)
