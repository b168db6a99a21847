"""The numbers Whisper computes with: in the key, and never others in silence."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.model_files import WeightsFile
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.settings import AudioSettings, EngineSettings, Settings
from chaitime_audio.recognition.asr import faster_whisper, whisper


@pytest.mark.parametrize(
    ("engine", "device", "precision", "numbers"),
    [
        (faster_whisper, "cpu", "auto", "int8"),
        (faster_whisper, "cpu", "fp32", "float32"),
        (faster_whisper, "cuda", "auto", "float16"),
        (faster_whisper, "cuda", "fp32", "float32"),
        (whisper, "cpu", "auto", False),
        (whisper, "cuda", "auto", True),
        (whisper, "cuda", "fp32", False),
    ],
)
def test_what_is_computed_with_is_part_of_the_task(
    monkeypatch: pytest.MonkeyPatch, engine: Any, device: str, precision: str, numbers: str | bool
) -> None:
    """int8 or half where nobody asked, float32 where somebody did; the reference has no int8."""
    found = WeightsFile("base", Path("base.pt"), "0" * 64)
    monkeypatch.setattr(engine, "resolve_whisper", lambda _: found)
    monkeypatch.setattr(engine, "resolve_device", lambda wanted: wanted)
    task = engine.Engine(model="base", device=device, precision=precision)._task()
    assert getattr(task, "numbers", getattr(task, "half", None)) == numbers


def test_a_precision_nobody_asked_for_keeps_transcripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The receipt of the default names none, as it did before there was one to set."""
    monkeypatch.setattr(faster_whisper, "whisper_sha256", lambda _: "0" * 64)
    assert "precision" not in faster_whisper.Engine().receipt()
    assert faster_whisper.Engine(precision="fp32").receipt()["precision"] == "fp32"


def test_precision_and_crossfade_can_be_set(monkeypatch: pytest.MonkeyPatch) -> None:
    """Both are settings that reach their engine and its receipt."""
    monkeypatch.setattr(whisper, "whisper_sha256", lambda _: "0" * 64)
    registry = Registry(
        Settings(
            engines=EngineSettings(asr="whisper", precision="fp32"), audio=AudioSettings(crossfade_ms=800)
        )
    )
    assert registry.transcriber(Brief()).options["precision"] == "fp32"
    assert registry.masterer().options["crossfade_ms"] == "800"
