"""What the series of hard cases share: how many run with `make test`, and an episode to begin with."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from cli.conftest import CONFIG, write_tones


def sampled(cases: Iterable[Any], every: int, ids: Callable[[Any], str] = str) -> list[Any]:
    """All cases as parameters; all but one in so many are left to the long run."""
    return [
        pytest.param(case, id=ids(case), marks=() if at % every == 0 else pytest.mark.hard)
        for at, case in enumerate(cases)
    ]


def begin(top: Path, seconds: int = 6) -> Path:
    """A show with one episode folder, dates set, nothing made; returns the episode's folder."""
    (top / "config").mkdir(parents=True)
    (top / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    episode = top / "episodes" / "talk"
    write_tones(episode / "source" / "talk.wav", seconds)
    brief = 'guid = "6a1f0c1e-0000-4000-8000-000000000001"\npublished = 2026-11-30T08:00:00+00:00\n'
    (episode / "episode.toml").write_text(brief, encoding="utf-8")
    return episode


def outputs(episode: Path) -> dict[str, str]:
    """The sum of every published file."""
    found = (path for path in (episode / "out").rglob("*") if path.is_file())
    return {path.name: sha256(path.read_bytes()).hexdigest() for path in found}
