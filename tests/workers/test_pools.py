"""Pools: the same results in order whoever works, kept items skipped, trouble told, nobody left behind."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
import pytest

from chaitime_audio import workers
from chaitime_audio.errors import InputRefusedError, WorkerDiedError
from chaitime_audio.workers import WorkerLease, WorkerPool, paying, pool_for
from chaitime_audio.workers.in_process import InProcess
from chaitime_audio.workers.local import LocalPool

HERE = Path(__file__).parent


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(HERE))


@pytest.fixture
def tasks() -> Any:
    import pool_tasks

    return pool_tasks


@pytest.fixture
def pair() -> Iterator[LocalPool]:
    pool = LocalPool(2)
    yield pool
    pool.close()


@pytest.fixture(params=["here", "two"])
def either(request: pytest.FixtureRequest) -> Iterator[WorkerPool]:
    pool: WorkerPool = InProcess() if request.param == "here" else LocalPool(2)
    yield pool
    pool.close()


def test_results_keep_the_order_of_the_items(either: WorkerPool, tasks: Any) -> None:
    """Results come in the order of the items, and on_done names every item once."""
    done: list[int] = []
    results = either.map(tasks.Square(), range(9), None, done.append)
    assert [first for first, _ in results] == [n * n for n in range(9)]
    assert sorted(done) == list(range(9))


def test_a_task_is_set_up_once_per_worker(pair: LocalPool, tasks: Any, tmp_path: Path) -> None:
    """A worker loads a task's models once, however many calls of map hand it items."""
    task = tasks.Square(log=tmp_path / "log", pause_s=0.02)
    for _ in range(3):
        pair.map(task, range(6))
    loads = (tmp_path / "log").read_text().split()
    assert len(loads) == len(set(loads)) <= 2
    assert str(os.getpid()) not in loads


def test_lane_one_stays_on_one_worker(pair: LocalPool, tasks: Any) -> None:
    """Work of lane one is done by the same worker, from whichever thread and call it comes."""
    task = tasks.Square(affinity="one", pause_s=0.01)
    with ThreadPoolExecutor(3) as threads:
        calls = [threads.submit(pair.map, task, range(4)) for _ in range(3)]
        workers = {worker for call in calls for _, worker in call.result()}
    assert len(workers) == 1


def test_an_item_under_way_is_not_begun_again(pair: LocalPool, tasks: Any) -> None:
    """Two calls that want the same kept item at once get one result, made once."""
    task, store = tasks.Square(pause_s=0.3), tasks.Store()
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(pair.map, task, [3, 4], store) for _ in range(4)]
        results = [call.result() for call in calls]
    assert all(result == results[0] for result in results)
    assert store.puts == 2


def test_an_item_that_failed_for_another_is_tried_again(pair: LocalPool, tasks: Any, tmp_path: Path) -> None:
    """Whoever waits for an item of somebody else that fails has it done once more for himself."""
    task = tasks.FailsOnce(log=tmp_path / "log", pause_s=0.3)
    with ThreadPoolExecutor(2) as threads:
        calls = [threads.submit(pair.map, task, [5], tasks.Store()) for _ in range(2)]
        outcomes = [call.exception() is None for call in calls]
    assert sorted(outcomes) == [False, True]


def test_preparing_loads_on_all_but_the_first(pair: LocalPool, tasks: Any, tmp_path: Path) -> None:
    """To prepare is to set up beforehand, on the workers that lane one does not need, without waiting."""
    task = tasks.Square(log=tmp_path / "log")
    pair.prepare(task)
    first = pair.map(tasks.Square(affinity="one"), [1])[0][1]
    while not (tmp_path / "log").exists():
        time.sleep(0.01)
    assert (tmp_path / "log").read_text().split() != [str(first)]


def test_lane_soon_goes_before_lane_any(tasks: Any) -> None:
    """Work that others wait for overtakes what stands in line, on every worker."""
    pool = LocalPool(1)
    order: list[str] = []
    pool.map(tasks.Square(), [0])
    with ThreadPoolExecutor(2) as threads:
        slow = threads.submit(
            pool.map, tasks.Square(pause_s=0.5), range(3), None, lambda _: order.append("any")
        )
        time.sleep(0.1)
        soon = threads.submit(
            pool.map, tasks.Square(affinity="soon"), [1], None, lambda _: order.append("soon")
        )
        soon.result(), slow.result()
    pool.close()
    assert order.index("soon") <= 1


def test_several_threads_share_the_workers(pair: LocalPool, tasks: Any) -> None:
    """Calls from several threads at once each get their own results."""
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(pair.map, tasks.Square(), range(n, n + 5)) for n in range(4)]
        for n, call in enumerate(calls):
            assert [first for first, _ in call.result()] == [i * i for i in range(n, n + 5)]


