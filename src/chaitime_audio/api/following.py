"""How far a run is, told while it runs, and the way to end it from elsewhere."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Literal, cast

from ..pipeline.stage_table import STAGES
from ..pipeline.stopping import Run

State = Literal["kept", "outdated", "started", "running", "done"]
_TITLES = {row.name: row.title for row in STAGES}


@dataclass(frozen=True, slots=True)
class Progress:
    """One piece of news from a run.

    ``stage`` is the name that ``again`` takes (``transcript``), ``title`` the same for people. ``state`` is
    ``kept`` (made before, still right), ``outdated`` (kept from an older model or version), ``started``,
    ``running`` or ``done``. ``share`` is how much of this stage is done, from 0.0 to 1.0. Stages overlap in
    time.
    """

    stage: str
    title: str
    state: State
    share: float


class Cancellation:
    """Ends the runs it was handed to; one may be handed to several, before or while they run.

    `cancel` may be called from any thread and from a signal's handler, as often as you like. The calls it
    was handed to raise `concurrent.futures.CancelledError` soon: what a library holds that does not return
    is waited for a second at most. Nothing is lost: the same call goes on where this one stopped. All
    ffmpeg processes of this process end with it, those of another `process` call too.
    """

    def __init__(self) -> None:
        self._cancelled = threading.Event()
        self._runs: tuple[Run, ...] = ()

    @property
    def cancelled(self) -> bool:
        """Whether `cancel` was called."""
        return self._cancelled.is_set()

    def cancel(self) -> None:
        """End what is under way, and whatever this is handed to later. Raises nothing."""
        self._cancelled.set()
        for run in self._runs:
            run.cancel()

    @contextmanager
    def ending(self, run: Run) -> Iterator[None]:
        """Let `cancel` end this run, too. Raises CancelledError when it was called already."""
        self._runs = (*self._runs, run)
        try:
            if self.cancelled:
                run.cancel()
                raise CancelledError("cancelled before it began")
            yield
        finally:
            self._runs = tuple(other for other in self._runs if other is not run)


class Reporter:
    """Hands the news of a run to a callback, one at a time, and ends the run when the callback fails."""

    def __init__(self, tell: Callable[[Progress], object] | None, run: Run) -> None:
        self._tell, self._run, self._lock = tell, run, threading.Lock()
        self.problem: BaseException | None = None

    def __call__(self, stage: str, state: str, share: float) -> None:
        """Take one piece of news: see `artifacts.Watch`."""
        if self._tell is None:
            return
        with self._lock:
            if self.problem is not None:
                return
            try:
                self._tell(Progress(stage, _TITLES.get(stage, stage), cast(State, state), share))
            except BaseException as problem:
                self.problem = problem
                threading.Thread(target=self._run.cancel, daemon=True, name="cancel").start()

    @contextmanager
    def heard(self) -> Iterator[None]:
        """Raise what the callback raised, instead of what ending the run for it brought about."""
        try:
            yield
        except Exception:
            if self.problem is None:
                raise
        if self.problem is not None:
            raise self.problem
