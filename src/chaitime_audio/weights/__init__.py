"""Which model files, from where, under which checksum and licence; fetch, verify, find.

Rule: a pinned sum first, then tensors only (``weights_only=True``); anything else is refused.
"""

from __future__ import annotations

from pathlib import Path

from ..codec import nearest
from ..errors import UsageError
from ._manifest import Model, defaults, model, models
from ._official import compare_official
from ._remote import hub_file, official_checkpoint, official_names
from ._store import WeightsFile, find, folder, pull
from ._sums import remembered_sum

__all__ = [
    "Model",
    "WeightsFile",
    "compare_official",
    "defaults",
    "find",
    "folder",
    "hub_file",
    "model",
    "models",
    "needed",
    "pull",
    "resolve_whisper",
]


def resolve_whisper(name: str) -> WeightsFile:
    """Return a Whisper checkpoint: one of the manifest, an official name, or a path.

    Official ones are fetched by openai-whisper, which checks them. Raises UsageError for an
    unknown name, ModelUnavailableError when the file is absent or wrong.
    """
    if f"whisper-{name}" in models():
        return find(f"whisper-{name}")
    path = Path(name)
    if path.suffix == ".pt" or len(path.parts) > 1:
        if not path.is_file():
            raise UsageError(f"there is no model file {path}")
        return WeightsFile(path.stem, path, remembered_sum(path), alignment=_alignment(path.stem))
    if name not in official_names():
        raise UsageError(f"there is no model “{name}”{nearest(name, official_names())}")
    fetched = official_checkpoint(name, folder() / "openai")
    return WeightsFile(name, fetched, remembered_sum(fetched), "MIT (OpenAI)", name)


def needed(whisper_model: str) -> tuple[str, ...]:
    """Names in the manifest that a run with this Whisper model needs."""
    others = tuple(name for name in defaults() if models()[name].kind != "whisper")
    speech = f"whisper-{whisper_model}"
    return (speech, *others) if speech in models() else others


def _alignment(stem: str) -> str:
    """Name of the alignment heads for a checkpoint called like an official one; else nothing."""
    stem = stem.removeprefix("whisper-")
    return stem if stem in official_names() else ""
