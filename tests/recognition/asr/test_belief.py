"""Which windows are believed: loops, leaks, inventions and improbable ones are not."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.recognition.asr.windowed.batches import WindowResult
from chaitime_audio.recognition.asr.windowed.quality import compression, doubt, leaks, repeats, unbelievable


def _heard(text: str, **how: float) -> WindowResult:
    words = tuple((word, at * 300, at * 300 + 280, 0.9) for at, word in enumerate(text.split()))
    good = WindowResult(span(0, 10_000), words, mean_logprob=-0.2, no_speech=0.01, compression=1.4)
    return replace(good, **how)


@pytest.mark.parametrize(
    ("heard", "reason"),
    [
        (_heard("We plot the data first."), ""),
        (_heard("so so so good"), ""),
        (_heard("so so so so good"), "loop"),
        (_heard("I see. I see. I see. I see."), "loop"),
        (_heard("a b c " * 5), "loop"),
        (_heard("anything", compression=2.5), "repetitive"),
        (_heard("anything", mean_logprob=-1.2), "improbable"),
        (_heard("anything", mean_logprob=-1.2, no_speech=0.8), "no speech"),
        (_heard("anything", no_speech=0.8), ""),
    ],
)
def test_reasons_to_doubt(heard: WindowResult, reason: str) -> None:
    """A window is doubted for a loop, high compression, or low probability; good speech is not."""
    assert doubt(heard) == reason


def test_a_loop_may_begin_anywhere() -> None:
    """A repeated run is found whatever stands before it, and whatever its length up to six."""
    for size in range(1, 7):
        loop = [f"w{at}" for at in range(size)] * 4
        assert repeats(["once", "upon", "a", *loop, "end"])
        assert not repeats(["once", "upon", "a", *loop[size:], "end"])


def test_only_the_prompt_is_a_leak() -> None:
    """A window that says nothing but terms it was told is a leak; real speech with a name in it is none."""
    terms = ("Tom Ellery", "Chai Time")
    leaked = replace(_heard("Tom Ellery, Chai Time."), terms=terms)
    assert leaks(leaked)
    assert doubt(leaked) == "prompt"
    assert not leaks(replace(_heard("I am Tom Ellery."), terms=terms))
    assert not leaks(_heard("Tom Ellery."))
    assert not leaks(replace(_heard(""), terms=terms))


@pytest.mark.parametrize(
    ("text", "speech_ms", "dropped"),
    [
        ("Thank you.", 300, True),
        ("Thank you.", 1_500, False),
        ("one two three four five six seven eight nine ten", 500, True),
        ("one two three four five six seven eight nine ten", 3_000, False),
        ("no no no no no", 9_000, True),
    ],
)
def test_what_is_dropped_for_good(text: str, speech_ms: int, dropped: bool) -> None:
    """Stock phrases over hardly any speech, more words than fit, and loops are dropped, with a reason."""
    activity = SpeechActivity((span(0, speech_ms),))
    assert bool(unbelievable(_heard(text), activity)) is dropped


def test_compression_is_high_for_repetition() -> None:
    """Repeated text compresses well; ordinary and empty text does not."""
    assert compression("thank you " * 40) > 2.4
    assert compression("Half of my best results came from spotting a broken sensor.") < 2.4
    assert compression("") == 0.0
