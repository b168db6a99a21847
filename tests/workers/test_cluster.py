"""A cluster: the same tasks and results as at home, workers that die or differ, sound that travels."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.errors import ChaitimeError, DestinationError, InputRefusedError, UsageError
from chaitime_audio.recognition.asr.windowed.batches import Batch
from chaitime_audio.recognition.context import Sound
from chaitime_audio.workers import ClusterLease, cluster_connection
from chaitime_audio.workers import cluster as _cluster
from chaitime_audio.workers.cluster import ClusterPool

pytest.importorskip("distributed")
HERE = Path(__file__).parent
Worker = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def tasks(monkeypatch: pytest.MonkeyPatch) -> Any:
    monkeypatch.syspath_prepend(str(HERE))
    import pool_tasks

    return pool_tasks


def test_a_cluster_works_like_a_pool(cluster: str, tasks: Any) -> None:
    """Results in order, both workers busy, lane one on one, kept items skipped, errors with a name."""
    lease = ClusterLease(cluster)
    pool = lease.pool(60_000)
    assert lease.pool(3_600_000) is pool
    assert pool.workers == 2
    done: list[int] = []
    results = pool.map(tasks.Square(pause_s=0.2), range(12), None, done.append)
    assert [first for first, _ in results] == [n * n for n in range(12)]
    assert sorted(done) == list(range(12))
    assert len({worker for _, worker in results}) == 2
    alone = pool.map(tasks.Square(affinity="one", pause_s=0.05), range(6))
    assert len({worker for _, worker in alone}) == 1
    store = tasks.Store()
    assert pool.map(tasks.Square(), [3, 4], store) == pool.map(tasks.Square(), [3, 4], store)
    assert store.puts == 2
    with pytest.raises(InputRefusedError, match=r"worker tcp://127.0.0.1:\d+: there is no speech"):
        pool.map(tasks.Trouble(), [1, "ours"])
    lease.close()


def test_leaving_a_cluster_lets_everybody_go_who_waits(cluster: str, tasks: Any) -> None:
    """Whoever waits for items, under way or in line, gets an error soon; the workers stay."""
    pool = ClusterPool(cluster)
    with ThreadPoolExecutor(4) as threads:
        calls = [threads.submit(pool.map, tasks.Square(pause_s=3), range(n, n + 6)) for n in range(0, 24, 6)]
        time.sleep(1.0)
        pool.close()
        assert all(call.exception(timeout=20) for call in calls)
    ClusterPool(cluster).close()


def test_work_for_a_gpu_goes_to_workers_that_have_one(
    scheduler: str, worker: Worker, await_workers: Callable[[int], None], tasks: Any
) -> None:
    """A task on cuda runs on the worker with GPU=1 alone, others on any; without one it says what to start.

    A worker that comes while the pool is there works as well.
    """
    with worker(scheduler, "one"):
        await_workers(1)
        pool = ClusterPool(scheduler)
        with pytest.raises(UsageError, match="no worker offers a GPU; start one with: .* --resources GPU=1"):
            pool.map(tasks.OnGpu(), [1])
        with worker(scheduler, "two", "--resources", "GPU=1"):
            await_workers(2)
            _until(lambda: pool.workers == 2)
            on_gpu = {worker for _, worker in pool.map(tasks.OnGpu(pause_s=0.05), range(8))}
            anywhere = {worker for _, worker in pool.map(tasks.Square(pause_s=0.2), range(8))}
            pool.close()
    assert len(on_gpu) == 1
    assert on_gpu < anywhere


def _until(true: Callable[[], bool]) -> None:
    for _ in range(200):
        if true():
            return
        time.sleep(0.1)
    raise AssertionError("it never came true")


def test_what_is_under_way_is_not_done_twice(cluster: str, tasks: Any, tmp_path: Path) -> None:
    """Two who want the same at the same time both get it, and it is done once, also where it fails first."""
    pool, store = ClusterPool(cluster), tasks.Store()
    task = tasks.Square(pause_s=0.5)
    with ThreadPoolExecutor(2) as threads:
        calls = [threads.submit(pool.map, task, range(4), store) for _ in range(2)]
        first, second = (call.result(timeout=30) for call in calls)
    assert first == second
    assert store.puts == 4
    once = tasks.FailsOnce(log=tmp_path / "log", pause_s=1.0)
    with ThreadPoolExecutor(2) as threads:
        one = threads.submit(pool.map, once, [7], store)
        time.sleep(0.5)
        other = threads.submit(pool.map, once, [7], store)
        assert isinstance(one.exception(timeout=30), InputRefusedError)
        assert other.result(timeout=30) == [(49, 0)]
    pool.close()


def test_a_scheduler_that_dies_ends_the_work(
    scheduling: tuple[str, Any], worker: Worker, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever waits gets one clear error, and so does whoever comes with more."""
    monkeypatch.setattr(cluster_connection, "PATIENCE_S", 2.0)
    address, process = scheduling
    with worker(address, "one"):
        _until(lambda: _there(address))
        pool = ClusterPool(address)
        threading.Timer(0.5, process.kill).start()
        for _ in range(2):
            with pytest.raises(DestinationError, match=f"the scheduler at {address} is gone; start it"):
                pool.map(tasks.Square(pause_s=5), [1, 2, 3])
        pool.close()


