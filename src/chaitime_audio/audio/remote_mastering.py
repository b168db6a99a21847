"""Mastering on another machine that reads and writes the same folder.

It writes into a room of its own in work/; whoever holds the episode looks at what came, and moves it.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import uuid4

from ..domain.sound import Master, MixPlan, Recording
from ..errors import DestinationError, InputRefusedError
from ..project import serialization
from ..project.files import file_sha256, make_folder
from ..workers import WorkerPool
from .mastering import EXTRA_FORMATS, Masterer, extra_path


@dataclass(frozen=True, slots=True)
class Errand:
    """An episode to master: recordings and clips with their sizes here, and the room for what comes of it."""

    recording: Recording
    paths: tuple[Path, ...]
    plan: MixPlan
    sizes: tuple[int, ...]
    target: Path


@dataclass(frozen=True, slots=True)
class MasterTask:
    """Masters an episode: `Errand` to `Master`, or to None where this machine does not see what it needs."""

    engine: Masterer

    @property
    def affinity(self) -> str:
        """Any worker, and before recognition: it is the longest single piece of work."""
        return "soon"

    def setup(self) -> None:
        """Nothing is loaded."""

    def run(self, _loaded: Any, item: Errand) -> Master | None:
        """Master into the room, unless files are not the same here or nothing can be written."""
        try:
            if _sizes(item.paths, item.plan) != item.sizes or not item.target.parent.is_dir():
                return None
            return self.engine.master(item.recording, item.paths, item.plan, item.target, lambda _share: None)
        except (DestinationError, OSError):
            return None

    def key(self, item: Errand) -> str:
        """Engine, options, and what it is made from."""
        made_from = [item.recording, item.plan, str(item.target)]
        return serialization.digest(["master", self.engine.revision, self.engine.receipt(), *made_from])

    def pack(self, result: Master | None) -> bytes:
        """JSON."""
        return serialization.to_json(result).encode()

    def unpack(self, data: bytes) -> Master | None:
        """Back from JSON."""
        return None if data.strip() == b"null" else serialization.from_json(Master, data)


def mastered_elsewhere(
    pool: WorkerPool,
    engine: Masterer,
    order: tuple[Recording, tuple[Path, ...], MixPlan],
    work: Path,
    target: Path,
) -> Master | None:
    """Have a worker master an episode, and put what it made where ``target`` is.

    None when no worker sees these files or can write here, or when what came is not what was told.
    """
    recording, paths, plan = order
    paths = tuple(path.absolute() for path in paths)
    room = work.absolute() / f"master-{uuid4().hex}"
    make_folder(room)
    try:
        errand = Errand(recording, paths, plan, _sizes(paths, plan), room / target.name)
        made = pool.map(MasterTask(engine), [errand])[0]
        return made if made and _moved(made, errand.target, target) else None
    finally:
        shutil.rmtree(room, ignore_errors=True)


def _sizes(paths: tuple[Path, ...], plan: MixPlan) -> tuple[int, ...]:
    clips = (plan.intro, plan.outro, plan.bed)
    return tuple(path.stat().st_size for path in (*paths, *(Path(clip.path) for clip in clips if clip)))


def _moved(made: Master, came: Path, target: Path) -> bool:
    """Move the MP3 and what was made beside it, if they are what the worker told; away with older ones."""
    moves = [(came, target, made.sha256)]
    for extra in made.extras:
        moves.append((extra_path(came, extra.name), extra_path(target, extra.name), extra.sha256))
    try:
        if any(file_sha256(here) != total for here, _, total in moves):
            return False
        make_folder(target.parent)
        for here, there, _ in moves:
            here.replace(there)
        for name in set(EXTRA_FORMATS) - {extra.name for extra in made.extras}:
            extra_path(target, name).unlink(missing_ok=True)
    except (InputRefusedError, OSError):
        return False
    return True
