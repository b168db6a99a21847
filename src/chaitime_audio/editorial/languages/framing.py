"""What frames a talk and is no part of it: sponsors' messages. A language's ``framing.py`` has the words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from . import part_of


@dataclass(frozen=True)
class Framing:
    """Phrases in small letters with straight apostrophes, and titles of chapters.

    ``announcing`` ones say that a sponsor comes ("brought to you by"), ``offering`` ones what listeners get
    ("promo code"), ``returning`` ones that the talk goes on.
    """

    announcing: tuple[str, ...] = ()
    offering: tuple[str, ...] = ()
    returning: tuple[str, ...] = ()
    sponsor: str = "Sponsor"
    resumed: str = "Back to the conversation"
    goodbye: str = "Goodbye"


NEUTRAL = Framing()


@cache
def framing_for(code: str) -> Framing:
    """Return the words of a language; none without a file for it: only a person marks a sponsor then."""
    return part_of(code, "framing", NEUTRAL)
