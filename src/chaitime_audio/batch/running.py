"""Plans and makes many episodes; a bad one never stops the rest."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from ..crew import ClusterHire, Hire, paying
from ..errors import ChaitimeError, LockedError, NotMadeError
from ..kit import Kit
from ..ledger import Watch
from ..making import Order, kit_for, made, make
from .finding import Found

State = Literal["done", "skipped", "failed"]
LONG_MS = 3_600_000
"""A batch hires as many workers as pay for an hour: the first episode may be the only short one."""


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do: ``what`` is one phrase for a person."""

    found: Found
    what: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one episode ended; ``reason`` is one line, empty when it is done."""

    path: Path
    state: State
    reason: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Terms:
    """How a batch is run: the order for each episode, the configuration named, recordings linked.

    ``jobs`` worker processes (0: as the settings say, else as many as pay), or those of the
    ``cluster`` whose scheduler has this address.
    """

    order: Order = field(default_factory=Order)
    config: Path | None = None
    link: bool = False
    jobs: int = 0
    cluster: str = ""
    transfer: bool = False
    mixed: bool = False

    def hire(self, kit: Kit) -> Hire:
        """Return who works for the batch."""
        if self.cluster:
            return ClusterHire(self.cluster, transfer=self.transfer, mixed=self.mixed)
        return Hire(self.jobs or kit.settings.engines.workers or paying(LONG_MS))


def plan_of(found: Found, config: Path | None = None) -> Plan:
    """Say what is to be done for an episode; starts no engine and writes nothing."""
    if found.recording is not None:
        return Plan(found, "new")
    try:
        with made(found.folder, kit_for(found.folder, config), Order(only_kept=True)):
            return Plan(found, "every stage kept")
    except NotMadeError as missing:
        return Plan(found, f"from {missing.stage} on")
    except ChaitimeError as problem:
        return Plan(found, f"cannot run: {problem}")


def run_all(items: Sequence[Found], terms: Terms, watch: Callable[[Found], Watch]) -> Iterator[Outcome]:
    """Make the episodes in this order, with the same workers; yields how each one ended.

    After a failure the workers are hired anew. Ctrl-C and SIGTERM pass through. Raises UsageError
    before the first one when a cluster is named that does not answer, or whose workers differ.
    """
    hire: Hire | None = None
    if terms.cluster and items:
        hire = terms.hire(kit_for(items[0].folder, terms.config))
        hire.crew(LONG_MS)
    try:
        for found in items:
            began = time.monotonic()
            state: State = "done"
            reason = ""
            try:
                kit = kit_for(found.folder, terms.config)
                hire = hire or terms.hire(kit)
                _make_one(found, kit, terms, watch(found), hire)
            except LockedError as problem:
                state, reason = "skipped", str(problem)
            except Exception as problem:  # one bad episode, whatever is wrong with it
                state, reason = "failed", _line(problem)
                _dismissed(hire)
                hire = None
            yield Outcome(found.folder.path, state, reason, time.monotonic() - began)
    finally:
        _dismissed(hire)


def _make_one(found: Found, kit: Kit, terms: Terms, watch: Watch, hire: Hire) -> None:
    folder = found.settled(link=terms.link)
    with folder.locked():
        make(folder, kit, terms.order, watch, hire)


def _dismissed(hire: Hire | None) -> None:
    if hire is not None:
        hire.close()


def _line(problem: Exception) -> str:
    text = str(problem) if isinstance(problem, ChaitimeError) else f"{type(problem).__name__}: {problem}"
    return " ".join(text.split())
