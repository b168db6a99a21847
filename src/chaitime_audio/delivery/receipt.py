"""What was sent where: each file by its sum and when, kept beside what was sent."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..project.files import replace_file
from .files import Sendable


@dataclass(frozen=True, slots=True)
class Receipt:
    """Sums (sha256, hex) of what lies at one place, by name, and when each was sent (ISO 8601, UTC)."""

    path: Path
    sums: dict[str, str]
    times: dict[str, str]

    def sent(self, one: Sendable) -> Receipt:
        """Note that a file was sent, at once: whoever is interrupted sends no file twice."""
        now = datetime.now(UTC).isoformat(timespec="seconds")
        noted = replace(self, sums=self.sums | {one.name: one.sha256}, times=self.times | {one.name: now})
        rows = {
            name: {"sha256": total, "sent": noted.times.get(name, "")}
            for name, total in sorted(noted.sums.items())
        }
        replace_file(self.path, (json.dumps({"files": rows}, indent=1) + "\n").encode())
        return noted


def receipt_of(folder: Path, place: str) -> Receipt:
    """Read the receipt for a place; an empty one when nothing was sent, or it cannot be read."""
    path = folder / f".published.{place}.json"
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))["files"]
        sums = {str(name): str(row["sha256"]) for name, row in rows.items()}
        times = {str(name): str(row.get("sent", "")) for name, row in rows.items()}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return Receipt(path, {}, {})
    return Receipt(path, sums, times)
