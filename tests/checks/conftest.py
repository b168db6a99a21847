"""A good episode, made once with stand-in engines; every test gets a copy to spoil."""

from __future__ import annotations

import json
import math
import shutil
import wave
from array import array
from pathlib import Path

import pytest
from PIL import Image

from chaitime_audio.cli import run

CONFIG = """
[show]
name = "Tea Time"
host = "Maya Rao"
artwork = "cover.png"

[engines]
asr = "standin"
activity = "standin"
diarization = "standin"
mastering = "standin"
"""
RATE_HZ, SECONDS = 16_000, 180
NEAR_TARGET = 9300
"""Amplitude of a tone that, with its pauses, is within 1 LU of -16 LUFS."""


def write_talk(path: Path, amplitude: int = NEAR_TARGET, seconds: int = SECONDS) -> Path:
    """Write a mono WAV: tones of 2 s with pauses of 1 s between them."""
    period = 3 * RATE_HZ
    one = [round(amplitude * math.sin(at * 0.08)) if at < 2 * RATE_HZ else 0 for at in range(period)]
    samples = array("h", one * (seconds // 3))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return path


class Episode:
    """An episode folder to spoil, and the check run on it."""

    def __init__(self, path: Path, capfd: pytest.CaptureFixture[str]) -> None:
        self.path, self.out, self._capfd = path, path / "out", capfd

    def file(self, name: str) -> Path:
        """A file of out/."""
        return self.out / name.format(slug=self.path.name)

    def swap(self, name: str, old: str, new: str, count: int = -1) -> None:
        """Edit a file of out/ or of the episode by hand; the text to replace must be in it."""
        path = self.file(name)
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, count), encoding="utf-8")

    def run(self, *arguments: object) -> tuple[int, str, str]:
        """Run ``chaitime check`` and return exit code, stdout and stderr."""
        self._capfd.readouterr()
        code = run(["check", str(self.path), *map(str, arguments)])
        out, err = self._capfd.readouterr()
        return code, out, err

    def levels(self, *arguments: object) -> tuple[int, dict[str, str]]:
        """Exit code, and how each rule stands."""
        code, out, err = self.run("--json", *arguments)
        assert out, err
        return code, {item["rule"]: item["level"] for item in json.loads(out)["findings"]}


def made_show(folder: Path, talk: Path) -> Path:
    """A show with one episode, processed, with all notes written; returns the episode folder."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    Image.new("RGB", (1400, 1400), "teal").save(folder / "config" / "cover.png")
    home = folder / "episodes"
    home.mkdir()
    episode = home / "talk"
    said = ["process", "-q", "--guest", "Tom Ellery", "--out", str(episode), str(talk)]
    config = str(folder / "config" / "chaitime.toml")
    assert run([*said, "--config", config]) == 0
    assert run(["notes", str(episode), "--for", "all", "-q", "--config", config]) == 0
    return episode


@pytest.fixture(scope="session")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The show that no test spoils."""
    folder = tmp_path_factory.mktemp("show")
    made_show(folder / "show", write_talk(folder / "talk.wav"))
    return folder / "show"


@pytest.fixture
def episode(pristine: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> Episode:
    """A copy of the good episode."""
    shutil.copytree(pristine, tmp_path / "show")
    return Episode(tmp_path / "show" / "episodes" / "talk", capfd)
