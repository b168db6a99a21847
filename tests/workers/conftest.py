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


@contextmanager
def _scheduler(folder: Path) -> Iterator[tuple[str, Process]]:
    note = folder / "scheduler.json"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(note)]
    with _dask("scheduler", *options) as process:
        for _ in range(400):
            if note.is_file() and note.stat().st_size:
                break
            time.sleep(0.1)
        yield json.loads(note.read_text())["address"], process


def _worker(scheduler: str, folder: Path, *more: str) -> AbstractContextManager[Process]:
    options = "--nthreads 1 --nworkers 1 --no-nanny --no-dashboard --host 127.0.0.1".split()
    return _dask("worker", scheduler, *options, "--local-directory", str(folder), *more)


def _await(scheduler: str, count: int) -> None:
    from distributed import Client

    with Client(scheduler, timeout=20, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=40)


@contextmanager
def _two_workers(scheduler: str, folder: Path) -> Iterator[str]:
    with _worker(scheduler, folder / "one"), _worker(scheduler, folder / "two"):
        _await(scheduler, 2)
        yield scheduler


@pytest.fixture
def scheduling(tmp_path: Path) -> Iterator[tuple[str, Process]]:
    """A scheduler for one test, which may end it: its address and its process."""
    with _scheduler(tmp_path) as made:
        yield made


@pytest.fixture(scope="module")
def scheduler(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler; its workers come and go with each test."""
    with _scheduler(tmp_path_factory.mktemp("scheduler")) as (address, _):
        yield address


@pytest.fixture
def worker(tmp_path: Path) -> Worker:
    """Start a worker of a scheduler, under a name and with further options."""

    def started(scheduler: str, name: str, *more: str) -> AbstractContextManager[Process]:
        return _worker(scheduler, tmp_path / name, *more)

    return started


@pytest.fixture
def await_workers(scheduler: str) -> Callable[[int], None]:
    """Wait until the scheduler has so many workers."""
    return lambda count: _await(scheduler, count)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a scheduler with two workers, for tests that leave them as they were."""
    folder = tmp_path_factory.mktemp("cluster")
    with _scheduler(folder) as (address, _), _two_workers(address, folder):
        yield address


@pytest.fixture
def mortal_cluster(scheduler: str, tmp_path: Path) -> Iterator[str]:
    """The same for one test, which may kill the workers."""
    with _two_workers(scheduler, tmp_path):
        yield scheduler
