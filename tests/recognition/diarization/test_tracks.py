"""A track a person: its level says who speaks, the detector whether that is speech."""

from __future__ import annotations

from pathlib import Path

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Turn
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.tracks import Engine
from chaitime_audio.workers.in_process import InProcess


def test_a_noise_on_a_track_is_no_turn() -> None:
    """A span in which nobody was heard to speak goes; where the detector heard nothing at all, all stay."""
    turns = ((span(0, 2000), span(9000, 10000)), (span(3000, 4000),))
    sound = Sound(Path("talk.s16"), 160_000, "", tracks=turns)
    context = EngineContext(InProcess(), None, lambda _share: None)
    heard = SpeechActivity((span(100, 1900), span(3900, 4200)))
    found = Engine().diarize(sound, heard, 0, context).turns
    assert found == (Turn("S1", span(0, 2000)), Turn("S2", span(3000, 4000)))
    assert len(Engine().diarize(sound, SpeechActivity(()), 0, context).turns) == 3
