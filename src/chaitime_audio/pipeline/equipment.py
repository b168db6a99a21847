"""What another machine must have before it gets work: models by their sums, and the same ffmpeg."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..audio import ffmpeg
from ..model_files import here


@dataclass(frozen=True, slots=True)
class Equipment:
    """Models as (name or path, sha256); ``masters`` when whole episodes are mastered there.

    Called on a worker of a cluster, it looks for them.
    """

    models: tuple[tuple[str, str], ...]
    masters: bool = False

    def __call__(self) -> dict[str, str]:
        """Return what may change a result here. Raises ModelUnavailableError when a model is not here."""
        for name, total in self.models:
            here(Path(name), total)
        return {"ffmpeg": ffmpeg.version()} if self.masters else {}
