"""How sure each word is, and whether that is enough to print a line large.

What a word's chance of being right is, `confidence` says; here is how much is asked of the words of a line.
The limits were set on recordings whose words were written down (docs/notes.md, `python -m bench printed`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ..domain.correction import Replacement
from ..domain.speech import Utterance
from .confidence import word_confidences, written_by_hand
from .languages.reading import Reading, keys

WEIGHTY, ANY, MOST_WRONG = 0.85, 0.85, 0.6
"""The least chance of a word with weight and of any other, and how many wrong words a line may be worth."""
AUDIBLE = 0.4
"""The least chance of a word with weight in a clip, which is heard rather than read."""


@dataclass(frozen=True, slots=True)
class Certainty:
    """The chance (0-1) of each word, by id, and what it reads; a word that is not in it is certain."""

    chances: Mapping[int, float] = field(default_factory=dict)
    texts: Mapping[int, str] = field(default_factory=dict)

    def sure(self, word_ids: Iterable[int], data: Reading) -> bool:
        """Whether words are sure enough, one by one and together, to be printed large."""
        wrong = 0.0
        for number in word_ids:
            chance = self.chances.get(number, 1.0)
            wrong += 1.0 - chance
            if chance < (WEIGHTY if self._weighty(number, data) else ANY):
                return False
        return wrong <= MOST_WRONG

    def audible(self, word_ids: Iterable[int], data: Reading) -> bool:
        """Whether words are sure enough to be cut out as sound."""
        return all(
            self.chances.get(number, 1.0) >= AUDIBLE for number in word_ids if self._weighty(number, data)
        )

    def doubtful(self, data: Reading) -> frozenset[str]:
        """Words with weight, in small letters, that were heard surely nowhere."""
        sure, unsure = set[str](), set[str]()
        for number, text in self.texts.items():
            held = sure if self.chances.get(number, 1.0) >= WEIGHTY else unsure
            held.update(keys(text))
        return frozenset(unsure - sure - data.light)

    def _weighty(self, number: int, data: Reading) -> bool:
        """Whether a word matters; one whose text is not known does."""
        said = keys(self.texts.get(number, ""))
        return not said or any(key not in data.light and key not in data.verbs for key in said)


CERTAIN = Certainty()


def certainty_of(
    spoken: Iterable[Utterance],
    replacements: Iterable[Replacement] = (),
    kept: frozenset[int] = frozenset(),
) -> Certainty:
    """Return how sure the words of a talk are; those that a person corrected or wants kept are certain."""
    heard = sorted((word for item in spoken for word in item.words), key=lambda word: word.span.start_ms)
    chances = word_confidences(heard, written_by_hand(replacements) | kept)
    by_id = {word.id: chance for word, chance in zip(heard, chances, strict=True)}
    return Certainty(by_id, {word.id: word.text for word in heard})
