"""The numbers Whisper computes with: in the key, and never others in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.settings import AudioSettings, EngineSettings, Settings
from chaitime_audio.recognition.asr import whisper


def test_the_key_says_so_where_there_is_no_int8(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where torch has no int8, and only there, receipts differ and float32 is what is used."""
    engine = whisper.Engine(model="base", device="cpu")
    monkeypatch.setattr(whisper, "whisper_sha256", lambda _: "0" * 64)
    monkeypatch.setattr(whisper, "has_int8", lambda: True)
    assert engine.receipt()["precision"] == "auto"
    monkeypatch.setattr(whisper, "has_int8", lambda: False)
    assert engine.receipt()["precision"] == "auto without int8"
    assert whisper.Engine(precision="fp32").receipt()["precision"] == "fp32"


@pytest.mark.parametrize("there", [True, False])
def test_int8_is_seen_without_importing_torch(
    there: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A torch without its quantisation package is known by its files."""
    (tmp_path / "torch" / "ao" / ("quantization" if there else "other")).mkdir(parents=True)

    class Spec:
        submodule_search_locations = (str(tmp_path / "torch"),)

    monkeypatch.setattr(whisper, "find_spec", lambda _: Spec)
    assert whisper.has_int8.__wrapped__() is there


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
