"""``chaitime feed``: the feed and the site of a show, from its episode folders."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ..json_output import json_option, print_json


@click.command()
@click.argument("folder", type=click.Path(path_type=Path), default=Path("episodes"), required=False)
@click.option("--out", type=click.Path(path_type=Path), help="Where to write; site/ beside the episodes.")
@click.option("--base-url", default="", help="Address it will have on the web; else show.media_url.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print the feed's path only.")
def command(
    folder: Path, out: Path | None, base_url: str, config: Path | None, as_json: bool, quiet: bool
) -> None:
    """Build or update feed.xml and a static site from the episodes in FOLDER.

    Put the folder it writes on any web host, or open its index.html. Episodes go in as they were made; any
    that are not made yet are named and left out. So are broken ones; the exit code is then 5.
    """
    from ...errors import BatchFailedError, UsageError
    from ...pipeline.run import registry_for
    from ...project.episode_folder import EpisodeFolder
    from ...site.feed import FEED_NAME
    from ...site.members import members
    from ...site.publish_site import publish_site

    found = members(folder, config, _counted if sys.stderr.isatty() and not quiet else lambda *_: None)
    for item in found.left_out:
        click.echo(item, err=True)
    target = out or folder.resolve().parent / "site"
    if target.resolve() == folder.resolve():
        raise UsageError(f"{target} holds the episodes; give the site another folder with --out")
    registry = registry_for(EpisodeFolder(folder), config)
    if registry.ignored:
        click.echo(registry.ignored, err=True)
    shelved = publish_site(registry, found, target, base_url)
    if not (quiet or as_json):
        for note in shelved.notes:
            click.echo(note, err=True)
        count = len(found.found)
        click.echo(f"{count} episode{'s' * (count != 1)}, {shelved.changed} files new or changed", err=True)
    if as_json:
        left = [{"name": one.name, "why": one.why, "broken": one.broken} for one in found.left_out]
        made = {
            "feed": str(shelved.folder / FEED_NAME),
            "episodes": len(found.found),
            "changed": shelved.changed,
        }
        print_json({**made, "notes": list(shelved.notes), "left_out": left})
    else:
        click.echo(shelved.folder / FEED_NAME)
    if shelved.lost:
        names = ", ".join(item.name for item in shelved.lost)
        raise BatchFailedError(f"not in the feed: {names}; mend that before you publish it")


def _counted(count: int, total: int) -> None:
    """A line that tells how far the reading is, and is gone when it is done."""
    shown = f"reading episode {count} of {total}"
    click.echo(f"\r{shown}" + (f"\r{' ' * len(shown)}\r" if count == total else ""), nl=False, err=True)
