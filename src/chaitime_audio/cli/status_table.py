"""The table that ``chaitime status`` prints."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from ..batch.status import Status
from ..domain.text import printable
from ..pipeline.stage_table import STAGES
from .phrases import say

MARKS = {
    "kept": ("●", "green"),
    "outdated": ("◐", "yellow"),
    "stale": ("◌", "yellow"),
    "missing": ("·", "dim"),
    "waits": ("…", "dim"),
    "failed": ("✗", "red"),
}
COLUMNS = {row.name: row.column for row in STAGES if row.column}


def show_statuses(statuses: Sequence[Status], top: Path) -> None:
    """Print one line per episode, and what the marks mean."""
    if not statuses:
        say(f"no episodes and no recordings in {printable(str(top))}")
        return
    if sys.stdout.isatty():
        _table(statuses, top)
    else:
        for status in statuses:
            say(f"{_name(status, top)}: {printable(status.phrase)}")
    done = sum(status.phrase.startswith("up to date") for status in statuses)
    say(f"{done} of {len(statuses)} up to date")


def _table(statuses: Sequence[Status], top: Path) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, pad_edge=False)
    table.add_column("episode", overflow="ellipsis", no_wrap=True, max_width=36)
    for title in COLUMNS.values():
        table.add_column(title, justify="center")
    table.add_column("", overflow="fold")
    for status in statuses:
        states = {item.stage: item.state for item in status.stages}
        marks = [Text(*MARKS.get(states.get(stage, ""), ("", ""))) for stage in COLUMNS]
        table.add_row(Text(_name(status, top)), *marks, Text(printable(status.phrase)))
    console = Console()
    console.print(table)
    legend = "   ".join(f"{mark} {state}" for state, (mark, _) in MARKS.items())
    console.print(Text(legend, style="dim"))


def _name(status: Status, top: Path) -> str:
    try:
        return printable(str(status.path.relative_to(top)))
    except ValueError:
        return printable(str(status.path))
