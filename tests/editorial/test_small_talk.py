"""Small talk before the greeting and after the goodbye is told apart from the interview."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.small_talk import fold_small_talk

TALK = (
    ("S1", "Is it recording now? I see a red light."),
    ("S2", "It is. Your microphone is loud."),
    ("S1", "Better? Okay. Welcome to Chai Time. Today I talk with Tom. Tom, what do you do all week?"),
    ("S2", "I forecast the wind for a small company and plot what went wrong."),
    ("S1", "What breaks most often?"),
    ("S2", "The sensors break, and nobody notices for a month or two."),
    ("S1", "Thank you, Tom, and thanks to everybody for listening."),
    ("S2", "Thank you, bye."),
    ("S1", "Did we stop? I never know which of these two buttons stops the recording, do you?"),
    ("S2", "The red one."),
)


@pytest.fixture
def fold(say, cast_of):
    """Texts inside the interview, and those outside of it."""

    def make(*turns, language="en"):
        cast = cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"})
        whole = pair(clean(say(*turns), language), cast, language)
        post, spans = fold_small_talk(whole, cast, language)
        found = [item for exchange in post for remark in exchange.remarks for item in remark.paragraphs]
        ids = [number for item in found for number in item.word_ids]
        before = [item for exchange in whole for remark in exchange.remarks for item in remark.paragraphs]
        assert ids == [number for item in before for number in item.word_ids]
        outside = [any(s.start_ms <= p.span.start_ms < s.end_ms for s in spans) for p in found]
        return (
            [p.text for p, out in zip(found, outside, strict=True) if not out],
            [p.text for p, out in zip(found, outside, strict=True) if out],
        )

    return make


def test_talk_round_the_interview_is_told_apart(fold):
    """The interview begins with the sentence of the greeting and ends with the answer to the goodbye."""
    inside, outside = fold(*TALK)
    assert inside[0].startswith("Welcome to Chai Time.")
    assert inside[-1] == "Thank you, bye."
    assert outside[0] == "Is it recording now? I see a red light."
    assert outside[-1] == "The red one."


def test_a_question_is_no_farewell(fold):
    """What asks behind the goodbye belongs to no goodbye, however short it is."""
    inside, outside = fold(*TALK[2:7], ("S2", "Is it off? Where did you put my coat?"))
    assert inside[-1].startswith("Thank you, Tom")
    assert outside[-1].endswith("my coat?")


def test_talk_in_the_goodbyes_own_breath_is_parted_from_it(fold):
    """A farewell behind the goodbye stays with it; a question behind it is small talk already."""
    last = ("S1", "Thanks for listening. Goodbye. Did we stop? I never know.")
    inside, outside = fold(("S1", "Welcome to Chai Time."), *TALK[3:6], last, ("S2", "Red one."))
    assert inside[-1] == "Thanks for listening. Goodbye."
    assert outside == ["Did we stop? I never know.", "Red one."]


def test_without_small_talk_nothing_is_folded(fold):
    """An episode that begins with its greeting and ends with its goodbye stays whole."""
    inside, outside = fold(("S1", "Welcome to Chai Time. What do you do?"), *TALK[3:8])
    assert outside == []
    assert len(inside) == 6


def test_without_a_greeting_nothing_is_folded(fold):
    """No guess: where no host greets or says goodbye, everything is the interview."""
    assert fold(*TALK[3:6])[1] == []


def test_a_greeting_in_the_middle_is_a_story(fold):
    """“Welcome to” deep inside the talk is no greeting, and one a guest says is none either."""
    middle = [("S1", "And then?"), ("S2", "It rained. We left. It was cold.")] * 12
    told = ("S1", "They said, welcome to the desert.")
    assert fold(*middle, told, *middle)[1] == []
    assert fold(("S1", "And then?"), ("S2", "Welcome to the desert, they said."), *middle)[1] == []


def test_a_language_without_phrases_folds_nothing(fold):
    """Without a file for the language nothing is known of its greetings."""
    assert fold(*TALK, language="fr")[1] == []


@pytest.mark.parametrize("name", ["short_two_voices", "british_men", "panel_three", "split_tracks"])
def test_scripts_without_small_talk_stay_whole(truth, name):
    """No recording of the sample set has small talk; nothing of them is folded."""
    utterances, cast = truth(name)
    post = pair(clean(utterances, "en"), cast, "en")
    assert fold_small_talk(post, cast, "en") == (post, ())
    assert all(a.remarks[0].span.start_ms <= b.remarks[0].span.start_ms for a, b in pairwise(post))
