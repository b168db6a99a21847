"""The figures of batches as tables in docs/batch.md and docs/cluster.md."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from . import results
from .report_tables import Record, table

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def write(docs: Path) -> None:
    """Put the tables between the markers of batch.md and cluster.md; nothing else of them changes."""
    rows = results.load("batch")
    _put(docs / "batch.md", [*_by_workers(rows, cluster=False), *_figures(rows)])
    _put(docs / "cluster.md", _by_workers(rows, cluster=True))


def _put(page: Path, lines: Iterable[str]) -> None:
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    text = f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n{END}{rest.split(END, 1)[1]}"
    page.write_text(text, encoding="utf-8")


def _by_workers(rows: list[Record], *, cluster: bool) -> Iterator[str]:
    timed = [row for row in rows if "jobs" in row and ("cluster" in row["name"]) is cluster]
    alone = next((row["wall_s"] for row in timed if row["jobs"] == 1), 0.0)
    head = ("workers", "wall, s (median)", "from – to", "against one", "hours of sound an hour")
    return table(head, [_cells(row, alone) for row in timed])


def _figures(rows: list[Record]) -> Iterator[str]:
    return table(("", "measured"), [(row["name"], f"{row['value']:.3g}") for row in rows if "value" in row])


def _cells(row: Record, alone: float) -> tuple[str, ...]:
    return (
        row["name"].removesuffix(" of a cluster").removesuffix(" workers"),
        f"{row['wall_s']:.1f}",
        f"{row['fastest_s']:.1f} – {row['slowest_s']:.1f}",
        f"{alone / row['wall_s']:.2f}×",
        f"{row['sound_s'] / row['wall_s']:.1f}",
    )
