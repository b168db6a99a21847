"""Runs tasks in this process; what every pool shares: loading once, keeping results, giving memory back."""

from __future__ import annotations

import ctypes
import sys
import threading
from collections import OrderedDict
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError
from contextlib import contextmanager
from typing import Any

from . import BatchStore, Item, OnDone, Result, Task

USUAL_BLOCK_BYTES, HUGE_BLOCK_BYTES = 32 << 20, 512 << 20
_M_TRIM_THRESHOLD, _M_MMAP_THRESHOLD, _M_ARENA_MAX = -1, -3, -8  # from malloc.h


class InProcess:
    """Runs everything here, one item at a time: for short recordings, and the stand-in for tests."""

    workers = 1

    def __init__(self) -> None:
        self._turn, self._loaded, self._closed = threading.Lock(), Loaded(), False

    def map(
        self,
        task: Task[Item, Result],
        items: Sequence[Item],
        keep: BatchStore | None = None,
        on_done: OnDone | None = None,
    ) -> list[Result]:
        """See `WorkerPool.map`. Raises CancelledError once it was closed, after the item under way."""
        results = []
        for index, item in enumerate(items):
            with self._turn:
                self._still_open()
                results.append(kept_or(task, item, keep, self._run))
                give_back()
            if on_done:
                on_done(index)
        return results

    def prepare(self, task: Task[Any, Any]) -> None:
        """Do nothing: nobody idles here."""

    def close(self) -> None:
        """Let no other item begin, and forget what was loaded; nothing is loaded any more."""
        self._closed = True
        self._loaded = Loaded()

    def _run(self, task: Task[Any, Any], item: Any) -> Any:
        prepared = self._loaded.prepared(task)
        self._still_open()
        return task.run(prepared, item)

    def _still_open(self) -> None:
        if self._closed:
            raise CancelledError("these workers were dismissed")


class Loaded:
    """What tasks have set up in this process: the latest few, so that memory stays bounded."""

    def __init__(self, most: int = 3) -> None:
        self._most, self._things = most, OrderedDict[Any, Any]()

    def run(self, task: Task[Any, Any], item: Any) -> Any:
        """Run one item, setting the task up if that was not done yet."""
        return task.run(self.prepared(task), item)

    def prepared(self, task: Task[Any, Any]) -> Any:
        """Return what the task set up, now or earlier."""
        if task not in self._things:
            _one_thread()
            self._things[task] = task.setup()
            _one_thread()
        self._things.move_to_end(task)
        while len(self._things) > self._most:
            self._things.popitem(last=False)
        return self._things[task]


def kept_or(
    task: Task[Any, Any], item: Any, keep: BatchStore | None, run: Callable[[Task[Any, Any], Any], Any]
) -> Any:
    """Return the kept result, or run the item and keep it.

    A fresh result also goes through pack and unpack, so that kept and fresh are the same.
    """
    if keep is None:
        return run(task, item)
    key = task.key(item)
    data = keep.get(key)
    if data is None:
        data = task.pack(run(task, item))
        keep.put(key, data)
    return task.unpack(data)


def _one_thread() -> None:
    """Two torch threads beside another busy process are far slower than one."""
    if torch := sys.modules.get("torch"):
        torch.set_num_threads(1)


@contextmanager
def keeping_freed_blocks() -> Iterator[None]:
    """Meanwhile let the C library (glibc) use freed blocks of any size again, until `give_back`.

    By itself it asks the system for every block over 32 MB, and lets go of it again at once: a network
    that wants the same tens of megabytes in every layer pays for fresh pages each time, a sixth of
    Whisper's encoder. A network whose blocks all differ would only grow by keeping them.
    """
    _reuse_up_to(HUGE_BLOCK_BYTES)
    try:
        yield
    finally:
        _reuse_up_to(USUAL_BLOCK_BYTES)


def _reuse_up_to(block_bytes: int) -> None:
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_MMAP_THRESHOLD, block_bytes)
        library.mallopt(_M_TRIM_THRESHOLD, 2 * block_bytes)


def share_one_heap() -> None:
    """Let threads that begin from now on share the main heap (glibc); others hold no block over 64 MB."""
    library = ctypes.CDLL(None)
    if hasattr(library, "mallopt"):
        library.mallopt(_M_ARENA_MAX, 1)


def give_back() -> None:
    """Return free memory to the system, where the C library (glibc, or macOS's) has a way to.

    Networks ask for tens of megabytes at a time and let go of them again; the C library keeps much of
    that, in pieces that fit nothing else, and a worker grows for hours. Giving all of it back after
    each item costs about 20 ms, and a worker stays as small as its models.
    """
    library = ctypes.CDLL(None)
    if hasattr(library, "malloc_trim"):
        library.malloc_trim(0)
    elif hasattr(library, "malloc_zone_pressure_relief"):
        library.malloc_zone_pressure_relief(None, ctypes.c_size_t(0))


def resident_bytes(process_id: int | None) -> int:
    """Return how much memory a process holds now; 0 when it is gone."""
    import psutil

    try:
        return int(psutil.Process(process_id).memory_info().rss) if process_id else 0
    except psutil.Error:
        return 0
