"""The figures of batches as tables in docs/batch.md."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from . import results
from .report_tables import Record, table

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def write(page: Path) -> None:
    """Put the tables between the page's markers; nothing else of it changes."""
    text = page.read_text(encoding="utf-8")
    before, rest = text.split(BEGIN, 1)
    after = rest.split(END, 1)[1]
    lines = "\n".join(_lines(results.load("batch")))
    page.write_text(f"{before}{BEGIN}\n\n{lines}\n{END}{after}", encoding="utf-8")


def _lines(rows: list[Record]) -> Iterator[str]:
    timed = [row for row in rows if "jobs" in row]
    alone = next((row["wall_s"] for row in timed if row["jobs"] == 1), 0.0)
    head = ("workers", "wall, s (median)", "from – to", "against one", "hours of sound an hour")
    yield from table(head, [_cells(row, alone) for row in timed])
    yield from table(
        ("", "measured"), [(row["name"], f"{row['value']:.3g}") for row in rows if "value" in row]
    )


def _cells(row: Record, alone: float) -> tuple[str, ...]:
    return (
        str(row["jobs"]),
        f"{row['wall_s']:.1f}",
        f"{row['fastest_s']:.1f} – {row['slowest_s']:.1f}",
        f"{alone / row['wall_s']:.2f}×",
        f"{row['sound_s'] / row['wall_s']:.1f}",
    )
