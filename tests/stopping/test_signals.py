"""A signal ends any command in any stage soon: nobody is left, nothing half-written, a rerun ends well."""

from __future__ import annotations

import itertools
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psutil
import pytest

sys.path.insert(0, str(Path(__file__).parents[1]))

from chaitime_audio.cli import run
from cli.conftest import CONFIG, write_tones

HERE = Path(__file__).parent
MOST_S = 5.0
"""It takes less than two; a loaded machine may take its time."""
CODES = {"SIGINT": 130, "SIGTERM": 143}
COMMANDS = {
    "process": ("process", "episodes/one"),
    "render": ("render", "episodes/one"),
    "report": ("report", "episodes/one"),
    "relisten": ("relisten", "episodes/one", "0:01-0:03"),
    "batch": ("batch", "episodes", "--jobs", "1"),
}
STAGES = ("decode", "activity", "transcript", "diarization", "master", "tagging")


class Server:
    """Starts commands in which one stage takes for ever."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, str(HERE / "slow.py")],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(HERE), os.environ.get("PYTHONPATH", "")])},
        )

    def start(self, show: Path, stage: str, *arguments: str) -> psutil.Process:
        """Return the process once the stage is under way in it."""
        order = {"cwd": str(show), "said": str(show / "said"), "stage": stage}
        order |= {"arguments": arguments, "ready": str(show / "ready")}  # type: ignore[dict-item]
        assert self._process.stdin
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        process, until = psutil.Process(int(self._answer())), time.monotonic() + 60
        while not (show / "ready").exists():
            assert time.monotonic() < until, said(show)
            assert process.is_running(), said(show)
            time.sleep(0.01)
        return process

    def ended(self) -> int:
        """Wait for the command and return its exit code."""
        return int(self._answer())

    def close(self) -> None:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.close()
        self._process.wait(timeout=20)
        self._process.stdout.close()

    def _answer(self) -> str:
        assert self._process.stdout
        return self._process.stdout.readline()


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """One server for all tests of this module."""
    started = Server()
    yield started
    started.close()


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A show with one episode that is not made; the working directory is inside it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(CONFIG)
    write_tones(tmp_path / "episodes" / "one" / "source" / "talk.wav", seconds=6)
    (tmp_path / "episodes" / "one" / "episode.toml").write_text('title = "One"\n')
    monkeypatch.chdir(tmp_path)
    return tmp_path


def said(show: Path) -> str:
    """What the command printed."""
    return (show / "said").read_text()


def half_written(show: Path) -> list[str]:
    """Temporaries that are left in the show, and torn files."""
    locks = (".lock", ".files.lock")
    return [str(path.relative_to(show)) for path in show.rglob(".*") if path.name not in locks]


def is_everyday(command: str, stage: str, sent: str) -> bool:
    """``process`` in every stage with the signals in turn, the others in one stage with either."""
    if command == "process":
        return sent == tuple(CODES)[STAGES.index(stage) % 2]
    return (stage, sent) in {("transcript", "SIGINT"), ("master", "SIGTERM")}


def cases() -> Iterator[Any]:
    """Every command in every stage with either signal; most of them only in the hard tests.

    A report is written without tagging anything.
    """
    for command, stage, sent in itertools.product(COMMANDS, STAGES, CODES):
        if (command, stage) != ("report", "tagging"):
            marks = () if is_everyday(command, stage, sent) else (pytest.mark.hard,)
            yield pytest.param(command, stage, sent, marks=marks)


@pytest.mark.parametrize(("command", "stage", "sent"), tuple(cases()))
def test_a_signal_ends_it(
    command: str,
    stage: str,
    sent: str,
    server: Server,
    show: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The exit code tells it; no process is left, nothing half-written or called failed; a rerun ends."""
    process = server.start(show, stage, *COMMANDS[command])
    family, began = process.children(recursive=True), time.monotonic()
    process.send_signal(signal.Signals[sent])
    code = server.ended()
    spent_s = time.monotonic() - began
    assert code == CODES[sent], said(show)
    assert spent_s < MOST_S
    assert "Traceback" not in said(show)
    _, alive = psutil.wait_procs(family, timeout=2)
    assert not alive
    assert half_written(show) == []
    record = show / "episodes" / "one" / "episode.json"
    assert not record.exists() or not json.loads(record.read_text()).get("failure")
    if command == "process" or stage == "transcript":
        assert run(list(COMMANDS[command])) == 0, capfd.readouterr().err


@pytest.mark.parametrize(
    ("sent", "expected"),
    [(("SIGHUP",), 143), (("SIGINT", "SIGTERM", "SIGINT"), 130), (("SIGTERM", "SIGINT"), 143)],
)
def test_a_second_signal_breaks_nothing(
    sent: tuple[str, ...], expected: int, server: Server, show: Path
) -> None:
    """The first one decides the exit code; those that come while all is put away change nothing."""
    process = server.start(show, "transcript", *COMMANDS["process"])
    for name in sent:
        process.send_signal(signal.Signals[name])
        time.sleep(0.05)
    assert server.ended() == expected, said(show)
    assert "Traceback" not in said(show)
    assert said(show).count("nothing is lost") == 1
    assert half_written(show) == []
