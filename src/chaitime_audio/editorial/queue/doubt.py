"""How likely each word is wrong: the recogniser's own doubt, and what kind of word it is.

A word that is rare in its language is wrong more often than its probability says, and a name that is rare
nearly always: the recogniser has never seen it written. The constants are those of a logistic regression
on recordings whose words are known (``python -m bench queue`` fits and judges them).
"""

from __future__ import annotations

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from math import exp

from ...domain.scripts import ends_sentence
from ...domain.speech import Word
from ..confidence import MOST, beside, log_odds
from ..languages.editing import zipf
from ..languages.naming import naming_for
from ..languages.reading import Reading, keys, reading_for

COMMON_ZIPF, COMMON_NAME_ZIPF, LEAST_ZIPF = 4.0, 4.5, 1.0
"""Words at least so common are not rare at all; below the last all are equally rare."""
Sign = tuple[float, float, float, float]
WORD_ZIPF = 2.5
"""A word that begins a sentence is no name if its small letters are a word so common."""


@dataclass(frozen=True, slots=True)
class Constants:
    """The log-odds of being wrong: for signs of 0, and per unit of each of the `signs`."""

    intercept: float
    own: float
    beside: float
    rare: float
    name: float

    def wrong(self, sign: Sign) -> float:
        """Return how likely (0 to 1) a word with these signs is wrong."""
        own, near, rare, strange = sign
        odds = self.intercept + self.own * own + self.beside * near + self.rare * rare + self.name * strange
        return 1 / (1 + exp(-odds))


FITTED = Constants(-0.81, -0.81, -0.25, 0.06, 0.88)


@dataclass(frozen=True, slots=True)
class Doubted:
    """A word in its place in the talk: its letters, how likely it is wrong (0 to 1), and what it is."""

    word: Word
    key: str
    wrong: float
    name: bool
    number: bool
    weighty: bool


def signs(words: Sequence[Word], language: str, certain: AbstractSet[int] = frozenset()) -> list[Sign]:
    """Return by word what the regression looks at: log-odds, those on both sides, rareness, as a name."""
    odds = [log_odds(MOST if word.id in certain else word.probability) for word in words]
    named = named_words(words, language)
    found = []
    for at, word in enumerate(words):
        common = zipf(_key(word), language)
        rare = max(0.0, COMMON_ZIPF - max(common, LEAST_ZIPF))
        strange = max(0.0, COMMON_NAME_ZIPF - max(common, LEAST_ZIPF)) if named[at] else 0.0
        found.append((odds[at], beside(odds, at), rare, strange))
    return found


def doubted(
    words: Sequence[Word],
    language: str,
    known: AbstractSet[str],
    certain: AbstractSet[int] = frozenset(),
    constants: Constants = FITTED,
) -> list[Doubted]:
    """Judge the words of a talk, in order of time.

    Those whose letters are in ``known`` are spelt as they should be; of those whose ids are in ``certain`` a
    person has said that they are right.
    """
    data, named = reading_for(language), named_words(words, language)
    found = []
    for at, (word, sign) in enumerate(zip(words, signs(words, language, certain), strict=True)):
        key = _key(word)
        own, near, rare, strange = sign if key not in known else (*sign[:2], 0.0, 0.0)
        wrong = constants.wrong((own, near, rare, strange))
        sure = word.id in certain
        name = named[at] and key not in known and not sure
        number = any(char.isdigit() for char in word.text)
        found.append(Doubted(word, key, 0.0 if sure else wrong, name, number, _weighty(key, data)))
    return found


def named_words(words: Sequence[Word], language: str) -> list[bool]:
    """Whether each word is written as a name: a capital that neither a sentence nor the language explains."""
    data = reading_for(language)
    titles = naming_for(language).titles
    capital = [
        _capital(word.text) and not _speaks(key := _key(word), data) and key not in titles for word in words
    ]
    opens = [not at or ends_sentence(words[at - 1].text) for at in range(len(words))]
    inside = {_key(word) for at, word in enumerate(words) if capital[at] and not opens[at]}
    found: list[bool] = []
    for at in reversed(range(len(words))):  # a name at the start of a sentence shows by the one behind it
        key = _key(words[at])
        before_name = bool(found) and found[-1] and not ends_sentence(words[at].text)
        plain = data.capital_nouns or (opens[at] and key not in inside and not before_name)
        found.append(capital[at] and not (plain and zipf(key, language) >= WORD_ZIPF))
    return found[::-1]


def _speaks(key: str, data: Reading) -> bool:
    """Whether a word is one that has its capital for another reason: "I'm", or a sentence that was run on."""
    return not key or key in data.addressed | data.light | data.verbs or key.partition("'")[0] == "i"


def _capital(text: str) -> bool:
    bare = text.lstrip("“”\"'‘’([{¿¡«„—–-")
    return bare[:1].isupper()


def _weighty(key: str, data: Reading) -> bool:
    return bool(key) and key not in data.light and key not in data.verbs


def _key(word: Word) -> str:
    """The letters of a word, small, without a genitive "'s"."""
    found = keys(word.text)
    return "-".join(found).removesuffix("'s") if found else ""
