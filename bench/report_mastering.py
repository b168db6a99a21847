"""The figures of mastering as tables in docs/mastering.md."""

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
    lines = "\n".join(_lines(results.load("mastering")))
    page.write_text(f"{before}{BEGIN}\n\n{lines}\n{END}{after}", encoding="utf-8")


def _lines(rows: list[Record]) -> Iterator[str]:
    head: tuple[str, ...] = (
        "programme",
        "LUFS, ebur128",
        "LUFS, pyloudnorm",
        "dBTP, ebur128",
        "dBTP, 4× samples",
    )
    head += ("voices apart, LU", "largest gain step, dB", "encodes", "CPU s/s")
    yield from table(head, [_cells(row) for row in rows if "encodes" in row])
    yield from table(
        ("", "measured"), [(row["name"], f"{row['value']:.4g}") for row in rows if "value" in row]
    )


def _cells(row: Record) -> tuple[str, ...]:
    apart = (
        f"{row['voices_before_lu']:.1f} → {row['voices_after_lu']:.1f}" if row["voices_before_lu"] else "–"
    )
    return (
        row["name"],
        f"{row['ebur128_lufs']:.1f}",
        f"{row['pyloudnorm_lufs']:.2f}",
        f"{row['ebur128_dbtp']:.1f}",
        f"{row['oversampled_dbtp']:.2f}",
        apart,
        f"{row['gain_step_db']:.1f}",
        str(row["encodes"]),
        f"{row['cpu_per_s']:.4f}",
    )
