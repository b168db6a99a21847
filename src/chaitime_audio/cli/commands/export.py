"""``chaitime export``: files of an episode for other tools."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ..command_group import CommandGroup
from ..export_clips import clips
from ..export_video import video
from ..exporting import Asked, shared

if TYPE_CHECKING:
    from ...exports.marks import Clock, Kind
    from ...pipeline.run import OpenEpisode

KINDS = ("speakers", "sentences", "words", "chapters", "clips", "quotes", "cuts")
CLOCKS = ("mp3", "recording")
RATES = ("24", "25", "30", "50", "60")


def timed(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what kinds of export with times take: what to name, and in which clock."""
    for option in (
        click.option(
            "--clock",
            type=click.Choice(CLOCKS),
            default="mp3",
            show_default=True,
            help="Times of the finished MP3, or of the recording.",
        ),
        click.option(
            "--what",
            "kinds",
            type=click.Choice(KINDS),
            multiple=True,
            help="What to name; can be given several times. Default: speakers and chapters.",
        ),
    ):
        command = option(command)
    return command


@click.group(cls=CommandGroup)
def command() -> None:
    """Make files of an episode for other tools: editors, word processors, social media, video.

    They go to exports/ in the episode's folder. One that you edited there is kept; the new one is then
    called NAME.new.
    """


@command.command()
@shared
@timed
def labels(asked: Asked, kinds: tuple[Kind, ...], clock: Clock) -> None:
    """Labels for Audacity: File, Import, Labels."""
    from ...exports.labels import labels as written

    _timed(asked, kinds, clock, ("labels.txt", written))


@command.command()
@shared
@timed
def regions(asked: Asked, kinds: tuple[Kind, ...], clock: Clock) -> None:
    """Regions for Reaper, as CSV: View, Region/Marker Manager, Import; the ruler in minutes and seconds."""
    from ...exports.regions import regions as written

    _timed(asked, kinds, clock, ("regions.csv", written))


@command.command()
@shared
@click.option("--rate", type=click.Choice(RATES), default="25", show_default=True, help="Frames a second.")
def edl(asked: Asked, rate: str) -> None:
    """What was kept of the recording, as an edit decision list (CMX 3600) for video editors."""
    from ...exports.edl import Reel
    from ...exports.edl import edl as written
    from ..opening import opened

    with opened(asked.episode, asked.config, -1) as made:
        reels = tuple(Reel(path.name, length_ms) for path, length_ms in _recordings(made))
        asked.put(made, f"{made.episode.slug}.edl", written(made.episode, reels, int(rate)).encode())


@command.command()
@shared
def docx(asked: Asked) -> None:
    """The post as a Word document; edited, `chaitime import` brings it back."""
    from ...exports.document import document
    from ...exports.placing import refuse_nothing
    from ..opening import opened

    with opened(asked.episode, asked.config, -1) as made:
        refuse_nothing(made.episode.post, "words", str(made.folder.path))
        asked.put(made, f"{made.episode.slug}.docx", document(made.episode))


command.add_command(clips)
command.add_command(video)


def _timed(
    asked: Asked, kinds: tuple[Kind, ...], clock: Clock, written: tuple[str, Callable[..., str]]
) -> None:
    from ...exports.marks import named_spans
    from ...exports.placing import refuse_nothing
    from ..opening import opened

    wanted: tuple[Kind, ...] = tuple(dict.fromkeys(kinds)) or ("speakers", "chapters")
    ending, write = written
    with opened(asked.episode, asked.config, -1) as made:
        found = {kind: named_spans(made.episode, kind, clock) for kind in wanted}
        for kind in kinds:
            refuse_nothing(found[kind], kind, str(made.folder.path))
        refuse_nothing([one for spans in found.values() for one in spans], "words", str(made.folder.path))
        for kind, spans in found.items():
            of = kind if clock == "mp3" else f"{kind}-recording"
            if spans:
                asked.put(made, f"{made.episode.slug}.{of}.{ending}", write(spans).encode())


def _recordings(made: OpenEpisode) -> list[tuple[Path, int]]:
    """The recordings and their lengths in milliseconds. Raises UsageError for one track a person."""
    from ...audio.probe import length_s
    from ...errors import UsageError
    from ...project.importing import arrangement_in

    paths = made.folder.sources()
    if arrangement_in(made.folder, made.episode.brief) == "tracks":
        raise UsageError(
            f"{made.folder.path} has one recording a person, each with a clock of its own, which an EDL "
            "cannot tell; export labels --clock recording"
        )
    return [(path, round(1000 * length_s(path))) for path in paths]
