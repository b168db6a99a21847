"""Pools that are closed, or whose parent is killed: nobody is left behind, and nobody waits for ever."""

from __future__ import annotations

import contextlib
import subprocess
import sys
import threading
import time
from concurrent.futures import CancelledError, ThreadPoolExecutor
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

import psutil
import pytest

from chaitime_audio.errors import WorkerDiedError
from chaitime_audio.workers.local import LocalPool

HERE = Path(__file__).parent


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(HERE))
    import pool_tasks

    return pool_tasks


def test_closing_leaves_no_process(tasks: Any) -> None:
    """Closing ends the workers, twice does no harm, and a closed pool refuses work instead of waiting."""
    before = _worker_processes()
    pool = LocalPool(2)
    pool.map(tasks.Square(), range(4))
    workers = _worker_processes() - before
    assert len(workers) == 2
    pool.close()
    pool.close()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive
    with pytest.raises(CancelledError, match="dismissed"):
        pool.map(tasks.Square(), [1])


def _worker_processes() -> set[psutil.Process]:
    """Worker processes of this one that run; a pool of another test file may be among them."""
    found = set()
    for one in psutil.Process().children():
        with contextlib.suppress(psutil.Error):
            if "spawn_main" in " ".join(one.cmdline()):
                found.add(one)
    return found


def test_closing_while_a_dead_worker_is_replaced(tasks: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Closing in the moment in which another process takes a dead one's place does not leave that behind."""
    before, pool = _worker_processes(), LocalPool(1)
    with pytest.raises(WorkerDiedError):
        pool.map(tasks.Trouble(), ["death"])
    starting, start = threading.Event(), SpawnProcess.start

    def slow(process: SpawnProcess) -> None:
        starting.set()
        time.sleep(0.3)
        start(process)

    monkeypatch.setattr(SpawnProcess, "start", slow)
    with ThreadPoolExecutor(1) as threads:
        call = threads.submit(pool.map, tasks.Square(pause_s=30), [1])
        assert starting.wait(10)
        pool.close()
        assert call.exception(timeout=10)
    _, alive = psutil.wait_procs(_worker_processes() - before, timeout=5)
    assert not alive


def test_closing_lets_everybody_go_who_waits(tasks: Any) -> None:
    """Whoever waits for items in line or under way, his own or somebody else's, gets an error at once."""
    pool, store = LocalPool(1), tasks.Store()
    with ThreadPoolExecutor(3) as threads:
        task = tasks.Square(pause_s=30)
        calls = [threads.submit(pool.map, task, range(5), store) for _ in range(3)]
        time.sleep(1.5)
        pool.close()
        problems = [call.exception(timeout=20) for call in calls]
    assert all(problems)


def test_workers_die_with_their_parent(tmp_path: Path) -> None:
    """When the parent is killed in the middle of work, its workers end too, in the middle of theirs."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import sys\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "from chaitime_audio.workers.local import LocalPool\n"
        "import pool_tasks\n"
        "if __name__ == '__main__':\n"
        "    pool = LocalPool(2)\n"
        "    pool.map(pool_tasks.Square(), range(4))\n"
        "    print('ready', flush=True)\n"
        "    pool.map(pool_tasks.Square(pause_s=60), range(4))\n"
    )
    parent = subprocess.Popen([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
    assert parent.stdout
    assert parent.stdout.readline() == "ready\n"
    time.sleep(0.2)
    workers = psutil.Process(parent.pid).children(recursive=True)
    assert len(workers) >= 2
    parent.kill()
    parent.communicate()
    _, alive = psutil.wait_procs(workers, timeout=10)
    assert not alive


def test_workers_do_not_hear_ctrl_c_while_they_start(tmp_path: Path) -> None:
    """A terminal tells everybody of Ctrl-C; only the parent decides, and no worker prints a traceback."""
    script = tmp_path / "parent.py"
    script.write_text(
        "import os, signal, sys\n"
        f"sys.path.insert(0, {str(HERE)!r})\n"
        "from chaitime_audio.workers.local import LocalPool\n"
        "import pool_tasks\n"
        "if __name__ == '__main__':\n"
        "    signal.signal(signal.SIGINT, lambda *_: None)\n"
        "    pool = LocalPool(1)\n"
        "    pool.prepare(pool_tasks.Square())\n"
        "    os.killpg(0, signal.SIGINT)\n"
        "    print(len(pool.map(pool_tasks.Square(), range(4))))\n"
        "    pool.close()\n"
    )
    parent = subprocess.run(
        [sys.executable, str(script)],
        capture_output=True,
        text=True,
        check=False,
        start_new_session=True,
        timeout=60,
    )
    assert (parent.stdout, parent.stderr) == ("4\n", "")
