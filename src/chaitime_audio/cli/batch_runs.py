"""What ``chaitime batch`` does and says."""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from ..batch import Event, Outcome, Plan, Planned, Tell, Terms, find, newest_first, only, plan_of, run_all
from ..batch.eta import Pace
from ..batch.report import Meta, write_report
from ..domain.text import printable
from ..errors import BatchFailedError, ChaitimeError, DestinationError, LockedError, UsageError
from ..pipeline.run import RunOptions, registry_for
from ..pipeline.stage_table import check_stages
from ..project import speed_memory
from ..project.episode_file import Overrides
from ..project.episode_folder import EpisodeFolder
from ..project.settings import find_config
from .phrases import name_of, plan_line, say


@dataclass(frozen=True, slots=True)
class BatchAsked:
    """One call of ``chaitime batch``."""

    folder: Path
    only: tuple[str, ...] = ()
    limit: int | None = None
    newest_first: bool = False
    wait: bool = False
    dry_run: bool = False
    as_json: bool = False
    progress: str = "text"
    quiet: bool = False
    config: Path | None = None
    again: tuple[str, ...] = ()
    upgrade: bool = False
    force: bool = False
    link: bool = False
    model: str = ""
    language: str | None = None
    speakers: int | None = None
    hosts: tuple[str, ...] = ()
    jobs: int = 0
    cluster: str = ""
    transfer: bool = False
    mixed: bool = False

    def terms(self) -> Terms:
        """How the batch is run."""
        return Terms(
            order=RunOptions(frozenset(self.again), self.upgrade, self.force),
            config=self.config,
            link=self.link,
            jobs=self.jobs,
            cluster=self.cluster,
            transfer=self.transfer,
            mixed=self.mixed,
            wait=self.wait,
            model=self.model,
            told=Overrides(language=self.language, speakers=self.speakers, hosts=self.hosts),
        )


def run_batch(asked: BatchAsked) -> None:
    """Plan, run, and say how each episode ended.

    Raises BatchFailedError when one failed, LockedError when nothing failed but another run held one.
    """
    _check_pairs(asked)
    plans = planned(asked)
    if asked.dry_run:
        show_plans(plans, as_json=asked.as_json)
        return
    meta = Meta(datetime.now(UTC), asked.jobs, cluster=asked.cluster)
    began = time.monotonic()
    who, pace = _who(asked), Pace()
    usual, on_stderr = speed_memory.usual(who), asked.progress == "json"
    view = view_for(as_json=asked.as_json, quiet=asked.quiet, usual=usual, on_stderr=on_stderr)
    outcomes = carried_out(plans, asked.terms(), view, pace)
    speed_memory.remember(who, pace.speed(time.monotonic()))
    if not asked.as_json:
        from .outcome_table import show_outcomes

        show_outcomes(outcomes, quiet=asked.quiet)
    if any(plan.to_do for plan in plans):
        meta = meta.ended(time.monotonic() - began)
        try:
            say(str(write_report(_home(asked.folder, plans), plans, outcomes, meta)), err=True)
        except DestinationError:  # what became of the episodes matters more
            judge(outcomes)
            raise
    judge(outcomes)


def _check_pairs(asked: BatchAsked) -> None:
    """Raise UsageError for options that mean something only with another one, or without it."""
    if not asked.cluster:
        for name, given in (("--transfer", asked.transfer), ("--mixed", asked.mixed)):
            if given:
                raise UsageError(f"{name} is about workers of a cluster; name it with --cluster")
    elif asked.jobs:
        raise UsageError("--jobs counts worker processes here; with --cluster its own workers do the work")


def _home(folder: Path, plans: Sequence[Plan]) -> Path:
    """Where the report goes: to the episodes, also when a folder of recordings was named."""
    homes = [home for plan in plans if (home := plan.found.folder.path.resolve().parent).is_dir()]
    return folder if not homes or folder.resolve() in homes else homes[0]


