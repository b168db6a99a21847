"""What a batch tells while it runs: values that a view shows, a script reads, and a report keeps.

``path`` is `Found.path` everywhere: the bare recording, else the episode's folder.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from .search import Found

State = Literal["done", "up to date", "skipped", "failed"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What a run would do with an episode.

    ``what`` is one phrase for a person: ``new``, ``up to date``, or the first stage to be made and
    why. ``sound_ms`` is the length of its recording as far as it is known without decoding,
    else a guess from its size; 0 when there is nothing to do.
    """

    found: Found
    what: str
    to_do: bool
    sound_ms: int = 0


@dataclass(frozen=True, slots=True)
class Planned:
    """The batch is about to begin with these, in this order."""

    plans: tuple[Plan, ...]


@dataclass(frozen=True, slots=True)
class Begun:
    """An episode's turn has come; ``retry`` when a worker died in it before."""

    path: Path
    retry: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A stage of an episode: state is as in `artifacts.Watch`, ``share`` 0 to 1 of that stage."""

    path: Path
    stage: str
    state: str
    share: float


@dataclass(frozen=True, slots=True)
class SetAside:
    """An episode lost its worker; it is tried once more when the others are through."""

    path: Path
    reason: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one episode ended; ``reason`` is one line, empty when all is well.

    ``folder`` is the episode's folder once there is one, ``seconds`` wall time, ``sound_ms`` the
    length and ``lufs`` the loudness of the MP3; ``speakers`` are names as published. What is not
    known is 0 or empty.
    """

    path: Path
    state: State
    reason: str
    seconds: float
    sound_ms: int = 0
    lufs: float = 0.0
    speakers: tuple[str, ...] = ()
    warnings: tuple[str, ...] = ()
    retried: bool = False
    folder: Path | None = None


@dataclass(frozen=True, slots=True)
class Stopping:
    """The batch was asked to stop and still waits: for the hook called so, or for what ends by itself."""

    hook: str


Event = Planned | Begun | Moved | SetAside | Outcome | Stopping
Tell = Callable[[Event], None]
"""Called from several threads, one at a time."""
