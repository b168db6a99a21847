"""What a person is asked, and how much of what may be wrong is settled."""

from __future__ import annotations

from dataclasses import dataclass
from math import log
from typing import Literal

from ...domain.sound import Span

Kind = Literal["name", "number", "negation", "word", "small", "border", "gap", "dropped", "people"]
WEIGHTS: dict[Kind, float] = {
    "name": 1.4,
    "number": 1.5,
    "negation": 1.3,
    "word": 1.0,
    "small": 1.0,
    "gap": 0.6,
    "dropped": 0.6,
    "border": 0.5,
    "people": 0.8,
}
"""What one that is wrong costs when it is published, beside a wrong word."""
PLACES = 0.3
"""How much more it costs for each time as many places have it."""
ANSWER_S = 4.0
"""About how long one answer takes a person: hear three seconds, press a key."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: the stretch to listen to, the words (ascending ids), and what they read."""

    span: Span
    word_ids: tuple[int, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to decide, for all its places at once.

    ``chance`` (0 to 1) is how likely something that matters is wrong there, ``why`` says what speaks for
    it, and ``suggestions`` are what may be right instead, the likeliest first.
    """

    kind: Kind
    text: str
    why: str
    chance: float
    places: tuple[Place, ...]
    suggestions: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """Names it from one derivation to the next: its kind, its first place and what it reads."""
        return f"{self.kind}:{int(self.places[0].span.start_ms)}:{self.text}"

    @property
    def risk(self) -> float:
        """What publishing it unseen costs: how likely it is wrong, times how bad that were."""
        return WEIGHTS[self.kind] * self.chance * (1 + PLACES * log(len(self.places)))


@dataclass(frozen=True, slots=True)
class Queue:
    """What is to be decided, the riskiest first, and what a person has decided already."""

    open: tuple[Item, ...]
    settled: tuple[Item, ...] = ()

    @property
    def settled_share(self) -> float:
        """The share (0 to 1) of all risk that is settled; 1 where there was none."""
        done, left = (sum(item.risk for item in items) for items in (self.settled, self.open))
        return done / (done + left) if done + left else 1.0

    @property
    def left_s(self) -> float:
        """About how many seconds a person needs for what is open."""
        return ANSWER_S * len(self.open)
