"""What may be printed large: sentences that are whole, stand alone, and were surely heard.

Quotes, claims, clips and the line of the summary are what everybody reads, so they take only what passes
here; where too little does, fewer are printed, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.episode import Notes
from ...domain.scripts import CLOSING
from ..certainty import CERTAIN, Certainty
from ..languages.reading import Reading, keys, reading_for
from ..languages.standing import Standing, standing_for
from .ranking import Point

FEWEST_A_QUARTER = 2
QUARTER_MS = 15 * 60_000
LOOKED_AT = 8
"""How many of its first words may point back to what was said before."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of a line in a language, and how sure the words of the talk are."""

    certainty: Certainty
    data: Reading
    standing: Standing

    def passes(self, points: Sequence[Point], text: str) -> bool:
        """Whether a run of sentences may be printed large as one line."""
        ids = [number for point in points for number in point.word_ids]
        return self.stands(text) and self.certainty.sure(ids, self.data)

    def clips(self, points: Sequence[Point]) -> bool:
        """Whether a run may be cut out as sound: it begins on its own, ends, and was heard well enough."""
        ids = [number for point in points for number in point.word_ids]
        begins, last = self._begins(points[0].text), points[-1].text
        return begins and _ends(last) and self.certainty.audible(ids, self.data)

    def stands(self, text: str) -> bool:
        """Whether a text is whole and needs nothing that was said before it."""
        return self._begins(text) and _ends(text) and self._says_something(text)

    def _begins(self, text: str) -> bool:
        """Whether it begins like a sentence, and one that does not lean on another."""
        said = keys(text)
        if not said or text.lstrip("“„\"'(")[:1].islower():
            return False
        if said[0] in self.standing.leaning or said[0] in self.data.pointers or said[0] in self.data.replies:
            return False
        head = " ".join(said[:4])
        if any(head == part or head.startswith(f"{part} ") for part in self.standing.fragments):
            return False
        return not self._points_back(said)

    def _points_back(self, said: list[str]) -> bool:
        """Whether "it", "they", "he" stands before anything it could mean."""
        standing, data = self.standing, self.data
        several = standing.plural_stand_ins | standing.person_stand_ins | data.stand_ins
        for at, key in enumerate(said[:LOOKED_AT]):
            if key in several:
                before = said[:at]
                named = [word for word in before if word not in data.light and word not in data.verbs]
                return not named
        return False

    def _says_something(self, text: str) -> bool:
        """Whether there is a verb of a finite form, and nothing is broken off or looked for in it."""
        said, standing = keys(text), self.standing
        if not standing.finite:
            return True
        if said[-1] in standing.bound or not standing.debris.isdisjoint(said[1:]):
            return False
        paused = (part for word in text.split() if word.endswith(",") for part in keys(word)[-1:])
        if not standing.bound.isdisjoint(paused):  # "about the, what you say"
            return False
        verbs = [
            key
            for key in said
            if key in standing.finite | standing.unfinite | self.data.verbs
            or key.endswith(standing.finite_ends)
        ]
        return bool(verbs) and verbs[0] not in standing.unfinite and said[0] not in self.data.verbs


def gate_for(language: str, certainty: Certainty = CERTAIN) -> Gate:
    """Return the gate of a language; what it has no words for is not asked."""
    return Gate(certainty, reading_for(language), standing_for(language))


def sparse(notes: Notes, talk_ms: int) -> tuple[str, ...]:
    """Return a sentence where fewer quotes or claims than usual were sure enough, and none where not.

    What a person decided is as many as they want.
    """
    wanted = FEWEST_A_QUARTER * max(1, round(talk_ms / QUARTER_MS)) if talk_ms >= QUARTER_MS / 3 else 0
    found = {"quote": len(notes.quotes), "claim": len(notes.claims)}
    few = [
        f"{count or 'no'} {name}{'' if count == 1 else 's'}"
        for name, count in found.items()
        if count < wanted and f"{name}s" not in notes.own
    ]
    if not few:
        return ()
    return (f"{' and '.join(few)} printed large: few sentences were surely heard, are whole and stand alone",)


def _ends(text: str) -> bool:
    bare = text.rstrip(CLOSING)
    return bare.endswith((".", "!", "。", "！", "।")) and not bare.endswith(("...", "…"))
