"""What a batch did, to be read the next morning: ``batch-report.html`` and ``batch-report.json``.

Unlike the files of an episode this is a log: it holds times of day and how long things took.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from html import escape
from math import isfinite
from pathlib import Path
from typing import Any
from urllib.parse import quote

from ..folder import replace_file
from .events import Outcome, Plan

ORDER = ("failed", "skipped", "done", "up to date")
HTML_NAME, JSON_NAME = "batch-report.html", "batch-report.json"
_STYLE = """
:root{color-scheme:light dark;--line:#8884;--bad:#b3261e;--good:#2e7d32;--bar:#3d7ea6}
@media (prefers-color-scheme:dark){:root{--bad:#ff8a80;--good:#81c784;--bar:#7fb8dc}}
body{font:1rem/1.5 system-ui,sans-serif;max-width:64rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%}th,td{text-align:left;padding:.4rem .6rem .4rem 0;
border-bottom:1px solid var(--line);vertical-align:top}td.n,th.n{text-align:right;white-space:nowrap}
.failed{color:var(--bad);font-weight:600}.done{color:var(--good)}.small{font-size:.875rem;opacity:.8}
td{overflow-wrap:anywhere}.bar{display:block;height:.4rem;background:var(--bar);border-radius:.2rem}
@media (max-width:40rem){thead{display:none}tr{display:block;padding:.5rem 0;
border-bottom:1px solid var(--line)}
td{display:inline-block;border:0;padding:0 .75rem 0 0}td.wide{display:block}td.n{text-align:left}}
"""


@dataclass(frozen=True, slots=True)
class Meta:
    """When a batch began (UTC), with how many workers (0: as many as pay), and how long it took."""

    began: datetime
    jobs: int
    seconds: float = 0.0

    def ended(self, seconds: float) -> Meta:
        """Return it with the time it took."""
        return replace(self, seconds=seconds)


def write_report(folder: Path, plans: Sequence[Plan], outcomes: Sequence[Outcome], meta: Meta) -> Path:
    """Put both files into the folder, each in one move; returns the page. Raises DestinationError."""
    what = {plan.found.path: plan.what for plan in plans}
    replace_file(folder / JSON_NAME, report_json(outcomes, meta, what).encode())
    replace_file(folder / HTML_NAME, report_html(outcomes, meta, folder).encode(errors="replace"))
    return folder / HTML_NAME


def report_json(outcomes: Sequence[Outcome], meta: Meta, what: dict[Path, str]) -> str:
    """Return the report for scripts."""
    episodes = [{**plain_outcome(item), "planned": what.get(item.path, "")} for item in in_order(outcomes)]
    head = {"began": meta.began.isoformat(timespec="seconds"), "jobs": meta.jobs}
    whole = {"schema": 1, **head, "seconds": round(meta.seconds, 1), "episodes": episodes}
    return json.dumps(whole, ensure_ascii=False, indent=1) + "\n"


def plain_outcome(item: Outcome) -> dict[str, Any]:
    """Return how an episode ended as plain values, as in the report and on the lines of ``--json``."""
    return {
        "path": str(item.path),
        "folder": str(item.folder) if item.folder else "",
        "state": item.state,
        "reason": item.reason,
        "seconds": round(item.seconds, 2),
        "sound_ms": item.sound_ms,
        "lufs": round(item.lufs, 2) if isfinite(item.lufs) else None,
        "speakers": list(item.speakers),
        "warnings": list(item.warnings),
        "retried": item.retried,
    }


def report_html(outcomes: Sequence[Outcome], meta: Meta, folder: Path) -> str:
    """Return the report as one page without scripts; what failed stands first."""
    counts = Counter[str](item.state for item in outcomes)
    counted = ", ".join(f"{counts[state]} {state}" for state in ORDER if counts[state]) or "no episodes"
    sound_s = sum(item.sound_ms for item in outcomes) / 1000
    spent = f"{_length(sound_s)} of sound in {_length(meta.seconds)}" if sound_s else _length(meta.seconds)
    slowest = max((item.seconds for item in outcomes), default=0.0)
    rows = "".join(_row(item, folder, slowest) for item in in_order(outcomes) if item.state != "up to date")
    head = '<th>Episode<th>State<th class="n">Time<th class="n">Speed<th class="n">LUFS<th>What to know'
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>" if rows else ""
    return (
        '<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>Batch report</title>'
        f'<meta name="viewport" content="width=device-width"><style>{_STYLE}</style></head><body>'
        f"<h1>{escape(counted[0].upper() + counted[1:])}</h1>"
        f'<p class="small">{meta.began:%Y-%m-%d %H:%M} UTC · {spent}</p>{table}</body></html>\n'
    )


def in_order(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What needs a person first, else as it was."""
    return sorted(outcomes, key=lambda item: ORDER.index(item.state))


def _row(item: Outcome, folder: Path, slowest: float) -> str:
    done = item.state == "done"
    speed = f"{item.sound_ms / 1000 / item.seconds:.1f}×" if done and item.seconds > 0 else ""
    share = 100 * item.seconds / slowest if slowest else 0.0
    told = [item.reason, ", ".join(item.speakers), *item.warnings]
    told += ["made at the second try, with one worker"] if item.retried and done else []
    words = "<br>".join(escape(" ".join(text.split())) for text in told if text)
    bar = f'<span class="bar" style="width:{share:.0f}%"></span>'
    return (
        f'<tr><td class="wide">{_linked(item, folder)}{bar}</td>'
        f'<td class="{item.state.replace(" ", "-")}">{item.state}</td>'
        f'<td class="n">{_length(item.seconds)}</td><td class="n">{speed}</td>'
        f'<td class="n">{f"{item.lufs:.1f}" if done else ""}</td><td class="wide">{words}</td></tr>'
    )


def _linked(item: Outcome, folder: Path) -> str:
    """The name, as a link to what there is to look at."""
    name = escape(item.path.name)
    for page in ("report.html", "transcript.html"):
        path = (item.folder or item.path) / "out" / page
        if item.folder and path.is_file() and path.resolve().is_relative_to(folder.resolve()):
            return f'<a href="{quote(path.resolve().relative_to(folder.resolve()).as_posix())}">{name}</a>'
    return name


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return (
        f"{hours} h {minutes:02d} min" if hours else f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"
    )
