"""``chaitime import``: bring a transcript back that somebody edited elsewhere."""
# ruff: noqa: N999 - a command is called as its file is

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ...domain.imported import CHANGE_KINDS
from ...errors import LockedError
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...pipeline.bring_in import Brought
    from ...pipeline.run import OpenEpisode
    from ...project.decisions import Seen
    from ...project.renaming import Wish


@click.command()
@click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
@click.argument("file", type=click.Path(path_type=Path), metavar="FILE")
@click.option("--dry-run", is_flag=True, help="Show what would be done, and write nothing.")
@click.option("--only", metavar="KINDS", help=f"Take over some kinds only: {', '.join(CHANGE_KINDS)}.")
@click.option("--now", is_flag=True, help="Compare with the text as it is, not as FILE had it.")
@click.option("--rename", is_flag=True, help="Give people the names they have in FILE, too.")
@click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
@json_option
@click.option("-q", "--quiet", is_flag=True, help="Print errors only.")
def command(
    episode: Path,
    file: Path,
    dry_run: bool,
    only: str | None,
    now: bool,
    rename: bool,
    config: Path | None,
    as_json: bool,
    quiet: bool,
) -> None:
    """Bring back what somebody changed in a transcript of EPISODE.

    FILE is one of the episode's own files, edited: .vtt, .srt, .transcript.json, .md, .txt, or a Word
    document; or a guest's file of requests (JSON). It is compared with the text it was made from. What
    differs becomes corrections in corrections.toml; what cannot be placed is listed. A FILE nobody edited
    changes nothing.
    """
    from ...formats import Templates
    from ...pipeline.import_base import bring_in_since
    from ...pipeline.publish import publish
    from ...pipeline.renaming import wishes
    from ...project.decisions import look
    from ..import_view import kinds_of, plain_of, show
    from ..opening import opened

    kinds, strikes = kinds_of(only)
    with opened(episode, config, -1) as made:
        seen = look(made.folder)
        if seen.stamp != made.read:
            raise LockedError(f"{made.folder.path} was changed meanwhile; run this again")
        found = bring_in_since(
            made,
            file,
            seen,
            kinds=kinds,
            strikes=strikes,
            now=now,
            templates=Templates(made.registry.templates),
        )
        if as_json:
            print_json(plain_of(found, written=not dry_run))
        elif not quiet or dry_run:
            show(found, renaming=rename, dry_run=dry_run)
        renames = {one.label: one.new for one in found.plan.renames if rename}
        wished = wishes(made.episode, renames, {}) if renames else []
        if dry_run or not (found.corrections or wished):
            return
        _write(made, found, wished, f"import {file.name}", seen)
    with opened(episode, config, -1) as made:
        for path in publish(made.episode, made.folder, made.registry, made.artifacts).edited:
            click.echo(f"{path.name} was edited by hand and stays; new: {path.name}.new", err=True)


def _write(made: OpenEpisode, found: Brought, wished: list[Wish], author: str, seen: Seen) -> None:
    """Corrections first, with the words they are made for; then names; each a change of the journal."""
    from ...domain.text import terminal
    from ...editorial.corrections.matching import with_said
    from ...project.decisions import decide, rewrite
    from ...project.renaming import applied

    if found.corrections:
        author = found.corrections[0].author
        heard = made.episode.recorded
        told = with_said(found.corrections, heard.transcript.words if heard else ())
        decided = decide(made.folder, told, author, seen)
        seen = decided.seen
        for sentence in decided.declined:
            click.echo(terminal(sentence, " "), err=True)
    if wished:
        said = ", ".join(f"{one.old} is {one.name}" for one in wished)
        rewrite(made.folder, lambda text: applied(text, wished), said, author, seen)
