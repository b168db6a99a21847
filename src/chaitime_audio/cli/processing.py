"""What ``chaitime process`` does: from what was typed to an episode on disk and a table of it."""

from __future__ import annotations

from dataclasses import replace

from ..audio.probe import probe
from ..domain.episode import Episode
from ..domain.sound import Arrangement
from ..errors import UsageError
from ..pipeline.publish import Published
from ..pipeline.registry import Registry
from ..pipeline.run import RunOptions, registry_for, run_episode
from ..pipeline.stage_table import check_stages
from ..project import episode_file, importing
from ..project.episode_folder import EpisodeFolder
from ..project.recordings import companions_in
from .console import News
from .episode_table import show_table
from .forecast import Forecast
from .json_news import JsonNews
from .json_output import plain_episode, print_json
from .options import Asked
from .trying import try_folder

VOICES_COST = 'audio.denoise = "voice": where the sound is made anew, a minute of talk takes about 11 s more'


def process(asked: Asked) -> None:
    """Make or update one episode and print what was made."""
    with _news(asked) as news:
        check_stages(asked.again)
        request, told = _told(asked)
        folder, told, fresh = _episode_folder(asked, request, told, news)
        news.path = str(folder.path)
        with folder.run_lock():
            registry = registry_for(folder, asked.config, asked.model)
            news.tell_ignored(registry.ignored)
            if fresh:
                importing.settle(request, folder, told)
                news.say(f"episode folder: {folder.path}")
                if note := episode_file.date_note(folder):
                    news.say(note)
            episode_file.amend(folder, told)
            if asked.minutes:
                folder = try_folder(folder, asked.minutes)
            _tell_companions(folder, news)
            if registry.settings.audio.denoise == "voice":
                news.say(VOICES_COST)
            forecast = Forecast(folder, registry)
            news.expect(forecast)
            episode, published = _make(asked, folder, registry, news)
            forecast.ended()
    if asked.as_json:
        print_json(plain_episode(episode, published, folder.path))
    elif not asked.quiet:
        show_table(episode, published, folder)


def _news(asked: Asked) -> News:
    """What tells how far the run is, as it was asked for."""
    if asked.progress == "json":
        return JsonNews()
    return News(-1 if asked.quiet else int(asked.verbose))


def _tell_companions(folder: EpisodeFolder, news: News) -> None:
    """Name what lies in source/ and is no recording, once, so that nobody takes it for one."""
    if companions := companions_in(folder.source):
        news.say(f"not recordings, left alone in {folder.source}: {', '.join(companions)}")


def _make(asked: Asked, folder: EpisodeFolder, registry: Registry, news: News) -> tuple[Episode, Published]:
    return run_episode(folder, registry, RunOptions(frozenset(asked.again), asked.upgrade, asked.force), news)


def _told(asked: Asked) -> tuple[importing.Request, episode_file.Overrides]:
    """What was handed in, and what was said about it that goes into episode.toml."""
    request = importing.Request(asked.recordings, asked.out, _arrangement(asked), asked.link)
    told = episode_file.Overrides(
        title=asked.title,
        number=asked.number,
        date=asked.date,
        language=asked.language,
        speakers=asked.speakers,
        hosts=asked.hosts,
        guests=asked.guests,
    )
    return request, told


def _episode_folder(
    asked: Asked, request: importing.Request, told: episode_file.Overrides, news: News
) -> tuple[EpisodeFolder, episode_file.Overrides, bool]:
    """Find the episode folder, or say where a new one is to be; writes nothing."""
    folder = importing.existing_episode(request)
    if folder is not None:
        return folder, replace(told, arrangement=_known_already(asked, request, folder, news)), False
    if asked.tracks and len(asked.recordings) < 2:
        raise UsageError("--tracks needs two files or more, one per person")
    arrangement = importing.arrangement_of(request)
    probe(request.paths, arrangement)
    if arrangement == "parts" and not asked.parts:
        news.say("taking " + ", ".join(path.name for path in request.paths) + " as parts, in this order")
    told = replace(told, arrangement=arrangement if arrangement != "single" else None)
    return importing.home_of(request, told), told, True


def _known_already(
    asked: Asked, request: importing.Request, folder: EpisodeFolder, news: News
) -> Arrangement | None:
    """Of an episode that is there already: how its recordings belong together, as far as it was said.

    Raises UsageError for options that mean something only for new recordings, or not for these.
    """
    if asked.out and asked.out.resolve() != folder.path.resolve():
        raise UsageError(f"{folder.path} is an episode already; --out is for new recordings")
    if asked.tracks and len(folder.sources()) < 2:
        raise UsageError(f"--tracks needs two files or more in {folder.source}, one per person")
    if asked.link:
        news.say(f"{folder.path} has its recordings already; --link changes nothing")
    return request.arrangement


def _arrangement(asked: Asked) -> Arrangement | None:
    """How several files belong together, as far as it was said."""
    if asked.parts and asked.tracks:
        raise UsageError(
            "--parts and --tracks exclude each other: pieces of one recording, or one per person?"
        )
    return "parts" if asked.parts else "tracks" if asked.tracks else None
