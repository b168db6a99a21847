"""What a machine must have, and tells of itself, before it gets work of a batch."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from .. import model_files
from ..audio import ffmpeg
from ..project.plugins import named


@dataclass(frozen=True, slots=True)
class Equipment:
    """What another machine must have before it gets work; called there, it looks for it.

    Models as (name or path, sha256); ``masters`` when whole episodes are mastered there; ``plugins`` are
    engines of other packages, as (room, name).
    """

    models: tuple[tuple[str, str], ...]
    masters: bool = False
    plugins: tuple[tuple[str, str], ...] = ()

    def __call__(self) -> dict[str, str]:
        """Return what may change a result here. Raises ModelUnavailableError when a model is not here."""
        for name, total in self.models:
            model_files.here(Path(name), total)
        theirs = {f"plug-in {name}": str(named(room, name) or "absent") for room, name in self.plugins}
        return theirs | ({"ffmpeg": ffmpeg.version()} if self.masters else {})
