"""Makes many episodes with the same workers; a bad one never stops the rest.

Several are in flight at a time, so that workers have something to do while one episode is mastered.
An episode in which a worker died is tried once more at the end, alone and with one worker.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

from ..audio.ffmpeg import stop_all
from ..domain.episode import Episode
from ..errors import ChaitimeError, LockedError, WorkerDiedError
from ..pipeline.registry import Registry
from ..pipeline.run import RunOptions, registry_for, run_episode
from ..pipeline.stopping import Run
from ..project.artifacts import Watch
from ..project.episode_file import Overrides
from ..project.episode_folder import EpisodeFolder
from ..project.settings import Settings
from ..workers import ClusterLease, WorkerLease, paying
from . import hooks
from .events import Begun, Event, Moved, Outcome, Plan, Planned, SetAside, Stopping, Tell

LONG_MS = 3_600_000
"""A batch starts as many workers as pay for an hour: the first episode may be the only short one."""

LOOK_AGAIN_S = 0.5
LEAVE_S = 1.2
"""So long at most is waited for threads: one may hang in a read from a share that is gone."""
SOON_S = 0.5
THREADS = "episode"
MOST_IN_FLIGHT = 8
"""Each holds some hundred megabytes here while it is mastered."""
MOST_ELSEWHERE = 32
"""Those that other machines master hold little here; so many keep a hundred workers busy."""


@dataclass(frozen=True, slots=True)
class Terms:
    """How a batch is run: the order for each episode, the configuration named, recordings linked.

    ``jobs`` worker processes (0: as the settings say, else as many as pay), or those of the
    ``cluster`` whose scheduler has this address. With ``wait`` an episode that another run holds
    is waited for instead of skipped. ``told`` goes into every episode.toml, ``model`` is for this run.
    """

    order: RunOptions = field(default_factory=RunOptions)
    config: Path | None = None
    link: bool = False
    jobs: int = 0
    cluster: str = ""
    transfer: bool = False
    mixed: bool = False
    wait: bool = False
    model: str = ""
    told: Overrides = field(default_factory=Overrides)

    def lease(self, registry: Registry, folder: Path) -> WorkerLease:
        """Return who works for the batch: never this process, which has to outlive a crash.

        Workers of a cluster must have what ``registry`` needs, and see ``folder`` if they share one.
        """
        if self.cluster:
            asks = registry.equipment(masters=not self.transfer)
            return ClusterLease(
                self.cluster, transfer=self.transfer, mixed=self.mixed, folder=folder, asks=asks
            )
        return WorkerLease(self.jobs or registry.settings.engines.workers or paying(LONG_MS), apart=True)

    def registry(self, folder_of: Plan) -> Registry:
        """Return the configuration of one episode."""
        return registry_for(folder_of.found.folder, self.config, self.model)


def run_all(plans: Sequence[Plan], terms: Terms, tell: Tell) -> tuple[Outcome, ...]:
    """Make the episodes that have something to do, and return how each one ended, in their order.

    Everything that happens is told as it happens. Ctrl-C and SIGTERM pass through, after workers and
    ffmpeg were stopped; `LEAVE_S` later at most, even if a thread called `THREADS` still hangs
    in a read. Raises UsageError before the first one when a cluster is named that does
    not answer, or whose workers differ.
    """
    batch = _Batch(terms, tell)
    batch.tell(Planned(tuple(plans)))
    for plan in plans:
        if not plan.to_do:
            at = plan.found.path
            batch.ended(plan, Outcome(at, "up to date", "", 0.0, folder=at))
    to_do = [plan for plan in plans if plan.to_do]
    if to_do:
        batch.run(to_do)
    if batch.died:
        batch.terms = terms if terms.cluster else replace(terms, jobs=1)
        batch.run(list(batch.died), retry=True)
    return tuple(batch.outcomes[plan.found.path] for plan in plans)


def shut_down(busy: Collection[Future[None]], waits: Callable[[str], object]) -> None:
    """Stop ffmpeg as often as anybody starts it, until all of ``busy`` is over or patience ends.

    A hook under way may be an upload: it is waited for as long as it may take. ``waits`` is told once
    when this takes a moment, with the name of the hook, else an empty one.
    """
    began, told = time.monotonic(), False
    while wait(busy, timeout=0.1).not_done:
        stop_all()
        hook, spent = hooks.under_way(), time.monotonic() - began
        if spent > LEAVE_S and not hook:
            return
        if spent > SOON_S and not told:
            told = True
            with suppress(OSError):  # the terminal may be what was closed
                waits(hook)


class _Batch:
    """One run: who works, what has ended, and which episodes lost a worker."""

    def __init__(self, terms: Terms, tell: Tell) -> None:
        self.terms, self._tell = terms, tell
        self._telling, self._settling, self._stopping = threading.Lock(), threading.Lock(), False
        self._ours: set[Path] = set()
        self.outcomes: dict[Path, Outcome] = {}
        self.died: list[Plan] = []

    def tell(self, event: Event) -> None:
        """Tell one event at a time."""
        with self._telling:
            if not self._stopping:
                self._tell(event)

    def ended(self, plan: Plan, outcome: Outcome) -> None:
        """Keep and tell how an episode ended."""
        self.outcomes[plan.found.path] = outcome
        self.tell(outcome)

    def run(self, plans: Sequence[Plan], *, retry: bool = False) -> None:
        """Make these with one pool of workers for all; what is tried again goes one by one."""
        lease = self.terms.lease(self._any_kit(plans), _there(plans[0].found.folder.path))
        run = Run(lease)
        if self.terms.cluster:
            lease.pool(LONG_MS)
        in_flight = 1 if retry else in_flight_with(lease.workers, elsewhere=lease.elsewhere)
        threads, busy = ThreadPoolExecutor(in_flight, thread_name_prefix=THREADS), set[Future[None]]()
        try:
            _in_turn(threads, [self._task(plan, run, retry=retry) for plan in plans], in_flight, busy)
        except BaseException:
            self._stop()
            run.cancel()
            shut_down(busy, lambda name: self._tell(Stopping(name)))
            raise
        finally:
            threads.shutdown(wait=all(one.done() for one in busy), cancel_futures=True)
            lease.close()

    def _stop(self) -> None:
        """Tell nothing more of episodes: they end in errors of being stopped."""
        with self._telling:
            self._stopping = True

    def _task(self, plan: Plan, run: Run, *, retry: bool) -> Callable[[], None]:
        return lambda: self._one(plan, run, retry=retry)

    def _one(self, plan: Plan, run: Run, *, retry: bool) -> None:
        """Make one episode; whatever goes wrong with it becomes its outcome."""
        path, began = plan.found.path, time.monotonic()
        self.tell(Begun(path, retry))
        try:
            outcome = self._made(plan, run, path)
        except LockedError as problem:
            outcome = Outcome(path, "skipped", str(problem), 0.0)
        except Exception as problem:  # one bad episode, whatever is wrong with it
            if isinstance(problem, (WorkerDiedError, MemoryError)) and not retry:
                self.died.append(plan)
                self.tell(SetAside(path, _line(problem)))
                return
            outcome = Outcome(path, "failed", _line(problem), 0.0)
        self.ended(plan, replace(outcome, seconds=time.monotonic() - began, retried=retry))

    def _made(self, plan: Plan, run: Run, path: Path) -> Outcome:
        terms, registry = self.terms, self.terms.registry(plan)
        folder, held = self._held(plan)
        with held:
            episode, _ = run_episode(folder, registry, terms.order, self._watch(path), run)
        hooked = hooks.run_hook(registry.settings.hooks, folder)
        remarks = tuple(filter(None, (hooked, run.lease.remark)))
        return replace(_outcome(path, episode, remarks), folder=folder.path)

    def _held(self, plan: Plan) -> tuple[EpisodeFolder, ExitStack]:
        """Hold the episode and bring in what belongs there, waiting for another run if that was asked.

        Raises LockedError otherwise.
        """
        terms = self.terms
        while True:
            with self._settling, ExitStack() as held:  # two of one name must not take one folder
                folder = plan.found.home(terms.told)
                home = folder.path.resolve()
                try:
                    held.enter_context(folder.run_lock())
                except LockedError:
                    if self._stopping or not (terms.wait or home in self._ours):
                        raise
                else:
                    self._ours.add(home)
                    held.callback(self._ours.discard, home)
                    plan.found.settle(folder, link=terms.link, told=terms.told)
                    return folder, held.pop_all()
            time.sleep(LOOK_AGAIN_S)

    def _any_kit(self, plans: Sequence[Plan]) -> Registry:
        """The first configuration that can be read: a broken one fails its own episodes only."""
        for plan in plans:
            with suppress(ChaitimeError):
                return self.terms.registry(plan)
        return Registry(Settings())

    def _watch(self, path: Path) -> Watch:
        return lambda stage, state, share: self.tell(Moved(path, stage, state, share))


def in_flight_with(workers: int, *, elsewhere: bool = False) -> int:
    """How many episodes are under way at a time: enough that no worker waits while others are mastered.

    Measured with two workers on short episodes: two at a time left them idle for a sixth of the
    time, four for a twentieth. One worker means one core, and gets one at a time, unless it works
    ``elsewhere``, where others may join it.
    """
    if elsewhere:
        return max(MOST_IN_FLIGHT, min(MOST_ELSEWHERE, workers + 2))
    return 1 if workers == 1 else min(MOST_IN_FLIGHT, workers + 2)


def _in_turn(
    threads: ThreadPoolExecutor, tasks: list[Callable[[], None]], in_flight: int, busy: set[Future[None]]
) -> None:
    """Run tasks in their order, so many at a time; ``busy`` holds those under way.

    Raises the first error that none of them expected.
    """
    waiting = list(reversed(tasks))
    while waiting or busy:
        while waiting and len(busy) < in_flight:
            busy.add(threads.submit(waiting.pop()))
        done, _ = wait(busy, timeout=0.5, return_when=FIRST_COMPLETED)
        busy -= done
        for future in done:
            future.result()


def _there(path: Path) -> Path:
    """The folder above an episode that is there already."""
    return next((above for above in path.absolute().parents if above.is_dir()), path)


def _outcome(path: Path, episode: Episode, warnings: tuple[str, ...]) -> Outcome:
    return Outcome(
        path,
        "done",
        "",
        0.0,
        sound_ms=episode.master.duration_ms,
        lufs=episode.master.loudness.integrated_lufs,
        speakers=tuple(voice.person.name for voice in episode.cast.voices),
        warnings=(*episode.warnings, *episode.questions, *warnings),
    )


def _line(problem: Exception) -> str:
    text = str(problem) if isinstance(problem, ChaitimeError) else f"{type(problem).__name__}: {problem}"
    return " ".join(text.split())
