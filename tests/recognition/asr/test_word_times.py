"""Word times: inside the recording, in order, long enough to hear, out of pauses."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.recognition.asr.windowed.word_times import (
    LONGEST_WORD_MS,
    coverage,
    holes,
    mend_times,
    pauses_between,
    stray,
)


@pytest.mark.parametrize("seed", range(40))
def test_any_times_become_sane_times(seed: int) -> None:
    """Whatever a model claims, words end up inside the recording, in order, and at least 20 ms long."""
    chance, end_ms = random.Random(seed), 60_000
    claimed = []
    for at in range(200):
        start = chance.randint(-500, 61_000) if chance.random() < 0.2 else at * 300
        claimed.append((f"w{at}", start, start + chance.choice((-80, 0, 5, 250, 3_800)), 0.5))
    spans = [span(a, a + 3_000) for a in range(0, 57_000, 4_000)]
    mended = mend_times(claimed, pauses_between(spans, end_ms), end_ms)
    assert [word[0] for word in mended] == [word[0] for word in claimed]
    assert all(0 <= start < end <= end_ms for _, start, end, _ in mended)
    assert all(20 <= end - start <= LONGEST_WORD_MS for _, start, end, _ in mended)
    assert all(a[2] <= b[1] for a, b in pairwise(mended))


def test_a_word_does_not_span_a_pause() -> None:
    """A word that reaches over a pause keeps the side on which more of it lies."""
    pauses = (span(1_000, 3_000),)
    assert mend_times([("late", 900, 3_600, 1.0)], pauses, 9_000) == [("late", 3_000, 3_600, 1.0)]
    assert mend_times([("early", 500, 3_100, 1.0)], pauses, 9_000) == [("early", 500, 1_000, 1.0)]


def test_pauses_include_both_ends() -> None:
    """Silence before the first and after the last word is a pause; a breath under 250 ms is none."""
    spans = (span(500, 2_000), span(2_200, 4_000), span(4_400, 5_000))
    assert pauses_between(spans, 6_000) == (span(0, 500), span(4_000, 4_400), span(5_000, 6_000))


def test_holes_are_speech_far_from_words() -> None:
    """Speech further than a second from any word is a hole, and lowers coverage by its share."""
    spans = (span(0, 10_000), span(20_000, 24_000))
    words = [("a", 0, 500, 1.0), ("b", 400, 4_000, 1.0)]
    assert holes(spans, words) == (span(5_000, 10_000), span(20_000, 24_000))
    assert coverage(spans, words) == pytest.approx(5 / 14)
    assert coverage(spans, [("a", 0, 24_000, 1.0)]) == 1.0
    assert coverage((), []) == 1.0


def test_holes_agree_with_counting() -> None:
    """Coverage equals what counting every tenth of a second gives."""
    chance = random.Random(3)
    spans = [span(a, a + chance.randint(100, 3_900) // 100 * 100) for a in range(0, 100_000, 4_000)]
    words = [("w", a, a + 300, 1.0) for a in sorted(chance.sample(range(0, 100_000, 100), 20))]
    covered = total = 0
    for item in spans:
        for at in range(item.start_ms, item.end_ms, 100):
            total += 1
            covered += any(start - 1_000 <= at and at + 100 <= end + 1_000 for _, start, end, _ in words)
    assert coverage(spans, words) == pytest.approx(covered / total)


def test_stray_words_are_far_from_all_speech() -> None:
    """A word is stray when no speech is within the given distance of it."""
    spans = (span(5_000, 6_000), span(9_000, 9_500))
    words = [("w", a, a + 100, 1.0) for a in (4_000, 4_700, 5_500, 6_400, 7_200, 8_600, 11_000)]
    assert stray(words, spans, 500) == [True, False, False, False, True, False, True]
    assert stray(words, (), 500) == [True] * 7
