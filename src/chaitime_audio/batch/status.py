"""How an episode stands, stage by stage: kept, stale and why, missing, waiting, failed. Reads only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import ChaitimeError, NotMadeError
from ..pipeline.freshness import stands
from ..pipeline.produce import produce
from ..pipeline.registry import Kit
from ..pipeline.run import kit_for
from ..pipeline.stages import Job
from ..project import episode_file, importing
from ..project.artifacts import STAGES, Ledger
from ..workers import Hire
from .search import Found

StageState = Literal["kept", "outdated", "stale", "missing", "waits", "failed"]
OPTIONAL = frozenset({"aligned", "notes"})
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
            found.path, tuple(StageStatus(name, "missing") for name in STAGES if name not in OPTIONAL)
        )
    try:
        kit = kit_for(found.folder, config)
        if stands(found.folder, kit):
            return Status(found.path, _as_recorded(Ledger(found.folder, only_kept=True)), published=True)
        return Status(found.path, _looked_at(found, kit))
    except ChaitimeError as problem:
        return Status(found.path, problem=str(problem))
    except Exception as problem:  # whatever is wrong with one episode, the others are looked at
        return Status(found.path, problem=f"{type(problem).__name__}: {problem}")


def _as_recorded(ledger: Ledger) -> tuple[StageStatus, ...]:
    """Nothing changed since the last complete run: what has a receipt is kept."""
    ledger.close()
    return tuple(StageStatus(name, "kept") for name in STAGES if name in ledger.record.receipts)


def _looked_at(found: Found, kit: Kit) -> tuple[StageStatus, ...]:
    seen: dict[str, StageStatus] = {}

    def note(stage: str, state: str, _share: float) -> None:
        if state in ("kept", "outdated"):
            seen[stage] = StageStatus(stage, "kept" if state == "kept" else "outdated")

    ledger = Ledger(found.folder, watch=note, only_kept=True)
    try:
        with suppress(NotMadeError):
            _produced(found, kit, ledger)
    finally:
        ledger.close()
    return tuple(_judged(ledger, seen, name) for name in STAGES if _counts(ledger, seen, name))


def _produced(found: Found, kit: Kit, ledger: Ledger) -> None:
    brief = episode_file.read_brief(found.folder)
    arrangement = importing.arrangement_in(found.folder, brief)
    produce(Job(found.folder, brief, kit, ledger, Hire(1), arrangement, force=True))


def _counts(ledger: Ledger, seen: dict[str, StageStatus], stage: str) -> bool:
    return stage not in OPTIONAL or stage in seen or stage in ledger.missing


def _judged(ledger: Ledger, seen: dict[str, StageStatus], stage: str) -> StageStatus:
    """Put together what was seen, what is missing, and what failed last time."""
    if stage in seen:
        return seen[stage]
    failure, first = ledger.record.failure, next((name for name in STAGES if name in ledger.missing), "")
    if failure and stage == (failure.get("stage") or first):
        return StageStatus(stage, "failed", failure.get("reason", ""))
    kept_before = stage in ledger.record.receipts
    if stage in ledger.missing:
        return StageStatus(stage, "stale" if kept_before else "missing", ledger.missing[stage])
    return StageStatus(stage, "waits" if kept_before else "missing", f"for {first}" if first else "")
