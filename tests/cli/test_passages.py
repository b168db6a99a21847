"""No turn without words, from the outside: what is heard again, when, and that it is kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pytest

from chaitime_audio.domain.sound import Span, span
from chaitime_audio.domain.speech import Passage, Passages, Segment, Transcript, Word
from chaitime_audio.recognition.asr.standin import Engine

from .conftest import Show


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[Sequence[Span]]:
    """A recogniser that passes over the second turn and understands it by itself; what it was asked."""
    said, asked = Engine.transcribe, list[Sequence[Span]]()

    def transcribe(*given: Any) -> Transcript:
        whole = said(*given)
        return replace(whole, segments=(whole.segments[0], *whole.segments[2:]))

    def again(_engine: Any, _sound: Any, spans: Sequence[Span], *_: Any) -> Passages:
        asked.append(spans)
        found = []
        for at in spans:
            word = Word(0, "Marzipan.", span(at.start_ms + 100, at.start_ms + 600), 0.9)
            found.append(Passage(at, Segment((word,), -0.1, 0.0, 1.0)))
        return Passages(tuple(found))

    monkeypatch.setattr(Engine, "transcribe", transcribe)
    monkeypatch.setattr(Engine, "again", again)
    monkeypatch.setattr(Engine, "hears_again_since", 1)
    return asked


def test_a_turn_without_words_is_heard_again_once(show: Show, asked: list[Sequence[Span]]) -> None:
    """Only the turn that got no words is heard again; its words are published, and kept for the next run."""
    assert show.run("process", show.tones())[0] == 0
    ((missed,),) = asked
    assert missed.start_ms == pytest.approx(3_000, abs=200)
    assert "Marzipan." in (show.out / "transcript.md").read_text()
    assert "passages" in json.loads((show.episode / "episode.json").read_text())["receipts"]
    assert show.run("process", show.episode)[0] == 0
    assert show.run("render", show.episode)[0] == 0
    assert len(asked) == 1
    assert "Marzipan." in (show.out / "transcript.md").read_text()


def test_an_older_transcript_stays_as_it_is(
    show: Show, asked: list[Sequence[Span]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A transcript made before turns were heard again is neither completed nor called incomplete."""
    monkeypatch.setattr(Engine, "hears_again_since", 2)
    assert show.run("process", show.tones())[0] == 0
    assert asked == []
    assert "passages" not in json.loads((show.episode / "episode.json").read_text())["receipts"]
    assert show.run("render", show.episode)[0] == 0
