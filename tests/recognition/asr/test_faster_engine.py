"""The optional recogniser on CTranslate2, and which one `auto` stands for."""

from __future__ import annotations

import re
import sys
from itertools import pairwise
from pathlib import Path

import pytest

from chaitime_audio.domain.sound import SpeechActivity
from chaitime_audio.errors import ConfigError
from chaitime_audio.recognition import asr
from chaitime_audio.recognition.asr.faster_whisper import Engine, FastTask
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess


def test_without_the_extra_the_error_says_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    """Choosing faster-whisper where it is not installed is one line with the command that mends it."""
    monkeypatch.setitem(sys.modules, "ctranslate2", None)
    monkeypatch.setitem(sys.modules, "ctranslate2.models", None)
    with pytest.raises(ConfigError, match=r"pip install .*\[fast\]"):
        FastTask(Path("x.pt"), "0" * 64, "", "cpu", 1).setup()


@pytest.mark.parametrize(
    ("installed", "bfloat16", "name"),
    [
        (False, False, "whisper"),
        (False, True, "whisper"),
        (True, True, "whisper"),
        (True, False, "faster-whisper"),
    ],
)
def test_auto_is_the_faster_of_what_is_installed(
    monkeypatch: pytest.MonkeyPatch, installed: bool, bfloat16: bool, name: str
) -> None:
    """CTranslate2 is chosen only where it is installed and the processor gives openai-whisper no lead."""
    monkeypatch.setattr("importlib.util.find_spec", lambda _name: object() if installed else None)
    monkeypatch.setattr(asr, "_multiplies_bfloat16", lambda: bfloat16)
    assert asr.choose() == name


@pytest.mark.models
def test_the_same_words_with_times(
    sample_sound: Sound, first_talk: SpeechActivity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From our own checkpoint, converted once, CTranslate2 hears the known sentences and times every word."""
    pytest.importorskip("ctranslate2")
    monkeypatch.setattr("chaitime_audio.recognition.asr.windowed.ctranslate2_model.folder", lambda: tmp_path)
    context = EngineContext(InProcess(), None, lambda _share: None)
    transcript = Engine(model="tiny.en").transcribe(sample_sound, first_talk, context)
    said = " ".join(re.findall(r"[a-z']+", " ".join(word.text for word in transcript.words).lower()))
    assert "what does a normal monday look like for you" in said
    assert "not by the size of the error itself" in said
    assert transcript.coverage > 0.97
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(transcript.words))
    (made,) = (tmp_path / "ctranslate2").iterdir()
    assert (made / "model.bin").is_file()
