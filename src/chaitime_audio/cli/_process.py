"""What ``chaitime process`` does: from what was typed to an episode on disk and a table of it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from .. import briefing, intake, settings
from ..crew import Hire
from ..engines._ffmpeg import stop_all
from ..engines.excerpt import excerpt
from ..engines.probe import probe
from ..errors import UsageError
from ..folder import EpisodeFolder
from ..kit import Kit
from ..ledger import Ledger
from ..model.episode import Episode
from ..model.sound import Arrangement
from ..pipeline import Job, produce
from ..publish import Published, publish
from ._console import News
from ._options import Asked
from ._table import show_table


def process(asked: Asked) -> None:
    """Make or update one episode and print what was made."""
    level = -1 if asked.quiet else int(asked.verbose)
    with News(level) as news:
        folder, arrangement = _episode_folder(asked, news)
        with folder.locked():
            kit = _kit(asked, folder)
            if asked.minutes:
                folder, arrangement = _try_folder(asked, folder), "single"
            episode, published = _make(asked, folder, kit, arrangement, news)
    if not asked.quiet:
        show_table(episode, published, folder)


def _make(
    asked: Asked, folder: EpisodeFolder, kit: Kit, arrangement: Arrangement, news: News
) -> tuple[Episode, Published]:
    ledger = Ledger(folder, frozenset(asked.again), asked.upgrade, news)
    hire = Hire(kit.settings.engines.workers)
    try:
        brief = briefing.read_brief(folder)
        job = Job(folder, brief, kit, ledger, hire, arrangement, force=asked.force)
        episode = produce(job)
        published = publish(episode, folder, kit, ledger)
    finally:
        hire.close()
        stop_all()
        ledger.close()
    folder.sweep()
    return episode, published


def _episode_folder(asked: Asked, news: News) -> tuple[EpisodeFolder, Arrangement]:
    """Find or make the episode folder; what was told about it goes into episode.toml."""
    request = intake.Request(asked.recordings, asked.out, _arrangement(asked), asked.link)
    told = briefing.Told(
        title=asked.title,
        number=asked.number,
        date=asked.date,
        language=asked.language,
        speakers=asked.speakers,
        hosts=asked.hosts,
        guests=asked.guests,
    )
    folder = intake.existing_episode(request)
    if folder is None:
        arrangement = intake.arrangement_of(request)
        probe(request.paths, arrangement)
        if arrangement == "parts" and not asked.parts:
            news.say("taking " + ", ".join(path.name for path in request.paths) + " as parts, in this order")
        told = replace(told, arrangement=arrangement if arrangement != "single" else None)
        folder = intake.settle(request, intake.home_of(request, told), told)
        news.say(f"episode folder: {folder.path}")
    if folder.brief.exists():
        briefing.amend(folder, told)
    else:
        briefing.create(folder, told)
    return folder, intake.arrangement_in(folder, briefing.read_brief(folder))


def _arrangement(asked: Asked) -> Arrangement | None:
    """How several files belong together, as far as it was said."""
    if asked.parts and asked.tracks:
        raise UsageError(
            "--parts and --tracks exclude each other: pieces of one recording, or one per person?"
        )
    if asked.tracks and len(asked.recordings) < 2:
        raise UsageError("--tracks needs two files or more, one per person")
    return "parts" if asked.parts else "tracks" if asked.tracks else None


def _kit(asked: Asked, folder: EpisodeFolder) -> Kit:
    """Load the configuration that is nearest to the episode, else to here, or the one named."""
    if asked.config and not asked.config.is_file():
        raise UsageError(f"there is no {asked.config}; write one with: chaitime init")
    home = folder.path.resolve()
    path = asked.config or settings.find_config(home) or settings.find_config(Path.cwd())
    loaded = settings.load(path)
    if asked.model:
        loaded = replace(loaded, engines=replace(loaded.engines, model=asked.model))
    return Kit(loaded, path.resolve().parent if path else None)


def _try_folder(asked: Asked, folder: EpisodeFolder) -> EpisodeFolder:
    """Make ``try/``: the first minutes as an episode of their own; nothing else is touched."""
    assert asked.minutes is not None
    trial = EpisodeFolder(folder.path / "try")
    sources = folder.sources()
    target = trial.source / f"{sources[0].stem}-{asked.minutes:g}min.flac"
    if not target.exists():
        trial.clear_trial()
        excerpt(sources[0], target, round(asked.minutes * 60_000))
    briefing.copy(folder, trial)
    return trial
