"""How an episode stands, stage by stage: kept, stale and why, missing, waiting, failed. Reads only."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import ChaitimeError
from ..pipeline.freshness import is_fresh
from ..pipeline.run import Standing, registry_for, standing_of
from ..pipeline.stage_table import STAGE_NAMES, STAGES
from ..project.manifest import Record, read_record
from .search import Found

StageState = Literal["kept", "outdated", "stale", "missing", "waits", "failed"]
OPTIONAL = frozenset(row.name for row in STAGES if row.optional)
"""Stages that most episodes never have: told only when there is something to tell."""


@dataclass(frozen=True, slots=True)
class StageStatus:
    """One stage: ``note`` says what changed, what it waits for, or why it failed."""

    stage: str
    state: StageState
    note: str = ""


@dataclass(frozen=True, slots=True)
class Status:
    """One episode. ``published`` tells whether out/ is as the last complete run left it and would be again.

    ``problem`` is a sentence when the episode cannot be read at all.
    """

    path: Path
    stages: tuple[StageStatus, ...] = ()
    published: bool = False
    problem: str = ""

    @property
    def phrase(self) -> str:
        """All of it in a few words."""
        if self.problem:
            return self.problem
        failed = next((item for item in self.stages if item.state == "failed"), None)
        if failed:
            return f"failed at {failed.stage}: {failed.note}"
        open_ = next((item for item in self.stages if item.state in ("stale", "missing")), None)
        if open_:
            return f"{open_.stage} {open_.state}" + (f" ({open_.note})" if open_.state == "stale" else "")
        if not self.published:
            return "only the files in out/ are to be written"
        old = [item.stage for item in self.stages if item.state == "outdated"]
        return f"up to date; from an older version: {', '.join(old)}" if old else "up to date"


def status_of(found: Found, config: Path | None = None) -> Status:
    """Look at one episode; starts no engine, writes nothing, raises nothing."""
    if found.problem:
        return Status(found.path, problem=found.problem)
    if found.recording is not None:
        return Status(
            found.path, tuple(StageStatus(name, "missing") for name in STAGE_NAMES if name not in OPTIONAL)
        )
    try:
        registry = registry_for(found.folder, config)
        if is_fresh(found.folder, registry):
            return Status(found.path, _as_recorded(read_record(found.folder)), published=True)
        return Status(found.path, _looked_at(standing_of(found.folder, registry)))
    except ChaitimeError as problem:
        return Status(found.path, problem=str(problem))
    except Exception as problem:  # whatever is wrong with one episode, the others are looked at
        return Status(found.path, problem=f"{type(problem).__name__}: {problem}")


def _as_recorded(record: Record) -> tuple[StageStatus, ...]:
    """Nothing changed since the last complete run: what has a receipt is kept."""
    return tuple(StageStatus(name, "kept") for name in STAGE_NAMES if name in record.receipts)


def _looked_at(standing: Standing) -> tuple[StageStatus, ...]:
    told = standing.states.keys() | standing.missing.keys()
    return tuple(_judged(standing, name) for name in STAGE_NAMES if name not in OPTIONAL or name in told)


def _judged(standing: Standing, stage: str) -> StageStatus:
    """Put together what was seen, what is missing, and what failed last time."""
    if seen := standing.states.get(stage):
        return StageStatus(stage, "outdated" if seen == "outdated" else "kept")
    failure, first = standing.record.failure, next((it for it in STAGE_NAMES if it in standing.missing), "")
    if failure and stage == (failure.get("stage") or first):
        return StageStatus(stage, "failed", failure.get("reason", ""))
    kept_before = stage in standing.record.receipts
    if stage in standing.missing:
        return StageStatus(stage, "stale" if kept_before else "missing", standing.missing[stage])
    return StageStatus(stage, "waits" if kept_before else "missing", f"for {first}" if first else "")
