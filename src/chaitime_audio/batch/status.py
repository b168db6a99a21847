"""How an episode stands, stage by stage: kept, stale and why, missing, waiting, failed. Reads only."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from ..errors import ChaitimeError, NotMadeError
from ..pipeline.freshness import is_fresh
from ..pipeline.produce import produce
from ..pipeline.registry import Registry
from ..pipeline.run import registry_for
from ..pipeline.stages import Job
from ..project import episode_file, importing
from ..project.artifacts import STAGES, ArtifactStore
from ..workers import WorkerLease
from .search import Found

StageState = Literal["kept", "outdated", "stale", "missing", "waits", "failed"]
OPTIONAL = frozenset({"aligned", "passages", "notes"})
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
        registry = registry_for(found.folder, config)
        if is_fresh(found.folder, registry):
            return Status(
                found.path, _as_recorded(ArtifactStore(found.folder, only_kept=True)), published=True
            )
        return Status(found.path, _looked_at(found, registry))
    except ChaitimeError as problem:
        return Status(found.path, problem=str(problem))
    except Exception as problem:  # whatever is wrong with one episode, the others are looked at
        return Status(found.path, problem=f"{type(problem).__name__}: {problem}")


def _as_recorded(artifacts: ArtifactStore) -> tuple[StageStatus, ...]:
    """Nothing changed since the last complete run: what has a receipt is kept."""
    artifacts.close()
    return tuple(StageStatus(name, "kept") for name in STAGES if name in artifacts.record.receipts)


def _looked_at(found: Found, registry: Registry) -> tuple[StageStatus, ...]:
    seen: dict[str, StageStatus] = {}

    def note(stage: str, state: str, _share: float) -> None:
        if state in ("kept", "outdated"):
            seen[stage] = StageStatus(stage, "kept" if state == "kept" else "outdated")

    artifacts = ArtifactStore(found.folder, watch=note, only_kept=True)
    try:
        with suppress(NotMadeError):
            _produced(found, registry, artifacts)
    finally:
        artifacts.close()
    return tuple(_judged(artifacts, seen, name) for name in STAGES if _counts(artifacts, seen, name))


def _produced(found: Found, registry: Registry, artifacts: ArtifactStore) -> None:
    brief = episode_file.read_brief(found.folder)
    arrangement = importing.arrangement_in(found.folder, brief)
    produce(Job(found.folder, brief, registry, artifacts, WorkerLease(1), arrangement, force=True))


def _counts(artifacts: ArtifactStore, seen: dict[str, StageStatus], stage: str) -> bool:
    return stage not in OPTIONAL or stage in seen or stage in artifacts.missing


def _judged(artifacts: ArtifactStore, seen: dict[str, StageStatus], stage: str) -> StageStatus:
    """Put together what was seen, what is missing, and what failed last time."""
    if stage in seen:
        return seen[stage]
    failure, first = (
        artifacts.record.failure,
        next((name for name in STAGES if name in artifacts.missing), ""),
    )
    if failure and stage == (failure.get("stage") or first):
        return StageStatus(stage, "failed", failure.get("reason", ""))
    kept_before = stage in artifacts.record.receipts
    if stage in artifacts.missing:
        return StageStatus(stage, "stale" if kept_before else "missing", artifacts.missing[stage])
    return StageStatus(stage, "waits" if kept_before else "missing", f"for {first}" if first else "")
