"""Whether a sentence has a verb of its own, told without a parser.

Verbs in a form with a subject are counted in groups ("would have gone" is one); each clause that is opened
inside the sentence ("who", "because", "the things we …") takes one. What is left is the sentence's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..languages.reading import Reading, keys
from ..languages.standing import Verbs

NEAR = 3
"""Within how many words a verb may belong to the helper before it."""


def has_predicate(text: str, data: Reading, verbs: Verbs) -> bool:
    """Whether a text has a verb that belongs to no clause inside it, and no half one before it."""
    sentence = parsed(text, data, verbs)
    begins = sentence.groups[0] if sentence.groups else 0
    halved = not verbs.unfinite.isdisjoint(sentence.said[:begins])
    return not halved and not sentence.stumbles and len(sentence.groups) > sentence.clauses


@dataclass(frozen=True, slots=True)
class Parsed:
    """The words of a sentence, where groups of verbs begin, how many clauses open, and if it starts anew."""

    said: tuple[str, ...]
    groups: tuple[int, ...]
    clauses: int
    stumbles: bool


def parsed(text: str, data: Reading, verbs: Verbs) -> Parsed:
    """Find the verbs and the clauses of a sentence."""
    words = [word for word in text.split() if keys(word)]
    row = _Row(
        tuple(keys(word)[-1] for word in words), tuple(word.endswith(",") for word in words), data, verbs
    )
    groups = tuple(row.groups())
    return Parsed(row.said, groups, row.opened(groups) + row.joined(groups), row.stumbles())


@dataclass(frozen=True, slots=True)
class _Row:
    """Words in small letters, behind which of them there is a comma, and what a language knows."""

    said: tuple[str, ...]
    commas: tuple[bool, ...]
    data: Reading
    verbs: Verbs

    def groups(self) -> list[int]:
        """Where groups of verbs with a subject begin."""
        found: list[int] = []
        last = -NEAR
        for at in range(len(self.said)):
            if self._finite(at):
                if not (at - last < NEAR and self._belongs(at, last)):
                    found.append(at)
                last = at
        return found

    def stumbles(self) -> bool:
        """Whether somebody starts anew behind a helper: "I'm honestly I read"."""
        verbs = self.verbs
        for at, key in enumerate(self.said):
            on = at + 1
            while self._at(on) in verbs.adverbs or self._at(on).endswith("ly"):
                on += 1
            if key.endswith(verbs.personal_ends) and not self.commas[at] and self._at(on) in verbs.contacts:
                return True
        return False

    def opened(self, groups: Sequence[int]) -> int:
        """How many clauses are opened by a word for it, and have a verb to take."""
        verbs, count = self.verbs, 0
        for at, key in enumerate(self.said):
            after = self._at(at + 1)
            unsure = key in verbs.unsure_openers and not (at + 1 in groups or after in verbs.behind_unsure)
            again = at > 1 and self.said[at - 1] in verbs.joints and self.said[at - 2] in verbs.openers
            if key in verbs.openers and after not in ("", verbs.infinitive) and not unsure and not again:
                count += any(group > at for group in groups)
        return count

    def joined(self, groups: Sequence[int]) -> int:
        """A clause joined to the first noun without a word: "the things we have"."""
        verbs = self.verbs
        if not self.said or self.said[0] not in verbs.determiners:
            return 0
        for at in range(1, len(self.said)):
            if at in groups or self.commas[at - 1] or self.said[at] in verbs.openers:
                return 0
            if self.said[at] in verbs.contacts:
                return int(any(group > at for group in groups))
        return 0

    def _at(self, place: int) -> str:
        return self.said[place] if 0 <= place < len(self.said) else ""

    def _finite(self, at: int) -> bool:
        """Whether a word is a verb in a form that has a subject."""
        verbs, key = self.verbs, self.said[at]
        before = at - 1
        while before >= 0 and (self.said[before] in verbs.adverbs or self.said[before].endswith("ly")):
            before -= 1
        prior, opens = self._at(before), before < 0 or self.commas[before]
        if self._at(at - 1) in verbs.blockers or prior in verbs.blockers:
            return False
        if key in self.data.verbs or key in verbs.certain:
            return True
        if key in verbs.bases:
            several = prior in verbs.many or (prior.endswith("s") and not prior.endswith("ss"))
            return opens or several or self._at(at - 1) in verbs.adverbs
        if opens:
            return False
        if key in verbs.thirds:
            return key not in verbs.nouns_too or prior in verbs.openers | verbs.subjects or self._goes_on(at)
        new = key not in self.data.light | verbs.adverbs and not self.data.is_gerund(key)
        return key.endswith(verbs.ends) or (new and prior in verbs.subjects)

    def _goes_on(self, at: int) -> bool:
        """Whether what stands behind a form may be its object: no preposition, no verb, not the end."""
        after = self._at(at + 1)
        if self.commas[at]:
            return self.said[0] in self.verbs.openers  # "When a pump breaks, …"
        goes = self.data.borders - {self.verbs.infinitive} | self.data.verbs | self.verbs.joints
        return after not in goes | {""}

    def _belongs(self, at: int, helper: int) -> bool:
        """Whether a form goes on with the helper before it: "have gone", "would have", "was used"."""
        verbs, key = self.verbs, self.said[at]
        helps = self.said[helper] in self.data.verbs or self.said[helper].endswith(verbs.helper_ends)
        between = self.said[helper + 1 : at]
        return (
            helps
            and key not in verbs.never_helped
            and all(one in verbs.adverbs or one in verbs.subjects for one in between)
        )
