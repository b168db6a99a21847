"""What ``chaitime watch`` does and says."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ..batch import Outcome, Plan, Terms, plan_of
from ..batch.search import found_at
from ..batch.watching import Arrivals, snapshot
from ..domain.text import printable
from ..errors import BatchFailedError, ChaitimeError, UsageError
from .batch_runs import carried_out, say_ignored, tell_passed, view_for
from .phrases import name_of, outcome_line, say


@dataclass(frozen=True, slots=True)
class WatchAsked:
    """One call of ``chaitime watch``."""

    folder: Path
    every: float = 5.0
    settle: float = 10.0
    once: bool = False
    jobs: int = 0
    link: bool = False
    config: Path | None = None
    quiet: bool = False
    as_json: bool = False


def watch(asked: WatchAsked) -> None:
    """Look, make what has arrived, and look again.

    Raises UsageError when the folder is not there at the start; one that goes away later is
    waited for. With ``once`` raises BatchFailedError when an episode failed.
    """
    snapshot(asked.folder)
    arrivals, away, said = Arrivals(0.0 if asked.once else asked.settle), False, set[str]()

    def passed(path: Path, why: str) -> None:
        if f"{path} {why}" not in said:
            said.add(f"{path} {why}")
            tell_passed(path, why)

    if not asked.quiet and not asked.once:
        say(f"watching {printable(str(asked.folder))}; Ctrl-C ends it", err=True)
    while True:
        try:
            ready = arrivals.look(snapshot(asked.folder, passed), time.monotonic())
            away = False
        except (UsageError, OSError):
            ready, away = (), _told_away(asked.folder, before=away)
        outcomes = _made(ready, asked, said)
        for path in ready:
            arrivals.handled(path)
        if asked.once:
            return _judge(outcomes)
        time.sleep(asked.every)


def _made(ready: Sequence[Path], asked: WatchAsked, said: set[str]) -> tuple[Outcome, ...]:
    """Make what has arrived and print how each ended; what was up to date already is not mentioned."""
    plans = [plan for path in ready if (plan := _plan(path, asked.config)) and plan.to_do]
    if not plans:
        return ()
    say_ignored([plan.found.folder for plan in plans], asked.config, said)
    terms = Terms(config=asked.config, link=asked.link, jobs=asked.jobs, wait=True)
    outcomes = carried_out(plans, terms, view_for(as_json=asked.as_json, quiet=asked.quiet))
    if asked.as_json:
        return outcomes
    for outcome in outcomes:
        say(outcome_line(outcome))
        for warning in outcome.warnings:
            say(f"{name_of(outcome.path)}: {printable(warning)}", err=True)
    return outcomes


def _plan(path: Path, config: Path | None) -> Plan | None:
    try:
        return plan_of(found_at(path), config)
    except (ChaitimeError, OSError) as problem:
        say(f"{name_of(path)}: {printable(str(problem))}", err=True)
        return None


def _told_away(folder: Path, *, before: bool) -> bool:
    if not before:
        say(f"{printable(str(folder))} is away; waiting for it to come back", err=True)
    return True


def _judge(outcomes: Sequence[Outcome]) -> None:
    failed = sum(outcome.state == "failed" for outcome in outcomes)
    if failed:
        raise BatchFailedError(f"{failed} of {len(outcomes)} episodes failed; the reasons stand above")
