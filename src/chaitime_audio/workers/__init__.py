"""Where work runs: one way to hand out batches, whatever does them.

A `Task` is a small frozen value that says what to load and what to do with one item.
A `WorkerPool` runs ``task.run`` over items: in this process, or in local worker processes
with one torch thread each; the same task shape fits a cluster. Each finished item is
packed and kept under its own key, so a crash costs at most the items under way.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import CancelledError
from pathlib import Path
from typing import Any, Protocol, TypeVar

Item = TypeVar("Item")
Item_contra = TypeVar("Item_contra", contravariant=True)
Result = TypeVar("Result")
OnDone = Callable[[int], None]
SHORT_MS = 180_000
WORKER_BYTES = 1_200_000_000
STARTING_S = 0.5
"""How long closing waits for a pool that is being started just now."""


class Task(Protocol[Item_contra, Result]):
    """A frozen, hashable, picklable description of work.

    ``setup`` loads what is heavy, once per worker (a worker keeps it under the task's value).
    ``run`` must depend on nothing but the task and the item, so that results are the same
    whoever runs it. ``affinity`` is ``"any"``, ``"soon"`` for work that goes before it since others
    wait for its outcome, or ``"one"`` for work that only one process of a pool may load
    (pyannote.audio costs 0.7 GB and 8 CPU seconds to import).
    """

    @property
    def affinity(self) -> str:
        """Which workers may run this, and when: ``any``, ``soon`` or ``one``."""
        ...

    def setup(self) -> Any:
        """Load models; called in the worker, before its first item."""
        ...

    def run(self, loaded: Any, item: Item_contra) -> Result:
        """Do one item with what `setup` returned."""
        ...

    def key(self, item: Item_contra) -> str:
        """Content key (hex) of the result: engine, revision, weights, options and the item's content."""
        ...

    def pack(self, result: Result) -> bytes:
        """Turn a result into bytes to keep (no pickle)."""
        ...

    def unpack(self, data: bytes) -> Result:
        """Turn kept bytes back into a result."""
        ...


class BatchStore(Protocol):
    """Keeps packed results by key; a missing or torn entry reads as None."""

    def get(self, key: str) -> bytes | None:
        """Return the kept bytes, or None."""
        ...

    def put(self, key: str, data: bytes) -> None:
        """Keep the bytes, replacing in one move."""
        ...


class WorkerPool(Protocol):
    """Runs tasks. Safe to call from several threads at once."""

    @property
    def workers(self) -> int:
        """How many items run at the same time."""
        ...

    def map(
        self,
        task: Task[Item, Result],
        items: Sequence[Item],
        keep: BatchStore | None = None,
        on_done: OnDone | None = None,
    ) -> list[Result]:
        """Run the task over all items and return results in the order of the items.

        ``on_done`` is called with the index of each item as it finishes (kept ones at once). An
        item that is asked for again while it is under way is not done twice.
        """
        ...

    def prepare(self, task: Task[Any, Any]) -> None:
        """Let idle workers beside the first load what tasks of affinity ``any`` need; no waiting."""
        ...

    def close(self) -> None:
        """Stop the workers; calling it twice does no harm."""
        ...


def pool_for(workers: int, sound_ms: int, *, apart: bool = False) -> WorkerPool:
    """Return the pool of workers that pays for so much sound; ``workers`` 0 means: as many as pay.

    A worker costs some seconds of imports and model loads and about a gigabyte, so short
    recordings get one, and nobody gets more than there are cores and free memory for. A single one
    is this process, unless it must be ``apart``.
    """
    from .in_process import InProcess
    from .local import LocalPool

    workers = workers or paying(sound_ms)
    return LocalPool(workers) if workers > 1 or apart else InProcess()


def paying(sound_ms: int) -> int:
    """How many workers pay for so much sound on this machine, at least 1."""
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    room = psutil.virtual_memory().available // WORKER_BYTES
    return max(1, min(cores, room, sound_ms // (SHORT_MS // 2)))


class WorkerLease:
    """A pool of workers that is started when the first work comes, sized by the length of the sound.

    So a run that finds everything kept starts no process and imports no model. ``elsewhere`` says
    that other machines work, which read and write the same folder: they can be given whole stages.
    """

    elsewhere = False

    def __init__(self, workers: int, *, apart: bool = False) -> None:
        """``apart``: never in this process, so that a crash costs an item and not the caller."""
        self._workers, self._apart, self._lock = workers, apart, threading.Lock()
        self._pool: WorkerPool | None = None
        self._closed = False

    @property
    def workers(self) -> int:
        """How many work, or will; 0 as long as that depends on the first work."""
        return self._pool.workers if self._pool else self._workers

    @property
    def remark(self) -> str:
        """What a person should know about those who work, in a sentence; most often nothing."""
        return ""

    def pool(self, sound_ms: int) -> WorkerPool:
        """Return the pool, started on the first call. Raises CancelledError once it was closed."""
        with self._lock:
            self._still_open()
            if self._pool is None:
                self._pool = pool_for(self._workers, sound_ms, apart=self._apart)
            return self._pool

    def close(self) -> None:
        """Close the pool, if one was started; none is started any more."""
        self._closed = True
        if self._lock.acquire(timeout=STARTING_S):  # somebody may wait there for a cluster's answer
            try:
                if self._pool is not None:
                    self._pool.close()
            finally:
                self._lock.release()

    def _still_open(self) -> None:
        if self._closed:
            raise CancelledError("these workers were dismissed")


class ClusterLease(WorkerLease):
    """The workers of a dask cluster as the pool of every episode; connected on the first call.

    With ``transfer`` sound travels with the work; else all machines see ``folder`` at the same path.
    Workers that differ are refused unless ``mixed``. ``asks`` is called on each of them before it gets
    work: it returns what else may change a result there, and raises what is missing.
    """

    def __init__(
        self,
        address: str,
        *,
        transfer: bool = False,
        mixed: bool = False,
        folder: Path | None = None,
        asks: Callable[[], Mapping[str, str]] | None = None,
    ) -> None:
        super().__init__(0)
        self._address, self._mixed, self._folder, self._asks = address, mixed, folder, asks
        self.elsewhere = not transfer

    @property
    def remark(self) -> str:
        """See `WorkerLease.remark`: how workers differ, and who came later and was left out."""
        return str(getattr(self._pool, "remark", ""))

    def pool(self, sound_ms: int) -> WorkerPool:  # noqa: ARG002  (a cluster is as large as it is)
        """Return the pool. Raises UsageError when no scheduler or worker answers, or workers differ."""
        from .cluster import ClusterPool
        from .cluster_roster import Demands

        with self._lock:
            self._still_open()
            if self._pool is None:
                demands = Demands(self._mixed, self._asks, self._folder if self.elsewhere else None)
                self._pool = ClusterPool(self._address, transfer=not self.elsewhere, demands=demands)
            return self._pool
