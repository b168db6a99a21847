"""``chaitime fsck``: whether kept episodes are whole, byte for byte, and what can be mended."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.text import printable
from ..json_output import SCHEMA

if TYPE_CHECKING:
    from ...project.episode_folder import EpisodeFolder
    from ...upkeep import Finding

DAMAGED = 7
MARKS = {"lost": "LOST", "mendable": "torn", "remade": "stale", "note": "note"}


@click.command()
@click.argument("path", type=click.Path(path_type=Path), metavar="EPISODE|FOLDER")
@click.option("--repair", is_flag=True, help="Mend what can be mended without guessing.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object an episode, for scripts.")
def command(path: Path, repair: bool, as_json: bool) -> int:
    """Verify receipts, sums, times and files of an episode, or of every episode below a folder.

    Reads every byte with a known checksum, recordings too, so that you learn of a failing disk before it
    spoils your backup. Nothing a person made is ever removed: --repair renames what is damaged to
    NAME.damaged, and the next run makes it again. Exits with 7 when something lost or torn was not mended.
    """
    left = 0
    for folder in _episodes(path):
        found = _mended(folder) if repair else _examined(folder)
        left += sum(one.level in ("lost", "mendable") for one in found)
        if as_json:
            rows = [asdict(one) for one in found]
            row = {"schema": SCHEMA, "path": str(folder.path), "findings": rows}
            click.echo(json.dumps(row, ensure_ascii=False))
        else:
            _show(folder, found)
    return DAMAGED if left else 0


def _episodes(path: Path) -> tuple[EpisodeFolder, ...]:
    """The episode at a path, or all below it. Raises UsageError where there is none."""
    from ...errors import UsageError
    from ...project import finder
    from ...project.episode_folder import EpisodeFolder

    one = EpisodeFolder(path)
    if one.brief.exists() or one.record.exists():
        return (one,)
    below = finder.below(path) if path.is_dir() else ()
    found = tuple(EpisodeFolder(item) for item in below if item.is_dir())
    if not found:
        raise UsageError(f"there is no episode at {path}")
    return found


def _examined(folder: EpisodeFolder) -> tuple[Finding, ...]:
    from ...upkeep import examine

    return examine(folder)


def _mended(folder: EpisodeFolder) -> tuple[Finding, ...]:
    """What is left after mending; what was mended is said on the way."""
    from ...upkeep import examine, mend

    with folder.run_lock():
        for done in mend(folder, examine(folder)):
            click.echo(printable(f"mended {folder.path}: {done.where}: {done.said}", " "), err=True)
        return examine(folder)


def _show(folder: EpisodeFolder, found: tuple[Finding, ...]) -> None:
    counts = Counter[str](one.level for one in found)
    summed = ", ".join(f"{counts[level]} {mark}" for level, mark in MARKS.items() if counts[level])
    click.echo(printable(f"{folder.path}: {summed or 'whole'}", " "))
    for one in found:
        advice = f" – {one.advice}" if one.advice else ""
        click.echo(printable(f"  {MARKS[one.level]:<5} {one.where:<28} {one.said}{advice}", " "))
