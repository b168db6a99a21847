"""A scheduler and workers of a cluster in processes of their own, over TCP."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

HERE = Path(__file__).parent
Process = subprocess.Popen[bytes]
Worker = Callable[..., AbstractContextManager[Process]]


@contextmanager
def _dask(*command: str) -> Iterator[Process]:
    paths = os.pathsep.join((str(HERE), os.environ.get("PYTHONPATH", "")))
    environment = {**os.environ, "PYTHONPATH": paths, "OMP_NUM_THREADS": "1"}
    process = subprocess.Popen(
        [sys.executable, "-m", "dask", *command],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def scheduling(tmp_path: Path) -> Iterator[tuple[str, Process]]:
    """A scheduler: its address and its process."""
    note = tmp_path / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
    with _dask("scheduler", *options) as process:
        for _ in range(400):
            if note.is_file() and note.stat().st_size:
                break
            time.sleep(0.1)
        yield json.loads(note.read_text())["address"], process


@pytest.fixture
def scheduler(scheduling: tuple[str, Process]) -> str:
    """The address of a scheduler."""
    return scheduling[0]


@pytest.fixture
def worker(scheduler: str, tmp_path: Path) -> Worker:
    """Start a worker of that scheduler, under a name and with further options."""
    options = "--nthreads 1 --nworkers 1 --no-nanny --no-dashboard --host 127.0.0.1".split()

    def started(name: str, *more: str) -> AbstractContextManager[Process]:
        return _dask("worker", scheduler, *options, "--local-directory", str(tmp_path / name), *more)

    return started


@pytest.fixture
def await_workers(scheduler: str) -> Callable[[int], None]:
    """Wait until so many workers are there."""

    def wait_for(count: int) -> None:
        from distributed import Client

        with Client(scheduler, timeout=20, set_as_default=False) as client:
            client.wait_for_workers(count, timeout=40)

    return wait_for


@pytest.fixture
def cluster(scheduler: str, worker: Worker, await_workers: Callable[[int], None]) -> Iterator[str]:
    """The address of a scheduler with two workers, each started separately."""
    with worker("one"), worker("two"):
        await_workers(2)
        yield scheduler
