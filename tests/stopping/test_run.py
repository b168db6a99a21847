"""A run that is cancelled from any thread: who waits goes on at once, nothing is loaded or begun any more."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError, ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.batch import hooks
from chaitime_audio.cli import signals
from chaitime_audio.pipeline import stopping
from chaitime_audio.pipeline.stopping import Run
from chaitime_audio.project import cancellable
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.artifacts import ArtifactStore
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.files import replacing
from chaitime_audio.workers import WorkerLease
from chaitime_audio.workers.in_process import InProcess

STAGE = Stage("transcript", int, "standin", {})


class Counting:
    """A task that counts how often it is loaded and run, and waits in either as long as it is told."""

    affinity = "any"

    def __init__(self) -> None:
        self.loaded, self.ran = 0, list[int]()
        self.busy, self.go_on = threading.Event(), threading.Event()
        self.slow = "run"

    def setup(self) -> Any:
        self.loaded += 1
        self._wait("setup")

    def run(self, _loaded: Any, item: int) -> int:
        self._wait("run")
        self.ran.append(item)
        return item

    def key(self, item: int) -> str:
        return str(item)

    def pack(self, result: int) -> bytes:
        return str(result).encode()

    def unpack(self, data: bytes) -> int:
        return int(data)

    def _wait(self, where: str) -> None:
        if self.slow == where:
            self.busy.set()
            assert self.go_on.wait(20)


@pytest.mark.parametrize(("slow", "ran"), [("run", [0]), ("setup", [])])
def test_work_in_this_process_ends_and_loads_nothing_again(slow: str, ran: list[int]) -> None:
    """After the item under way nothing begins, and its model is loaded once; closed in a load, no item is."""
    pool, task = InProcess(), Counting()
    task.slow = slow
    with ThreadPoolExecutor(2) as threads:
        calls = [threads.submit(pool.map, task, range(3))]
        assert task.busy.wait(10)
        calls.append(threads.submit(pool.map, task, range(3)))
        pool.close()
        task.go_on.set()
        assert all(isinstance(call.exception(timeout=10), CancelledError) for call in calls)
    assert (task.loaded, task.ran) == (1, ran)


def begun(
    tmp_path: Path, make: Callable[[ArtifactStore], int]
) -> tuple[Run, ArtifactStore, ThreadPoolExecutor, Any]:
    """A run of one stage that is under way, and who waits for its value."""
    run, artifacts, busy = Run(WorkerLease(1)), ArtifactStore(EpisodeFolder(tmp_path)), threading.Event()
    threads = ThreadPoolExecutor(1)

    def stage() -> int:
        busy.set()
        return make(artifacts)

    def waits() -> int:
        with run.holding(artifacts):
            return artifacts.once(STAGE, stage).result

    waiting = threads.submit(waits)
    assert busy.wait(10)
    return run, artifacts, threads, waiting


def test_whoever_waits_goes_on_although_a_library_does_not_return(tmp_path: Path) -> None:
    """Cancelling from another thread raises CancelledError where a stage is waited for, soon."""
    go_on = threading.Event()
    run, _, threads, waiting = begun(tmp_path, lambda _: int(go_on.wait(60)))
    began = time.monotonic()
    run.cancel()
    run.cancel()
    assert isinstance(waiting.exception(timeout=20), CancelledError)
    assert time.monotonic() - began < 10
    assert run.cancelled
    go_on.set()
    threads.shutdown()


def test_a_long_loop_ends_with_its_next_news(tmp_path: Path) -> None:
    """An engine that tells how far it is gets CancelledError there, so that no loop needs to look itself."""
    ended = threading.Event()

    def loop(artifacts: ArtifactStore) -> int:
        try:
            while True:
                artifacts.watch("transcript", "running", 0.1)
                time.sleep(0.01)
        finally:
            ended.set()

    run, _, threads, waiting = begun(tmp_path, loop)
    run.cancel()
    assert ended.wait(10)
    assert isinstance(waiting.exception(timeout=10), CancelledError)
    threads.shutdown()


def test_a_stage_that_hangs_leaves_no_temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What it was writing is removed when the run is left; what was kept stays."""
    monkeypatch.setattr(cancellable, "SOON_S", 0.1)
    go_on, target = threading.Event(), tmp_path / "facts" / "master.mp3"

    def half(_: ArtifactStore) -> int:
        with replacing(target) as temporary:
            temporary.write_bytes(b"half")
            go_on.wait(60)
            raise CancelledError

    kept = tmp_path / "work" / "batches" / "kept"
    kept.parent.mkdir(parents=True)
    kept.touch()
    run, _, threads, waiting = begun(tmp_path, half)
    run.cancel()
    assert isinstance(waiting.exception(timeout=20), CancelledError)
    assert list(tmp_path.rglob("*.part")) == []
    assert kept.exists()
    go_on.set()
    threads.shutdown()


def test_nothing_begins_in_a_run_that_was_cancelled(tmp_path: Path) -> None:
    """An episode that comes later in it is not made."""
    run = Run(WorkerLease(1))
    stopping.cancel_all()
    artifacts = ArtifactStore(EpisodeFolder(tmp_path))
    with run.holding(artifacts), pytest.raises(CancelledError):
        assert artifacts.once(STAGE, lambda: 1).result


def test_a_hook_that_has_ended_is_not_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its number may be another process's by then."""

    class Ended:
        pid = 1

        def poll(self) -> int:
            return 0

    monkeypatch.setattr(hooks.os, "killpg", lambda *_: pytest.fail("somebody else was killed"))
    hooks._kill(Ended())  # type: ignore[arg-type]


def test_a_signal_that_python_swallows_prints_no_traceback(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A signal that arrives inside a callback of Python's own leaves no traceback; anything else does."""
    monkeypatch.setattr(sys, "unraisablehook", signals._silent_when_stopped)
    for lost in (signals.Terminated(), KeyboardInterrupt(), ValueError("a fault of ours")):
        dies = type("Dies", (), {"__del__": lambda _, lost=lost: _thrown(lost)})
        dies()
    said = capsys.readouterr().err
    assert "a fault of ours" in said
    assert said.count("Traceback") == 1


def _thrown(what: BaseException) -> None:
    raise what
