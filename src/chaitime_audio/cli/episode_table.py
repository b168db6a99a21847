"""The table at the end of ``chaitime process``: what was made and where it lies."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from ..domain.episode import Episode
from ..domain.people import Voice
from ..domain.timecode import short_clock
from ..pipeline.publish import Published
from ..project.episode_folder import EpisodeFolder

if TYPE_CHECKING:
    from rich.table import Table


def show_table(episode: Episode, published: Published, folder: EpisodeFolder) -> None:
    """Print results on stdout: rich on a terminal, plain aligned lines elsewhere."""
    from rich.console import Console

    console = Console(width=None if sys.stdout.isatty() else 100, highlight=False)
    console.print(_facts(episode))
    console.print(_files(published))
    console.print(f"results in {folder.out}", markup=False, soft_wrap=True)
    for sentence in (*episode.warnings, *episode.questions):
        console.print(f"note: {sentence}", markup=False, soft_wrap=True)
    for path in published.edited:
        console.print(
            f"{path.name} was edited by hand and stays; the new one is {path.name}.new", markup=False
        )
    console.print(_next(episode, folder), markup=False, soft_wrap=True)


def _next(episode: Episode, folder: EpisodeFolder) -> str:
    """What to do now: how much there is to check, and the command for it."""
    from ..editorial.queue.build import queue_of
    from .phrases import counted

    found = queue_of(episode)
    if not found.open:
        return f"next: chaitime check {folder.path}"
    places, minutes = counted(len(found.open), "place"), counted(max(1, round(found.left_s / 60)), "minute")
    return f"worth a look: {places}, about {minutes}\nnext: chaitime studio {folder.path}"


def sureness(episode: Episode) -> str:
    """How many voices were found and how sure that is; empty where the number was told or is not known."""
    share = episode.diarization.sureness
    return "" if share is None else f"{len(episode.cast.voices)} heard, {share:.0%} sure"


def _facts(episode: Episode) -> Table:
    table = _table("", "")
    master = episode.master
    _row(table, "title", episode.title)
    _row(table, "length", short_clock(episode.duration_ms))
    for voice in episode.cast.voices:
        _row(table, voice.person.role if voice.named else "voice", _voice(voice, episode))
    if sure := sureness(episode):
        _row(table, "people", sure)
    _row(
        table,
        "post",
        f"{sum(item.asks for item in episode.post)} questions, {len(episode.chapters)} chapters",
    )
    if episode.replacements:
        _row(table, "words replaced", f"{len(episode.replacements)} (chaitime render --show-edits)")
    loud = master.loudness
    _row(
        table,
        "loudness",
        f"{loud.integrated_lufs:.1f} LUFS (target {master.target_lufs:g}), "
        f"true peak {loud.true_peak_dbtp:.1f} dBTP, before {master.source_loudness.integrated_lufs:.1f} LUFS",
    )
    return table


def _voice(voice: Voice, episode: Episode) -> str:
    total = sum(item.talk_ms for item in episode.cast.voices) or 1
    why = f" – {voice.evidence[0]}" if voice.evidence else ""
    return f"{voice.person.name}, talks {short_clock(voice.talk_ms)} ({voice.talk_ms * 100 // total} %){why}"


def _files(published: Published) -> Table:
    table = _table("file", "size")
    for path in published.files:
        size = path.stat().st_size if path.exists() else 0
        _row(table, path.name, f"{size / 1000:,.1f} kB")
    return table


def _table(first: str, second: str) -> Table:
    from rich import box
    from rich.table import Table

    table = Table(box=box.SIMPLE_HEAD, show_header=bool(first), pad_edge=False)
    table.add_column(first, no_wrap=True)
    table.add_column(second, overflow="fold")
    return table


def _row(table: Table, name: str, text: str) -> None:
    """Add a row; what comes from titles and speech is never markup."""
    from rich.text import Text

    table.add_row(Text(name), Text(text))
