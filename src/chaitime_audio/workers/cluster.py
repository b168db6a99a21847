"""Runs tasks on the workers of a dask.distributed cluster: the same tasks, the same results.

The scheduler is somebody else's; the client brings tasks, and takes packed results back. What
is kept is kept here, item by item, as by every pool.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from contextlib import suppress
from typing import Any, cast

from ..errors import ChaitimeError, DestinationError, UsageError
from . import BatchStore, Item, OnDone, Result, Task
from .cluster_connection import connect
from .cluster_roster import Demands, Roster
from .cluster_worker import do_packed, do_plain

LOOK_S = 1.0
"""How often somebody looks who is there, and whether the pool was closed meanwhile."""
LEAVE_S = 0.5
"""How long a scheduler that does not answer may keep us from leaving."""
GONE_S = 30.0
"""How long all workers may be away, or out of memory: one that was killed needs some seconds to come back."""
MOST_BYTES = 256_000_000
"""What one item may carry to a worker: a whole recording of two hours, for pipelines that need it whole."""
MOST_LOST = 3
"""How often all who were chosen for an item may be gone: a nanny starts a worker again under a new name."""
WORKERS_A_FIRST = 6
"""Of so many workers on a machine one does what only few processes should load: a seventh of all work."""


_RELIEF = "start fewer on each machine, or give each more with --memory-limit"


class _GoneError(Exception):
    """The workers chosen for an item are there no more."""


class ClusterPool:
    """Workers behind a scheduler. One process should run one thread, as all our workers do.

    With ``transfer``, sound travels with its item; else all machines read the same folder. Who may
    work is for the `Roster` to say; whoever comes later works as well. Raises what `connect` and
    `Roster` raise.
    """

    def __init__(self, address: str, *, transfer: bool = False, demands: Demands | None = None) -> None:
        self._client, self._address = connect(address), address
        self._transfer, self._closed = transfer, False
        try:
            self._roster = Roster(self._client, address, demands or Demands())
        except BaseException:
            self._client.close()
            raise
        self._lock, self._under_way = threading.Lock(), dict[str, Future[Any]]()
        self._threads, self._room = self._pool(self.workers), self.workers
        threading.Thread(target=self._keep_looking, daemon=True, name="cluster-roster").start()

    @property
    def workers(self) -> int:
        """How many work now."""
        return max(1, len(self._roster.there))

    @property
    def remark(self) -> str:
        """What a person should know about these workers; most often nothing."""
        return self._roster.remark

    def map(
        self,
        task: Task[Item, Result],
        items: Sequence[Item],
        keep: BatchStore | None = None,
        on_done: OnDone | None = None,
    ) -> list[Result]:
        """See `WorkerPool.map`. Raises DestinationError when an item brought down several workers."""
        answers = {self._order(task, item, keep): at for at, item in enumerate(items)}
        results: dict[int, Result] = {}
        left = set(answers)
        try:
            while left:
                done, left = wait(left, timeout=LOOK_S, return_when=FIRST_COMPLETED)
                if self._closed:
                    raise CancelledError("these workers were dismissed")
                for answer in done:
                    results[answers[answer]] = answer.result()
                    if on_done:
                        on_done(answers[answer])
        finally:
            for answer in answers:
                answer.cancel()
        return [results[at] for at in range(len(items))]

    def prepare(self, task: Task[Any, Any]) -> None:
        """Do nothing: workers outlive episodes and are seldom cold."""

    def close(self) -> None:
        """Leave the cluster; its workers stay."""
        self._closed = True
        self._threads.shutdown(wait=False, cancel_futures=True)
        self._client.close(timeout=LEAVE_S)

    def _order(self, task: Task[Item, Result], item: Item, keep: BatchStore | None) -> Future[Result]:
        """Put an item in line; one that is under way for somebody else is only waited for."""
        key = task.key(item) if keep else ""
        with self._lock:
            if self._closed:
                raise CancelledError("these workers were dismissed")
            busy = self._under_way.get(key) if key else None
            if busy is None:
                answer = self._threads.submit(self._one, task, item, keep)
                if key:
                    self._under_way[key] = answer
        if busy is None:
            answer.add_done_callback(lambda _: self._under_way.pop(key, None))
            return answer
        following: Future[Result] = Future()
        busy.add_done_callback(lambda done: self._follow(done, following, (task, item, keep)))
        return following

    def _follow(self, done: Future[Any], order: Future[Any], what: tuple[Any, Any, Any]) -> None:
        """Answer an order as the same one before it was answered, or do it now if that one was given up."""
        if not order.set_running_or_notify_cancel():
            return
        if not done.cancelled() and not done.exception():
            order.set_result(done.result())
            return
        again = self._order(*what)
        again.add_done_callback(lambda last: _hand_on(last, order))

    def _one(self, task: Task[Item, Result], item: Item, keep: BatchStore | None) -> Result:
        if keep is None:
            return cast(Result, self._ask(do_plain, task, item))
        key = task.key(item)
        data = keep.get(key)
        if data is None:
            data = cast(bytes, self._ask(do_packed, task, item))
            keep.put(key, data)
        return task.unpack(data)

    def _ask(self, what: Callable[..., Any], task: Any, item: Any) -> Any:
        """Have one item done by a worker that may; a worker that dies costs only what it was doing."""
        from distributed import KilledWorker

        carried, lost = _loaded_up(item) if self._transfer else item, 0
        while True:
            self._await_scheduler()
            chosen = self._choice(task)
            answer = self._client.submit(what, task, carried, pure=False, retries=0, **chosen)
            try:
                return self._wait(answer, chosen["workers"])
            except KilledWorker as cause:
                last = getattr(cause.last_worker, "address", "?")
                raise DestinationError(_brought_down(cause.allowed_failures + 1, last)) from cause
            except _GoneError as cause:
                lost += 1
                if lost > MOST_LOST:
                    raise DestinationError(_brought_down(lost, chosen["workers"][0])) from cause
            except CancelledError:  # so dask says that the scheduler is gone
                if self._closed:
                    raise

    def _await_scheduler(self) -> None:
        """Wait as long as dask tries to find the scheduler again. Raises DestinationError when it gave up."""
        until = time.monotonic() + GONE_S
        while self._client.status != "running":
            if self._closed:
                raise CancelledError("these workers were dismissed")
            if self._client.status in ("closing", "closed") or time.monotonic() > until:
                raise DestinationError(
                    f"the scheduler at {self._address} is gone; start it and its workers, and run again"
                )
            time.sleep(0.1)

    def _choice(self, task: Any) -> dict[str, Any]:
        """Which workers may do a task, and how soon. Raises DestinationError when there is none for long."""
        chosen: dict[str, Any] = {"priority": int(task.affinity == "soon")}
        on_gpu = getattr(task, "device", "cpu") == "cuda"
        if on_gpu:
            chosen["resources"] = {"GPU": 1}
        until = time.monotonic() + GONE_S
        while not self._closed:
            there = dict(self._roster.there)
            able = [name for name, about in there.items() if not on_gpu or about["resources"].get("GPU")]
            if able:
                first_only = task.affinity == "one" and not on_gpu
                return {**chosen, "workers": _first_of_each_host(able) if first_only else able}
            if there and on_gpu:
                raise UsageError("no worker offers a GPU; start one with: dask worker … --resources GPU=1")
            if time.monotonic() > until:
                raise DestinationError("all workers of the cluster are gone; start some and run again")
            time.sleep(0.1)
        raise CancelledError("these workers were dismissed")

    def _wait(self, answer: Any, chosen: Sequence[str]) -> Any:
        """Wait for an answer as long as anybody is there to give it.

        Raises _GoneError when all who were chosen are gone, DestinationError when they lack memory for long.
        """
        full_since = 0.0
        while True:
            try:
                return answer.result(timeout=2 * LOOK_S)
            except TimeoutError as cause:
                there = self._roster.there
                left = [there[name] for name in chosen if name in there]
                if not left:
                    answer.cancel()
                    raise _GoneError from cause
                full = all(about.get("status") == "paused" for about in left)
                full_since = (full_since or time.monotonic()) if full else 0.0
                if full and time.monotonic() - full_since > GONE_S:
                    answer.cancel()
                    raise DestinationError(_full(chosen, left)) from cause

    def _keep_looking(self) -> None:
        """Ask newcomers and make room for them, for as long as this pool lasts."""
        while not self._closed:
            time.sleep(LOOK_S)
            with suppress(Exception):  # a scheduler that is gone is noticed where work is waited for
                self._roster.look()
                if self.workers > self._room:
                    self._grow()

    def _grow(self) -> None:
        with self._lock:
            before, self._room = self._threads, self.workers
            if not self._closed:
                self._threads = self._pool(self._room)
                before.shutdown(wait=False)

    def _pool(self, workers: int) -> ThreadPoolExecutor:
        """Threads that wait for items: so many may be under way that no worker waits for the next."""
        return ThreadPoolExecutor(max_workers=2 * workers + 2, thread_name_prefix="cluster")


def _hand_on(last: Future[Any], order: Future[Any]) -> None:
    if last.cancelled():
        order.set_exception(CancelledError("these workers were dismissed"))
    elif problem := last.exception():
        order.set_exception(problem)
    else:
        order.set_result(last.result())


def _first_of_each_host(addresses: Sequence[str]) -> list[str]:
    """One worker of every six on a machine: they alone load what only few processes should."""
    hosts: dict[str, list[str]] = {}
    for address in sorted(addresses):
        hosts.setdefault(address.rpartition("://")[2].rpartition(":")[0], []).append(address)
    return [one for found in hosts.values() for one in found[::WORKERS_A_FIRST]]


def _brought_down(count: int, last: str) -> str:
    return (
        f"an item brought down {count} workers, the last at {last}, most often for lack of memory; {_RELIEF}"
    )


def _full(chosen: Sequence[str], left: Sequence[Any]) -> str:
    limit = min(about.get("memory_limit") or 0 for about in left)
    return f"workers have no memory left and wait ({chosen[0]}, limit {limit / 1e9:.1f} GB); {_RELIEF}"


def _loaded_up(item: Any) -> Any:
    """The item with its sound in it. Raises ChaitimeError when that is too much to send."""
    if not hasattr(item, "carried"):
        return item
    carried = item.carried()
    weight = sum(len(part.pcm) for part in carried.sound.carried)
    if weight > MOST_BYTES:
        raise ChaitimeError(
            f"an item of {weight // 1_000_000} MB is too large to send; put the episodes on a shared folder"
        )
    return carried
