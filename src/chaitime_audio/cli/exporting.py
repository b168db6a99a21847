"""What every kind of ``chaitime export`` takes and says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from .json_output import json_option, paths, print_json

if TYPE_CHECKING:
    from ..pipeline.run import OpenEpisode


@dataclass(frozen=True, slots=True)
class Asked:
    """What every kind of export is asked: of which episode, to which folder, by which configuration.

    ``written`` takes the files as they come.
    """

    episode: Path
    out: Path | None
    config: Path | None
    quiet: bool
    written: list[Path] = field(default_factory=list)

    def put(self, made: OpenEpisode, name: str, data: bytes) -> None:
        """Write one file, and say where it is."""
        from ..exports.placing import ExportFolder

        told(self, name, ExportFolder(self.folder(made)).put(name, data))

    def folder(self, made: OpenEpisode) -> Path:
        """Where files go."""
        from ..exports.placing import FOLDER

        return self.out or made.folder.path / FOLDER


def told(asked: Asked, name: str, path: Path) -> None:
    """Say where a file that was exported lies."""
    asked.written.append(path)
    if not asked.quiet:
        click.echo(str(path))
    if path.suffix == ".new":
        click.echo(f"{name} was edited by hand and stays; the new one is {path.name}", err=True)


def shared(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what every kind of export takes, handed on as one value: `Asked`."""

    @wraps(command)
    def asking(
        episode: Path, out: Path | None, config: Path | None, quiet: bool, as_json: bool, **more: Any
    ) -> Any:
        asked = Asked(episode, out, config, quiet or as_json)
        ended = command(asked, **more)
        if as_json:
            print_json({"files": paths(tuple(asked.written))})
        return ended

    taken: Callable[..., Any] = asking
    for option in (
        json_option,
        click.option("-q", "--quiet", is_flag=True, help="Print errors only."),
        click.option("--config", type=click.Path(path_type=Path), help="Configuration to use."),
        click.option(
            "--out", type=click.Path(path_type=Path), help="Folder to write to; default: exports/ of EPISODE."
        ),
        click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE"),
    ):
        taken = option(taken)
    return taken
