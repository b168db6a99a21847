"""What is to be said about each voice of an episode, and where it can be listened to."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import asdict, dataclass

import click

from ..domain.episode import Episode
from ..domain.people import Voice
from ..domain.text import terminal
from ..domain.timecode import short_clock

SAMPLE_MS, LINES, LINE_CHARS = 10_000, 3, 110


@dataclass(frozen=True, slots=True)
class SpokenLine:
    """Something a voice says, at source time ``at_ms``."""

    at_ms: int
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A voice as it is shown. ``sample`` is the path of a few seconds of it, empty without any."""

    label: str
    name: str
    role: str
    named: bool
    talk_ms: int
    evidence: tuple[str, ...]
    lines: tuple[SpokenLine, ...]
    sample: str


def row(voice: Voice, episode: Episode, sample: str) -> Row:
    """Bring together what is known of a voice."""
    role = voice.person.role if voice.named else ""
    said = _lines(voice.label, episode)
    return Row(voice.label, voice.person.name, role, voice.named, voice.talk_ms, voice.evidence, said, sample)


def show(rows: Iterable[Row], as_json: bool) -> None:
    """Print voices on stdout: a table on a terminal, plain lines elsewhere, or JSON."""
    rows = tuple(rows)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in rows], ensure_ascii=False, indent=1))
    elif sys.stdout.isatty():
        _table(rows)
    else:
        for one in rows:
            _plain(one)


def _lines(label: str, episode: Episode) -> tuple[SpokenLine, ...]:
    """The longest utterance of each third of what a voice says."""
    own = [item for item in episode.spoken if item.label == label and not item.backchannel]
    thirds = [own[len(own) * at // LINES : len(own) * (at + 1) // LINES] for at in range(LINES)]
    chosen = [max(part, key=lambda item: len(item.words)) for part in thirds if part]
    return tuple(SpokenLine(item.span.start_ms, _short(item.text)) for item in chosen)


def _short(text: str) -> str:
    line = terminal(text, " ")
    return line if len(line) <= LINE_CHARS else f"{line[: LINE_CHARS - 1].rstrip()}…"


def _plain(one: Row) -> None:
    role = f", {one.role}" if one.role else ""
    click.echo(f"{one.label}  {one.name}{role}, talks {short_clock(one.talk_ms)}")
    for why in one.evidence:
        click.echo(f"    because  {why}")
    for line in one.lines:
        click.echo(f"    {short_clock(line.at_ms):>7}  {line.text}")
    if one.sample:
        click.echo(f"    listen   {one.sample}")


def _table(rows: tuple[Row, ...]) -> None:
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_lines=True)
    for title in ("voice", "who", "talks", "because", "says"):
        table.add_column(title, overflow="fold")
    for one in rows:
        who = f"{one.name}\n{one.role}".strip()
        says = "\n".join(f"{short_clock(line.at_ms)} {line.text}" for line in one.lines)
        cells = (one.label, who, short_clock(one.talk_ms), "\n".join(one.evidence), says)
        table.add_row(*(Text(cell) for cell in cells))
    console = Console(highlight=False)
    console.print(table)
    for one in rows:
        if one.sample:
            console.print(f"listen to {one.label}: {one.sample}", markup=False, soft_wrap=True)
