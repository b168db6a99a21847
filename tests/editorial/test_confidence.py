"""How likely each word is right, by its own probability and that of its neighbours."""

from __future__ import annotations

import json
from itertools import pairwise
from pathlib import Path

import pytest

from chaitime_audio.domain.correction import Replacement
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Word
from chaitime_audio.editorial import confidence
from chaitime_audio.editorial.confidence import word_confidences, written_by_hand


def words(*probabilities: float, first: int = 0) -> tuple[Word, ...]:
    """Words of 200 ms with these raw probabilities."""
    return tuple(
        Word(first + at, f"w{at}", span(200 * at, 200 * at + 200), probability)
        for at, probability in enumerate(probabilities)
    )


def test_nothing_has_no_confidence() -> None:
    """No words, no figures."""
    assert word_confidences(()) == ()


@pytest.mark.parametrize("probability", [0.0, 0.3, 1.0])
def test_a_word_alone_has_one(probability: float) -> None:
    """Without neighbours its own probability stands for theirs, and it is a probability."""
    (found,) = word_confidences(words(probability))
    assert 0.0 < found < 1.0


def test_a_likelier_word_is_likelier_right() -> None:
    """The order of raw probabilities stays, everything beside it being equal."""
    found = [word_confidences(words(0.9, own, 0.9))[1] for own in (0.05, 0.2, 0.5, 0.8, 0.95, 0.99)]
    assert all(one < other for one, other in pairwise(found))


def test_doubtful_neighbours_cast_doubt() -> None:
    """The same raw probability is worth less among words that are doubtful themselves."""
    assert word_confidences(words(0.3, 0.6, 0.3))[1] < word_confidences(words(0.99, 0.6, 0.99))[1] - 0.05


def test_only_the_words_beside_it_count() -> None:
    """What is two words off changes nothing."""
    assert word_confidences(words(0.1, 0.9, 0.7))[2] == word_confidences(words(0.9, 0.9, 0.7))[2]


def test_what_a_person_wrote_is_certain() -> None:
    """A word written by hand counts 1.0 whatever was heard, and its neighbours are the surer by it."""
    heard = words(0.8, 0.1, 0.8, first=5)
    before, after = word_confidences(heard), word_confidences(heard, frozenset({6}))
    assert after[1] == 1.0
    assert after[0] > before[0]
    assert after[2] > before[2]


def test_only_corrections_are_by_hand() -> None:
    """The glossary is not a person: words that it made are as doubtful as they were."""
    made = (
        Replacement("correction", "a", "b", (1, 2), SourceMs(0)),
        Replacement("correction by Maya", "c", "d", (4,), SourceMs(0)),
        Replacement("glossary", "e", "f", (7,), SourceMs(0)),
    )
    assert written_by_hand(made) == {1, 2, 4}


def test_the_constants_are_the_measured_ones() -> None:
    """What is in use is what ``python -m bench confidence`` found last on all real recordings."""
    measured = Path(__file__).parents[2] / "bench" / "results" / "confidence.json"
    rows = {row["name"]: row["constants"] for row in json.loads(measured.read_text(encoding="utf-8"))}
    in_use = [confidence.INTERCEPT, confidence.OWN, confidence.BESIDE]
    assert in_use == pytest.approx(rows["real, each left out"], abs=0.0006)
