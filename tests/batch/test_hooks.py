"""The hook: gets the folder, no shell is between, and whatever it does costs no episode."""

from __future__ import annotations

import sys
import time
from pathlib import Path

import pytest

from chaitime_audio.batch.hooks import run_hook
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.settings import HookSettings

SAVE = (
    "import sys, os, json, pathlib; pathlib.Path('seen.json').write_text("
    "json.dumps([sys.argv[1:], os.getcwd(), os.environ['CHAITIME_OUT'], sys.stdin.read()]))"
)


@pytest.fixture(params=["plain", "with space", "quote'\"$(id)`", "new\nline", "-rf"])
def folder(request: pytest.FixtureRequest, tmp_path: Path) -> EpisodeFolder:
    """Episode folders with harmless and with hostile names."""
    path = tmp_path / request.param
    path.mkdir()
    return EpisodeFolder(path)


def python(code: str, timeout_s: float = 30.0) -> HookSettings:
    """A hook that runs a little Python."""
    return HookSettings(after=(sys.executable, "-c", code), timeout_s=timeout_s)


def test_the_folder_is_the_last_argument_whatever_its_name(folder: EpisodeFolder) -> None:
    """As one argument, absolute; it works in that folder and has nothing to read."""
    import json

    assert run_hook(python(SAVE), folder) == ""
    arguments, where, out, read = json.loads((folder.path / "seen.json").read_text())
    assert arguments == [str(folder.path)]
    assert where == str(folder.path)
    assert out == str(folder.path / "out")
    assert read == ""


def test_a_failure_is_one_line_with_the_last_words(folder: EpisodeFolder) -> None:
    """Code and last line are told; control characters are not."""
    said = run_hook(python("print('first'); print('no \\x1b[31mroom'); raise SystemExit(3)"), folder)
    assert "ended with code 3: no" in said
    assert "room" in said
    assert "\x1b" not in said
    assert "\n" not in said


def test_a_program_that_is_not_there_is_told(folder: EpisodeFolder) -> None:
    """Not found, and no command at all."""
    assert "cannot be started: No such file" in run_hook(HookSettings(after=("/nowhere/upload",)), folder)
    assert run_hook(HookSettings(), folder) == ""


@pytest.mark.parametrize("folder", ["plain"], indirect=True)
def test_one_that_hangs_is_stopped_with_its_children(folder: EpisodeFolder) -> None:
    """Even one that ignores a polite end, and what it started itself."""
    code = (
        "import signal, subprocess, sys, time, os, pathlib;"
        "signal.signal(signal.SIGTERM, signal.SIG_IGN);"
        "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']);"
        "pathlib.Path('pid').write_text(str(child.pid)); time.sleep(60)"
    )
    began = time.monotonic()
    assert "was stopped after 5 s" in run_hook(python(code, timeout_s=5.0), folder)
    assert time.monotonic() - began < 40
    import psutil

    pid = int((folder.path / "pid").read_text())
    for _ in range(100):
        if not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE:
            return
        time.sleep(0.05)
    pytest.fail("the hook's child is still there")
