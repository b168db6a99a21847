"""Compares a kept model with its publisher's own file, tensor by tensor."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from ..errors import ModelUnavailableError
from . import _remote
from ._manifest import model
from ._store import find
from ._sums import content_sha256


def compare_official(name: str) -> str:
    """Say in words whether a kept model has the publisher's tensors.

    Raises ModelUnavailableError when they differ; where the publisher's file cannot be had,
    the sentence says so.
    """
    known = model(name)
    source = next((item for item in known.sources if item.kind == "openai"), None)
    if source is None:
        return "its publisher gives no file that can be compared freely"
    import torch

    try:
        with TemporaryDirectory() as folder:
            path = _remote.official_checkpoint(source.repo, Path(folder))
            theirs = torch.load(path, map_location="cpu", weights_only=True)["model_state_dict"]
    except ModelUnavailableError as problem:
        return f"not compared: {problem}"
    ours = torch.load(find(name).path, map_location="cpu", weights_only=True)["model_state_dict"]
    half = {key: tensor.half() for key, tensor in theirs.items() if key in ours}
    if content_sha256(half) != content_sha256(ours):
        raise ModelUnavailableError(f"model {name} differs from OpenAI's own {source.repo}")
    return f"the same tensors as OpenAI's own {source.repo}"
