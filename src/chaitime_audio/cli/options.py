"""What was typed, as one frozen value, and the parameter types it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import click


class CountOrAuto(click.ParamType[int]):
    """A whole number from 1 to ``most``, or ``auto`` (0)."""

    name = "N|auto"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the count; 0 for auto."""
        if value in ("auto", 0):
            return 0
        if str(value).isdecimal() and 1 <= int(value) <= self.most:
            return int(value)
        return self.fail(f"“{value}” is neither a number from 1 to {self.most} nor “auto”", param, ctx)


SPEAKERS = CountOrAuto(most=20)
JOBS = CountOrAuto(most=256)


@dataclass(frozen=True, slots=True)
class Asked:
    """One call of ``chaitime process``."""

    recordings: tuple[Path, ...]
    title: str | None = None
    number: int | None = None
    date: date | None = None
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    speakers: int | None = None
    language: str | None = None
    out: Path | None = None
    config: Path | None = None
    model: str | None = None
    again: tuple[str, ...] = field(default=())
    upgrade: bool = False
    minutes: float | None = None
    parts: bool = False
    tracks: bool = False
    link: bool = False
    force: bool = False
    verbose: bool = False
    quiet: bool = False
