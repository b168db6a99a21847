"""Compares a kept model with its publisher's own file, tensor by tensor."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import ModelUnavailableError
from . import _remote
from ._manifest import model
from ._store import find, folder
from ._sums import content_sha256


def compare_official(name: str) -> str:
    """Say in words whether a kept model has the publisher's tensors, compared in half precision.

    Raises ModelUnavailableError when they differ; where the publisher's file cannot be had,
    the sentence says so.
    """
    known, kept = model(name), find(name)
    source = next((item for item in known.sources if item.kind == "openai"), None)
    if source is None:
        return "its publisher gives no file that can be compared freely"
    if kept.sha256 == source.sha256:
        return f"it is OpenAI's own {source.repo}"
    try:
        with TemporaryDirectory(dir=folder(), prefix=".fetch.") as place:
            theirs = _halves(_remote.official_checkpoint(source.repo, Path(place)))
    except ModelUnavailableError as problem:
        return f"not compared: {problem}"
    if content_sha256(theirs) != content_sha256(_halves(kept.path)):
        raise ModelUnavailableError(f"model {name} differs from OpenAI's own {source.repo}")
    return f"the same tensors as OpenAI's own {source.repo}"


def _halves(path: Path) -> dict[str, Any]:
    import torch

    state = torch.load(path, map_location="cpu", weights_only=True)["model_state_dict"]
    return {name: tensor.half() for name, tensor in state.items()}
