"""A batch on a terminal: a line for every episode under way, a bar for all of them, and the time left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any

from ..batch import Begun, Event, Moved, Outcome, Planned, Tell
from ..batch.pace import Pace, in_words
from ._batch_table import STYLES
from ._batch_words import name_of, outcome_line
from ._console import TITLES

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live

BAR = 24


class LiveView:
    """Draws itself anew a few times a second; how an episode ended stays above as one line."""

    def __init__(self, console: Console | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self._console, self._clock, self._lock = console, clock, threading.RLock()
        self._pace = Pace()
        self._running: dict[Path, tuple[float, str]] = {}
        self._counts = {"done": 0, "failed": 0, "skipped": 0}
        self._to_do = 0
        self._live: Live | None = None

    def __enter__(self) -> Tell:
        """Begin to draw; return what takes the events."""
        from rich.console import Console
        from rich.live import Live

        self._console = self._console or Console(stderr=True)
        self._live = Live(get_renderable=self.drawn, console=self._console, refresh_per_second=4)
        self._live.start()
        return self.tell

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture standing."""
        if self._live:
            self._live.stop()

    def tell(self, event: Event) -> None:
        """Take an event; what ended is printed above the picture."""
        with self._lock:
            self._pace.feed(event, self._clock())
            if isinstance(event, Planned):
                self._to_do = sum(plan.to_do for plan in event.plans)
            elif isinstance(event, Begun):
                self._running[event.path] = (self._clock(), "begins")
            elif isinstance(event, Moved):
                self._stage(event)
            elif event.state != "up to date":
                self._end(event)

    def _stage(self, event: Moved) -> None:
        if event.path in self._running and event.state in ("started", "running"):
            began, _ = self._running[event.path]
            self._running[event.path] = (began, TITLES.get(event.stage, event.stage))

    def _end(self, outcome: Outcome) -> None:
        from rich.text import Text

        self._running.pop(outcome.path, None)
        self._counts[outcome.state] = self._counts.get(outcome.state, 0) + 1
        if self._console:
            line = Text(outcome_line(outcome), style=STYLES[outcome.state], overflow="ellipsis", no_wrap=True)
            self._console.print(line)

    def drawn(self) -> RenderableType:
        """Return the picture as it is now."""
        from rich.table import Table
        from rich.text import Text

        with self._lock:
            rows = Table.grid(padding=(0, 1))
            rows.add_column(max_width=34, no_wrap=True, overflow="ellipsis")
            rows.add_column()
            rows.add_column(justify="right")
            rows.add_column(no_wrap=True)
            now = self._clock()
            for path, (began, stage) in self._running.items():
                share = self._pace.episode_share(path)
                rows.add_row(
                    Text(name_of(path)), _bar(share), f"{share:.0%}", f"{stage}, {_clock(now - began)}"
                )
            share = self._pace.share
            rows.add_row(Text(self._counted(), "bold"), _bar(share), f"{share:.0%}", self._left(now))
            return rows

    def _counted(self) -> str:
        told = f"{sum(self._counts.values())} of {self._to_do}"
        failed = self._counts["failed"]
        return f"{told}, {failed} failed" if failed else told

    def _left(self, now: float) -> str:
        left = self._pace.left_s(now)
        return "" if left is None or not self._running else f"{in_words(left)} left"


def _bar(share: float) -> Any:
    from rich.progress_bar import ProgressBar

    return ProgressBar(total=1.0, completed=share, width=BAR)


def _clock(seconds: float) -> str:
    minutes, rest = divmod(int(seconds), 60)
    return f"{minutes}:{rest:02d}"
