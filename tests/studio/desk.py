"""A studio that runs in a thread, on an episode that stand-ins made of tones."""

from __future__ import annotations

import math
import threading
import wave
from array import array
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from chaitime_audio.cli import run
from chaitime_audio.studio.server import Address, serve

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
RATE_HZ, PERIOD_S, TONE_S = 16_000, 3, 2


def made(folder: Path, seconds: int = 24) -> Path:
    """Make an episode of tones of two seconds with a pause between them; returns its folder."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    tone = array("h", (round(8000 * math.sin(at * 0.08)) for at in range(TONE_S * RATE_HZ)))
    samples = (tone + array("h", bytes(2 * RATE_HZ))) * (seconds // PERIOD_S)
    recording = folder / "talk.wav"
    with wave.open(str(recording), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    episode = folder / "episodes" / "talk"
    told = ("--guest", "Tom Ellery", "--out", str(episode), "--config", str(folder / "config/chaitime.toml"))
    assert run(["process", str(recording), *told]) == 0
    return episode


@contextmanager
def studio(path: Path) -> Iterator[Address]:
    """Serve while the block lasts."""
    addresses: Queue[Address] = Queue()
    failures: list[BaseException] = []
    ending = threading.Event()

    def work() -> None:
        try:
            serve(path, opened=addresses.put, stay=True, until=ending.is_set)
        except BaseException as problem:  # for the test to see
            failures.append(problem)
            raise

    thread = threading.Thread(target=work, name="studio")
    thread.start()
    try:
        yield addresses.get(timeout=20)
    finally:
        ending.set()
        thread.join(20)
    assert not failures
    assert not thread.is_alive()
