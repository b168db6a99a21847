"""Which recogniser ``auto`` stands for, and the model that CTranslate2 makes of our own checkpoint."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import resolve_whisper
from chaitime_audio.project.discovery import load_module
from chaitime_audio.recognition import asr
from chaitime_audio.recognition.asr.faster_whisper import Engine
from chaitime_audio.recognition.asr.windowed.ctranslate2_model import converted


def test_auto_is_the_one_that_errs_least_on_real_talk() -> None:
    """`auto` stands for faster-whisper, which is always installed, whatever the processor."""
    assert asr.choose() == "faster-whisper"
    assert load_module("chaitime_audio.recognition.asr", asr.choose()).Engine is Engine


@pytest.mark.models
def test_a_checkpoint_is_converted_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The converted model lies under its checkpoint's sum and is found there the next time."""
    monkeypatch.setattr("chaitime_audio.recognition.asr.windowed.ctranslate2_model.folder", lambda: tmp_path)
    tiny = resolve_whisper("tiny.en")
    place = converted(tiny.path, tiny.sha256, tiny.alignment)
    (model,) = place.glob("model.bin")
    before = model.stat().st_mtime_ns
    assert converted(tiny.path, tiny.sha256, tiny.alignment) == place
    assert model.stat().st_mtime_ns == before
    assert [item.name for item in (tmp_path / "ctranslate2").iterdir()] == [tiny.sha256[:32]]


@pytest.mark.models
def test_a_spoilt_checkpoint_is_not_converted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file that is no checkpoint is one clear error of ours, and nothing stays behind."""
    monkeypatch.setattr(
        "chaitime_audio.recognition.asr.windowed.ctranslate2_model.folder", lambda: tmp_path / "kept"
    )
    spoilt = tmp_path / "spoilt.pt"
    spoilt.write_bytes(b"not a model")
    with pytest.raises(ModelUnavailableError, match="spoilt"):
        converted(spoilt, "0" * 64, "")
    assert list((tmp_path / "kept" / "ctranslate2").iterdir()) == []
