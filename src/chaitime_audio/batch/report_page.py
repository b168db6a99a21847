"""The page of a batch report: one file, no script, nothing from elsewhere; the template escapes all text."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Mapping, Sequence
from math import isfinite
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING
from urllib.parse import quote

from ..domain.text import terminal
from ..formats.rendering.templates import Templates
from .events import Outcome

if TYPE_CHECKING:
    from .report import Meta

PAGES = ("report.html", "transcript.html")
STEP, HIGH, LEAST_BARS = 10, 100, 16
"""Units a bar takes in the chart, how high the chart is, and for how many bars it has room at least."""
LEAST_HIGH = 2.0
_TEMPLATES = Templates(ours=Path(__file__).parent)


def page(outcomes: Sequence[Outcome], meta: Meta, folder: Path, what: Mapping[Path, str]) -> str:
    """Fill in ``batch-report.html.j2`` for outcomes that stand in the order to be shown.

    ``what`` was planned, by path. The page gets ``counts`` (pairs of state and how many), ``began``,
    ``took_ms``, ``workers``, ``sound_ms``, ``chart`` (see `_chart`; None for none), ``rows`` (see `_row`;
    all but what was up to date) and ``untouched`` (name and address of what was).
    """
    told = [item for item in outcomes if item.state != "up to date"]
    values = {
        "counts": tuple(Counter[str](item.state for item in outcomes).items()),
        "began": f"{meta.began:%Y-%m-%d %H:%M} UTC",
        "took_ms": 1000 * meta.seconds,
        "workers": terminal(meta.cluster) or (str(meta.jobs) if meta.jobs else "as many as pay"),
        "sound_ms": sum(item.sound_ms for item in told),
        "chart": _chart(told),
        "rows": [_row(item, folder, what.get(item.path, "")) for item in told],
        "untouched": [_linked(item, folder) for item in outcomes if item.state == "up to date"],
    }
    return _TEMPLATES.render("batch-report.html", values)


def _chart(told: Sequence[Outcome]) -> dict[str, object] | None:
    """Bars of how long each episode took, in units of the chart, with the median and longest time (ms)."""
    times = [item.seconds for item in told if item.state == "done"]
    if len(told) < 2 or not times or max(times) <= 0:
        return None
    longest = max(item.seconds for item in told)
    return {
        "wide": max(len(told), LEAST_BARS) * STEP,
        "high": HIGH,
        "bars": [_bar(place, item, longest) for place, item in enumerate(told)],
        "typical_ms": 1000 * median(times),
        "longest_ms": 1000 * max(times),
    }


def _bar(place: int, item: Outcome, longest: float) -> dict[str, object]:
    return {
        "name": terminal(item.path.name),
        "state": item.state,
        "x": place * STEP + 1,
        "wide": STEP - 2,
        "high": max(LEAST_HIGH, HIGH * item.seconds / longest),
        "took_ms": 1000 * item.seconds,
    }


def _row(item: Outcome, folder: Path, what: str) -> dict[str, object]:
    """How an episode ended: ``name`` and ``address``, figures (0 or None for none), texts to be told."""
    notes = [terminal(what)] if what and what != "new" else []
    return {
        **_linked(item, folder),
        "state": item.state,
        "took_ms": 1000 * item.seconds,
        "speed": _speed(item),
        "lufs": item.lufs if item.state == "done" and item.lufs and isfinite(item.lufs) else None,
        "reason": terminal(item.reason),
        "speakers": terminal(", ".join(item.speakers)),
        "notes": [*notes, "at the second try, alone"] if item.retried else notes,
        "warnings": [terminal(text) for text in item.warnings],
    }


def _linked(item: Outcome, folder: Path) -> dict[str, object]:
    """The name, and the address of what there is to look at below the folder of the report; else none."""
    name, home = terminal(item.path.name or str(item.path)), folder.resolve()
    for made in PAGES if item.folder else ():
        path = (item.folder or item.path).resolve() / "out" / made
        if path.is_file() and path.is_relative_to(home):
            return {"name": name, "address": quote(os.fsencode(path.relative_to(home).as_posix()))}
    return {"name": name, "address": ""}


def _speed(item: Outcome) -> float:
    """How many times faster than it sounds an episode was made; 0 for what was not."""
    return item.sound_ms / 1000 / item.seconds if item.state == "done" and item.seconds > 0 else 0.0
