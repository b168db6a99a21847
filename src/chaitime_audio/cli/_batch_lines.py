"""A batch as plain lines: for logs, and wherever there is no terminal."""

from __future__ import annotations

import threading
import time
from types import TracebackType

import click

from ..batch import Begun, Event, Moved, Outcome, Planned, Tell
from ._batch_words import name_of, outcome_line
from ._console import TITLES


class LineView:
    """Prints one line for what begins and what ends; only how episodes ended when ``quiet``."""

    def __init__(self, *, quiet: bool = False) -> None:
        self._quiet, self._lock = quiet, threading.Lock()
        self._began: dict[tuple[str, str], float] = {}
        self._to_do = self._ended = 0

    def __enter__(self) -> Tell:
        """Return what takes the events."""
        return self.tell

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to tidy."""

    def tell(self, event: Event) -> None:
        """Print an event, if it is worth a line."""
        with self._lock:
            if isinstance(event, Planned):
                self._to_do = sum(plan.to_do for plan in event.plans)
                self._say(f"{self._to_do} of {len(event.plans)} episodes to make")
            elif isinstance(event, Begun):
                self._say(f"{name_of(event.path)}: {'once more, alone' if event.retry else 'begun'}")
            elif isinstance(event, Moved):
                self._stage(event)
            elif event.state != "up to date":
                self._end(event)

    def _stage(self, event: Moved) -> None:
        key = str(event.path), event.stage
        if event.state == "started":
            self._began[key] = time.monotonic()
        elif event.state == "done":
            seconds = time.monotonic() - self._began.pop(key, time.monotonic())
            title = TITLES.get(event.stage, event.stage)
            self._say(f"{name_of(event.path)}: {title}: done in {seconds:.1f} s")

    def _end(self, outcome: Outcome) -> None:
        self._ended += 1
        self._say(f"[{self._ended} of {self._to_do}] {outcome_line(outcome)}")

    def _say(self, text: str) -> None:
        if not self._quiet:
            click.echo(text, err=True)
