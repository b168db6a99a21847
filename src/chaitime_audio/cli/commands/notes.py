"""``chaitime notes``: chapters and show notes of an episode, ready to paste into a platform's form."""

from __future__ import annotations

from pathlib import Path

import click

from ... import formats
from ...formats import NOTES

PLATFORMS = {"web": "show_notes_md"} | {
    name.removeprefix(NOTES): name for name in formats.format_names() if name.startswith(NOTES)
}


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.option(
    "--for", "platform", type=click.Choice([*PLATFORMS, "all"]), default="web", help="Where it is pasted."
)
@click.option("--list", "listing", is_flag=True, help="Print the notes as data: yours, and found.")
@click.option("--set", "toml", metavar="TOML", help="Write fields of [notes]: 'titles = [\"…\"]'.")
@click.option("--found", metavar="FIELD", help="Return a field to what is found.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@click.option("-q", "--quiet", is_flag=True, help="Print the notes and errors only.")
def command(
    episode: Path,
    platform: str,
    listing: bool,
    toml: str | None,
    found: str | None,
    config: Path | None,
    quiet: bool,
) -> None:
    """Print show notes for a platform, and keep them in out/notes/.

    Only the text goes to stdout, so that you can pipe it into the clipboard; stderr says where the file is.
    `editor` is for you: titles to choose from, clips to cut, names without a link. `all` writes every one and
    prints none. Every later run keeps a file that you asked for up to date, until you remove it.

    With --list, --set or --found the notes are data: what you write under [notes] in episode.toml comes
    before what is found, in every text. It is undone as corrections are: chaitime corrections undo.
    """
    if listing or toml is not None or found is not None:
        from ..note_editing import change_notes, list_notes

        if toml is not None or found is not None:
            change_notes(episode, config, toml, found)
        if listing:
            list_notes(episode, config)
        return
    from ...pipeline.publish import publish
    from ..opening import opened

    names = [PLATFORMS[platform]] if platform in PLATFORMS else list(PLATFORMS.values())
    with opened(episode, config, -1 if quiet else 0) as made:
        published = publish(made.episode, made.folder, made.registry, made.artifacts, frozenset(names))
        own = formats.Templates(made.registry.templates)
        files = [made.folder.out / formats.file_name(name, made.episode, own) for name in names]
    written = [path for path in files if path in published.files]
    if platform in PLATFORMS and not written:
        click.echo(f"this episode has nothing for {platform}", err=True)
    for path in written:
        edited = path in published.edited
        shown = path.with_name(path.name + ".new") if edited and _news(path) else path
        if platform in PLATFORMS:
            click.echo(shown.read_text(encoding="utf-8-sig", errors="replace"), nl=False)
        if not quiet:
            note = "; you have edited it, so it stays as it is" if edited else ""
            click.echo(f"{path}{note}", err=True)


def _news(path: Path) -> bool:
    """Whether a newer text lies beside a file that a person has edited."""
    return path.with_name(path.name + ".new").is_file()
