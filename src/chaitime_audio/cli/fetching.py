"""Shows how far a fetch is: a bar per model on a terminal, lines elsewhere."""

from __future__ import annotations

import sys
import threading
from types import TracebackType
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

_LOOKS_PER_SECOND = 4


class Fetching:
    """What `weights.pull_each` tells its news to; a context manager.

    The bar follows the bytes that have arrived on disk, so it moves while pip is silent.
    """

    def __init__(self) -> None:
        self._bars: Progress | None = None
        self._task: TaskID | None = None
        self._name = ""
        self._size, self._before = 0, 0
        self._done = threading.Event()
        self._watcher = threading.Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Fetching:
        """Open the live view if there is a terminal."""
        if sys.stderr.isatty():
            self._bars = _bars()
            self._bars.start()
            self._watcher.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the live view."""
        self._done.set()
        if self._bars:
            self._watcher.join()
            self._bars.stop()

    def __call__(self, name: str, doing: str) -> None:
        """Take a piece of news."""
        from .. import model_files

        if not self._bars:
            click.echo(f"{name}: {doing}", err=True)
            return
        if name != self._name:
            self._size, self._before = model_files.model(name).download_size, model_files.arrived()
            self._task = self._bars.add_task(name, total=self._size or None, doing=_short(doing))
            self._name = name
        elif self._task is not None:
            self._bars.update(self._task, doing=_short(doing))

    def kept(self, name: str, path: object) -> None:
        """Say on standard output where a model lies."""
        if self._bars and self._task is not None and name == self._name:
            self._bars.update(self._task, total=self._size or 1, completed=self._size or 1, doing="kept")
        if self._bars and sys.stdout.isatty():
            self._bars.console.print(f"{name}: {path}", markup=False, highlight=False, soft_wrap=True)
        else:
            click.echo(f"{name}: {path}")

    def _watch(self) -> None:
        from .. import model_files

        while not self._done.wait(1 / _LOOKS_PER_SECOND):
            if self._bars and self._task is not None and self._size:
                seen = max(0, model_files.arrived() - self._before)
                task = self._bars.tasks[self._task]
                if seen > task.completed and not task.finished:
                    self._bars.update(self._task, completed=min(seen, self._size))


def _short(doing: str) -> str:
    """Leave out of the news what does not fit beside a bar."""
    return doing.partition(" from ")[0]


def _bars() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    return Progress(
        TextColumn("{task.description:<20}", markup=False),
        BarColumn(bar_width=24),
        DownloadColumn(),
        TransferSpeedColumn(),
        TextColumn("{task.fields[doing]}", markup=False),
        console=Console(stderr=True),
    )
