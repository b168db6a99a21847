from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

GUARD = "from chaitime_audio.recognition.diarization.steps.torchaudio_guard import guard, import_pyannote\n"


def _fake(folder: Path, error: str) -> None:
    """A torchaudio whose extension lookup raises ``error``, and a pyannote.audio that tells its telemetry."""
    for package in ("torchaudio", "torchaudio/_extension", "pyannote", "pyannote/audio"):
        (folder / package).mkdir()
        (folder / package / "__init__.py").touch()
    (folder / "torchaudio/_extension/utils.py").write_text(f"def _load_lib(name):\n    raise {error}('no')\n")
    (folder / "torchaudio/_extension/__init__.py").write_text(
        "from .utils import _load_lib\nFOUND = _load_lib('_torchaudio')\n"
    )
    (folder / "pyannote/audio/__init__.py").write_text(
        "import os, warnings\nSAID = os.environ.get('PYANNOTE_METRICS_ENABLED')\n"
        "warnings.warn('torchcodec')\n"
        "import torchaudio._extension\n"
    )


def _run(folder: Path, code: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(folder)}
    environment.pop("PYANNOTE_METRICS_ENABLED", None)
    return subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=False
    )


@pytest.mark.integration
def test_extension_that_cannot_be_loaded_counts_as_absent(tmp_path: Path) -> None:
    """An OSError of torchaudio's native extension means "no extension", so the import goes on."""
    _fake(tmp_path, "OSError")
    ran = _run(tmp_path, GUARD + "guard(); guard(); import torchaudio._extension as e; print(e.FOUND)")
    assert (ran.returncode, ran.stdout) == (0, "False\n"), ran.stderr


@pytest.mark.integration
def test_other_troubles_of_torchaudio_are_not_hidden(tmp_path: Path) -> None:
    """Only a library that does not fit is forgiven; a broken installation still shows."""
    _fake(tmp_path, "RuntimeError")
    ran = _run(tmp_path, GUARD + "guard(); import torchaudio._extension")
    assert "RuntimeError" in ran.stderr


@pytest.mark.models
def test_pyannote_is_imported_guarded_silent_and_without_telemetry(tmp_path: Path) -> None:
    """pyannote.audio sees telemetry switched off before its first line runs, and warns nobody."""
    _fake(tmp_path, "OSError")
    ran = _run(tmp_path, GUARD + "print(import_pyannote().SAID)")
    assert (ran.stdout, ran.stderr) == ("0\n", "")


@pytest.mark.models
def test_real_torchaudio_imports() -> None:
    """Beside whatever torch is installed, torchaudio's Python parts can be used."""
    ran = _run(Path(), GUARD + "guard(); from torchaudio.compliance.kaldi import fbank; print('fine')")
    assert ran.stdout == "fine\n", ran.stderr
