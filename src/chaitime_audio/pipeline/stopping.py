"""One way to stop: what a run has under way, and how all of it is ended.

Ctrl-C, SIGTERM, a closed terminal and any thread of a program that embeds us go the same way:
`Run.cancel`. It costs no time to speak of; what a library holds that does not return is left alone,
and a command ends its process instead (``cli/signals.py``).
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from weakref import WeakSet

from ..audio.ffmpeg import stop_all
from ..project.files import drop_temporaries

if TYPE_CHECKING:
    from ..project.artifacts import ArtifactStore
    from ..workers import WorkerLease

_runs: WeakSet[Run] = WeakSet()
_spared: list[tuple[Callable[[], str], Callable[[], object]]] = []


class Run:
    """Work on one episode or many with the same workers, which anybody may cancel from any thread."""

    def __init__(self, lease: WorkerLease) -> None:
        self.lease = lease
        self._cancelled, self._ending = threading.Event(), threading.Lock()
        self._stores: tuple[ArtifactStore, ...] = ()
        _runs.add(self)

    @property
    def cancelled(self) -> bool:
        """Whether it was stopped; errors that come after that are no failures."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End workers, work in this process, every ffmpeg and all stages, in this order.

        Whoever waits for any of them gets CancelledError. What was kept stays, so that the same run
        goes on later. Twice does no harm. Raises nothing.
        """
        self._cancelled.set()
        with self._ending:
            self.lease.close()
            stop_all()
            for artifacts in self._stores:
                artifacts.cancel()
            stop_all()  # what a stage began in the meantime

    @contextmanager
    def holding(self, artifacts: ArtifactStore) -> Iterator[None]:
        """Let cancelling end the stages of this episode too; leaving waits until they are over.

        A cancelled run waits for `cancellable.SOON_S` at most, and leaves no temporary file.
        """
        self._stores = (*self._stores, artifacts)
        try:
            if self.cancelled:
                artifacts.cancel()
            yield
        finally:
            over = artifacts.close()
            if self.cancelled:
                artifacts.sweep()
            if over:
                self._stores = tuple(other for other in self._stores if other is not artifacts)

    def sweep(self) -> None:
        """Remove the temporaries of stages that do not return, so that nothing half-written stays."""
        for artifacts in self._stores:
            artifacts.sweep()


def cancel_all() -> None:
    """Cancel every run of this process, and stop every ffmpeg besides."""
    for run in tuple(_runs):
        run.cancel()
    stop_all()


def sweep_all() -> None:
    """Remove every temporary; for the moment before a process ends in the middle of its work."""
    for run in tuple(_runs):
        run.sweep()
    drop_temporaries()


def spare(under_way: Callable[[], str], stop: Callable[[], object]) -> None:
    """Let something come to its end although all else is stopped, an upload for example.

    ``under_way`` names what runs now, if anything does; ``stop`` ends it after all.
    """
    _spared.append((under_way, stop))


def spared() -> str:
    """Name of what is let come to its end now; empty when nothing is."""
    return next(filter(None, (under_way() for under_way, _ in _spared)), "")


def stop_spared() -> None:
    """End that too: somebody asked a second time."""
    for _, stop in _spared:
        stop()
