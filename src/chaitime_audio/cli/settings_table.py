"""The settings as they count, a line each, with where each comes from; TOML that can be used as it is."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import click

from ..domain.brief import Brief
from ..domain.text import printable
from ..pipeline.registry import Registry
from ..project import episode_file, trust
from ..project.episode_folder import EpisodeFolder
from ..project.finder import BRIEF_NAME
from ..project.manifest import read_record
from ..project.serialization import plain
from ..project.settings import Settings, load, read_toml
from ..project.toml_edit import literal
from ..recognition.asr import choose

WIDTH = 44


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its section and name, the value that counts, and a phrase that says where it is from."""

    section: str
    name: str
    value: Any
    source: str


def show_settings(where: Path | None, config: Path | None, model: tuple[str, str] | None) -> None:
    """Print all settings for an episode, or for here; ``model`` is one that was told, and by what."""
    section = ""
    for one in settings_for(where, config, model):
        if one.section != section:
            click.echo(f"{chr(10) if section else ''}[{one.section}]")
            section = one.section
        written = f"# {one.name} is not set"
        line = written if one.value is None else f"{one.name} = {literal(plain(one.value))}"
        click.echo(printable(f"{line:<{WIDTH}}  # {one.source}", " "))


def settings_for(
    where: Path | None, config: Path | None, model: tuple[str, str] | None = None
) -> Iterator[Setting]:
    """Yield every setting in the order of the configuration. Raises ConfigError for a broken file."""
    bound = trust.bind(where or Path.cwd(), config)
    given = read_toml(bound.path) if bound.path else {}
    ignored = trust.guarded(load(bound.path)) if bound.ignored else {}
    folder = EpisodeFolder(where) if where and (where / BRIEF_NAME).is_file() else None
    told = _of_the_episode(folder)
    if model:
        told |= {("engines", "model"): (model[0], model[1])}
    for section in dataclasses.fields(Settings):
        values = getattr(bound.settings, section.name)
        for item in dataclasses.fields(values):
            place = section.name, item.name
            value, source = getattr(values, item.name), "default"
            if item.name in given.get(section.name, {}):
                source = str(bound.path)
            if ".".join(place) in ignored:
                source = f"default; {bound.path} is not trusted (chaitime trust)"
            value, source = told.get(place, (value, source))
            yield _resolved(Setting(*place, value, source), bound.settings, folder)


def _of_the_episode(folder: EpisodeFolder | None) -> dict[tuple[str, str], tuple[Any, str]]:
    """What episode.toml says instead of the show."""
    brief = episode_file.read_brief(folder) if folder else Brief()
    hosts = [person.name for person in brief.people if person.role == "host"]
    found = {
        ("show", "host"): hosts[0] if hosts else "",
        ("show", "language"): brief.language,
        ("engines", "speakers"): brief.speakers,
    }
    return {place: (value, BRIEF_NAME) for place, value in found.items() if value}


def _resolved(one: Setting, settings: Settings, folder: EpisodeFolder | None) -> Setting:
    """A setting with what it stands for, where it leaves something open."""
    if (one.section, one.name, one.value) == ("engines", "asr", "auto"):
        return replace(one, source=f"{one.source}; stands for {choose()}")
    if (one.section, one.name, one.value) == ("engines", "model", ""):
        receipt = read_record(folder).receipts.get("transcript") if folder else None
        kept = str(receipt.made.get("options", {}).get("model", "")) if receipt else ""
        found = Registry(settings).whisper_model(kept)
        why = "what the episode was made with" if found == kept else "on this machine"
        told = "" if one.source == "default" else f"; {one.source.removeprefix('default; ')}"
        return replace(
            one, value=found, source=f"engines.quality = “{settings.engines.quality}”, {why}{told}"
        )
    return one
