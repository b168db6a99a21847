"""A show whose engines are stand-ins, and recordings made of tones: quick, and no model needed."""

from __future__ import annotations

import math
import wave
from array import array
from pathlib import Path

import pytest

from chaitime_audio.cli import run

CONFIG = """
[show]
name = "Tea Time"
host = "Maya Rao"

[engines]
asr = "standin"
activity = "standin"
diarization = "standin"
mastering = "standin"
"""


def write_tones(path: Path, seconds: int = 12, rate_hz: int = 16_000, every: int = 1, first: int = 0) -> Path:
    """Write a mono WAV: tones of 2 s with pauses of 1 s between them; every so many, from the first on."""
    path.parent.mkdir(parents=True, exist_ok=True)
    period = 3 * rate_hz
    tone = array("h", (round(8000 * math.sin(at * 0.08)) for at in range(2 * rate_hz)))
    pause, silence = array("h", bytes(2 * rate_hz)), array("h", bytes(2 * period))
    samples = array("h")
    for index in range(-(-seconds // 3)):
        samples += tone + pause if index % every == first else silence
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate_hz)
        file.writeframes(samples[: seconds * rate_hz].tobytes())
    return path


class Show:
    """A show's folder and its command line."""

    def __init__(self, folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.folder, self._capfd = folder, capfd

    def tones(self, name: str = "talk.wav", seconds: int = 12) -> Path:
        """Return a new recording."""
        return write_tones(self.folder / name, seconds)

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Run ``chaitime`` and return exit code, stdout and stderr."""
        self._capfd.readouterr()
        code = run([str(item) for item in arguments])
        out, err = self._capfd.readouterr()
        return code, out, err

    @property
    def episode(self) -> Path:
        """The one episode folder of this show."""
        (only,) = (self.folder / "episodes").iterdir()
        return only

    @property
    def out(self) -> Path:
        """Its out/ folder."""
        return self.episode / "out"


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Show:
    """An empty show; the working directory is inside it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Show(tmp_path, capfd)
