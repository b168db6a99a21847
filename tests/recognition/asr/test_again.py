"""Turns that got no words are heard again alone; only what can be believed is taken."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.domain.speech import Passages, Segment, Transcript, Word
from chaitime_audio.recognition.asr.windowed.again import hear_again
from chaitime_audio.recognition.asr.windowed.batches import Batch, WindowResult
from chaitime_audio.recognition.asr.windowed.recognizer import WindowedRecognizer
from chaitime_audio.recognition.context import EngineContext
from chaitime_audio.workers.in_process import InProcess

TURN = span(10_000, 12_500)
KNOWN = Transcript(
    "de",
    1.0,
    (
        Segment(
            (Word(0, "Yes,", span(9_000, 9_900), 0.9), Word(1, "of", span(12_600, 12_800), 0.9)),
            -0.2,
            0.0,
            1.0,
        ),
    ),
)
Say = Callable[[Batch, Span], WindowResult]


@pytest.fixture
def again(make_sound: Any, make_script: Any) -> Callable[[Say], tuple[Passages, Any]]:
    def run(say: Say) -> tuple[Passages, Any]:
        script = make_script(say)
        context = EngineContext(InProcess(), None, lambda _share: None)
        ear = WindowedRecognizer(
            script, make_sound(np.zeros(30 * 16_000)), SpeechActivity(()), context, "de", ("Tom",)
        )
        return hear_again(ear, (TURN,), KNOWN), script.given

    return run


def test_a_turn_is_heard_cut_to_itself(again: Any, spoken: Any) -> None:
    """One window a turn with a little air, told nothing, in the language of the talk; times stay inside."""
    found, given = again(lambda item, window: spoken(item, window, "where", "was", "that?"))
    (passage,) = found.heard
    assert passage.span == TURN
    assert [word.text for word in passage.segment.words] == ["where", "was", "that?"]
    assert passage.segment.words[0].span.start_ms >= TURN.start_ms
    assert passage.segment.words[-1].span.end_ms <= TURN.end_ms
    assert [(item.windows, item.language, item.terms) for item in given] == [
        ((span(9_900, 12_600),), "de", ())
    ]


@pytest.mark.parametrize(
    ("texts", "how"),
    [
        ((), {}),
        (("Thank", "you."), {}),
        (("la",) * 12, {}),
        (("well", "perhaps"), {"mean_logprob": -0.9}),
        (("well", "perhaps"), {"no_speech": 0.9, "mean_logprob": -1.2}),
        (tuple(f"w{at}" for at in range(30)), {}),
    ],
)
def test_what_cannot_be_believed_is_not_taken(again: Any, spoken: Any, texts: Any, how: Any) -> None:
    """Nothing, stock phrases, loops, improbable text and more than anybody can say leave the turn empty."""
    found, _ = again(lambda item, window: spoken(item, window, *texts, **how))
    assert [passage.segment for passage in found.heard] == [None]


def test_unsure_words_are_not_taken(again: Any, spoken: Any) -> None:
    """Words of which the recogniser itself is not sure are left out."""

    def say(item: Batch, window: Span) -> WindowResult:
        sure = spoken(item, window, "maybe", "so")
        return replace(sure, words=tuple((text, start, end, 0.3) for text, start, end, _ in sure.words))

    assert again(say)[0].heard[0].segment is None


def test_neighbours_are_not_said_twice(again: Any, spoken: Any) -> None:
    """A word at the edge that repeats the known one beside it is left out."""
    found, _ = again(lambda item, window: spoken(item, window, "yes", "where", "was", "that?", "Of"))
    assert [word.text for word in found.heard[0].segment.words] == ["where", "was", "that?"]
