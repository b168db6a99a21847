"""Sounds, a store in memory and a workbench for the tests of diarization."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import WeightsFile, find
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess

SAMPLE = Path(__file__).parents[3] / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"


class MemoryStore:
    """Keeps batches in a dict."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data


@pytest.fixture
def make_sound(tmp_path: Path) -> Callable[[np.ndarray], Sound]:
    """Write samples (-1..1, 16 kHz) as a decoded sound."""

    def make(samples: np.ndarray) -> Sound:
        data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        path = tmp_path / f"{sha256(data).hexdigest()[:12]}.pcm"
        path.write_bytes(data)
        return Sound(path, len(data) // 2, sha256(data).hexdigest())

    return make


@pytest.fixture
def context() -> EngineContext:
    """A workbench that works in this process and keeps batches in memory."""
    return EngineContext(InProcess(), MemoryStore(), lambda _share: None)


@pytest.fixture(scope="session")
def sample() -> np.ndarray:
    """The first 40 s of the sample episode: a host and a guest."""
    from imageio_ffmpeg import get_ffmpeg_exe

    command = [get_ffmpeg_exe(), "-v", "error", "-t", "40", "-i", str(SAMPLE)]
    pcm = subprocess.run(
        [*command, "-ac", "1", "-ar", "16000", "-f", "s16le", "-"], check=True, capture_output=True
    )
    return np.frombuffer(pcm.stdout, dtype="<i2").astype(np.float32) / 32768


@pytest.fixture(scope="session")
def weights() -> Callable[[str], WeightsFile]:
    """Find a model; tests that need an absent one are skipped."""

    def located(name: str) -> WeightsFile:
        try:
            return find(name)
        except ModelUnavailableError as absent:
            pytest.skip(str(absent))

    return located
