"""What may be printed large: sentences that are whole, stand alone, and were surely heard.

Quotes, claims, titles, chapters, clips and the summary are what everybody reads, so they take only what
passes here; where too little does, fewer are printed, and that is said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.episode import Notes
from ...domain.scripts import CLOSING, sentences
from ..certainty import CERTAIN, Certainty
from ..languages.reading import Reading, keys, reading_for
from ..languages.standing import Standing, standing_for
from .predicate import has_predicate, parsed
from .ranking import Point

FEWEST_A_QUARTER = 2
QUARTER_MS = 15 * 60_000
CLOSE = (2, 3)
LOOKED_AT, HEARD_AT, SHORTEST = 8, 2, 3
"""How many first words may point back to what was said before, and of a clip's; shorter ones name nothing."""


@dataclass(frozen=True, slots=True)
class Gate:
    """What is asked of a line in a language, and how sure the words of the talk are.

    ``doubtful`` are words with weight that were surely heard nowhere.
    """

    certainty: Certainty
    data: Reading
    standing: Standing
    doubtful: frozenset[str] = frozenset()

    def passes(self, points: Sequence[Point], text: str) -> bool:
        """Whether a run of sentences may be printed large as one line."""
        ids = [number for point in points for number in point.word_ids]
        return self.stands(text) and self.certainty.sure(ids, self.data)

    def clips(self, points: Sequence[Point]) -> bool:
        """Whether a run may be cut out as sound: it begins on its own, ends, and was heard well enough."""
        ids = [number for point in points for number in point.word_ids]
        begins, last = self._begins(points[0].text, HEARD_AT), points[-1].text
        return begins and _ends(last) and self.certainty.audible(ids, self.data)

    def stands(self, text: str) -> bool:
        """Whether a text is whole and needs nothing that was said before it."""
        return self._begins(text) and _ends(text) and all(map(self._whole, sentences(text)))

    def words(self, line: str) -> str:
        """Return why a line in words of somebody else must not be printed large; empty when it may."""
        unsure = next((key for key in keys(line) if key in self.doubtful), "")
        if unsure:
            return f"“{unsure}” was not surely heard"
        return "" if self.stands(line) else "it does not stand alone"

    def heads(self, title: str) -> bool:
        """Whether a heading may be printed: surely heard, no half sentence, nothing it leans on."""
        said, standing = keys(title), self.standing
        if not said or not self.doubtful.isdisjoint(said) or said[0] in standing.leaning:
            return False
        if (
            self._run_together(title)
            or self._points_back(said[:LOOKED_AT])
            or not standing.debris.isdisjoint(said)
        ):
            return False
        asks = title.endswith("?")
        inside = asks or bool(parsed(title, self.data, standing.verbs).groups)
        if said[-1] in standing.bound or (said[-1] in standing.stranded and not inside):
            return False
        questioning = asks or said[0] in self.data.embedded | self.data.asking_words
        return questioning or standing.relative.isdisjoint(said[1:])

    def _begins(self, text: str, looked_at: int = LOOKED_AT) -> bool:
        """Whether it begins like a sentence, and one that does not lean on another."""
        said = keys(text)
        if not said or text.lstrip("“„\"'(")[:1].islower():
            return False
        if said[0] in self.standing.leaning or said[0] in self.data.pointers or said[0] in self.data.replies:
            return False
        head = " ".join(said[:4])
        if any(head == part or head.startswith(f"{part} ") for part in self.standing.fragments):
            return False
        return not self._points_back(said[:looked_at])

    def _points_back(self, said: list[str]) -> bool:
        """Whether "it", "they", "he" stands before anything it could mean."""
        standing, data = self.standing, self.data
        single = standing.person_stand_ins | data.stand_ins - standing.plural_stand_ins
        for at, key in enumerate(said):
            before = said[:at]
            if key in standing.plural_stand_ins:
                return not any(map(self._several, before))
            if key in single and at in CLOSE and said[0] in standing.verbs.determiners:
                return True  # "The machine it belonged to": what is "it"?
            if key in single:
                return not any(self._names(before, place) for place in range(at))
        return False

    def _names(self, said: list[str], at: int) -> bool:
        """Whether a word may be a noun: it has weight, and is no verb, or stands behind an article."""
        key, verbs = said[at], self.standing.verbs
        if key in self.standing.several:
            return True
        verbal = key in verbs.bases | verbs.certain or self.data.is_gerund(key)
        verbal = verbal and (not at or said[at - 1] not in verbs.blockers)
        return key not in self.data.light and key not in self.data.verbs and not verbal

    def _several(self, key: str) -> bool:
        """Whether a word may be what "they" means."""
        standing, data = self.standing, self.data
        if key in standing.several or not standing.plural_ends:
            return True
        return (
            key.endswith(standing.plural_ends) and key not in data.light | data.verbs and len(key) > SHORTEST
        )

    def _whole(self, text: str) -> bool:
        """Whether a sentence has a verb of its own, and nothing is broken off or looked for in it."""
        said, standing = keys(text), self.standing
        if not said or self._run_together(text):
            return False
        if said[-1] in standing.bound or not standing.debris.isdisjoint(said[1:]):
            return False
        stuck = standing.bound | standing.stranded
        paused = (part for word in text.split() if word.endswith(",") for part in keys(word)[-1:])
        if not stuck.isdisjoint(paused):  # "about the, what you say"
            return False
        verbs = standing.verbs
        if not verbs.certain:
            return said[-1] not in standing.stranded
        if said[-1] in self.data.verbs and len(said) > 1 and said[-2] in verbs.openers:  # "what is."
            return False
        found = parsed(text, self.data, verbs)
        if said[-1] in standing.stranded and len(found.groups) < 2:
            return False
        return has_predicate(text, self.data, verbs) and said[0] not in self.data.verbs

    def _run_together(self, text: str) -> bool:
        """Whether another sentence begins in the middle without an end of the one before: "pay And they"."""
        row = text.split()
        for before, word, after in zip(row, row[1:], [*row[2:], ""], strict=False):
            ended = before.rstrip(CLOSING)[-1:] in ".!?:—…" or word[:1] in "“„\"'("
            named = after[:1].isupper() and after != "I" and not after.startswith("I’")
            begins = word[:1].isupper() and "".join(keys(word)[:1]) in self.standing.joining
            if begins and not ended and not named:
                return True
        return False


def gate_for(language: str, certainty: Certainty = CERTAIN) -> Gate:
    """Return the gate of a language; what it has no words for is not asked."""
    data = reading_for(language)
    return Gate(certainty, data, standing_for(language), certainty.doubtful(data))


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
