"""Events, names and a clock that the tests of views share."""

from __future__ import annotations

import io
from pathlib import Path

from rich.console import Console

from chaitime_audio.batch import Begun, Event, Found, Moved, Outcome, Plan, Planned
from chaitime_audio.cli.live_view import LiveView
from chaitime_audio.project.episode_folder import EpisodeFolder

HOSTILE = [
    "[red]bold[/red]",
    "a\x1b[31mb",
    "two\nlines",
    "x" * 300,
    "\u202eevil",
    "[/]",
    "%s{0}",
    "日本語" * 40,
    "e" + "\u0301" * 900,
    "half\udcff",
    "\x9b31m\x07",
]
NEVER = ("\u202e", "\x1b[31m", "\x9b", "\x07", "two\nlines", "\udcff", "\u0301" * 200)


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def planned(*names: str, sound_ms: int = 60_000) -> Planned:
    """A plan in which everything is to be made."""
    return Planned(
        tuple(Plan(Found(EpisodeFolder(Path("in") / name)), "new", True, sound_ms) for name in names)
    )


def story(name: str) -> list[Event]:
    """A short batch of one episode that fails."""
    path = Path("in") / name
    return [
        planned(name),
        Begun(path),
        Moved(path, "transcript", "started", 0.0),
        Moved(path, "transcript", "running", 0.4),
        Outcome(path, "failed", f"no speech in {name}", 3.0),
    ]


def picture(view: LiveView, width: int = 120) -> str:
    """What the live view would draw now."""
    page = Console(file=io.StringIO(), width=width)
    page.print(view.drawn())
    return page.file.getvalue()  # type: ignore[attr-defined, no-any-return]
