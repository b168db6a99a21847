from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Diarization, Turn, VoicePrint
from chaitime_audio.errors import ConfigError, ModelUnavailableError
from chaitime_audio.model_files import WeightsFile
from chaitime_audio.recognition.activity.pyannote import Engine as Detector
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import Engine
from chaitime_audio.recognition.diarization.standin import Engine as Standin
from chaitime_audio.recognition.diarization.steps.pipeline import PipelineTask, _diarization

Make = Callable[[np.ndarray], Sound]
Weights = Callable[[str], WeightsFile]


@dataclass
class _Output:
    """What a pyannote pipeline returns."""

    speaker_diarization: object
    exclusive_speaker_diarization: object
    speaker_embeddings: np.ndarray


def _diarize(engine: Engine, sound: Sound, context: EngineContext, speakers: int = 0) -> Diarization:
    return engine.diarize(sound, Detector().detect(sound, context), speakers, context)


@pytest.mark.models
def test_host_and_guest_of_the_sample(
    make_sound: Make, sample: np.ndarray, weights: Weights, context: EngineContext
) -> None:
    """Real networks on real sound: two voices, the turns where the script puts them."""
    weights("segmentation-3.0"), weights("campplus")
    found = _diarize(Engine(), make_sound(sample), context)
    assert found.labels == ("S1", "S2")
    truth = [("S1", 1.0, 6.0), ("S2", 7.0, 12.5), ("S1", 14.0, 15.4), ("S2", 17.0, 28.0), ("S2", 32.0, 36.0)]
    for label, start, end in truth:
        inside = span(round(start * 1000), round(end * 1000))
        mine = sum(turn.span.overlap_ms(inside) for turn in found.exclusive if turn.label == label)
        other = sum(turn.span.overlap_ms(inside) for turn in found.exclusive if turn.label != label)
        assert mine > 0.9 * inside.duration_ms
        assert other < 0.02 * inside.duration_ms
    assert np.dot(found.prints[0].vector, found.prints[1].vector) < 0.5


