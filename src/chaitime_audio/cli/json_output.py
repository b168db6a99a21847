"""What ``--json`` prints: one object, whose shape docs/schema/ describes and tests hold.

Fields are only ever added while `SCHEMA` stays; whoever reads it passes over those they do not know.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from ..domain.episode import Episode
    from ..pipeline.publish import Published

SCHEMA = 1
Command = TypeVar("Command", bound=Callable[..., Any])


def json_option(command: Command) -> Command:
    """Add ``--json`` to a command that reports."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs (docs/schema).")(
        command
    )


def print_json(data: Mapping[str, Any]) -> None:
    """Print an object with the number of its schema."""
    click.echo(json.dumps({"schema": SCHEMA, **data}, ensure_ascii=False, indent=1, allow_nan=False))


def finite(number: float) -> float | None:
    """A figure rounded to hundredths; None for silence, which has no loudness."""
    return round(number, 2) if isfinite(number) else None


def paths(found: tuple[Path, ...]) -> list[str]:
    """Paths as text, in order."""
    return [str(path) for path in found]


def plain_episode(episode: Episode, published: Published, folder: Path) -> dict[str, Any]:
    """What ``chaitime process --json`` says of an episode that was made."""
    loud = episode.master.loudness
    return {
        "folder": str(folder),
        "title": episode.title,
        "language": episode.language,
        "duration_ms": episode.master.duration_ms,
        "lufs": finite(loud.integrated_lufs),
        "speakers": [
            {"label": one.label, "name": one.person.name, "named": one.named, "talk_ms": one.talk_ms}
            for one in episode.cast.voices
        ],
        "questions_asked": sum(one.asks for one in episode.post),
        "chapters": [
            {"start_ms": episode.timeline.published(one.start_ms), "title": one.title}
            for one in episode.chapters
        ],
        "files": paths(published.files),
        "edited": paths(published.edited),
        "warnings": list(episode.warnings),
        "questions": list(episode.questions),
    }
