"""An episode that is made: its values, its texts, and what platforms would say about it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

from ..checks import Finding
from ..domain.episode import Episode
from ..errors import UsageError
from ..formats import Templates, chosen, render_all, render_one
from ..pipeline.checking import findings
from ..pipeline.run import RunOptions, registry_for
from ..pipeline.run import open_episode as open_folder
from ..project import importing
from ..project import settings as settings_file
from ..project.episode_folder import EpisodeFolder
from ..project.settings import Settings
from .foreign_errors import ours
from .making import StrPath


def open_episode(path: StrPath, *, config: StrPath | None = None) -> Episode:
    """Read an episode as it was made, with the corrections of now; nothing is written or locked.

    ``path`` is its folder, or a recording in its source/. ``config`` is a ``chaitime.toml``, by default the
    nearest. No engine starts: it takes some tenths of a second. The value that is returned is frozen and
    may be used in any thread; times inside are source time in milliseconds, ``timeline`` maps them to the
    MP3.

    Raises UsageError when there is no episode, NotMadeError when it is not made or no longer holds
    (``stage`` and ``why`` say what), ConfigError for a file that cannot be used, InputRefusedError for a
    folder that is none.
    """
    with ours():
        folder = _folder(path)
        registry = registry_for(folder, Path(config) if config else None)
        with open_folder(folder, registry, RunOptions(force=True, only_kept=True)) as found:
            return found.episode


def render(
    episode: Episode, formats: Iterable[str] = (), *, templates: StrPath | None = None
) -> dict[str, str]:
    """Return texts of an episode by the name of their file in out/; nothing is written.

    ``formats`` are names of formats (``vtt``, ``transcript_html``, ``notes_youtube``), plug-ins' among
    them; without any, all that every run writes. ``templates`` is a folder of templates that win over ours.
    One for which the episode has nothing (no speech, no chapters) is left out. Pure: the same episode gives
    the same texts, in any thread.

    Raises UsageError, with the nearest name, for a format that does not exist, ConfigError for a broken
    template.
    """
    with ours():
        own = Templates(Path(templates)) if templates else Templates()
        if isinstance(formats, str):
            raise UsageError(f"formats are several names: write [{formats!r}]")
        names = tuple(formats)
        if not names:
            return render_all(episode, own)
        found: dict[str, str] = {}
        for name in chosen(names, own):
            found |= render_one(name, episode, own)
        return found


def check(
    path: StrPath, platform: str = "", *, config: StrPath | None = None
) -> Mapping[str, tuple[Finding, ...]]:
    """Look whether the files in out/, as they are, keep the rules of the platforms they go to.

    Returns findings by family (``Chapters``, ``Loudness``); a `Finding` whose ``level`` is ``fail`` is a
    broken rule, and ``fix`` says what to do. ``platform`` names one (``apple``, ``spotify``); empty for
    all. Reads only. An MP3 that a person changed is measured, which takes some seconds for an hour of
    sound.

    Raises what `open_episode` raises, UsageError for a platform that is not known.
    """
    with ours():
        folder = _folder(path)
        registry = registry_for(folder, Path(config) if config else None)
        with open_folder(folder, registry, RunOptions(force=True, only_kept=True)) as made:
            return findings(made, platform)


def load_settings(config: StrPath | None = None) -> Settings:
    """Read a ``chaitime.toml``; without one, the defaults. Change them with `dataclasses.replace`.

    Raises ConfigError that names file, setting and what it is for.
    """
    with ours():
        return settings_file.load(Path(config) if config else None)


def _folder(path: StrPath) -> EpisodeFolder:
    """The episode that a path names: its folder, or a recording in its source/."""
    folder = importing.existing_episode(importing.Request((Path(path),)))
    if folder is None:
        raise UsageError(f"{path} is a recording, not an episode folder; process makes one of it")
    return folder
