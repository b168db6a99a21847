"""What tells whether a sentence stands alone and is whole; a language's ``standing.py`` holds it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from . import part_of
from .editing import Words


@dataclass(frozen=True)
class Standing:
    """Words and phrases, in small letters with straight apostrophes.

    ``fragments`` open half a sentence ("in part", "including"); ``leaning`` words open one that needs the
    sentence before it ("however"). ``bound`` words cannot stand before a comma or at the end ("the", "of");
    ``debris`` is what is said while looking for words ("yeah" in the middle). ``finite`` are verbs in a form
    that has a subject, ``finite_ends`` their endings; ``unfinite`` ones ("being") make half a sentence when
    no other verb stands before them. A language without them is not asked for a predicate.

    ``plural_stand_ins`` and ``person_stand_ins`` are pronouns that need a noun before them.
    """

    fragments: tuple[str, ...] = ()
    leaning: Words = frozenset()
    bound: Words = frozenset()
    debris: Words = frozenset()
    finite: Words = frozenset()
    finite_ends: tuple[str, ...] = ()
    unfinite: Words = frozenset()
    plural_stand_ins: Words = frozenset()
    person_stand_ins: Words = frozenset()


NEUTRAL = Standing()


@cache
def standing_for(code: str) -> Standing:
    """Return the words of a language; none without a file for it: less is then asked of a sentence."""
    return part_of(code, "standing", NEUTRAL)
