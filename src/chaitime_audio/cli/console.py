"""News on stderr: progress bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
import threading
import time
from types import TracebackType
from typing import TYPE_CHECKING

import click

from ..pipeline.stage_table import STAGES

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

    from .forecast import Forecast

TITLES = {**{row.name: row.title for row in STAGES}, "outputs": "write everything"}


class News:
    """Shows how far each stage is. Safe to call from several threads; a context manager.

    ``level`` is -1 for quiet, 0 for normal, 1 for verbose. ``path`` names the episode once it is known.
    """

    def __init__(self, level: int = 0) -> None:
        self._level, self.path = level, ""
        self._began: dict[str, float] = {}
        self._lock = threading.Lock()
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}
        self._forecast: Forecast | None = None

    def __enter__(self) -> News:
        """Start the live view if there is a terminal."""
        if self._level >= 0 and sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Leave the last state of the view on the screen."""
        if self._bars:
            self._bars.stop()

    def __call__(self, stage: str, state: str, share: float) -> None:
        """Take one piece of news: see `artifacts.Watch`."""
        with self._lock:
            told = self._forecast.told(stage, state, share) if self._forecast else ""
            if self._level < 0:
                return
            if self._bars:
                self._show_bar(stage, state, share)
            else:
                self._print_line(stage, state)
            if told:
                self.say(told)

    def expect(self, forecast: Forecast) -> None:
        """Say how long the run will take, as soon as ``forecast`` knows; it is fed with the news."""
        self._forecast = forecast

    def say(self, text: str) -> None:
        """Print a sentence unless quiet."""
        if self._level >= 0:
            if self._bars:
                self._bars.console.print(text, markup=False, highlight=False)
            else:
                click.echo(text, err=True)

    def tell_ignored(self, sentence: str) -> None:
        """Say which settings do not count, also when quiet: an episode may come out otherwise."""
        if sentence and self._bars:
            self._bars.console.print(sentence, markup=False, highlight=False)
        elif sentence:
            click.echo(sentence, err=True)

    def _show_bar(self, stage: str, state: str, share: float) -> None:
        assert self._bars is not None
        title = TITLES.get(stage, stage)
        if state in ("kept", "outdated") and self._level < 1:
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(title, total=1.0)
        note = f"{title} ({state})" if state in ("kept", "outdated") else title
        self._bars.update(self._tasks[stage], completed=share, description=note)

    def _print_line(self, stage: str, state: str) -> None:
        title = TITLES.get(stage, stage)
        if state == "started":
            self._began[stage] = time.monotonic()
            click.echo(f"{title} …", err=True)
        elif state == "done":
            seconds = time.monotonic() - self._began.get(stage, time.monotonic())
            click.echo(f"{title}: done in {seconds:.1f} s", err=True)
        elif state == "outdated":
            click.echo(f"{title}: kept from an older version (--upgrade makes it again)", err=True)
        elif state == "kept" and self._level > 0:
            click.echo(f"{title}: kept", err=True)


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    return Progress(
        TextColumn("{task.description:<24}", markup=False),
        BarColumn(bar_width=32),
        TaskProgressColumn(),
        TimeElapsedColumn(),
        console=Console(stderr=True),
    )
