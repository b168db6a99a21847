"""How fluid the studio is, as a table in docs/studio.md."""

from __future__ import annotations

from pathlib import Path

from . import results
from .report_tables import table

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"
WANTED = ("wanted", "", "1.5 / 3", "8", "30", "none over 50", "150", "", "")


def write(page: Path) -> None:
    """Put the table between the markers of the page; nothing else of it changes."""
    rows = [
        (
            f"{row['words']:,}",
            f"{row['derived_s']:.1f}",
            f"{row['open_ms'] / 1000:.2f}",
            f"{row['key_ms']:.1f} ({row['longest_key_ms']:.1f})",
            f"{row['enter_ms']:.1f} ({row['longest_enter_ms']:.1f})",
            f"{row['long_ms']:.0f}" if row["long_ms"] else "none over 50",
            f"{row['answer_ms']:.0f} ({row['longest_answer_ms']:.0f})",
            f"{row['heap_mb']:.0f}",
            f"{row['nodes']:,}",
        )
        for row in results.load("studio")
    ]
    head = (
        "words",
        "command to address, s",
        "open to first input, s",
        "a key, ms",
        "Enter, ms",
        "longest task while scrolling, ms",
        "a saved edit answered, ms",
        "JavaScript heap, MB",
        "nodes",
    )
    before, rest = page.read_text(encoding="utf-8").split(BEGIN, 1)
    behind = rest.split(END, 1)[1]
    lines = "\n".join(table(head, [*rows, WANTED]))
    page.write_text(f"{before}{BEGIN}\n\n{lines}\n{END}{behind}", encoding="utf-8")
