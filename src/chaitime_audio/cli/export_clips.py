"""``chaitime export clips``: short films and sounds of what was said."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..domain.text import printable
from ..domain.timecode import clock, parse_clock
from ..errors import ConfigError, UsageError
from .exporting import Asked, shared, told

if TYPE_CHECKING:
    from PIL.Image import Image

    from ..exports.clips.making import Material
    from ..exports.clips.plan import Clip, Wish
    from ..pipeline.run import OpenEpisode

SHAPES = ("1:1", "9:16", "16:9")
_STRETCH = re.compile(r"([\d:.,]+)\s*[-–—]\s*([\d:.,]+)")


@click.command()
@shared
@click.option("--pick", "picks", type=int, multiple=True, metavar="N", help="A clip that the notes propose.")
@click.option("--at", "times", multiple=True, metavar="MM:SS-MM:SS", help="From when to when of the MP3.")
@click.option("--quote", "quotes", type=int, multiple=True, metavar="N", help="A quote of the notes.")
@click.option(
    "--shape", "shapes", type=click.Choice(SHAPES), multiple=True, help="Shape of the film; default: 1:1."
)
@click.option("--photo", type=click.Path(path_type=Path), help="Picture to show instead of the cover.")
@click.option("--sound-only", is_flag=True, help="MP3, M4A, captions and posts, no film.")
@click.option("--over-cuts", is_flag=True, help="Allow a clip to run over a cut of speech.")
@click.option("--list", "only_list", is_flag=True, help="Print clips and quotes to choose from; make none.")
def clips(
    asked: Asked,
    picks: tuple[int, ...],
    times: tuple[str, ...],
    quotes: tuple[int, ...],
    shapes: tuple[str, ...],
    photo: Path | None,
    sound_only: bool,
    over_cuts: bool,
    only_list: bool,
) -> None:
    """Clips of 15 to 90 s: whole sentences as MP3, M4A and film, captions in it word by word.

    Without --pick, --at or --quote, all that the notes propose. Beside each: SRT, VTT, and a text with
    alternative text and posts for each platform.
    """
    from ..exports.clips.making import check_letters, make_clip
    from ..exports.placing import ExportFolder
    from .opening import opened

    with opened(asked.episode, asked.config, -1) as made:
        if only_list:
            _show(made)
            return
        wished = _wished(made, picks, times, quotes)
        material = material_of(made, photo)
        planned = _planned(material, wished, over_cuts)
        wanted = () if sound_only else tuple(dict.fromkeys(shapes)) or SHAPES[:1]
        for clip in planned if wanted else ():
            check_letters(material, clip)
        folder = ExportFolder(asked.folder(made))
        for clip in planned:
            _announce(asked, clip)
            for path in make_clip(material, clip, wanted, folder):
                told(asked, path.name.removesuffix(".new"), path)


def material_of(made: OpenEpisode, photo: Path | None) -> Material:
    """What clips are made of. Raises ConfigError for a picture or a typeface that is none."""
    from ..exports.clips.making import Material
    from ..exports.faces import face_for
    from ..pipeline.stage_table import MASTER_FILE

    chosen = made.registry.settings.clips
    face = face_for(made.registry.file(chosen.typeface, "clips.typeface"))
    return Material(made.episode, made.folder.facts / MASTER_FILE, chosen, face, _pictures(made, photo))


def _pictures(made: OpenEpisode, photo: Path | None) -> Callable[[str], tuple[Image, bool]]:
    """What gives the picture of a voice: the photo that is named, the person's own, else the cover."""
    from PIL import Image

    from ..pipeline.artwork import cover_of
    from ..tagging.cover import check_picture

    if photo:
        given = check_picture(photo)
        return lambda _: (given, True)
    own = {one.name: one.photo for one in made.episode.brief.people}
    cover = Image.open(io.BytesIO(cover_of(made.registry, made.artifacts.files))).convert("RGB")

    def picture(label: str) -> tuple[Image.Image, bool]:
        name = own.get(made.episode.cast.name(label), "")
        if not name or "://" in name or not name.strip():
            return cover, False
        path = made.folder.home / name
        if not path.resolve().is_relative_to(made.folder.home.resolve()):
            raise ConfigError(f"{made.folder.brief}: photo = “{name}” is not in the episode's folder")
        return check_picture(path), True

    return picture


def _wished(
    made: OpenEpisode, picks: tuple[int, ...], times: tuple[str, ...], quotes: tuple[int, ...]
) -> list[Wish]:
    """What was asked for. Raises UsageError for what is not there, or no time."""
    from ..exports.clips.plan import wish_for_pick, wish_for_quote, wish_for_time

    if not (picks or times or quotes):
        picks = tuple(range(1, len(made.episode.notes.soundbites) + 1))
        if not picks:
            raise UsageError(
                f"the notes of {made.folder.path} propose no clip; choose a time: --at 12:40-13:25"
            )
    stretches = [_stretch(one) for one in times]
    return [
        *(wish_for_pick(made.episode, number) for number in picks),
        *(wish_for_time(start_ms, end_ms) for start_ms, end_ms in stretches),
        *(wish_for_quote(made.episode, number) for number in quotes),
    ]


def _stretch(text: str) -> tuple[int, int]:
    found = _STRETCH.fullmatch(text.strip())
    try:
        start_ms, end_ms = (parse_clock(part) for part in found.groups()) if found else (0, 0)
    except ValueError as cause:
        raise UsageError(f"--at {text}: {cause}") from cause
    if end_ms <= start_ms:
        raise UsageError(f"--at {text}: write it like 12:40-13:25, from when to when of the MP3")
    return start_ms, end_ms


def _planned(material: Material, wished: list[Wish], over_cuts: bool) -> list[Clip]:
    from ..exports.clips.plan import Limits, planned
    from ..exports.clips.sound import reader

    chosen = material.settings
    limits = Limits(round(1000 * chosen.shortest_s), round(1000 * chosen.longest_s))
    read = reader(material.master)
    return [planned(material.episode, wish, limits, read, over_cuts=over_cuts) for wish in wished]


def _announce(asked: Asked, clip: Clip) -> None:
    """Say what is made now, and how long it will be."""
    if not asked.quiet:
        start, end = clock(clip.span.start_ms), clock(clip.span.end_ms)
        length = f"{clip.span.duration_ms / 1000:.1f} s"
        click.echo(printable(f"{clip.name}: {start} to {end}, {length}: {clip.title}", " "), err=True)


def _show(made: OpenEpisode) -> None:
    """List what can be chosen, in times of the MP3."""
    bites = [("pick", one.span, one.label, one.title) for one in made.episode.notes.soundbites]
    quotes = [("quote", one.span, one.label, one.text) for one in made.episode.notes.quotes]
    for found in (bites, quotes):
        for number, (option, span, label, text) in enumerate(found, 1):
            at, length = clock(made.episode.timeline.published(span.start_ms)), span.duration_ms / 1000
            row = f"--{option} {number}  {at}  {length:>3.0f} s  {made.episode.cast.name(label)}: {text}"
            click.echo(printable(row, " "))
