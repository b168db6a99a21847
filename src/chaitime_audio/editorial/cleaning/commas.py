"""Which comma stays when what stood behind it was left out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .tokens import Token


@dataclass(frozen=True, slots=True)
class Commas:
    """Where a comma stays although what stood behind it went.

    ``before``: words that a comma precedes (and, which); ``after``: words that open a clause
    which a comma closes (when, if); ``behind``: words that stand alone before one (well, yes);
    ``phrases`` separate two clauses (I mean) where one of ``subjects`` opens the second; a clause
    that broke off on one of ``unfinished`` is parted from one that begins alike; ``asides`` of
    several words part two clauses where the first one is whole ("I love it, you know, I do");
    between two of which ``number`` tells the value it counts ("two, um, three").
    """

    before: frozenset[str] = frozenset()
    after: frozenset[str] = frozenset()
    behind: frozenset[str] = frozenset()
    phrases: frozenset[str] = frozenset()
    subjects: frozenset[str] = frozenset()
    unfinished: frozenset[str] = frozenset()
    asides: frozenset[str] = frozenset()
    number: Callable[[str], int | None] | None = None

    def stays(self, out: list[Token], gone: tuple[Token, ...], following: Token) -> bool:
        """Whether the comma behind the last kept token stays."""
        head = _clause(out)
        called = len(head) == 2 and len(head[1].core) > 1 and head[1].core[:1].isupper()
        alone = (len(head) == 1 or called) and head[0].key in self.behind
        if len(head) == 1 and not alone and head[0].key in self.before:
            return False
        joins = head[0].key in self.after or following.key in self.before or '"' in following.lead
        said = " ".join(token.key for token in gone)
        whole = head[-1].key not in self.unfinished and any(token.key in self.subjects for token in head[:-1])
        phrase = following.key in self.subjects and (
            said in self.phrases or (whole and len(gone) > 1 and said in self.asides)
        )
        anew = len(head) > 1 and head[-1].key in self.unfinished and following.key == head[0].key
        counts = self._counts(head[-1].key, following.key)
        return alone or joins or anew or counts or (phrase and len(head) > 1)

    def _counts(self, left: str, right: str) -> bool:
        """Whether two numbers stand side by side that are not one ("twenty, um, five")."""
        first, second = (self.number(key) if self.number else None for key in (left, right))
        if first is None or second is None:
            return False
        return not (first >= 20 and first % 10 == 0 and second < 10)


def _clause(tokens: list[Token]) -> list[Token]:
    """The clause that the last token closes."""
    start = len(tokens) - 1
    while start > 0 and not tokens[start - 1].pauses:
        start -= 1
    return tokens[start:]
