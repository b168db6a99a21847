"""What naming has to know about a language; one file per language holds it (``_naming_en.py`` …)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from . import module_of

_CAPITAL = r"(?:(?:[A-Z]|Dr|Prof|Mr|Mrs|Ms|St)\.|[A-ZÀ-ÞŁŚŻČŠŽ][\w'’-]*)"
_PARTICLE = r"(?:de|da|van|von|der|den|la|le|del|al|bin)"
NAME = rf"(?P<name>{_CAPITAL}(?: (?:{_PARTICLE} )?{_CAPITAL}){{0,3}})"


@dataclass(frozen=True)
class Naming:
    """Patterns with a group ``name``, and phrases, by which people make themselves known.

    ``itself``: the speaker says the own name. ``other``: the speaker presents somebody else.
    ``address``: the speaker talks to somebody by name. ``opening`` and ``closing`` are what a
    host says at the start and at the end. ``no_names`` are capitalised words that are none;
    ``no_lone_names`` are none when they stand alone ("I'm German").
    """

    itself: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    address: tuple[str, ...] = ()
    opening: tuple[str, ...] = ()
    closing: tuple[str, ...] = ()
    no_names: frozenset[str] = frozenset()
    no_lone_names: frozenset[str] = frozenset()


@cache
def naming_for(code: str) -> Naming:
    """Return the naming patterns of a language; none, so that only roles speak, without a file."""
    module = module_of(code, "naming")
    if module is None:
        return Naming()
    found: Naming = module.NAMING
    return found
