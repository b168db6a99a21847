"""How a batch names and judges an episode in one line; names are hostile and are only shown."""

from __future__ import annotations

from pathlib import Path

from ..batch import Outcome

MARKS = {"done": "✓", "up to date": "·", "skipped": "–", "failed": "✗"}


def name_of(path: Path, most: int = 60) -> str:
    """The last part of a path, fit for one line of a terminal."""
    shown = printable(path.name)
    return shown if len(shown) <= most else shown[: most - 1] + "…"


def printable(text: str) -> str:
    """Text without control characters and marks that turn the direction of writing."""
    return "".join(mark if mark.isprintable() else "�" for mark in text)


def speed_of(outcome: Outcome) -> float:
    """How many times faster than it sounds an episode was made; 0 when that is not known."""
    return outcome.sound_ms / 1000 / outcome.seconds if outcome.seconds > 0 else 0.0


def outcome_line(outcome: Outcome) -> str:
    """How an episode ended, in one line."""
    parts = [f"{MARKS[outcome.state]} {name_of(outcome.path)}: {outcome.state}"]
    if outcome.state == "done":
        parts.append(f"in {outcome.seconds:.1f} s")
        if speed_of(outcome) > 0:
            parts.append(f"({speed_of(outcome):.1f}× real time, {outcome.lufs:.1f} LUFS)")
    line = " ".join(parts)
    return f"{line}: {printable(outcome.reason)}" if outcome.reason else line
