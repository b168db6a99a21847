"""What a batch did, to be read the next morning: ``batch-report.html`` and ``batch-report.json``.

Unlike the files of an episode this is a log: it holds times of day and how long things took.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from math import isfinite
from pathlib import Path
from typing import Any

from ..project.files import replace_file
from .events import Outcome, Plan
from .report_page import page

ORDER = ("failed", "skipped", "done", "up to date")
HTML_NAME, JSON_NAME = "batch-report.html", "batch-report.json"


@dataclass(frozen=True, slots=True)
class Meta:
    """When a batch began (UTC), who worked, and how long it took.

    ``jobs`` is the count of workers asked for, 0 for as many as pay; or ``cluster`` has the address
    of the scheduler whose workers they were.
    """

    began: datetime
    jobs: int
    seconds: float = 0.0
    cluster: str = ""

    def ended(self, seconds: float) -> Meta:
        """Return it with the time it took."""
        return replace(self, seconds=seconds)


def write_report(folder: Path, plans: Sequence[Plan], outcomes: Sequence[Outcome], meta: Meta) -> Path:
    """Put both files into the folder, each in one move; returns the page. Raises DestinationError."""
    replace_file(folder / JSON_NAME, report_json(plans, outcomes, meta).encode())
    replace_file(folder / HTML_NAME, report_html(plans, outcomes, meta, folder).encode())
    return folder / HTML_NAME


def report_json(plans: Sequence[Plan], outcomes: Sequence[Outcome], meta: Meta) -> str:
    """Return the report for scripts; docs/batch.md describes the fields."""
    what = {plan.found.path: plan.what for plan in plans}
    counts = Counter[str](item.state for item in outcomes)
    whole = {
        "schema": 1,
        "began": meta.began.isoformat(timespec="seconds"),
        "jobs": meta.jobs,
        "cluster": meta.cluster,
        "seconds": round(meta.seconds, 1),
        "totals": {state: counts[state] for state in ORDER},
        "episodes": [
            {**plain_outcome(item), "planned": what.get(item.path, "")} for item in in_order(outcomes)
        ],
    }
    text = json.dumps(whole, ensure_ascii=False, indent=1, allow_nan=False) + "\n"
    # a name of bytes that are no UTF-8 has halves of surrogate pairs: their escapes are JSON's too
    return text.encode(errors="backslashreplace").decode()


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


def report_html(plans: Sequence[Plan], outcomes: Sequence[Outcome], meta: Meta, folder: Path) -> str:
    """Return the report as one page without scripts; what failed stands first.

    Links lead to files below ``folder``, where the page is to lie.
    """
    what = {plan.found.path: plan.what for plan in plans}
    return page(in_order(outcomes), meta, folder, what)


def in_order(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """What needs a person first, else as it was."""
    return sorted(outcomes, key=lambda item: ORDER.index(item.state))
