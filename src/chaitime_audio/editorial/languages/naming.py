"""What naming has to know about a language; a language's ``naming.py`` holds it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

from . import part_of

_CAPITAL = r"(?:(?:[A-Z]|Dr|Prof|Mr|Mrs|Ms|St)\.|[A-ZÀ-ÞŁŚŻČŠŽ][\w'’-]*)"
_PARTICLE = (
    r"(?:das|da|del|della|dello|delle|degli|dei|den|der|des|de|di|dos|do|du|van|von|zu|het|ten|ter|te|af|av"
    r"|las|la|los|le|lo|al|el|El|bint|bin|ibn|ben|abu|y)"
)
_JOINED = r"(?:[dl]['’]|(?:al|an|ar|as|ash|el)-)?"
NAME = rf"(?P<name>{_CAPITAL}(?: (?:{_PARTICLE} ){{0,3}}{_JOINED}{_CAPITAL}){{0,3}})"
PARTICLES = frozenset(_PARTICLE[3:-1].split("|"))
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Naming:
    """Patterns with a group ``name``, and phrases, by which people make themselves known.

    ``itself``: the speaker says the own name. ``other``: the speaker presents somebody else.
    ``address``: the speaker talks to somebody by name. ``opening`` and ``closing`` are what a
    host says at the start and at the end. ``vocative``: a name that opens a sentence, as other words
    do, too. ``greetings`` (in small letters) lead up to the speaker's own name. ``no_names`` are
    capitalised words that are none; ``no_lone_names`` are none when they stand alone ("I'm German").
    In small letters: ``titles`` stand before a name, ``no_person`` are places, numbers and
    interjections, ``things`` make a name that of a thing ("Turner Institute").

    Who a guest is: ``appositions`` (patterns) open a description behind the name, ``joints`` stand
    between two names; a sentence with one of ``own_words`` describes nobody else.
    ``third_person(name, line)`` turns what a guest says of himself into a sentence about him, or "".
    """

    itself: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    vocative: tuple[str, ...] = ()
    greetings: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    no_names: frozenset[str] = frozenset()
    no_lone_names: frozenset[str] = frozenset()
    titles: frozenset[str] = frozenset()
    no_person: frozenset[str] = frozenset()
    things: frozenset[str] = frozenset()
    appositions: tuple[str, ...] = ()
    joints: tuple[str, ...] = ()
    own_words: frozenset[str] = frozenset()
    third_person: Callable[[str, str], str] | None = None

    def is_own(self, text: str) -> bool:
        """Whether a text speaks of the one who says it, or to somebody."""
        return any(word in self.own_words for word in _WORD.findall(text))


NEUTRAL = Naming()


@cache
def naming_for(code: str) -> Naming:
    """Return the naming patterns of a language; none, so that only roles speak, without a file."""
    return part_of(code, "naming", NEUTRAL)
