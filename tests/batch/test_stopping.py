"""How a batch ends that was asked to stop: soon, and a hook under way is waited for."""

from __future__ import annotations

import sys
import threading
import time
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from chaitime_audio.audio import ffmpeg
from chaitime_audio.batch import Stopping, hooks, running
from chaitime_audio.cli.json_view import plain_event
from chaitime_audio.cli.phrases import stopping_line
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.settings import HookSettings
from chaitime_audio.workers import WorkerLease


@pytest.fixture(autouse=True)
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "LEAVE_S", 0.6)
    monkeypatch.setattr(running, "SOON_S", 0.2)


def hook(seconds: float) -> HookSettings:
    """A hook that takes so long."""
    return HookSettings(after=(sys.executable, "-c", f"import time; time.sleep({seconds})"), timeout_s=60)


def begun(folder: Path, settings: HookSettings, threads: ThreadPoolExecutor) -> Future[str]:
    """A hook that runs."""
    started = threads.submit(hooks.run_hook, settings, EpisodeFolder(folder))
    while not hooks.under_way():
        time.sleep(0.01)
    return started


def test_what_hangs_is_left_after_a_while_and_that_is_told() -> None:
    """A thread in a read that never ends does not hold a batch; the person hears that it waits, once."""
    told: list[str] = []
    began = time.monotonic()
    running.shut_down({Future()}, told.append)
    assert 0.5 < time.monotonic() - began < 5
    assert told == [""]


def test_what_ends_by_itself_is_not_told() -> None:
    """The usual end is quick and silent."""
    over, told = Future[None](), list[str]()
    over.set_result(None)
    running.shut_down({over}, told.append)
    assert told == []


def test_a_hook_under_way_is_waited_for_and_named(tmp_path: Path) -> None:
    """An upload comes to its end, however long that is; who waits is told what for."""
    told: list[str] = []
    with ThreadPoolExecutor(1) as threads:
        one = begun(tmp_path, hook(1.5), threads)
        running.shut_down({one}, told.append)  # type: ignore[arg-type]
        assert one.done()
        assert one.result() == ""
    assert told == [sys.executable]
    assert hooks.under_way() == ""


def test_a_second_ctrl_c_stops_the_hook(tmp_path: Path) -> None:
    """What `hooks.stop_all` ends is told as ended by a signal."""
    with ThreadPoolExecutor(1) as threads:
        killed = begun(tmp_path, hook(60), threads)
        hooks.stop_all()
        assert "ended with code -9" in killed.result(timeout=20)


def test_nobody_is_hired_after_the_end() -> None:
    """An episode that was still being copied in when the batch was stopped gets no workers any more."""
    lease = WorkerLease(1)
    lease.close()
    with pytest.raises(CancelledError):
        lease.pool(1_000)


def test_an_ffmpeg_that_was_stopped_is_no_failure() -> None:
    """It is told apart from a recording that cannot be read, so that no episode is called failed."""
    endless = ["-f", "lavfi", "-i", "sine", "-f", "s16le"]
    blocks = ffmpeg.stream(endless)
    next(blocks)
    threading.Timer(0.2, ffmpeg.stop_all).start()
    with pytest.raises(CancelledError):
        for _ in blocks:
            time.sleep(0.001)


def test_waiting_is_told_in_words_and_as_json() -> None:
    """Both name the hook."""
    assert stopping_line(Stopping("upload")) == "stopping: waiting for upload; Ctrl-C again ends it at once"
    assert plain_event(Stopping("")) == {"event": "stopping", "hook": ""}
