"""From recordings to an episode on disk, for a program."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date as day
from pathlib import Path
from typing import TypedDict, Unpack

from ..audio.probe import probe
from ..domain.episode import Episode
from ..domain.sound import Arrangement
from ..errors import UsageError
from ..pipeline.registry import Registry
from ..pipeline.run import RunOptions, registry_for, run_episode
from ..pipeline.stage_table import check_stages
from ..pipeline.stopping import Run
from ..project import episode_file, importing
from ..project.episode_file import Overrides
from ..project.episode_folder import EpisodeFolder
from ..project.languages import language_code
from ..project.settings import Settings
from ..workers import WorkerLease
from .following import Cancellation, Progress, Reporter
from .foreign_errors import ours

StrPath = str | os.PathLike[str]
MOST_NUMBER, MOST_SPEAKERS = 999_999, 20


class Details(TypedDict, total=False):
    """What may be said about an episode; it is kept in its ``episode.toml``.

    ``date`` is the day of publication, ``language`` a code or name (``de``, ``pt-BR``, ``German``;
    ``auto``: listen), ``speakers`` how many people talk (0: find out), ``hosts`` and ``guests`` full names.
    """

    title: str
    number: int
    date: day
    language: str
    speakers: int
    hosts: Sequence[str]
    guests: Sequence[str]


@dataclass(frozen=True, slots=True)
class Processed:
    """An episode that is up to date, and where it lies.

    ``files`` are all that out/ holds; ``edited`` those among them that a person had changed: they stay, and
    what would be written today lies beside them as ``NAME.new``. ``ignored`` says in one sentence which
    settings do not count, since nobody trusts the configuration they stand in; empty otherwise.
    """

    episode: Episode
    folder: Path
    files: tuple[Path, ...]
    edited: tuple[Path, ...] = ()
    ignored: str = ""


def process(
    recordings: StrPath | Sequence[StrPath],
    *,
    out: StrPath | None = None,
    arrangement: Arrangement | None = None,
    link: bool = False,
    force: bool = False,
    config: StrPath | None = None,
    settings: Settings | None = None,
    again: Iterable[str] = (),
    upgrade: bool = False,
    progress: Callable[[Progress], object] | None = None,
    cancellation: Cancellation | None = None,
    **details: Unpack[Details],
) -> Processed:
    """Make an episode from recordings, or bring an episode folder up to date; what still holds is kept.

    ``recordings`` is a file of sound, several of one talk, or one episode folder. ``out``: folder of a new
    episode, by default in ``episodes/`` of the show, else beside the recording. ``arrangement``: whether
    several files are ``parts`` in this order or ``tracks``, one per person. ``link``: point to recordings
    instead of copying. ``force``: publish sound without speech. ``config``: a ``chaitime.toml``, by default
    the nearest; ``settings`` take the place of what it says. ``again``: stages to make anew, ``upgrade``:
    all that an older version made. ``progress`` is called from threads of the run, one call at a time; what
    it raises ends the run and is raised here. ``cancellation`` ends the run from another thread.
    ``details``: see `Details`.

    Blocks; may be called from any thread, for different episodes at the same time; prints nothing.
    Recordings over three minutes are heard by worker processes that import the main module: guard it with
    ``__name__ == "__main__"``.

    Raises UsageError (ConfigError: in a file), InputRefusedError for sound that cannot be used,
    ModelUnavailableError (nothing is fetched), DestinationError (WorkerDiedError: out of memory),
    LockedError while another run holds the episode, `concurrent.futures.CancelledError` when cancelled.
    docs/api.md tells more.
    """
    given = [recordings] if isinstance(recordings, str | os.PathLike) else list(recordings)
    if not given:
        raise UsageError("no recording was named")
    check_stages(frozenset(again := tuple(again)))
    request = importing.Request(
        tuple(Path(path) for path in given), Path(out) if out else None, arrangement, link
    )
    with ours():
        folder, told, fresh = _home(request, _overrides(details))
        registry = _registry(folder, config, settings)
        with folder.run_lock():
            if fresh:
                importing.settle(request, folder, told)
            episode_file.amend(folder, told)
            return _made(
                folder, registry, RunOptions(frozenset(again), upgrade, force), progress, cancellation
            )


def _made(
    folder: EpisodeFolder,
    registry: Registry,
    order: RunOptions,
    progress: Callable[[Progress], object] | None,
    cancellation: Cancellation | None,
) -> Processed:
    """Run it; the caller holds the folder's lock."""
    run = Run(WorkerLease(registry.settings.engines.workers))
    reporter = Reporter(progress, run)
    try:
        with (cancellation or Cancellation()).ending(run), reporter.heard():
            episode, published = run_episode(folder, registry, order, reporter, run)
    finally:
        run.lease.close()
    return Processed(episode, folder.path, published.files, published.edited, registry.ignored)


def _registry(folder: EpisodeFolder, config: StrPath | None, settings: Settings | None) -> Registry:
    found = registry_for(folder, Path(config) if config else None)
    return replace(found, settings=settings, ignored="") if settings else found


def _home(request: importing.Request, told: Overrides) -> tuple[EpisodeFolder, Overrides, bool]:
    """The episode's folder, what is to be said in it, and whether it is a new one; writes nothing."""
    folder = importing.existing_episode(request)
    if folder is not None:
        if request.out and request.out.resolve() != folder.path.resolve():
            raise UsageError(f"{folder.path} is an episode already; out is for new recordings")
        return folder, replace(told, arrangement=request.arrangement), False
    if request.arrangement == "tracks" and len(request.paths) < 2:
        raise UsageError("tracks are two files or more, one per person")
    arrangement = importing.arrangement_of(request)
    probe(request.paths, arrangement)
    told = replace(told, arrangement=arrangement if arrangement != "single" else None)
    return importing.home_of(request, told), told, True


def _overrides(details: Details) -> Overrides:
    """What was said about the episode, checked. Raises UsageError."""
    number, speakers = details.get("number"), details.get("speakers")
    if number is not None and not 1 <= number <= MOST_NUMBER:
        raise UsageError(f"number = {number}: an episode has one from 1 to {MOST_NUMBER}")
    if speakers is not None and not 0 <= speakers <= MOST_SPEAKERS:
        raise UsageError(f"speakers = {speakers}: write 1 to {MOST_SPEAKERS}, or 0 to find out")
    for name in ("hosts", "guests"):
        if isinstance(details.get(name), str):
            raise UsageError(f"{name} are several names: write {name}=[{details.get(name)!r}]")
    language = details.get("language")
    try:
        code = None if language is None else language_code(language)
    except ValueError as cause:
        raise UsageError(f"language: {cause}") from cause
    return Overrides(
        title=details.get("title"),
        number=number,
        date=details.get("date"),
        language=code,
        speakers=speakers,
        hosts=tuple(details.get("hosts", ())),
        guests=tuple(details.get("guests", ())),
    )
