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
    timed = [row for row in rows if "jobs" in row]
    spread = [row for row in timed if "cluster" in row["name"]]
    _put(docs / "batch.md", [*_by_workers([row for row in timed if row not in spread]), *_figures(rows)])
    kinds = dict.fromkeys(row["what"] for row in spread)
    _put(docs / "cluster.md", (line for what in kinds for line in _of_cluster(what, spread)))


def _put(page: Path, lines: Iterable[str]) -> None:
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    text = f"{before}{BEGIN}\n\n" + "\n".join(lines) + f"\n{END}{rest.split(END, 1)[1]}"
    page.write_text(text, encoding="utf-8")


def _by_workers(timed: list[Record]) -> Iterator[str]:
    alone = next((row["wall_s"] for row in timed if row["jobs"] == 1), 0.0)
    head = ("workers", "wall, s (median)", "from – to", "against one", "hours of sound an hour")
    return table(head, [_cells(row, alone) for row in timed])


def _of_cluster(what: str, rows: list[Record]) -> Iterator[str]:
    """The same for one kind of work through a cluster, with what all processes together took."""
    timed = [row for row in rows if row["what"] == what]
    alone = next((row["wall_s"] for row in timed if row["jobs"] == 1), 0.0)
    yield f"{what[0].upper()}{what[1:]}:"
    yield ""
    head = ("workers", "wall, s", "against one", "hours of sound an hour", "CPU, s")
    cells = [_cells(row, alone) for row in timed]
    yield from table(
        head,
        [
            (str(row["jobs"]), c[1], c[3], c[4], f"{row['cpu_s']:.0f}")
            for row, c in zip(timed, cells, strict=True)
        ],
    )


def _figures(rows: list[Record]) -> Iterator[str]:
    return table(("", "measured"), [(row["name"], f"{row['value']:.3g}") for row in rows if "value" in row])


def _cells(row: Record, alone: float) -> tuple[str, ...]:
    return (
        row["name"].removesuffix(" workers"),
        f"{row['wall_s']:.1f}",
        f"{row['fastest_s']:.1f} – {row['slowest_s']:.1f}",
        f"{alone / row['wall_s']:.2f}×",
        f"{row['sound_s'] / row['wall_s']:.1f}",
    )
