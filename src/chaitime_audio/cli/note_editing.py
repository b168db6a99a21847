"""What ``chaitime notes`` does to the notes as data: list, set, give back to what is found."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from ..domain.episode import Episode
from ..domain.own_notes import NOTE_FIELDS, NoteField, OwnNotes
from ..domain.text import terminal
from ..domain.timecode import exact_clock
from ..editorial.notes.own import find_quote
from ..errors import UsageError
from ..pipeline.publish import publish
from ..project.episode_folder import EpisodeFolder
from ..project.own_notes import release_notes, set_notes
from ..project.serialization import from_plain, nearest
from .opening import folder_at, opened

AUTHOR = "you"


def list_notes(path: Path, config: Path | None) -> None:
    """Print every field of the notes, whose it is, and its parts with their numbers and times."""
    with opened(path, config, -1) as made:
        for text in _listed(made.episode):
            click.echo(terminal(text, " "))


def change_notes(path: Path, config: Path | None, toml: str | None, found: str | None) -> None:
    """Set fields as TOML has them, or give one back to what is found; the texts are written again at once.

    Raises UsageError for what is no field, ConfigError for a value that a field cannot have.
    """
    folder = folder_at(path)
    if toml is not None:
        for name, value in _read(toml).items():
            told = _with_places(folder, config, value) if name == "quotes" else value
            click.echo(terminal(set_notes(folder, name, told, AUTHOR).entry.said, " "))
    if found is not None:
        click.echo(release_notes(folder, _field(found), AUTHOR).entry.said)
    with opened(path, config, -1) as made:
        published = publish(made.episode, made.folder, made.registry, made.artifacts)
    for file in published.edited:
        click.echo(f"{file.name} was edited by hand and stays; new: {file.name}.new", err=True)
    for sentence in made.episode.warnings:
        if sentence.startswith(("quote ", "clip ")):
            click.echo(f"note: {terminal(sentence, ' ')}", err=True)


def _read(toml: str) -> dict[NoteField, Any]:
    try:
        told = tomllib.loads(toml)
    except (ValueError, RecursionError) as cause:
        raise UsageError(f'“{toml}” is not TOML; write titles = ["…", "…"]') from cause
    fields = {_field(name): value for name, value in told.items()}
    texts = {name: value for name, value in fields.items() if name != "quotes"}
    from_plain(OwnNotes, texts, "the notes")
    return fields


def _field(name: str) -> NoteField:
    for known in NOTE_FIELDS:
        if name == known:
            return known
    raise UsageError(f"the notes have {', '.join(NOTE_FIELDS)}, no {name}{nearest(name, NOTE_FIELDS)}")


def _with_places(folder: EpisodeFolder, config: Path | None, value: Any) -> Any:
    """Quotes, those that are told by their words alone with the times at which the post has these."""
    if not isinstance(value, list) or not any(isinstance(item, str) for item in value):
        return value
    with opened(folder.path, config, -1) as made:
        return [_placed(made.episode, item) if isinstance(item, str) else item for item in value]


def _placed(episode: Episode, text: str) -> dict[str, str]:
    quote = find_quote(text, episode.post)
    if quote is None:
        raise UsageError(f"“{text}” does not stand in the post; a quote is what was said, as it is printed")
    start, end = exact_clock(quote.span.start_ms), exact_clock(quote.span.end_ms)
    return {"start": start, "end": end, "text": quote.text}


def _listed(episode: Episode) -> Iterator[str]:
    notes = episode.notes
    quotes = [(item.span.start_ms, item.text) for item in notes.quotes]
    clips = [(item.span.start_ms, item.title) for item in notes.soundbites]
    parts: dict[NoteField, list[str]] = {
        "summary": [notes.summary] if notes.summary else [],
        "titles": list(notes.titles),
        "claims": list(notes.claims),
        "quotes": [f"{exact_clock(at)} {text}" for at, text in quotes],
        "clips": [f"{exact_clock(at)} {text}" for at, text in clips],
        "links": [f"{link.title}: {link.url}" for link in notes.links],
    }
    for name, lines in parts.items():
        yield f"{name} ({'yours' if name in notes.own else 'found'}): {'none' if not lines else len(lines)}"
        yield from (f"{number:>4}  {text}" for number, text in enumerate(lines, 1))
