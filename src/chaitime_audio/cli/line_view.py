"""A batch as plain lines: for logs, and wherever there is no terminal."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from types import TracebackType

from ..batch import Begun, Event, Moved, Outcome, Planned, SetAside, Stopping, Tell
from ..batch.eta import Pace, in_words
from .console import TITLES
from .phrases import aside_line, name_of, outcome_line, say, spent, stopping_line

EVERY_S, EVERY_SHARE = 60.0, 0.1
"""How it stands is said once a minute, later less often: each time a tenth more than was worked so far."""


class LineView:
    """Prints one line for what begins, each stage done and what ends; nothing when ``quiet``.

    Every now and then a line says how many are over and about how long the rest takes.
    """

    def __init__(
        self, *, quiet: bool = False, clock: Callable[[], float] = time.monotonic, usual: float = 0.0
    ) -> None:
        self._quiet, self._clock, self._lock = quiet, clock, threading.Lock()
        self._pace = Pace(usual)
        self._stages: dict[tuple[str, str], float] = {}
        self._to_do = self._ended = self._failed = 0
        self._began: float | None = None
        self._said = 0.0

    def __enter__(self) -> Tell:
        """Return what takes the events."""
        return self.tell

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to tidy."""

    def tell(self, event: Event) -> None:
        """Print an event, if it is worth a line."""
        if self._quiet:
            return
        with self._lock:
            now = self._clock()
            self._pace.feed(event, now)
            if isinstance(event, Planned):
                self._to_do = sum(plan.to_do for plan in event.plans)
                say(f"{self._to_do} of {len(event.plans)} episodes to make", err=True)
            elif isinstance(event, Begun):
                self._begin(event, now)
            elif isinstance(event, Moved):
                self._stage(event, now)
            elif isinstance(event, SetAside):
                say(aside_line(event), err=True)
            elif isinstance(event, Stopping):
                say(stopping_line(event), err=True)
            elif event.state != "up to date":
                self._end(event)
            self._stand(now)

    def _begin(self, event: Begun, now: float) -> None:
        if self._began is None:
            self._began = self._said = now
        say(f"{name_of(event.path)}: {'once more, alone' if event.retry else 'begun'}", err=True)

    def _stage(self, event: Moved, now: float) -> None:
        key = str(event.path), event.stage
        if event.state == "started":
            self._stages[key] = now
        elif event.state == "done":
            seconds = now - self._stages.pop(key, now)
            title = TITLES.get(event.stage, event.stage)
            say(f"{name_of(event.path)}: {title}: done in {spent(seconds)}", err=True)

    def _end(self, outcome: Outcome) -> None:
        self._ended += 1
        self._failed += outcome.state == "failed"
        say(f"[{self._ended} of {self._to_do}] {outcome_line(outcome)}", err=True)

    def _stand(self, now: float) -> None:
        """Say how it stands, if it is time to."""
        if self._began is None or self._ended >= self._to_do:
            return
        if now - self._said < max(EVERY_S, EVERY_SHARE * (now - self._began)):
            return
        self._said = now
        parts = [f"{self._ended} of {self._to_do} episodes, {self._pace.share:.0%} of the work"]
        parts += [f"{self._failed} failed"] if self._failed else []
        left = self._pace.left_s(now)
        parts += [f"{in_words(left)} left"] if left is not None else []
        say(", ".join(parts), err=True)
