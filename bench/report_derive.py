"""What deriving costs, as a table in docs/deriving.md."""

from __future__ import annotations

from pathlib import Path

from . import results
from .report_tables import table

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


def write(page: Path) -> None:
    """Put the table between the markers of the page; nothing else of it changes."""
    rows = [
        (
            f"{row['words']:,}",
            f"{row['first_s']:.2f}",
            f"{row['produce_s']:.2f}",
            f"{row['turn_ms']:.0f}",
            f"{row['longest_turn_ms']:.0f}",
        )
        for row in results.load("derive")
    ]
    head = (
        "words",
        "first `produce()` of a process, CPU s",
        "a later one (median)",
        "one turn alone, CPU ms (median)",
        "the slowest turn",
    )
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    behind = rest.split(END, 1)[1]
    page.write_text(
        f"{before}{BEGIN}\n\n" + "\n".join(table(head, rows)) + f"\n{END}{behind}", encoding="utf-8"
    )
