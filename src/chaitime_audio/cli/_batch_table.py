"""The table at the end of a batch, on stdout: it is the result."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence

import click

from ..batch import Outcome
from ._batch_words import MARKS, name_of, outcome_line, printable, speed_of

STYLES = {"done": "green", "up to date": "dim", "skipped": "yellow", "failed": "red"}


def show_outcomes(outcomes: Sequence[Outcome], *, quiet: bool) -> None:
    """Print how every episode ended; finished ones that needed nothing are only counted."""
    told = [item for item in outcomes if item.state != "up to date"]
    if sys.stdout.isatty() and told and not quiet:
        _table(told)
    else:
        for item in told:
            click.echo(outcome_line(item))
    click.echo(totals(outcomes))


def totals(outcomes: Sequence[Outcome]) -> str:
    """One line: how many ended how."""
    counts = Counter[str](item.state for item in outcomes)
    parts = [f"{counts[state]} {state}" for state in MARKS if counts[state]]
    return ", ".join(parts) or "no episodes"


def _table(outcomes: Sequence[Outcome]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("")
    table.add_column("episode", no_wrap=True, overflow="ellipsis", max_width=40)
    for title in ("time", "speed", "LUFS", "warnings"):
        table.add_column(title, justify="right", no_wrap=True)
    table.add_column("", overflow="fold")
    for item in outcomes:
        done = item.state == "done"
        table.add_row(
            Text(MARKS[item.state], STYLES[item.state]),
            Text(name_of(item.path)),
            f"{item.seconds:.0f} s",
            f"{speed_of(item):.1f}×" if done else "",
            f"{item.lufs:.1f}" if done else "",
            str(len(item.warnings) or "") if done else "",
            Text(printable(item.reason or ", ".join(item.speakers))),
        )
    Console().print(table)