@pytest.mark.models
def test_where_networks_run_is_decided_before_work_is_handed_out(
    make_sound: Make,
    sample: np.ndarray,
    weights: Weights,
    context: EngineContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """A worker with a GPU must not choose it by itself: all work on one recording runs on one kind."""
    weights("segmentation-3.0"), weights("campplus")
    handed_out = []
    do = context.pool.map

    def noted(task: Any, *rest: Any) -> Any:
        handed_out.append(task.device)
        return do(task, *rest)

    monkeypatch.setattr(context.pool, "map", noted)
    monkeypatch.setattr("shutil.which", lambda _name: None)
    _diarize(Engine(device="auto"), make_sound(sample[: 8 * 16_000]), context)
    assert len(handed_out) >= 2
    assert set(handed_out) == {"cpu"}


@pytest.mark.models
@pytest.mark.parametrize("seconds", [0, 0.01, 0.3, 1, 4])
def test_short_recordings(
    seconds: float, make_sound: Make, sample: np.ndarray, weights: Weights, context: EngineContext
) -> None:
    """Any length works, down to nothing; a word or more is one voice, inside the recording."""
    weights("segmentation-3.0"), weights("campplus")
    sound = make_sound(sample[16_000 : 16_000 + int(seconds * 16_000)])
    found = _diarize(Engine(), sound, context)
    assert len(found.labels) in ((1,) if seconds >= 1 else (0, 1))
    assert all(turn.span.end_ms <= sound.duration_ms for turn in found.turns)


@pytest.mark.models
def test_noise_is_nobody(make_sound: Make, weights: Weights, context: EngineContext) -> None:
    """Ten seconds of noise hold no speech and no voice."""
    weights("segmentation-3.0"), weights("campplus")
    noise = np.random.default_rng(0).normal(scale=0.01, size=160_000).astype(np.float32)
    sound = make_sound(noise)
    assert Detector().detect(sound, context) == SpeechActivity(())
    assert _diarize(Engine(), sound, context) == Diarization((), ())


@pytest.mark.models
def test_no_connection_is_tried(
    make_sound: Make,
    sample: np.ndarray,
    weights: Weights,
    context: EngineContext,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """With the models here nothing goes out: no hub, no telemetry."""
    weights("segmentation-3.0"), weights("campplus")

    def refuse(*_args: object) -> None:
        raise AssertionError("a connection was tried")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert _diarize(Engine(model="slots"), make_sound(sample[: 16_000 * 14]), context).labels


@pytest.mark.models
def test_slot_scheme_is_pyannotes_own_pipeline(
    make_sound: Make, sample: np.ndarray, weights: Weights, context: EngineContext
) -> None:
    """``slots`` runs SpeakerDiarization on our networks, obeys a known count, and agrees on who is who."""
    weights("segmentation-3.0"), weights("campplus")
    sound = make_sound(sample[: 16_000 * 28])
    theirs, ours = (_diarize(Engine(model=model), sound, context, 2) for model in ("slots", "default"))
    assert theirs.labels == ours.labels == ("S1", "S2")
    for one, other in zip(theirs.prints, ours.prints, strict=True):
        assert np.dot(one.vector, other.vector) > 0.8


@pytest.mark.models
def test_pipeline_output_becomes_ours() -> None:
    """Labels by first appearance, whole milliseconds inside the recording, prints of unit length."""
    from pyannote.core import Annotation, Segment

    spoken, alone = Annotation(), Annotation()
    for each in (spoken, alone):
        each[Segment(0.5, 2.0), "a"] = "SPEAKER_01"
        each[Segment(2.5, 9.0), "b"] = "SPEAKER_00"
    vectors = np.array([[3.0, 4.0], [np.nan, np.nan]])
    found = _diarization(_Output(spoken, alone, vectors), 8_000)
    turns = (Turn("S1", span(500, 2_000)), Turn("S2", span(2_500, 8_000)))
    assert found == Diarization(turns, turns, (VoicePrint("S2", (0.6, 0.8), 5_500),))
    task = PipelineTask("slots", "")
    assert task.unpack(task.pack(found)) == found


def test_unknown_model_is_refused_early() -> None:
    """A name that is neither known nor a folder with a pipeline says what there is, before any work."""
    with pytest.raises(ConfigError, match="community-1"):
        Engine(model="comunity").receipt()


@pytest.mark.models
def test_spoilt_snapshot_gives_one_line(tmp_path: Path, make_sound: Make, context: EngineContext) -> None:
    """A folder that pyannote cannot load is one line with its remedy, not a traceback."""
    (tmp_path / "config.yaml").write_text("pipeline:\n  name: no.such.Pipeline\n")
    sound = make_sound(np.zeros(16_000, dtype=np.float32))
    with pytest.raises(ModelUnavailableError, match="could not be loaded") as told:
        Engine(model=str(tmp_path)).diarize(sound, SpeechActivity((span(0, 900),)), 0, context)
    assert "\n" not in str(told.value)


def test_receipt_follows_the_models(tmp_path: Path) -> None:
    """The receipt names the networks' sums, and changes with a snapshot's content."""
    assert len(Engine().receipt()["segmentation_sha256"]) == len(Engine().receipt()["embedding_sha256"]) == 64
    (tmp_path / "config.yaml").write_text("a: 1\n")
    before = Engine(model=str(tmp_path)).receipt()
    (tmp_path / "config.yaml").write_text("a: 2\n")
    assert Engine(model=str(tmp_path)).receipt() != before


def test_standin_shares_out_the_speech(make_sound: Make, context: EngineContext) -> None:
    """The stand-in gives spans in turn to as many voices as asked for."""
    sound = make_sound(np.zeros(160_000, dtype=np.float32))
    activity = SpeechActivity((span(0, 1_000), span(2_000, 3_000), span(4_000, 5_000)))
    assert [turn.label for turn in Standin().diarize(sound, activity, 0, context).turns] == ["S1", "S2", "S1"]
    assert Standin().diarize(sound, activity, 3, context).labels == ("S1", "S2", "S3")
