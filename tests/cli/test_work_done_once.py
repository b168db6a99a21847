"""A run over what is kept does no work twice: it starts no ffmpeg and reads no large file."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.audio import ffmpeg
from chaitime_audio.project import file_memory
from chaitime_audio.tagging import drawn_cover

from .conftest import Show, write_tones

LARGE_BYTES = 1_000_000
AUDIO = """
[audio]
intro = "audio/intro.wav"
outro = "audio/outro.wav"
bed = "audio/bed.wav"
"""
_watching: list[list[str]] = []


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event == "open" and _watching and isinstance(arguments[0], str | bytes | os.PathLike):
        path = Path(os.fsdecode(arguments[0]))
        writes = isinstance(arguments[1], str) and not arguments[1].startswith("r")
        if not writes and path.is_file() and path.stat().st_size > LARGE_BYTES and path.suffix != ".so":
            _watching[-1].append(path.name)


sys.addaudithook(_watch)


@contextmanager
def large_reads() -> Iterator[list[str]]:
    """Names of the files of over a megabyte that are opened meanwhile."""
    seen: list[str] = []
    _watching.append(seen)
    try:
        yield seen
    finally:
        _watching.remove(seen)


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Commands of every ffmpeg that is started."""
    real, commands = subprocess.Popen, list[list[str]]()

    def popen(command: list[str], *rest: Any, **how: Any) -> subprocess.Popen[bytes]:
        commands.append(command)
        return real(command, *rest, **how)

    monkeypatch.setattr(ffmpeg.subprocess, "Popen", popen)
    return commands


def make(show: Show, masterer: str, formats: str) -> Show:
    """Make an episode with intro, outro and bed, each over a megabyte; so is the recording."""
    config = show.folder / "config" / "chaitime.toml"
    text = config.read_text().replace('mastering = "standin"', f'mastering = "{masterer}"')
    config.write_text(f"{text}{AUDIO}extra_formats = {formats}\n")
    for name in ("intro", "outro", "bed"):
        write_tones(config.parent / "audio" / f"{name}.wav", seconds=12, rate_hz=44_100)
    assert show.run("process", show.tones(seconds=33))[0] == 0
    return show


@pytest.fixture
def quick(show: Show) -> Show:
    """Made once by the stand-in for mastering."""
    return make(show, "standin", "[]")


def test_a_kept_run_starts_no_ffmpeg_and_reads_no_large_file(
    show: Show, started: list[list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Recording, clips, master and every file of sound in out/ are known by size, time and inode."""
    made = make(show, "ffmpeg", '["m4a", "flac", "wav"]')
    assert started
    started.clear()
    monkeypatch.setattr(drawn_cover, "_jpeg", lambda *_: pytest.fail("the cover was drawn again"))
    before = {path: path.stat().st_mtime_ns for path in made.out.rglob("*")}
    with large_reads() as seen:
        assert made.run("process", made.episode)[0] == 0
    assert started == []
    assert seen == []
    assert {path: path.stat().st_mtime_ns for path in made.out.rglob("*")} == before


def test_a_clip_that_changed_is_looked_at_again(quick: Show, started: list[list[str]]) -> None:
    """Another intro is noticed by its size or time, and the master made anew; other clips are not read."""
    write_tones(quick.folder / "config" / "audio" / "intro.wav", seconds=3)
    code, _, err = quick.run("process", quick.episode)
    assert code == 0
    assert "master the MP3" in err
    looked = {name for name in ("intro.wav", "outro.wav", "bed.wav") if name in str(started)}
    assert looked == {"intro.wav"}


def test_a_text_that_changed_hashes_no_sound(quick: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """Another title tags the MP3 anew; its sum is taken as it is written, and the master's is known."""
    hashed: list[str] = []
    real = file_memory.file_sha256
    monkeypatch.setattr(file_memory, "file_sha256", lambda path: hashed.append(path.name) or real(path))
    before = (quick.out / "talk.mp3").read_bytes()
    assert quick.run("process", quick.episode, "--title", "Another")[0] == 0
    assert (quick.out / "talk.mp3").read_bytes() != before
    assert hashed == []


def test_a_master_that_was_changed_is_noticed(quick: Show) -> None:
    """The sum is taken again when a file looks otherwise: a master that was touched is refused by name."""
    master = quick.episode / "facts" / "master.mp3"
    data = bytearray(master.read_bytes())
    data[-20] ^= 0xFF
    master.write_bytes(bytes(data))
    code, _, err = quick.run("process", quick.episode, "--title", "Another")
    assert code != 0
    assert "--again master" in err
