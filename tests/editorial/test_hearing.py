"""What is said of how a recording was heard: speech without words, by whom, and other languages."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.domain.speech import Diarization, OtherLanguage, Segment, Transcript, Turn, Word
from chaitime_audio.editorial.hearing import Heard, doubts

WORDS = Segment(
    tuple(Word(at, f"w{at}", span(1_000 * at, 1_000 * at + 900), 0.9) for at in range(10)), -0.2, 0, 1
)


def _heard(turns: dict[Span, str], *speech: Span, others: tuple[OtherLanguage, ...] = ()) -> Heard:
    found = tuple(Turn(label, place) for place, label in turns.items())
    transcript = Transcript("en", 1.0, (WORDS,), others=others)
    return Heard(transcript, transcript, SpeechActivity(speech), Diarization(found, found), "the talk")


def _cast() -> Cast:
    return Cast((Voice("S2", Person("Tom Ellery", "guest"), named=True, evidence=(), talk_ms=1_000),))


def test_a_turn_without_words_lowers_the_coverage_and_is_named() -> None:
    """Three of thirteen seconds got no words: that is the figure, and who spoke then is told."""
    found = _heard({span(0, 10_000): "S1", span(12_000, 15_000): "S2"}, span(0, 10_000), span(12_000, 15_000))
    assert found.coverage == pytest.approx(10 / 13)
    told = doubts(found, _cast())
    assert told == (
        "23.1% of the speech got no words; listen for gaps",
        "speech without words at 00:12 (Tom Ellery, 3.0 s)",
    )


def test_speech_that_is_nobodys_turn_counts_too() -> None:
    """Where no voice was told apart, speech without words is somebody's; each moment counts once."""
    found = _heard({span(0, 10_000): "S1"}, span(500, 9_000), span(20_000, 25_000))
    assert found.coverage == pytest.approx(10 / 15)
    assert "speech without words at 00:20 (somebody, 5.0 s)" in doubts(found, _cast())


def test_all_words_heard_nothing_is_said() -> None:
    """Pauses inside a turn shorter than 0.8 s are nobody's loss, and a silent recording is no gap."""
    assert doubts(_heard({span(0, 10_000): "S1"}, span(0, 10_000)), _cast()) == ()
    assert _heard({}).coverage == 1.0


def test_at_most_five_gaps_are_named() -> None:
    """The longest are named, in order of time, and the others counted."""
    turns = {span(at, at + 1_000 + at // 100): "S2" for at in range(20_000, 90_000, 10_000)}
    (sentence,) = (one for one in doubts(_heard(turns), _cast()) if one.startswith("speech without"))
    assert sentence.count("Tom Ellery") == 5
    assert sentence.endswith("and 2 shorter ones")
    assert sentence.index("00:40") < sentence.index("01:20")


def test_another_language_is_named_with_what_to_type() -> None:
    """The stretch, both languages and the command that hears it again in its own."""
    found = _heard({span(0, 10_000): "S1"}, others=(OtherLanguage(span(61_000, 95_500), "fr"),))
    (sentence,) = doubts(found, _cast())
    assert sentence.startswith("from 01:01 to 01:36 fr seems to be spoken, but words are written as en")
    assert "chaitime relisten 'the talk' 01:01-01:36 --language fr" in sentence
