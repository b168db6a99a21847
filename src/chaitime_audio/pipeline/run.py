"""One episode, from its folder to its files in out/: what every command and the batch call.

Nothing here talks to a person; progress goes to ``watch``, failures are raised.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from concurrent.futures import CancelledError
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path

from ..domain.brief import Brief
from ..domain.episode import Episode
from ..editorial.relistening import NOTHING_MORE, RelistenOrder
from ..errors import ChaitimeError, DestinationError, NotMadeError, UsageError
from ..project import episode_file, importing, plugins, standing_sources, trust
from ..project.artifacts import ArtifactStore, KeptArtifacts, Watch
from ..project.episode_folder import EpisodeFolder
from ..project.manifest import Record
from ..project.voice_store import enrolled_speakers
from ..workers import WorkerLease
from . import freshness
from .artwork import check_pictures, look_at_cover
from .produce import produce
from .publish import Published, publish
from .registry import Registry
from .stage_table import check_stages
from .stages import Job
from .stopping import Run

MOST_READINGS = 3
STILL_EDITED = "episode.toml was edited again while the files were written; run this once more"


@dataclass(frozen=True, slots=True)
class RunOptions:
    """What is asked of one run besides what stands in the settings and in episode.toml.

    With ``only_kept`` the episode is read as it was made: no engine starts, nothing is written, no
    lock is needed; NotMadeError names the first stage that is missing, but not for texts that wait
    to be ``unworded`` or sound that is ``unmastered``: cut otherwise than the MP3 is. ``relisten``
    says which passages are to be heard again. ``published``, beside ``only_kept``: texts are written
    of what is kept.
    """

    again: frozenset[str] = frozenset()
    upgrade: bool = False
    force: bool = False
    only_kept: bool = False
    published: bool = False
    unworded: bool = False
    unmastered: bool = False
    relisten: RelistenOrder = NOTHING_MORE


@dataclass(frozen=True, slots=True)
class OpenEpisode:
    """An episode as it stands, with the artifacts it was made from.

    ``read`` stands for what people had written when it was read (`episode_file.stamp`).
    """

    episode: Episode
    folder: EpisodeFolder
    registry: Registry
    artifacts: ArtifactStore
    read: str = ""

    @property
    def edited_since(self) -> bool:
        """Whether somebody has edited ``episode.toml`` or ``corrections.toml`` since they were read."""
        return self.read != episode_file.stamp(self.folder)


def registry_for(folder: EpisodeFolder, config: Path | None = None, model: str | None = None) -> Registry:
    """Bind the configuration that is nearest to the episode, else to here, or the one named.

    Of one that is neither named nor found from here, what runs code counts only if it is trusted;
    `Registry.ignored` says what does not. ``model`` is the Whisper model for this run, if it is not to be
    the configuration's.

    Raises UsageError when the named one is not there, ConfigError for a broken one.
    """
    if config and not config.is_file():
        raise UsageError(f"there is no {config}; write one with: chaitime init")
    bound = trust.bind(folder.path, config)
    found = bound.settings
    if model:
        found = replace(found, engines=replace(found.engines, model=model))
    return Registry(found, bound.path.resolve().parent if bound.path else None, bound.ignored)


@contextmanager
def open_episode(
    folder: EpisodeFolder,
    registry: Registry,
    order: RunOptions = RunOptions(),
    watch: Watch = lambda *_: None,
    run: Run | None = None,
) -> Iterator[OpenEpisode]:
    """Make the episode as far as it is not made yet, and hold it; the caller holds the folder's lock.

    A kept episode costs some tenths of a second and loads no model. ``run`` is for whoever wants to
    cancel from elsewhere, or shares workers between episodes: they are then not dismissed here.
    Raises whatever `produce` raises, CancelledError when it was stopped.
    """
    own = Run(WorkerLease(registry.settings.engines.workers))
    run, shared = run or own, run is not None
    check_stages(order.again)
    artifacts = (
        KeptArtifacts(folder, order.again, watch, published=order.published)
        if order.only_kept
        else ArtifactStore(folder, order.again, order.upgrade, watch, remark=lambda: run.lease.remark)
    )
    with run.holding(artifacts):
        try:
            yield _produced(folder, registry, artifacts, run.lease, order)
        except CancelledError:  # it was stopped, which is no failure
            raise
        except Exception as problem:
            if run.cancelled:  # and so is what broke while that was done
                raise CancelledError("this run was stopped") from problem
            _note_failure(artifacts, problem)
            raise
        except BaseException:
            run.cancel()
            raise
        finally:
            if not shared:
                run.lease.close()


def _produced(
    folder: EpisodeFolder, registry: Registry, artifacts: ArtifactStore, lease: WorkerLease, order: RunOptions
) -> OpenEpisode:
    read = episode_file.stamp(folder)
    brief, notes = episode_file.read_dated(folder, registry.settings.show.timezone)
    moved: tuple[str, ...] = ()
    if not isinstance(artifacts, KeptArtifacts):
        moved = standing_sources.follow_moved(folder, artifacts.record)
        standing_sources.name_moved_target(folder, artifacts.record)
        if not order.force:
            standing_sources.refuse_less(folder, artifacts.record, _length_s)
        registry.check(brief)
        check_pictures(folder, brief, artifacts.files)
        look_at_cover(registry, artifacts.files)
    arrangement = importing.arrangement_in(folder, brief)
    job = Job(
        folder,
        brief,
        registry,
        artifacts,
        lease,
        arrangement,
        order.force,
        order.relisten,
        unworded=order.unworded,
        unmastered=order.unmastered,
    )
    episode = produce(job, enrolled_speakers(registry.folder))
    episode = replace(episode, warnings=(*moved, *episode.warnings, *notes, *plugins.left_out()))
    return OpenEpisode(episode, folder, registry, artifacts, read)


def derived_with(made: OpenEpisode, brief: Brief) -> Episode:
    """The episode as it would be if this stood in its files; from what is kept, and nothing is written.

    Raises NotMadeError where something slow would have to be made for it.
    """
    artifacts, lease = KeptArtifacts(made.folder), WorkerLease(1)
    try:
        arrangement = importing.arrangement_in(made.folder, brief)
        job = Job(made.folder, brief, made.registry, artifacts, lease, arrangement, force=True)
        return produce(job, enrolled_speakers(made.registry.folder))
    finally:
        artifacts.close()
        lease.close()


def _length_s(path: Path) -> float:
    from ..audio.probe import length_s

    return length_s(path)


@dataclass(frozen=True, slots=True)
class Standing:
    """How an episode stands: what is kept or outdated by stage, why others are missing, what failed last."""

    states: dict[str, str]
    missing: dict[str, str]
    record: Record


def standing_of(folder: EpisodeFolder, registry: Registry) -> Standing:
    """Look how far an episode is made; starts no engine and writes nothing.

    Raises what `produce` raises for what a person wrote; not for what is missing.
    """
    states: dict[str, str] = {}

    def note(stage: str, state: str, _share: float) -> None:
        states[stage] = state

    artifacts, lease = KeptArtifacts(folder, watch=note), WorkerLease(1)
    try:
        with contextlib.suppress(NotMadeError):
            _produced(folder, registry, artifacts, lease, RunOptions(force=True))
    finally:
        artifacts.close()
        lease.close()
    return Standing(states, artifacts.missing, artifacts.record)


def _note_failure(artifacts: ArtifactStore, problem: Exception) -> None:
    """Leave word in the episode of what went wrong, if that can be written at all."""
    reason = " ".join(
        f"{'' if isinstance(problem, ChaitimeError) else type(problem).__name__} {problem}".split()
    )
    failure = {
        "stage": artifacts.failed_stage,
        "reason": reason[:1000],
        "at": datetime.now(UTC).isoformat(timespec="seconds"),
    }
    with contextlib.suppress(DestinationError):
        artifacts.update(failure=failure)


def run_episode(
    folder: EpisodeFolder,
    registry: Registry,
    order: RunOptions = RunOptions(),
    watch: Watch = lambda *_: None,
    run: Run | None = None,
) -> tuple[Episode, Published]:
    """Make the episode and bring out/ up to date; the caller holds the folder's run lock.

    ``episode.toml`` and ``corrections.toml`` may be edited meanwhile: the episode is then derived again,
    `MOST_READINGS` times in all. If they were edited even then, a warning of the episode says so.
    """
    for _ in range(MOST_READINGS):
        with open_episode(folder, registry, order, watch, run) as found:
            published = publish(found.episode, folder, registry, found.artifacts)
        folder.sweep()
        found.artifacts.check_sources()
        freshness.note(folder, registry, found.artifacts)
        if not found.edited_since:
            return found.episode, published
        order = replace(order, again=frozenset(), upgrade=False, relisten=NOTHING_MORE)
    found.artifacts.update(stood="")
    return replace(found.episode, warnings=(*found.episode.warnings, STILL_EDITED)), published
