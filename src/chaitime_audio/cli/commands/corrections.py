"""``chaitime corrections``: what was decided about an episode, by whom and when; take it back, add to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ..command_group import CommandGroup
from ..json_output import json_option, print_json

if TYPE_CHECKING:
    from ...domain.correction import Correction
    from ...project.decisions import Decided
    from ...project.journal import Entry

MOST_SHOWN = 6
"""So many lines of a change are listed."""
_BESIDE = ("[[", "#", "id =", "author =")
_EPISODE = click.argument("episode", type=click.Path(path_type=Path), metavar="EPISODE")
_CONFIG = click.option("--config", type=click.Path(path_type=Path), help="Configuration to use.")
_AUTHOR = click.option("--author", default="you", show_default=True, help="Who decides.")


@click.group(cls=CommandGroup)
def command() -> None:
    """Manage the decisions made about an episode: list, add, undo, redo, revert.

    Corrections of programs stand in corrections.toml, their history in journal.jsonl; what you wrote into
    episode.toml goes first and is not touched. The texts are written again at once; no engine runs.
    """


@command.command("list")
@_EPISODE
@json_option
def list_decisions(episode: Path, as_json: bool) -> None:
    """Show who decided what, when, with the text before and after."""
    from ...domain.text import terminal
    from ...project.corrections_text import plain_of
    from ...project.episode_file import read_brief
    from ...project.journal import read_journal
    from ..opening import folder_at

    folder = folder_at(episode)
    journal = read_journal(folder.path)
    if as_json:
        standing = [plain_of(item) for item in read_brief(folder).corrections]
        history = [_plain(entry) for entry in journal.entries]
        print_json({"corrections": standing, "history": history})
        return
    for entry in journal.entries:
        undone = "  (undone)" if entry.number in journal.undone else ""
        ids = ",".join(entry.ids)
        line = f"{entry.number:>4}  {entry.at[:16]}  {entry.author:<12} {ids:<8} {entry.said}{undone}"
        for text in (line, *_changed(entry)):
            click.echo(terminal(text, " "))
    own = sum(not item.id for item in read_brief(folder).corrections)
    click.echo(f"{len(journal.entries)} decided by programs, {own} in episode.toml", err=True)


def _changed(entry: Entry) -> Iterator[str]:
    """What an entry took out of the file and put into it; ids and authors stand in the line above."""
    for sign, text in (("-", entry.patch.old), ("+", entry.patch.new)):
        lines = [line for line in text.splitlines() if line.strip() and not line.startswith(_BESIDE)]
        yield from (f"      {sign} {line}" for line in lines[:MOST_SHOWN])
        if len(lines) > MOST_SHOWN:
            yield f"      {sign} and {len(lines) - MOST_SHOWN} lines more (--json has them)"


def _plain(entry: Entry) -> dict[str, object]:
    told = {"number": entry.number, "at": entry.at, "author": entry.author, "what": entry.what}
    return {**told, "ids": entry.ids, "said": entry.said, "before": entry.patch.old, "after": entry.patch.new}


@command.command("add")
@_EPISODE
@click.argument("toml", required=False)
@click.option("--cut", "quote", multiple=True, metavar="QUOTE", help="Cut what is said; twice: from, to.")
@_AUTHOR
@_CONFIG
def add(episode: Path, toml: str | None, quote: tuple[str, ...], author: str, config: Path | None) -> None:
    """Add a correction, written as in episode.toml: 'find = "Alcova", replace = "Okafor"'.

    Separate several keys with commas. docs/corrections.md has every kind. A cut given by its words (--cut)
    leaves the words beside it whole: it begins and ends in the quiet between.
    """
    from ...errors import UsageError
    from ...pipeline.deciding import carrying_words, cut_of
    from ...pipeline.run import registry_for
    from ...project.decisions import decide
    from ...project.glossary_file import learn
    from ..opening import folder_at

    if (toml is None) is (not quote) or len(quote) > 2:
        raise UsageError('add takes one correction: in TOML, or --cut "what is said" (twice: from, to)')
    folder = folder_at(episode)
    registry = registry_for(folder, config)
    given = [cut_of(quote, folder, registry)] if toml is None else [_read(toml)]
    decided = decide(folder, carrying_words(given, folder, registry), author)
    for sentence in (*decided.declined, *learn(registry.folder, given)):
        click.echo(sentence, err=True)
    _told(episode, config, decided)


def _read(text: str) -> Correction:
    import tomllib

    from ...domain.correction import Correction
    from ...errors import UsageError
    from ...project.serialization import from_plain

    try:
        plain = tomllib.loads(f"correction = {{ {text} }}")["correction"]
    except (ValueError, RecursionError) as cause:
        raise UsageError(f'“{text}” is not a correction; write find = "…", replace = "…"') from cause
    return from_plain(Correction, plain, "the correction")


@command.command("undo")
@_EPISODE
@_AUTHOR
@_CONFIG
def undo_last(episode: Path, author: str, config: Path | None) -> None:
    """Undo the last decision."""
    from ...project.decisions import undo
    from ..opening import folder_at

    _told(episode, config, undo(folder_at(episode), author))


@command.command("redo")
@_EPISODE
@_AUTHOR
@_CONFIG
def redo_last(episode: Path, author: str, config: Path | None) -> None:
    """Redo the decision that was undone last."""
    from ...project.decisions import redo
    from ..opening import folder_at

    _told(episode, config, redo(folder_at(episode), author))


@command.command("revert")
@_EPISODE
@click.argument("correction", metavar="ID")
@_AUTHOR
@_CONFIG
def revert_one(episode: Path, correction: str, author: str, config: Path | None) -> None:
    """Revert one correction by its id, whatever was decided after it."""
    from ...project.decisions import revert
    from ..opening import folder_at

    _told(episode, config, revert(folder_at(episode), correction, author))


def _told(episode: Path, config: Path | None, decided: Decided) -> None:
    """Say what was decided and what will not come of it; texts are written where nothing slow is needed."""
    from ...domain.text import terminal
    from ...errors import NotMadeError
    from ...pipeline.deciding import publish_kept
    from ...pipeline.run import registry_for
    from ..opening import folder_at

    click.echo(terminal(decided.entry.said, " "))
    folder = folder_at(episode)
    try:
        with folder.run_lock():
            made, published = publish_kept(folder, registry_for(folder, config))
    except NotMadeError as missing:
        click.echo(f"{missing.stage} has to be made again: chaitime process {episode}", err=True)
        return
    for path in published.edited:
        click.echo(f"{path.name} was edited by hand and stays; new: {path.name}.new", err=True)
    for sentence in made.episode.warnings:
        if sentence.startswith("correction ") or "has not worded" in sentence:
            click.echo(f"note: {sentence}", err=True)
