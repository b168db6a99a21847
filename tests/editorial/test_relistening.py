"""Passages heard again: whose words count, and that nothing else changes."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Passages, Relistened, Segment, Transcript, Word
from chaitime_audio.editorial.relistening import (
    RelistenOrder,
    between,
    holding,
    lapsed,
    relaid,
    speech_in,
    wanted,
)


def _segment(*words: tuple[str, int, int], first: int = 0) -> Segment:
    made = tuple(Word(first + at, text, span(start, end), 0.9) for at, (text, start, end) in enumerate(words))
    return Segment(made, -0.2, 0.01, 1.2)


def _asked(start_ms: int, end_ms: int, *segments: Segment, digest: str = "now") -> Relistened:
    return Relistened(span(start_ms, end_ms), "small", "en", digest, segments)


HEARD = Transcript(
    "en",
    1.0,
    (
        _segment(("We", 0, 300), ("begin", 300, 900), ("with", 1_000, 1_400), ("Alcova.", 1_400, 2_000)),
        _segment(("Good", 4_000, 4_500), ("bye", 4_600, 5_000), first=4),
    ),
)


def _texts(transcript: Transcript) -> list[str]:
    return [word.text for word in transcript.words]


def test_new_words_take_the_place_of_those_in_the_passage() -> None:
    """Words whose middle lies inside go, all others stay, all are numbered in order."""
    found = relaid(HEARD, [_asked(950, 2_100, _segment(("with", 1_000, 1_400), ("Okafor.", 1_450, 2_050)))])
    assert _texts(found) == ["We", "begin", "with", "Okafor.", "Good", "bye"]
    assert [word.id for word in found.words] == list(range(6))


def test_the_word_beside_a_passage_is_not_said_twice() -> None:
    """A border word that was heard once more is left out; a word of the passage that slipped out is kept."""
    twice = _segment(("begin,", 700, 950), ("with", 1_000, 1_400), ("Okafor.", 1_500, 2_300))
    assert _texts(relaid(HEARD, [_asked(950, 2_000, twice)]))[:4] == ["We", "begin", "with", "Okafor."]


def test_a_passage_without_believable_words_changes_nothing() -> None:
    """What gave nothing leaves the words that were there."""
    assert relaid(HEARD, [_asked(950, 2_100)]) is HEARD


@pytest.mark.parametrize("seed", range(10))
def test_whatever_was_heard_times_never_run_backwards(seed: int) -> None:
    """For any words in any passage: words outside are untouched, ids count on, words do not overlap more."""
    chance = random.Random(seed)
    cuts = sorted(chance.sample(range(30_000), 40))
    words = [(f"w{a}", a, b) for a, b in pairwise(cuts)]
    start, end = sorted(chance.sample(range(30_000), 2))
    fresh = [(f"n{a}", a, b) for a, b in pairwise(sorted(chance.sample(range(30_000), 20)))]
    whole = Transcript("en", 1.0, (_segment(*words),))
    found = relaid(whole, [_asked(start, end, _segment(*fresh))])
    assert [word.id for word in found.words] == list(range(len(found.words)))
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(found.words))
    outside = [word.text for word in whole.words if word.span.middle_ms not in span(start, end)]
    assert [text for text in _texts(found) if text.startswith("w") and text in outside] == outside


def test_what_is_wanted_after_a_run() -> None:
    """A passage takes the place of those inside it; what is to be forgotten goes; order is that of time."""
    before = (_asked(1_000, 2_000, _segment(("a", 1_100, 1_200))), _asked(5_000, 6_000))
    more = wanted(before, RelistenOrder(asked=(_asked(500, 3_000, digest=""),)), "now")
    assert [one.span for one in more] == [span(500, 3_000), span(5_000, 6_000)]
    assert all(one.transcript == "now" for one in more)
    assert wanted(before, RelistenOrder(forget=(span(5_000, 6_000),)), "now") == before[:1]
    assert wanted(before, RelistenOrder(), "another") == before


def test_a_passage_of_another_transcript_is_told_and_not_used() -> None:
    """It holds for the transcript after which it was heard; the note says what to type."""
    found = Passages(asked=(_asked(760_000, 810_500, digest="old"), _asked(0, 1_000)))
    assert holding(found, "now") == found.asked[1:]
    (note,) = lapsed(found, "now", "my episode")
    assert "chaitime relisten 'my episode' 12:40-13:30.500 --model small" in note
    assert between(span(760_000, 810_000)) == "12:40-13:30"


def test_what_is_heard_is_the_speech_inside() -> None:
    """Speech is cut to the passage; where none was found, all of the passage is listened to."""
    activity = SpeechActivity((span(0, 1_000), span(2_000, 4_000)))
    assert speech_in(activity, span(500, 3_000)).spans == (span(500, 1_000), span(2_000, 3_000))
    assert speech_in(activity, span(5_000, 6_000)).spans == (span(5_000, 6_000),)
