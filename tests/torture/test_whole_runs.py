"""Whole runs under pressure: four at once, twice the same, many in one process, a small disk, no network."""

from __future__ import annotations

import gc
import os
import shutil
import socket
import subprocess
import sys
from pathlib import Path

import psutil
import pytest
from samples import begin, outputs, sampled

from chaitime_audio.cli import run
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.upkeep import examine
from cli.conftest import CONFIG, Show, write_tones

CODE = "from chaitime_audio.cli import main; main()"


def start(top: Path, *arguments: str) -> subprocess.Popen[str]:
    """A command line of its own process."""
    order = [sys.executable, "-c", CODE, *arguments]
    pipes = {"stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    return subprocess.Popen(order, cwd=top, text=True, **pipes)


@pytest.mark.parametrize("attempt", sampled(range(20), every=20))
def test_four_processes_on_one_episode(attempt: int, tmp_path: Path) -> None:
    """Whoever comes first makes it, the others end with 75 or find it made; nothing is torn."""
    episode = begin(tmp_path)
    runs = [start(tmp_path, "process", "-q", "episodes/talk") for _ in range(4)]
    codes = [(one.communicate(timeout=600)[1], one.returncode) for one in runs]
    assert {code for _, code in codes} <= {0, 75}, codes
    assert 0 in {code for _, code in codes}
    assert not [one for one in examine(EpisodeFolder(episode)) if one.level != "note"]


def test_the_same_twice(tmp_path: Path) -> None:
    """One recording made in two places gives the same bytes, facts and outputs, with one worker or two."""
    first, second = begin(tmp_path / "a"), begin(tmp_path / "b")
    assert run(["process", "-q", str(first)]) == 0
    config = tmp_path / "b" / "config" / "chaitime.toml"
    config.write_text(CONFIG + "workers = 2\n", encoding="utf-8")
    assert run(["process", "-q", str(second)]) == 0
    assert outputs(first) == outputs(second)
    for name in ("transcript.json", "diarization.json", "master.mp3"):
        assert (first / "facts" / name).read_bytes() == (second / "facts" / name).read_bytes()


@pytest.mark.hard
def test_two_hundred_episodes_in_one_process(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After the first twenty, memory grows by less than a twentieth, and no handle is left open."""
    monkeypatch.chdir(tmp_path)
    begin(tmp_path, 3)
    me, seen = psutil.Process(), list[tuple[int, int]]()
    for number in range(200):
        folder = tmp_path / "episodes" / f"e{number}"
        shutil.copytree(tmp_path / "episodes" / "talk", folder)
        assert run(["process", "-q", str(folder)]) == 0
        shutil.rmtree(folder)
        gc.collect()
        seen.append((me.memory_info().rss, me.num_fds()))
    assert seen[-1][0] < 1.05 * seen[20][0], [rss // 1_000_000 for rss, _ in seen[::20]]
    assert seen[-1][1] <= seen[20][1]


@pytest.mark.hard
@pytest.mark.parametrize("kilobytes", [64, 256, 512, 700, 900, 1200])
def test_a_small_disk(kilobytes: int, tmp_path: Path) -> None:
    """On a real file system of that size: exit 6 and one line, the recording as it was, no rubbish."""
    disk = tmp_path / "disk"
    disk.mkdir()
    order = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(order, capture_output=True, check=False).returncode:
        pytest.skip("no file system can be mounted here")
    try:
        recording = write_tones(tmp_path / "talk.wav", 20)
        before = recording.read_bytes()
        done = start(tmp_path, "process", "-q", str(recording), "--out", str(disk / "talk"))
        said = done.communicate(timeout=600)[1]
        assert done.returncode in (0, 6), said
        if done.returncode:
            assert "no space left" in said
        assert recording.read_bytes() == before
        assert not list(disk.rglob("*.part"))
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False, capture_output=True)


def test_nothing_connects(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A whole run, its notes, its checks and its report try no connection and ask for no name."""
    tried: list[object] = []

    def refuse(*arguments: object, **_: object) -> None:
        tried.append(arguments)
        raise OSError("the network is cut")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    assert show.run("process", "-q", show.tones())[0] == 0
    for command in ("notes", "check", "report", "render", "fsck"):
        assert show.run(command, show.episode)[0] in (0, 7)
    assert not tried
