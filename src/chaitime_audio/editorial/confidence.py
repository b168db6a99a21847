"""How likely each word is right: the recogniser's probability, calibrated on real conversations.

Whisper's own probability of a word is too low where it is nearly sure and says nothing of the words
beside it. A logistic regression (Platt scaling, Platt 1999, with one more term) on the log-odds of the
word and on the mean log-odds of its two neighbours mends both. ``python -m bench confidence`` fits it
on recordings whose words are known, tells how good it is on recordings left out, and checks these constants.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from math import exp, log

from ..domain.correction import Replacement
from ..domain.speech import Word

INTERCEPT, OWN, BESIDE = 0.986, 0.746, 0.191
"""For log-odds of 0, per log-odds of the word, and per mean log-odds of those beside it."""
LEAST, MOST = 0.01, 0.999
"""A raw probability outside these says no more than they do."""
BY_HAND = "correction"


def word_confidences(words: Sequence[Word], certain: AbstractSet[int] = frozenset()) -> tuple[float, ...]:
    """Return for each word, in the order given, how likely it is what was said (0 to 1).

    ``words`` are in order of time, as in a transcript. ``certain`` are the ids of words that a person
    wrote or confirmed (see `written_by_hand`): they count 1.0, and their neighbours gain by them.
    """
    odds = [log_odds(MOST if word.id in certain else word.probability) for word in words]
    return tuple(
        1.0 if word.id in certain else calibrated(odds[at], beside(odds, at)) for at, word in enumerate(words)
    )


def written_by_hand(replacements: Iterable[Replacement]) -> frozenset[int]:
    """Return the ids of the words that a person's corrections made, out of all that was replaced."""
    return frozenset(
        number for item in replacements if item.rule.startswith(BY_HAND) for number in item.word_ids
    )


def calibrated(own: float, near: float) -> float:
    """Return the probability of being right by the log-odds of a word and of those beside it."""
    return 1 / (1 + exp(-(INTERCEPT + OWN * own + BESIDE * near)))


def log_odds(probability: float) -> float:
    """Return ln(p / (1 - p)) of a probability, which is first brought between `LEAST` and `MOST`."""
    held = min(max(probability, LEAST), MOST)
    return log(held / (1 - held))


def beside(odds: Sequence[float], at: int) -> float:
    """Return the mean log-odds of the words before and after one; at an end its own stand for the missing."""
    before = odds[at - 1] if at else odds[at]
    after = odds[at + 1] if at + 1 < len(odds) else odds[at]
    return (before + after) / 2
