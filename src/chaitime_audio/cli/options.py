"""What was typed, as one frozen value, and the parameter types it needs."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from math import isfinite
from pathlib import Path
from typing import Any

import click

from ..project.languages import language_code


class CountOrAuto(click.ParamType[int]):
    """A whole number from 1 to ``most``, or ``auto`` (0)."""

    name = "N|auto"

    def __init__(self, most: int) -> None:
        self.most = most

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Return the count; 0 for auto."""
        if value in ("auto", 0):
            return 0
        if str(value).isascii() and str(value).isdecimal() and 1 <= int(value) <= self.most:
            return int(value)
        return self.fail(f"“{value}” is neither a number from 1 to {self.most} nor “auto”", param, ctx)


class Amount(click.FloatRange):
    """A number in a range; ``nan`` and ``inf``, which compare with nothing, are none."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> float:
        """Return the number."""
        found = float(super().convert(value, param, ctx))
        return found if isfinite(found) else self.fail(f"“{value}” is no amount", param, ctx)


class Language(click.ParamType[str]):
    """A language as people write it, as the code that Whisper has for it."""

    name = "LANGUAGE"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Return the code; empty for auto."""
        try:
            return language_code(str(value))
        except ValueError as cause:
            return self.fail(str(cause), param, ctx)


MOST_MINUTES, MOST_SECONDS = 1440, 86_400
MINUTES = Amount(min=0.1, max=MOST_MINUTES)
LANGUAGE = Language()
SPEAKERS = CountOrAuto(most=20)
JOBS = CountOrAuto(most=256)
PROGRESS = click.Choice(["text", "json"])
PROGRESS_HELP = "Progress on stderr: text, or json (one object a line)."


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
    progress: str = "text"
    as_json: bool = False
