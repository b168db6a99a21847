"""``chaitime publish``: send what is published to where the web takes it from."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.text import printable
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...delivery.files import Sendable
    from ...delivery.sending import Delivery, Plan
    from ...pipeline.registry import Registry


@click.command()
@click.argument("source", type=click.Path(path_type=Path), metavar="EPISODE|FOLDER")
@click.option("--to", "place", required=True, metavar="NAME", help="Where to: a name in [publish] targets.")
@click.option("--dry-run", is_flag=True, help="Say what would be sent, and send nothing.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(source: Path, place: str, dry_run: bool, as_json: bool, config: Path | None, quiet: bool) -> None:
    """Send a site that `chaitime feed` made, or one episode, to a folder or by rclone.

    Nothing is sent twice: a receipt beside the files holds their sums. What changed since is sent again
    and named. Nothing is ever deleted there. The feed is sent last.
    """
    from ...delivery.places import place_for
    from ...delivery.receipt import receipt_of
    from ...delivery.sending import planned, send

    files, home, registry = _files(source, config)
    target = place_for(place, dict(registry.settings.publish.targets), registry.folder)
    receipt = receipt_of(home, place)
    plan = planned(files, target, receipt)
    if not dry_run:
        send(plan, target, receipt, lambda one: None if quiet or as_json else _tell(one))
    elif not (quiet or as_json):
        for one in plan.due:
            _tell(one)
    if as_json:
        print_json(_plain(plan, sent=not dry_run))
    elif not quiet:
        _sum_up(plan, dry_run)


def _files(source: Path, config: Path | None) -> tuple[tuple[Sendable, ...], Path, Registry]:
    """What there is to send, where its receipt lies, and the settings of the show."""
    from ...delivery.files import episode_files, site_files
    from ...pipeline.run import registry_for
    from ...project.episode_folder import EpisodeFolder
    from ..opening import opened

    folder = EpisodeFolder(source)
    if folder.brief.is_file() or folder.source.is_dir():
        with opened(source, config, -1) as made:
            found = episode_files(made.folder.out, made.episode.slug)
            return found, made.folder.path, made.registry
    return site_files(source), source, registry_for(folder, config)


def _tell(one: Delivery) -> None:
    click.echo(printable(f"{one.state:<13} {one.file.name}  {one.file.size_bytes / 1e6:.1f} MB", " "))


def _sum_up(plan: Plan, dry_run: bool) -> None:
    changed = [one.file.name for one in plan.due if one.state == "changed"]
    verb = "would be sent" if dry_run else "sent"
    same = len(plan.deliveries) - len(plan.due)
    click.echo(f"{len(plan.due)} files {verb}, {same} are there already", err=True)
    if changed:
        click.echo(f"changed since they were sent: {', '.join(changed)}", err=True)
    if plan.gone:
        click.echo(f"no longer here, left there: {', '.join(plan.gone)}", err=True)


def _plain(plan: Plan, *, sent: bool) -> dict[str, object]:
    """What ``--json`` prints."""
    rows = [
        {
            "name": one.file.name,
            "state": one.state,
            "size_bytes": one.file.size_bytes,
            "sha256": one.file.sha256,
        }
        for one in plan.deliveries
    ]
    return {"sent": sent, "files": rows, "gone": list(plan.gone)}
