"""``chaitime render``: write the texts of an episode again, and show what cleaning changed."""

from __future__ import annotations

from pathlib import Path

import click

from ..json_output import json_option, paths, print_json


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.argument("formats", nargs=-1, metavar="[FORMAT]...")
@click.option("--show-edits", is_flag=True, help="Show what was left out or changed, and by which rule.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print only what was asked for, and errors.")
def command(
    episode: Path, formats: tuple[str, ...], show_edits: bool, config: Path | None, as_json: bool, quiet: bool
) -> None:
    """Write the texts in out/ again after an edit of episode.toml, the glossary or a template.

    FORMAT names outputs that are made on request only; `chaitime render EPISODE help` lists them.
    --show-edits prints every turn in which something was left out or changed, and writes the whole
    as edits.html.
    """
    from ...formats import Templates, chosen
    from ...pipeline.publish import publish
    from ...pipeline.run import registry_for
    from ..edit_list import show
    from ..opening import folder_at, opened

    templates = Templates(registry_for(folder_at(episode), config).templates)
    if formats == ("help",):
        for name in chosen((), templates):
            click.echo(name)
        return
    wanted = [*(chosen(formats, templates) if formats else ()), *(["edits_html"] if show_edits else ())]
    with opened(episode, config, -1 if quiet or as_json else 0) as made:
        published = publish(made.episode, made.folder, made.registry, made.artifacts, frozenset(wanted))
        found = made.episode
        edits = made.folder.out / "edits.html"
    if as_json:
        print_json({"files": paths(published.files), "edited": paths(published.edited)})
    elif show_edits:
        show(found)
        click.echo(f"the whole of it: {edits}", err=True)
    elif not quiet:
        for path in published.files:
            click.echo(str(path))
    for path in published.edited:
        click.echo(f"{path.name} was edited by hand and stays; the new one is {path.name}.new", err=True)
