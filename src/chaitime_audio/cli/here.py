"""What ``chaitime`` alone says: how the show in this folder stands, and the next sensible step."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from shlex import quote

import click

from ..batch import Found, Plan, plan_of
from ..batch.search import found_at
from ..domain.text import printable
from ..errors import ChaitimeError
from ..project.finder import BRIEF_NAME
from ..project.recordings import kind_by_name
from ..project.settings import find_config, load
from .phrases import counted

MOST_SHOWN, MOST_LOOKED_AT = 5, 200
WIDTH = 11


@dataclass(frozen=True, slots=True)
class Here:
    """What lies in the working folder: how episodes stand, which recordings no episode has yet.

    ``alone`` is True inside an episode's folder, of which alone is told.
    """

    show: str
    plans: tuple[Plan, ...]
    recordings: tuple[Path, ...]
    episodes: Path
    alone: bool = False


def show_here() -> None:
    """Print how it stands here, and what to do next. Raises ConfigError for a broken configuration."""
    folder = Path.cwd()
    here = look(folder)
    for name, said in lines(here):
        click.echo(printable(f"{name:<{WIDTH}} {said}", " "))
    click.echo(printable(f"{'next':<{WIDTH}} {next_step(here, folder)}", " "))
    click.echo(f"{'':<{WIDTH}} chaitime --help lists all commands", err=True)


def look(folder: Path) -> Here:
    """Look at this folder, and at the episodes of its show: not deeper, so that it is quick anywhere."""
    config = find_config(folder)
    top = config.parent.parent if config else folder
    episodes = top / "episodes" if (top / "episodes").is_dir() else top
    mine = _episode_around(folder, top)
    homes = [mine] if mine else sorted(_episodes_in(episodes))
    plans = tuple(plan_of(Found(found_at(home).folder)) for home in homes[:MOST_LOOKED_AT])
    recordings = () if mine else tuple(path for path in _recordings_in(folder) if found_at(path).recording)
    return Here(load(config).show.name if config else "", plans, recordings, episodes, alone=bool(mine))


def lines(here: Here) -> Iterator[tuple[str, str]]:
    """What there is, a line for each kind."""
    if here.show:
        yield "show", here.show
    ready = sum(not plan.to_do for plan in here.plans)
    if here.alone:
        yield "episode", f"{here.plans[0].found.folder.path.name}: {here.plans[0].what}"
        return
    if here.plans:
        yield "episodes", f"{ready} of {len(here.plans)} up to date, in {_shown(here.episodes)}"
    to_do = [plan for plan in here.plans if plan.to_do]
    for plan in to_do[:MOST_SHOWN]:
        yield "", f"{plan.found.folder.path.name}: {plan.what}"
    if len(to_do) > MOST_SHOWN:
        yield "", f"and {len(to_do) - MOST_SHOWN} more"
    if here.recordings:
        names = ", ".join(path.name for path in here.recordings[:MOST_SHOWN])
        more = f" and {len(here.recordings) - MOST_SHOWN} more" if len(here.recordings) > MOST_SHOWN else ""
        yield "recordings", f"{counted(len(here.recordings), 'file')} without an episode: {names}{more}"


def next_step(here: Here, folder: Path) -> str:
    """The command that a person would run next, and why."""
    to_do = [plan.found.folder.path for plan in here.plans if plan.to_do]
    if len(to_do) == 1 and not here.recordings:
        return f"chaitime process {_shown(to_do[0])}"
    if to_do and not here.recordings:
        return f"chaitime batch {_shown(here.episodes)}"
    if len(here.recordings) == 1:
        return f"chaitime process {_shown(here.recordings[0])}"
    if here.recordings:
        return f"chaitime batch {_shown(folder)}"
    if len(here.plans) == 1:
        path = _shown(here.plans[0].found.folder.path)
        return f"chaitime studio {path} (read it), then chaitime check {path}"
    if here.plans:
        return f"chaitime feed {_shown(here.episodes)} (feed and site), or chaitime process RECORDING"
    if here.show:
        return "chaitime process RECORDING"
    return 'chaitime init --name "My Show" (once), then chaitime process RECORDING'


def _episode_around(folder: Path, top: Path) -> Path | None:
    """The episode's folder that we stand in, if we do."""
    for above in (folder, *folder.parents):
        if (above / BRIEF_NAME).is_file():
            return above
        if above == top:
            return None
    return None


def _episodes_in(folder: Path) -> Iterator[Path]:
    try:
        yield from (path for path in folder.iterdir() if (path / BRIEF_NAME).is_file())
    except OSError:
        return


def _recordings_in(folder: Path) -> Iterator[Path]:
    """Bare recordings that lie right here, by their names."""
    try:
        found = sorted(path for path in folder.iterdir() if kind_by_name(path.name) == "recording")
    except OSError:
        return
    for path in found[:MOST_LOOKED_AT]:
        try:
            if path.is_file() and not path.name.startswith("."):
                found_at(path)
                yield path
        except (ChaitimeError, OSError):
            continue


def _shown(path: Path) -> str:
    """A path as one would type it here."""
    shown = os.path.relpath(path)
    return quote(str(path) if shown.startswith("..") and len(shown) > len(str(path)) else shown)
