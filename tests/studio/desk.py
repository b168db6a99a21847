"""A studio that runs in a thread, on an episode that stand-ins made of tones."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Queue

from chaitime_audio.cli import run
from chaitime_audio.studio.server import Address, serve
from cli.conftest import CONFIG, write_tones


def made(folder: Path, seconds: int = 24) -> Path:
    """Make an episode of tones of two seconds with a pause between them; returns its folder."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    recording = write_tones(folder / "talk.wav", seconds)
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
