"""Threads that can be left: whoever waits for one of them goes on at once when all are cancelled."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, CancelledError, Future, ThreadPoolExecutor, wait
from typing import Any, TypeVar

Result = TypeVar("Result")
SOON_S = 0.8
"""So long cancelled threads are waited for: most need some milliseconds, a library may need minutes."""


class CancellablePool:
    """As many threads as there will be calls; each begins at once."""

    def __init__(self, threads: int, name: str) -> None:
        self._pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix=name)
        self._futures: list[Future[Any]] = []
        self._cancelled, self._closed = Future[None](), False

    def submit(self, call: Callable[[], Result]) -> Future[Result]:
        """Begin a call, unless this was cancelled or closed: then its answer is CancelledError."""
        future = self._pool.submit(self._run, call)
        self._futures.append(future)
        return future

    def answer(self, future: Future[Result]) -> Result:
        """Wait for a call. Raises what it raised, CancelledError as soon as all are cancelled."""
        either: tuple[Future[Any], ...] = (future, self._cancelled)
        wait(either, return_when=FIRST_COMPLETED)
        if not future.done():
            raise _stopped()
        return future.result()

    def check(self) -> None:
        """Raise CancelledError once cancelled; called often in a long loop, that ends it."""
        if self._cancelled.done():
            raise _stopped()

    def cancel(self) -> None:
        """Let nobody wait any more. From any thread, one at a time; twice does no harm."""
        if not self._cancelled.done():
            self._cancelled.set_result(None)

    def close(self) -> bool:
        """Forget what has not begun and wait for what has; returns whether all is over.

        Once cancelled it waits for `SOON_S` at most.
        """
        self._closed = True
        self._pool.shutdown(wait=False)
        while wait(self._futures, timeout=0.1).not_done and not self._cancelled.done():
            pass
        return not wait(self._futures, timeout=SOON_S).not_done

    def _run(self, call: Callable[[], Result]) -> Result:
        self.check()
        if self._closed:
            raise _stopped()
        return call()


def _stopped() -> CancelledError:
    return CancelledError("this run was stopped")
