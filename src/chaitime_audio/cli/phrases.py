"""How a batch names and judges an episode in one line; names are hostile and are only shown."""

from __future__ import annotations

import sys
from math import isfinite
from pathlib import Path

import click

from ..batch import Outcome, Plan, SetAside, Stopping
from ..domain.text import printable
from ..domain.timecode import short_clock

MARKS = {"done": "✓", "up to date": "·", "skipped": "–", "failed": "✗"}


def name_of(path: Path, most: int = 60) -> str:
    """The last part of a path, fit for one line of a terminal and this many columns wide at most."""
    return cut(printable(path.name or str(path)), most)


def cut(text: str, most: int) -> str:
    """Text that takes this many columns at most: wide letters take two, stacked accents none."""
    from rich.cells import cell_len, set_cell_size

    if cell_len(text) <= most and len(text) <= 2 * most:
        return text
    return set_cell_size(text[: 2 * most], most - 1).rstrip() + "…"


def padded(text: str, width: int, *, right: bool = False) -> str:
    """Text filled up with blanks to this many columns."""
    from rich.cells import cell_len

    blanks = " " * max(0, width - cell_len(text))
    return blanks + text if right else text + blanks


def say(text: str, *, err: bool = False) -> None:
    """Print a line, with ``?`` for what the encoding of a log or an old terminal does not have."""
    encoding = (sys.stderr if err else sys.stdout).encoding or "utf-8"
    click.echo(text.encode(encoding, "replace").decode(encoding), err=err)


def speed_of(outcome: Outcome) -> float:
    """How many times faster than it sounds an episode was made; 0 when that is not known."""
    return outcome.sound_ms / 1000 / outcome.seconds if outcome.seconds > 0 else 0.0


def spent(seconds: float) -> str:
    """How long something took: tenths of seconds below a minute."""
    if seconds < 60:
        return f"{seconds:.1f} s"
    return f"{short_clock(1000 * seconds)} {'min' if seconds < 3600 else 'h'}"


def loudness(outcome: Outcome) -> str:
    """The loudness of the MP3 in LUFS; empty when it is not known, as for silence."""
    known = outcome.state == "done" and outcome.lufs and isfinite(outcome.lufs)
    return f"{outcome.lufs:.1f}" if known else ""


def counted(number: int, noun: str) -> str:
    """``1 warning``, ``2 warnings``."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def plan_line(plan: Plan) -> str:
    """What would be done for an episode, in one line; of a bare recording also which folder it would get."""
    told = str(plan.found.folder.path)
    if plan.found.recording:
        told = f"{plan.found.recording} → {told}"
    return printable(f"{told}: {plan.what}")


def aside_line(event: SetAside) -> str:
    """That an episode lost its worker, in one line."""
    return f"↻ {name_of(event.path)}: set aside, once more at the end: {printable(event.reason)}"


def stopping_line(event: Stopping) -> str:
    """What a batch that was asked to stop still waits for."""
    return f"stopping: {f'waiting for {event.hook}; ' if event.hook else ''}Ctrl-C again ends it at once"


def outcome_line(outcome: Outcome) -> str:
    """How an episode ended, in one line."""
    parts = [f"{MARKS[outcome.state]} {name_of(outcome.path)}: {outcome.state}"]
    if outcome.state == "done":
        parts.append(f"in {spent(outcome.seconds)}")
        speed = f"{speed_of(outcome):.1f}× real time" if speed_of(outcome) > 0 else ""
        lufs = f"{loudness(outcome)} LUFS" if loudness(outcome) else ""
        parts += [f"({', '.join(filter(None, (speed, lufs)))})"] if speed or lufs else []
    line = " ".join(parts)
    line += f", {counted(len(outcome.warnings), 'warning')}" if outcome.warnings else ""
    return f"{line}: {printable(outcome.reason)}" if outcome.reason else line