def planned(asked: BatchAsked) -> tuple[Plan, ...]:
    """Return what is to be done, in the order in which it will be; ``--limit`` counts what has work.

    Raises UsageError or ConfigError for what would fail every episode alike.
    """
    check_stages(asked.again)
    if asked.config:
        registry_for(EpisodeFolder(asked.folder), asked.config)
    items = find(asked.folder, tell_passed)
    items = only(items, asked.only) if asked.only else items
    items = newest_first(items) if asked.newest_first else items
    say_ignored([item.folder for item in items], asked.config, set())
    order, plans, left = asked.terms().order, list[Plan](), asked.limit or len(items)
    for item in items:
        if left:
            plans.append(plan_of(item, asked.config, order))
            left -= plans[-1].to_do
    return tuple(plans)


def tell_passed(path: Path, why: str) -> None:
    """Name a file that may be a recording and is not taken: nothing is passed over without a word."""
    say(f"passed over: {name_of(path)} ({printable(why)})", err=True)


def say_ignored(folders: Sequence[EpisodeFolder], config: Path | None, said: set[str]) -> None:
    """Say once for each configuration which of its settings do not count, since nobody trusts them."""
    nearest = {config or find_config(folder.path.resolve()): folder for folder in folders}
    for folder in nearest.values():
        with suppress(ChaitimeError):  # a broken one is told with its episodes
            ignored = registry_for(folder, config).ignored
            if ignored and ignored not in said:
                said.add(ignored)
                say(printable(ignored), err=True)


def show_plans(plans: Sequence[Plan], *, as_json: bool) -> None:
    """Say what would be done and why: a line for each and a sum, or the event that a run would begin with."""
    if as_json:
        with view_for(as_json=True, quiet=False) as tell:
            tell(Planned(tuple(plans)))
        return
    for plan in plans:
        say(plan_line(plan))
    say(f"{sum(plan.to_do for plan in plans)} of {len(plans)} episodes to make", err=True)


def carried_out(
    plans: Sequence[Plan], terms: Terms, view: AbstractContextManager[Tell], pace: Pace | None = None
) -> tuple[Outcome, ...]:
    """Run the batch under a view. Ctrl-C stops it; a hook under way is let finish, unless asked twice.

    ``pace`` is fed with the same events.
    """
    with view as tell:

        def told(event: Event) -> None:
            if pace:
                pace.feed(event, time.monotonic())
            tell(event)

        return run_all(plans, terms, told)


def _who(asked: BatchAsked) -> str:
    """Name who does the work, for the memory of speeds; of a configuration that is broken, nobody."""
    try:
        registry = registry_for(EpisodeFolder(asked.folder), asked.config, asked.model or None)
    except ChaitimeError:
        return "nobody"
    return registry.who(f"batch {asked.jobs} {asked.cluster}".strip())


def judge(outcomes: Sequence[Outcome]) -> None:
    """Raise what the exit code has to tell, if anything."""
    failed = [item for item in outcomes if item.state == "failed"]
    if failed:
        raise BatchFailedError(f"{len(failed)} of {len(outcomes)} episodes failed; the reasons stand above")
    held = [item for item in outcomes if item.state == "skipped"]
    if held:
        raise LockedError(f"{len(held)} of {len(outcomes)} episodes are held by another run; --wait waits")


def view_for(
    *, as_json: bool, quiet: bool, usual: float = 0.0, on_stderr: bool = False
) -> AbstractContextManager[Tell]:
    """Return what shows the batch while it runs; ``usual`` is what a second of sound usually takes, in s.

    ``as_json`` events go to stdout, or else to stderr if they are wanted there.
    """
    if as_json or on_stderr:
        from .json_view import JsonView

        return JsonView(err=not as_json)
    draws = sys.stderr.isatty() and (sys.stderr.encoding or "").lower().replace("-", "") == "utf8"
    if quiet or not draws:
        from .line_view import LineView

        return LineView(quiet=quiet, usual=usual)
    from .live_view import LiveView

    return LiveView(usual=usual)
