"""Compares a kept model with its publisher's own file, tensor by tensor."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from ..errors import ModelUnavailableError
from ..project.files import file_sha256
from . import lightning, remote
from .manifest import ModelSource, model
from .store import find, folder
from .sums import content_sha256


def compare_official(name: str) -> str:
    """Say in words whether a kept model has the publisher's tensors; Whisper's in half precision.

    Raises ModelUnavailableError when they differ; where the publisher's file cannot be had,
    the sentence says so.
    """
    source = next((item for item in model(name).sources if item.official), None)
    kept = find(name)
    if source is None:
        return "not compared: we know no home of its publisher's own file"
    if not source.convert and kept.sha256 == source.sha256:
        return "it is the publisher's own file"
    try:
        theirs = _theirs(source)
    except ModelUnavailableError as problem:
        return f"not compared: {problem}"
    home = f"the publisher's own {source.repo}"
    if theirs != content_sha256(_tensors(kept.path, halve=source.kind == "openai")):
        raise ModelUnavailableError(f"model {name} differs from {home}")
    return f"the same tensors as {home}"


def _theirs(source: ModelSource) -> str:
    """Content sum of the publisher's file; it is opened only when it has its pinned sum."""
    if source.kind == "openai":
        with TemporaryDirectory(dir=folder(), prefix=".fetch.") as place:
            path = remote.official_checkpoint(source.repo, Path(place))
            return content_sha256(_tensors(path, halve=True))
    path = remote.hub_file(source.repo, source.member)
    if file_sha256(path) != source.sha256:
        raise ModelUnavailableError(f"{source.repo} gave a file with a wrong checksum; not opened")
    return content_sha256(lightning.tensors(path)["state_dict"])


def _tensors(path: Path, *, halve: bool) -> dict[str, Any]:
    import torch

    loaded = torch.load(path, map_location="cpu", weights_only=True)
    state: dict[str, Any] = loaded.get("model_state_dict") or loaded["state_dict"]
    return {name: tensor.half() for name, tensor in state.items()} if halve else state
