"""A batch on a terminal: a line for every episode under way, a bar for all of them, and the time left."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from ..batch import Begun, Event, Moved, Outcome, Planned, SetAside, Stopping, Tell
from ..batch.eta import Pace, in_words
from ..domain.timecode import short_clock
from .console import TITLES
from .outcome_table import STYLES
from .phrases import aside_line, name_of, outcome_line, stopping_line

if TYPE_CHECKING:
    from rich.console import Console, RenderableType
    from rich.live import Live
    from rich.progress_bar import ProgressBar
    from rich.table import Table

NAME, TITLE, BAR, SHARE, TIME, GAP = 36, 18, 24, 4, 21, 2
"""Columns for a name, a stage's title, a bar, a share and a time where there is room, and between them."""
WIDE, NARROW = 96, 76
"""Below the one, bars are half as long; below the other there is none."""


@dataclass(slots=True)
class _Row:
    """An episode under way: since when, and the share of each stage it is in, the oldest first."""

    began: float
    stages: dict[str, float] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)


class LiveView:
    """Draws itself anew a few times a second; how an episode ended stays above as one line.

    The bar of an episode is that of the stage it has been in for longest; the bar of all is the
    share of the work (`Pace`).
    """

    def __init__(
        self,
        console: Console | None = None,
        clock: Callable[[], float] = time.monotonic,
        usual: float = 0.0,
    ) -> None:
        self._given, self._clock, self._lock = console, clock, threading.Lock()
        self._pace = Pace(usual)
        self._running: dict[Path, _Row] = {}
        self._ended = self._failed = self._to_do = 0
        self._live: Live | None = None

    def __enter__(self) -> Tell:
        """Begin to draw; return what takes the events."""
        from rich.live import Live

        self._live = Live(get_renderable=self.drawn, console=self._console, refresh_per_second=4)
        self._live.start()
        return self.tell

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last picture standing."""
        if self._live:
            self._live.stop()

    @property
    def _console(self) -> Console:
        from rich.console import Console

        if self._given is None:
            self._given = Console(stderr=True)
        return self._given

    def tell(self, event: Event) -> None:
        """Take an event; what ended is printed above the picture.

        Printing is done without our lock: rich holds its own while it asks for the picture.
        """
        with self._lock:
            now = self._clock()
            self._pace.feed(event, now)
            if isinstance(event, Planned):
                self._to_do = sum(plan.to_do for plan in event.plans)
            elif isinstance(event, Begun):
                self._running[event.path] = _Row(now)
            elif isinstance(event, Moved):
                self._stage(event)
            elif isinstance(event, SetAside):
                self._running.pop(event.path, None)
            elif isinstance(event, Outcome):
                self._running.pop(event.path, None)
                self._ended += event.state != "up to date"
                self._failed += event.state == "failed"
        if isinstance(event, (SetAside, Stopping)):
            line = aside_line(event) if isinstance(event, SetAside) else stopping_line(event)
            self._console.print(line, overflow="ellipsis", no_wrap=True, markup=False, highlight=False)
        if isinstance(event, Outcome) and event.state != "up to date":
            self._print(event)

    def _stage(self, event: Moved) -> None:
        row = self._running.get(event.path)
        if row is None:
            return
        if event.state in ("started", "running"):
            row.stages[event.stage] = event.share
        else:
            row.stages.pop(event.stage, None)
            row.over.add(event.stage)

    def _print(self, outcome: Outcome) -> None:
        from rich.text import Text

        line = Text(outcome_line(outcome), "red" if outcome.state == "failed" else "")
        line.stylize(STYLES[outcome.state], 0, 1)
        self._console.print(line, overflow="ellipsis", no_wrap=True)

    def drawn(self) -> RenderableType:
        """Return the picture as it is now: never wider or higher than the terminal."""
        from rich.console import Group
        from rich.text import Text

        with self._lock:
            now, size = self._clock(), self._console.size
            room = max(1, size.height - 3)
            shown = list(self._running.items())[:room]
            parts: list[RenderableType] = [self._rows(shown, now, size.width)] if shown else []
            if len(self._running) > room:
                parts.append(Text(f"and {len(self._running) - room} more", "dim"))
            return Group(*parts, self._whole(now, size.width))

    def _rows(self, shown: list[tuple[Path, _Row]], now: float, width: int) -> RenderableType:
        from rich.text import Text

        bar = _bar_width(width)
        rows = _grid(_name_width(width), TITLE, bar)
        for path, row in shown:
            title, share = _stage_of(row)
            bars = [_bar(share, bar, "cyan")] if bar else []
            rows.add_row(
                Text(name_of(path)),
                Text(title, "cyan"),
                *bars,
                f"{share:.0%}",
                short_clock(1000 * (now - row.began)),
            )
        return rows

    def _whole(self, now: float, width: int) -> RenderableType:
        """The last line: how many are over, the bar of all, and the time left when it can be known."""
        from rich.text import Text

        share, left, bar = self._pace.share, self._pace.left_s(now), _bar_width(width)
        told = Text(f"{self._ended} of {self._to_do} episodes", "bold")
        if self._failed:
            told.append(f", {self._failed} failed", "bold red")
        until = f"{in_words(left)} left" if left is not None and self._ended < self._to_do else ""
        whole = _grid(_name_width(width) + GAP + TITLE, 0, bar)
        whole.add_row(told, *([_bar(share, bar, "green")] if bar else []), f"{share:.0%}", until)
        return whole


def _grid(name: int, title: int, bar: int) -> Table:
    """Columns for a name, a title, a bar, a share and a time; those of no width are left out."""
    from rich.table import Table

    grid = Table.grid(padding=(0, GAP, 0, 0))
    for width in filter(None, (name, title, bar)):
        grid.add_column(width=width, no_wrap=True, overflow="ellipsis")
    grid.add_column(min_width=SHARE, justify="right", no_wrap=True)
    grid.add_column(no_wrap=True, overflow="ellipsis")
    return grid


def _stage_of(row: _Row) -> tuple[str, float]:
    """The stage that has been under way for longest; once there are text and MP3, files are written."""
    if row.stages:
        stage, share = next(iter(row.stages.items()))
        return TITLES.get(stage, stage), min(1.0, max(0.0, share))
    return (TITLES["outputs"], 1.0) if row.over >= {"transcript", "master"} else ("…", 0.0)


def _bar_width(width: int) -> int:
    return BAR if width >= WIDE else BAR // 2 if width >= NARROW else 0


def _name_width(width: int) -> int:
    bar = _bar_width(width)
    return max(4, min(NAME, width - TITLE - bar - SHARE - TIME - GAP * (4 if bar else 3)))


def _bar(share: float, width: int, colour: str) -> ProgressBar:
    from rich.progress_bar import ProgressBar

    return ProgressBar(total=1.0, completed=share, width=width, complete_style=colour, finished_style=colour)
