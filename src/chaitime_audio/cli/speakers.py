"""``chaitime speakers``: who the voices are, how we know, how they sound; and to rename them."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..errors import UsageError
from ..model.episode import Episode
from ..model.people import Person, Role, Voice
from ..model.sound import SourceMs
from ._table import clock

if TYPE_CHECKING:
    from ..making import Made

SAMPLE_MS, LINES, LINE_LENGTH = 10_000, 3, 90


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a person needs to tell whose voice it is. ``lines`` are published time and text."""

    label: str
    name: str
    role: str
    named: bool
    talk_ms: int
    evidence: tuple[str, ...]
    lines: tuple[tuple[str, str], ...]
    sample: str


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option("--name", "names", multiple=True, metavar="LABEL=NAME", help="Name a voice: S1='Maya Rao'.")
@click.option("--role", "roles", multiple=True, metavar="LABEL=ROLE", help="Make it host or guest.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("--json", "as_json", is_flag=True, help="Print as JSON.")
def command(
    episode: Path, names: tuple[str, ...], roles: tuple[str, ...], config: Path | None, as_json: bool
) -> None:
    """List the voices of an episode: talk time, evidence for the name, lines and a sound to listen to.

    --name ties a name to a voice: it is written into episode.toml with times at which that voice
    speaks alone, since labels change when the recording is listened to again. Texts are then
    written anew; no engine runs.
    """
    from ..publish import publish
    from ._episode import opened

    wanted, chosen = _pairs(names, "--name"), _pairs(roles, "--role")
    if wanted or chosen:
        with opened(episode, config, -1) as made:
            _tie(made, wanted, chosen)
        with opened(episode, config, -1) as made:
            publish(made.episode, made.folder, made.kit, made.ledger)
    with opened(episode, config, -1) as made:
        sheets = [_sheet(made, voice) for voice in made.episode.cast.voices]
    if as_json:
        click.echo(json.dumps([asdict(sheet) for sheet in sheets], ensure_ascii=False, indent=1))
        return
    for sheet in sheets:
        _show(sheet, sum(one.talk_ms for one in sheets) or 1)


def _pairs(given: tuple[str, ...], option: str) -> dict[str, str]:
    pairs = {}
    for item in given:
        label, sign, value = item.partition("=")
        if not sign or not label.strip() or not value.strip():
            raise UsageError(f"{option} {item}: write LABEL=VALUE, such as S1='Maya Rao'")
        pairs[label.strip()] = value.strip()
    return pairs


def _tie(made: Made, names: dict[str, str], roles: dict[str, str]) -> None:
    """Write each voice's person into episode.toml."""
    from ..briefing import tie

    voices = {voice.label: voice for voice in made.episode.cast.voices}
    for label in {**names, **roles}:
        voice = voices.get(label)
        if voice is None:
            raise UsageError(f"there is no voice {label} here (voices: {', '.join(voices) or 'none'})")
        at = _times(made.episode, label)
        if not at:
            raise UsageError(f"{label} never speaks alone; name it by hand in {made.folder.brief}")
        person = Person(names.get(label, voice.person.name), _role(roles.get(label, voice.person.role)), at)
        tie(made.folder, voice.person.name, person)


def _role(text: str) -> Role:
    if text == "host":
        return "host"
    if text == "guest":
        return "guest"
    raise UsageError(f"a role is host or guest, not “{text}”")


def _times(episode: Episode, label: str) -> tuple[SourceMs, ...]:
    """The middles of the two longest turns that a voice has alone, in order; source time."""
    turns = sorted(
        (turn.span for turn in episode.diarization.exclusive if turn.label == label),
        key=lambda one: (-one.duration_ms, one.start_ms),
    )
    return tuple(sorted(span.middle_ms for span in turns[:2]))


def _sheet(made: Made, voice: Voice) -> Sheet:
    return Sheet(
        label=voice.label,
        name=voice.person.name,
        role=voice.person.role,
        named=voice.named,
        talk_ms=voice.talk_ms,
        evidence=voice.evidence,
        lines=tuple(_lines(made.episode, voice.label)),
        sample=str(_sample(made, voice.label) or ""),
    )


def _lines(episode: Episode, label: str) -> list[tuple[str, str]]:
    """The first thing a voice says and the two longest, in order of time."""
    said = [item for item in episode.spoken if item.label == label and item.words]
    longest = sorted(said[1:], key=lambda item: -len(item.text))[: LINES - 1]
    shown = sorted((*said[:1], *longest), key=lambda item: item.span.start_ms)
    return [(clock(episode.timeline.published(item.span.start_ms)), _short(item.text)) for item in shown]


def _short(text: str) -> str:
    return text if len(text) <= LINE_LENGTH else text[:LINE_LENGTH].rsplit(" ", 1)[0] + " …"


def _sample(made: Made, label: str) -> Path | None:
    """Up to ten seconds of a voice's longest turn, cut out of the levelled MP3."""
    from ..engines.excerpt import excerpt
    from ..facts import MASTER_FILE

    turns = [turn.span for turn in made.episode.diarization.exclusive if turn.label == label]
    if not turns:
        return None
    longest = max(turns, key=lambda one: one.duration_ms)
    begin = made.episode.timeline.published(longest.start_ms)
    target = made.folder.work / "voices" / f"{label}.flac"
    excerpt(made.folder.facts / MASTER_FILE, target, min(SAMPLE_MS, longest.duration_ms), int(begin))
    return target


def _show(sheet: Sheet, total_ms: int) -> None:
    share = sheet.talk_ms * 100 // total_ms
    role = sheet.role if sheet.named else "not named"
    click.echo(f"{sheet.label}  {sheet.name}  ({role}), talks {clock(sheet.talk_ms)} ({share} %)")
    for sentence in sheet.evidence:
        click.echo(f"    because {sentence}")
    for at, text in sheet.lines:
        click.echo(f"    {at:>7}  {text}")
    if sheet.sample:
        click.echo(f"    listen: {sheet.sample}")
