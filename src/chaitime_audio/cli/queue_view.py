"""The queue as a table for people."""

from __future__ import annotations

import sys

import click

from ..domain.text import terminal
from ..domain.timecode import clock
from ..editorial.queue.item import Item, Queue

TEXT, PLACES_SHOWN = 34, 3


def show(found: Queue, most: int) -> None:
    """Print the first ``most`` items, and how it stands."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, show_header=True, header_style="bold")
    table.add_column("", justify="right")
    for name in ("kind", "at", "heard", "why", "perhaps"):
        table.add_column(name, overflow="fold")
    for number, item in enumerate(found.open[:most], start=1):
        cells = (str(number), item.kind, _times(item), item.text, item.why, ", ".join(item.suggestions))
        table.add_row(*(terminal(cell, " ") for cell in cells))
    if found.open:
        console = Console(width=None if sys.stdout.isatty() else 120, highlight=False, markup=False)
        console.print(table)
    hidden = len(found.open) - most
    if hidden > 0:
        click.echo(f"{hidden} more that are less likely wrong: --all", err=True)
    click.echo(standing(found), err=True)


def standing(found: Queue) -> str:
    """How much of the risk is settled, and about how long the rest takes."""
    if not found.open:
        return "nothing is left to check"
    minutes = max(1, round(found.left_s / 60))
    plural = "" if minutes == 1 else "s"
    return f"{found.settled_share:.0%} of the risk settled, about {minutes} minute{plural} left"


def _times(item: Item) -> str:
    times = [clock(place.span.start_ms) for place in item.places]
    more = f" +{len(times) - PLACES_SHOWN}" if len(times) > PLACES_SHOWN else ""
    return " ".join(times[:PLACES_SHOWN]) + more
