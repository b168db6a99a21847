"""``chaitime glossary``: how the show writes its names and terms, and what that changes in older episodes."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_args

import click

from ...domain.correction import Term, TermKind
from ...errors import UsageError
from ..command_group import CommandGroup
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...pipeline.glossary_diff import GlossaryDiff

_CONFIG = click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")


@click.group(cls=CommandGroup)
def command() -> None:
    """Manage how your show writes names and terms: add, list, apply to older episodes.

    They stand in glossary.toml beside your configuration; your comments there are kept.
    """


@command.command("add")
@click.argument("spelling")
@click.option("--heard", multiple=True, help="How it is misheard; may be repeated.")
@click.option("--link", default="", help="Address for the first mention.")
@click.option("--kind", type=click.Choice([kind for kind in get_args(TermKind) if kind]), help="What it is.")
@click.option("--note", default="", help="For whoever edits.")
@click.option("--instead-of", default="", metavar="SPELLING", help="The spelling that this one replaces.")
@click.option(
    "--from",
    "episode",
    type=click.Path(path_type=Path),
    metavar="EPISODE",
    help="Learn what is misheard from this episode's corrections to SPELLING.",
)
@_CONFIG
def add(
    spelling: str,
    heard: tuple[str, ...],
    link: str,
    kind: TermKind | None,
    note: str,
    instead_of: str,
    episode: Path | None,
    config: Path | None,
) -> None:
    """Write SPELLING into the glossary, or add to what stands there."""
    from ...project.glossary_file import add_term

    spelling = " ".join(spelling.split())
    if episode:
        heard = (*heard, *_corrected(episode, spelling))
    try:
        term = Term(spelling, heard, link, kind or "", note)
    except ValueError as problem:
        raise UsageError(str(problem)) from problem
    before = add_term(_home(config), term, instead_of)
    if before is None:
        click.echo(f"added: {_shown(term)}")
    else:
        click.echo(f"was: {_shown(before)}")
    click.echo("older episodes: chaitime glossary apply FOLDER --dry-run", err=True)


def _corrected(episode: Path, spelling: str) -> tuple[str, ...]:
    """What an episode's corrections replace by a spelling. Raises UsageError when nothing is."""
    from ...project.episode_file import read_brief
    from ..opening import folder_at

    found: list[str] = []
    for item in read_brief(folder_at(episode)).corrections:
        if item.replace == spelling:
            found.append(item.find)
        elif item.spelling == spelling:
            found += item.heard
    if not found:
        raise UsageError(f"no correction in {episode} writes “{spelling}”")
    return tuple(dict.fromkeys(found))


@command.command("list")
@_CONFIG
@json_option
def list_terms(config: Path | None, as_json: bool) -> None:
    """Show every term: its spelling, what it was written as before, its link."""
    from ...domain.text import terminal
    from ...project.glossary_file import read_glossary
    from ...project.serialization import plain

    terms = read_glossary(_home(config))
    if as_json:
        print_json({"terms": plain(terms)})
        return
    for term in terms:
        click.echo(terminal(_shown(term)))


def _shown(term: Term) -> str:
    parts = [f"{term.spelling} ({term.kind})" if term.kind else term.spelling]
    parts += [f"heard as {', '.join(term.heard)}" if term.heard else "", term.link]
    return " · ".join(filter(None, parts))


@command.command("apply")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="Show what would change, and write nothing.")
@click.option("--yes", is_flag=True, help="Write without asking.")
@json_option
@_CONFIG
def apply(folder: Path, dry_run: bool, yes: bool, as_json: bool, config: Path | None) -> None:
    """Show what the glossary changes in the episodes below FOLDER, and write their texts again.

    Nothing is listened to again. Without a terminal, --yes is needed to write.
    """
    from ...pipeline.publish import publish
    from ..opening import opened

    diffs = _diffs(folder, config, silent=as_json)
    changed = [path for path, found in diffs if found.changes]
    if as_json and (dry_run or not changed):
        print_json(_plain(diffs, written=[]))
        return
    if dry_run or not changed:
        click.echo(f"{len(changed)} episodes would change; nothing was written", err=True)
        return
    if not yes:
        if not sys.stdin.isatty():
            raise UsageError("nothing was written; add --yes to write it")
        click.confirm(f"write the texts of {len(changed)} episodes again?", abort=True, err=True)
    for path in changed:
        with opened(path, config, -1) as made:
            kept = publish(made.episode, made.folder, made.registry, made.artifacts).edited
        if not as_json:
            click.echo(str(path))
        for edited in kept:
            click.echo(f"{edited.name} was edited by hand and stays; new: {edited.name}.new", err=True)
    if as_json:
        print_json(_plain(diffs, written=changed))


def _plain(diffs: list[tuple[Path, GlossaryDiff]], written: list[Path]) -> dict[str, Any]:
    """What would change, or did, as JSON; times run in the recording."""
    rows = [
        {
            "path": str(path),
            "changes": [
                {"at_ms": one.at_ms, "before": one.before, "after": one.after} for one in found.changes
            ],
            "others": found.others,
            "written": path in written,
        }
        for path, found in diffs
    ]
    return {"episodes": rows}


def _diffs(folder: Path, config: Path | None, *, silent: bool) -> list[tuple[Path, GlossaryDiff]]:
    """Each made episode below a folder with what would change in it, printed on the way unless ``silent``."""
    from ...batch import find
    from ...errors import ChaitimeError
    from ...pipeline.glossary_diff import glossary_diff
    from ...pipeline.run import RunOptions, open_episode, registry_for

    out = []
    for item in find(folder):
        if item.recording or item.problem:
            continue
        try:
            registry = registry_for(item.folder, config)
            with open_episode(item.folder, registry, RunOptions(only_kept=True)) as made:
                found = glossary_diff(made)
        except ChaitimeError as problem:
            click.echo(f"{item.path}: left alone: {problem}", err=True)
            continue
        if found is None:
            click.echo(f"{item.path}: left alone: no transcript was published", err=True)
            continue
        if not silent:
            _tell(item.path, found)
        out.append((item.path, found))
    return out


def _tell(path: Path, found: GlossaryDiff) -> None:
    from ...domain.text import quoted, terminal
    from ...domain.timecode import clock

    for one in found.changes:
        click.echo(terminal(f"{path}: {clock(one.at_ms)} {quoted(one.before)} → {quoted(one.after)}"))
    if found.changes and found.others:
        click.echo(f"{path}: {found.others} other differences from what was published", err=True)


def _home(config: Path | None) -> Path:
    """The folder of the configuration named, or of the nearest one."""
    from ...project.settings import find_config

    path = config or find_config(Path.cwd())
    if path is None or not path.is_file():
        raise UsageError("no configuration here; go to the folder of your show, or name one with --config")
    return path.resolve().parent