def _there(address: str) -> bool:
    try:
        ClusterPool(address).close()
    except UsageError:
        return False
    return True


def test_a_worker_that_dies_costs_only_its_item(mortal_cluster: str, tasks: Any) -> None:
    """When one of two workers is killed in the middle, the other does its item again, and all is done."""
    pool = ClusterPool(mortal_cluster)
    task = tasks.Square(pause_s=0.2)
    victim = pool.map(task, [0])[0][1]
    threading.Timer(0.7, os.kill, (victim, signal.SIGKILL)).start()
    results = pool.map(task, range(14))
    assert [first for first, _ in results] == [n * n for n in range(14)]
    assert len({worker for _, worker in results}) == 2
    pool.close()


def test_an_item_that_kills_workers_is_given_up(
    mortal_cluster: str, tasks: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An item that brings down whoever takes it ends in one clear error, not in an endless wait."""
    monkeypatch.setattr(_cluster, "GONE_S", 3.0)
    pool = ClusterPool(mortal_cluster)
    with pytest.raises(DestinationError, match="workers"):
        pool.map(tasks.Trouble(), ["death"])
    pool.close()


def test_a_worker_that_is_started_again_and_again_ends_the_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each time under a new name, as a nanny does it for lack of memory: that is not tried for ever."""
    pool, names = ClusterPool.__new__(ClusterPool), iter(range(100))
    pool._transfer, pool._closed = False, False
    there = type("", (), {"there": property(lambda _: {f"tcp://w:{next(names)}": {"resources": {}}})})
    pool._roster = there()
    answer = type("", (), {"result": _late, "cancel": lambda _: None})
    pool._client = type("", (), {"status": "running", "submit": lambda *_, **__: answer()})()
    with pytest.raises(
        DestinationError, match=r"brought down 4 workers, the last at tcp://w:\d+, .*--memory-"
    ):
        pool._ask(None, type("", (), {"affinity": "any"}), 1)


def _late(_answer: object, timeout: float) -> None:
    raise TimeoutError


def test_nobody_there_is_said_plainly(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """No scheduler, and a scheduler without workers, are usage errors that say what to start."""
    with pytest.raises(UsageError, match="has no workers; start some with: dask worker"):
        ClusterPool(scheduler)
    with pytest.raises(UsageError, match="no scheduler answers at tcp://127.0.0.1:9"):
        ClusterPool("tcp://127.0.0.1:9")


def test_sound_travels_with_its_item(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A carried item reads the same samples without the file; one too large to send is refused."""
    wave = np.random.default_rng(1).integers(-9_000, 9_000, 16_000 * 20).astype("<i2")
    path = tmp_path / "sound"
    path.write_bytes(wave.tobytes())
    sound = Sound(path, len(wave), "sum")
    item = Batch(sound, (span(1_000, 3_500), span(18_000, 20_000)), "en")
    carried = item.carried()
    path.unlink()
    assert np.array_equal(carried.sound.read(1_200, 3_000), wave[1_200 * 16 : 3_000 * 16] / np.float32(32768))
    assert np.array_equal(carried.sound.read(18_000, 25_000), wave[18_000 * 16 :] / np.float32(32768))
    assert carried.content() == item.content()
    path.write_bytes(wave.tobytes())
    monkeypatch.setattr(_cluster, "MOST_BYTES", 1_000)
    with pytest.raises(ChaitimeError, match="too large to send; put the episodes on a shared folder"):
        _cluster._loaded_up(item)