def test_kept_items_are_not_done_again(either: WorkerPool, tasks: Any, tmp_path: Path) -> None:
    """What is kept is neither run nor set up again, and reads the same as when it was fresh."""
    store, task = tasks.Store(), tasks.Square(log=tmp_path / "log")
    fresh = either.map(task, range(4), store)
    loads = (tmp_path / "log").read_text()
    other = InProcess()
    assert other.map(task, range(4), store) == fresh
    assert (tmp_path / "log").read_text() == loads


def test_what_was_finished_stays_when_a_later_item_fails(either: WorkerPool, tasks: Any) -> None:
    """A failure costs what was under way, not what was done."""
    store = tasks.Store()
    with pytest.raises(InputRefusedError):
        either.map(tasks.Trouble(), [1, 2, 3, 4, 5, "ours"], store)
    assert len(store.kept) >= 4


def test_our_errors_come_back_as_they_are(pair: LocalPool, tasks: Any) -> None:
    """An error of ours raised in a worker reaches the caller with its sentence and exit code."""
    with pytest.raises(InputRefusedError, match="no speech in it"):
        pair.map(tasks.Trouble(), ["ours"])


def test_foreign_errors_are_named(pair: LocalPool, tasks: Any) -> None:
    """A foreign error names its kind and text in one line, a note where; the worker goes on working."""
    with pytest.raises(RuntimeError, match="ValueError in a worker: something odd") as caught:
        pair.map(tasks.Trouble(), ["foreign"])
    assert "\n" not in str(caught.value)
    assert "pool_tasks.py" in caught.value.__notes__[0]
    assert pair.map(tasks.Square(), [3])[0][0] == 9


@pytest.mark.parametrize("way", ["memory", "death"])
def test_lack_of_memory_is_a_clear_error(pair: LocalPool, tasks: Any, way: str) -> None:
    """A worker out of memory, or killed for it, ends in one line that says what to do; nothing hangs."""
    with pytest.raises(WorkerDiedError, match=r"memory.*engines\.workers = 1"):
        pair.map(tasks.Trouble(), [way, 1, 2, 3, 4])


def test_a_worker_that_died_is_replaced(pair: LocalPool, tasks: Any) -> None:
    """Another process takes the place of a dead one: the pool works on with all its workers."""
    for _ in range(2):
        with pytest.raises(WorkerDiedError, match="signal 9"):
            pair.map(tasks.Trouble(), ["death"])
    task = tasks.Square(pause_s=0.2)
    assert len({worker for _, worker in pair.map(task, range(12))}) == 2


def test_a_dead_worker_is_told_with_the_memory_it_held(pair: LocalPool, tasks: Any) -> None:
    """How large a worker was when it was killed stands in the error."""
    with pytest.raises(WorkerDiedError, match=r"died at \d+\.\d GB"):
        pair.map(tasks.Trouble(pause_s=1.0), ["slow death"])


def test_a_pool_apart_survives_a_crash_even_with_one_worker(tasks: Any) -> None:
    """Hired apart, work never runs in this process: a crash that kills it is an error here."""
    lease = WorkerLease(1, apart=True)
    with pytest.raises(WorkerDiedError):
        lease.pool(1_000).map(tasks.Trouble(), ["death"])
    lease.close()


def test_workers_have_one_thread(pair: LocalPool, tasks: Any) -> None:
    """Workers limit numeric libraries to one thread before anything is imported."""
    assert pair.map(tasks.Trouble(), ["threads"]) == [["1", "1"]]


def test_short_recordings_get_no_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Under three minutes one process does all; longer ones get cores and memory, but no more."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(4)), raising=False)
    memory = type("Memory", (), {"available": 100 * workers.WORKER_BYTES})
    monkeypatch.setattr(psutil, "virtual_memory", lambda: memory)
    assert paying(179_000) == 1
    assert paying(200_000) == 2
    assert paying(3_600_000) == 4
    memory.available = 2 * workers.WORKER_BYTES
    assert paying(3_600_000) == 2
    memory.available = 0
    assert paying(3_600_000) == 1


def test_a_set_number_of_workers_is_kept() -> None:
    """A number of workers that somebody set is used whatever the length; one means this process."""
    assert isinstance(pool_for(1, 10**8), InProcess)
    pool = pool_for(3, 1_000)
    assert isinstance(pool, LocalPool)
    assert pool.workers == 3


def test_nobody_is_hired_without_work() -> None:
    """A hired pool is the same for every caller; closing one that was never hired does no harm."""
    WorkerLease(0).close()
    lease = WorkerLease(1)
    assert lease.pool(1_000) is lease.pool(99_000_000)
    lease.close()
