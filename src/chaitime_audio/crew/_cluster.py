"""Runs tasks on the workers of a dask.distributed cluster: the same tasks, the same results.

The scheduler is somebody else's; the client brings tasks, and takes packed results back. What
is kept is kept here, item by item, as by every crew.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, CancelledError, ThreadPoolExecutor, wait
from typing import Any, cast

from ..errors import ChaitimeError, ConfigError, DestinationError, UsageError
from . import BatchStore, Item, OnDone, Result, Task
from ._cluster_worker import do_packed, do_plain, inspect

PATIENCE_S = 10.0
LOOK_S = 1.0
"""How often whoever waits looks whether the crew was dismissed meanwhile."""
MOST_BYTES = 256_000_000
"""What one item may carry to a worker: a whole recording of two hours, for pipelines that need it whole."""


class _GoneError(Exception):
    """The workers chosen for an item are there no more."""


class ClusterCrew:
    """Workers behind a scheduler. One process should run one thread, as everywhere in this house.

    With ``transfer``, sound travels with its item; else all machines read the same folder. Workers
    that differ in package versions or precision are refused unless ``mixed``; ``kinds`` has what
    was found. Raises UsageError when there is no scheduler or no worker, or they differ.
    """

    def __init__(self, address: str, *, transfer: bool = False, mixed: bool = False) -> None:
        self._client = _connect(address)
        self._transfer, self._closed = transfer, False
        self.kinds = _inspected(self._client, address, mixed=mixed)
        self.workers = len(self.kinds)
        self._threads = ThreadPoolExecutor(max_workers=2 * self.workers + 2, thread_name_prefix="cluster")

    def map(
        self,
        task: Task[Item, Result],
        items: Sequence[Item],
        keep: BatchStore | None = None,
        on_done: OnDone | None = None,
    ) -> list[Result]:
        """See `Crew.map`. Raises DestinationError when an item brought down three workers."""
        answers = {self._threads.submit(self._one, task, item, keep): at for at, item in enumerate(items)}
        results: dict[int, Result] = {}
        left = set(answers)
        try:
            while left:
                done, left = wait(left, timeout=LOOK_S, return_when=FIRST_COMPLETED)
                if self._closed:
                    raise CancelledError("this crew was dismissed")
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
        self._client.close()

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

        carried = _loaded_up(item) if self._transfer else item
        while True:
            chosen = self._choice(task)
            answer = self._client.submit(what, task, carried, pure=False, retries=0, **chosen)
            try:
                return self._wait(answer, chosen.get("workers", ()))
            except KilledWorker as cause:
                raise DestinationError(
                    f"an item brought down {cause.allowed_failures + 1} workers, the last at "
                    f"{getattr(cause.last_worker, 'address', '?')}, most often for lack of memory"
                ) from cause
            except _GoneError:
                continue

    def _choice(self, task: Any) -> dict[str, Any]:
        """Which workers may do a task, and how soon."""
        chosen: dict[str, Any] = {"priority": int(task.lane == "soon")}
        if getattr(task, "device", "cpu") == "cuda":
            chosen["resources"] = {"GPU": 1}
        elif task.lane == "one":
            chosen["workers"] = self._first_of_each_host()
        return chosen

    def _wait(self, answer: Any, chosen: Sequence[str]) -> Any:
        """Wait for an answer as long as anybody is there to give it.

        Raises DestinationError when all workers are gone, _GoneError when those chosen are.
        """
        while True:
            try:
                return answer.result(timeout=PATIENCE_S)
            except TimeoutError as cause:
                there = self._addresses()
                if not there:
                    answer.cancel()
                    raise DestinationError(
                        "all workers of the cluster are gone; start some and run again"
                    ) from cause
                if chosen and not set(chosen) & set(there):
                    answer.cancel()
                    raise _GoneError from cause

    def _addresses(self) -> list[str]:
        return sorted(self._client.scheduler_info(n_workers=-1)["workers"])

    def _first_of_each_host(self) -> list[str]:
        """One worker a machine: they alone load what only one process of a machine should."""
        first: dict[str, str] = {}
        for address in self._addresses():
            first.setdefault(address.rpartition("://")[2].rpartition(":")[0], address)
        return list(first.values())


def _connect(address: str) -> Any:
    try:
        from distributed import Client
    except ImportError as cause:
        raise ConfigError(
            "a cluster needs dask.distributed; install it with: pip install 'chaitime-audio[cluster]'"
        ) from cause
    try:
        client: Any = Client
        return client(address, timeout=PATIENCE_S, set_as_default=False)
    except (OSError, ValueError, TimeoutError) as cause:
        raise UsageError(f"no scheduler answers at {address}; start one with: dask scheduler") from cause


def _inspected(client: Any, address: str, *, mixed: bool) -> dict[str, dict[str, str]]:
    """What kind each worker is, by address; refuses none, and different ones unless ``mixed``."""
    try:
        found: dict[str, dict[str, str]] = client.run(inspect)
    except ModuleNotFoundError as cause:
        client.close()
        raise UsageError(f"a worker of {address} cannot import this package: {cause}") from cause
    if not found:
        client.close()
        raise UsageError(f"{address} has no workers; start some with: dask worker {address} --nthreads 1")
    wanted = inspect()["chaitime-audio"]
    common = _most_common(list(found.values()))
    for name, kind in sorted(found.items()):
        if kind["chaitime-audio"] != wanted:
            client.close()
            raise UsageError(f"worker {name} runs version {kind['chaitime-audio']}, this is {wanted}")
        odd = [f"{key} {kind[key]} (others {common[key]})" for key in common if kind[key] != common[key]]
        if odd and not mixed:
            client.close()
            raise UsageError(f"worker {name} differs: {', '.join(odd)}; --mixed takes it all the same")
    return found


def _most_common(kinds: list[dict[str, str]]) -> dict[str, str]:
    counted = Counter(tuple(sorted(kind.items())) for kind in kinds)
    return dict(counted.most_common(1)[0][0])


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
