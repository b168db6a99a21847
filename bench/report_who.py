"""Section on who is speaking: people found, beside the slot scheme, and names."""

from __future__ import annotations

from collections.abc import Iterator

from .report_tables import Record, table
from .results import load
from .who_speaks import right

KINDS = {"dev": "made", "real": "read and meetings", "talk": "real talk"}


def who() -> Iterator[str]:
    """People found, sureness, error rates, names; a line per recording."""
    rows = load("who")
    if not rows:
        return
    yield from ("## Who is speaking", "")
    yield "Number of people found by sound alone. *Slots*: pyannote's own slot scheme on the same networks."
    yield "*Sure*: how likely the number is, as the run says it. Names: those printed, nothing told; in"
    yield from ("brackets those asked about.", "")
    head = ["recording", "people", "found", "sure", "slots", "DER %", "slots DER %", "cpWER − WER", "names"]
    yield from table(head, [_line(row) for row in rows])
    for kind, title in KINDS.items():
        own = [row for row in rows if row["kind"] == kind and row["people"]]
        if own:
            yield f"- {title}: {_right(own, 'found')} right; slot scheme {_right(own, 'slots_found')}"
    yield ""


def _right(rows: list[Record], name: str) -> str:
    """``16 of 20``, of those that were measured."""
    measured = [row for row in rows if row[name] is not None]
    return f"{sum(right({**row, 'found': row[name]}) for row in measured)} of {len(measured)}"


def _line(row: Record) -> list[str]:
    asked = [f"({name}?)" for name in row["maybe"]]
    return [
        row["name"],
        row["people"],
        f"{row['found']}{'' if right(row) else ' ✗'}",
        f"{row['sureness']:.0%}" if row["sureness"] is not None else "",
        "" if row["slots_found"] is None else str(row["slots_found"]),
        _figure(row["der"]),
        _figure(row["slots_der"]),
        f"{row['cpwer'] - row['wer']:+.2f}" if row["cpwer"] is not None else "",
        ", ".join([*row["names"], *asked]),
    ]


def _figure(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}"


SECTIONS = (who,)
