"""Tensors out of a training checkpoint that also holds pickled classes.

Such a file names classes of its training run (omegaconf, pyannote). It is read with
``weights_only=True``, and each class it may name is replaced by one that does nothing.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

_MAY_NAME = (
    "builtins.dict",
    "builtins.int",
    "builtins.list",
    "collections.defaultdict",
    "omegaconf.base.ContainerMetadata",
    "omegaconf.base.Metadata",
    "omegaconf.listconfig.ListConfig",
    "omegaconf.nodes.AnyNode",
    "pyannote.audio.core.model.Introspection",
    "pyannote.audio.core.task.Problem",
    "pyannote.audio.core.task.Resolution",
    "pyannote.audio.core.task.Specifications",
    "torch.torch_version.TorchVersion",
    "typing.Any",
)


class _Inert:
    """Takes anything, keeps nothing."""

    def __init__(self, *_given: object) -> None:
        pass

    def __setstate__(self, _state: object) -> None:
        pass

    def __setitem__(self, _key: object, _value: object) -> None:
        pass


def tensors(path: Path) -> dict[str, Any]:
    """Return ``{"state_dict": …}`` with nothing but tensors in it.

    Raises ValueError when the file names anything else or holds no tensors.
    """
    import torch

    stand_ins: list[Any] = [(type(name.rpartition(".")[2], (_Inert,), {}), name) for name in _MAY_NAME]
    try:
        with torch.serialization.safe_globals(stand_ins):
            loaded = torch.load(path, map_location="cpu", weights_only=True)
        state = loaded["state_dict"]
    except Exception as cause:  # torch raises many kinds for a spoilt or hostile file
        raise ValueError("it is not the checkpoint it should be") from cause
    if not all(isinstance(item, torch.Tensor) for item in state.values()):
        raise ValueError("it holds more than tensors")
    return {"state_dict": dict(state)}
