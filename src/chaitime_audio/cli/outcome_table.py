"""The table at the end of a batch, on stdout: it is the result."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from ..batch import Outcome
from ..domain.text import printable
from ..domain.timecode import short_clock
from .phrases import MARKS, cut, loudness, name_of, outcome_line, padded, say, speed_of

STYLES = {"done": "green", "up to date": "dim", "skipped": "yellow", "failed": "red"}
NAME, PEOPLE = 40, 48
"""Columns at most for a name, and for who speaks where a line must not be longer."""
TITLES = ("", "episode", "state", "time", "speed", "LUFS", "warnings", "speakers, or what went wrong")
WIDE, FIGURES = 100, 44
"""A terminal that has room for all columns, and how much of it those take that hold figures."""
RIGHT = frozenset((3, 4, 5, 6))


def show_outcomes(outcomes: Sequence[Outcome], *, quiet: bool) -> None:
    """Print how every episode ended; finished ones that needed nothing are only counted.

    A table on a terminal, the same aligned with blanks elsewhere; when ``quiet`` a line for each.
    """
    told = [item for item in outcomes if item.state != "up to date"]
    if quiet or not told:
        for item in told:
            say(outcome_line(item))
    elif sys.stdout.isatty():
        _table(told)
    else:
        for line in aligned([TITLES, *map(_cells, told)]):
            say(line)
    say(totals(outcomes))


def totals(outcomes: Sequence[Outcome]) -> str:
    """One line: how many ended how."""
    counts = Counter[str](item.state for item in outcomes)
    parts = [f"{counts[state]} {state}" for state in MARKS if counts[state]]
    return ", ".join(parts) or "no episodes"


def aligned(rows: Sequence[tuple[str, ...]]) -> list[str]:
    """Rows as lines with their columns under each other; the last column is as long as it is."""
    from rich.cells import cell_len

    widths = [max(map(cell_len, column)) for column in zip(*rows, strict=True)][:-1]
    lines = []
    for row in rows:
        cells = [
            padded(text, width, right=place in RIGHT)
            for place, (text, width) in enumerate(zip(row[:-1], widths, strict=True))
        ]
        lines.append("  ".join([*cells, row[-1]]).rstrip())
    return lines


def _cells(item: Outcome) -> tuple[str, ...]:
    done = item.state == "done"
    return (
        MARKS[item.state],
        name_of(item.path, NAME),
        item.state,
        short_clock(1000 * round(item.seconds)) if done or item.seconds >= 1 else "",
        f"{speed_of(item):.1f}×" if done and speed_of(item) > 0 else "",
        loudness(item),
        str(len(item.warnings) or ""),
        printable(item.reason) or cut(printable(", ".join(item.speakers)), PEOPLE),
    )


def _table(outcomes: Sequence[Outcome]) -> None:
    """The table on a terminal; on a narrow one, what went wrong stands below it in full."""
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console()
    told = TITLES if console.width >= WIDE else TITLES[:-1]
    table = Table(box=None, pad_edge=False)
    for place, title in enumerate(told):
        last = place == len(TITLES) - 1
        side: Literal["left", "right"] = "right" if place in RIGHT else "left"
        table.add_column(title, justify=side, no_wrap=not last, overflow="fold" if last else "ellipsis")
    for item in outcomes:
        mark, name, *rest = _cells(item)
        style = STYLES[item.state]
        name = cut(name, max(12, min(NAME, console.width - FIGURES)))
        cells = [Text(mark, style), Text(name), Text(rest[0], style), *map(Text, rest[1:])]
        table.add_row(*cells[: len(told)])
    console.print(table)
    for item in outcomes if told is not TITLES else ():
        if item.reason:
            line = f"{MARKS[item.state]} {name_of(item.path)}: {printable(item.reason)}"
            console.print(Text(line, STYLES[item.state]))
