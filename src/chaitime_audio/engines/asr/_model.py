"""Loads a Whisper checkpoint and makes it fit for the device it runs on."""

from __future__ import annotations

import warnings
from pathlib import Path
from typing import Any

from ...errors import ModelUnavailableError


def load(checkpoint: Path, alignment: str, device: str, *, quantise: bool) -> Any:
    """Return an openai-whisper model: half precision on a GPU, int8 linear layers on a CPU.

    Raises ModelUnavailableError when the file is no checkpoint.
    """
    import whisper

    try:
        model = whisper.load_model(str(checkpoint), device=device)
    except Exception as cause:  # torch raises many kinds for a spoilt file
        raise ModelUnavailableError(f"{checkpoint} cannot be loaded as a Whisper model: {cause}") from cause
    if alignment in whisper._ALIGNMENT_HEADS:
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[alignment])
    if device == "cuda":
        return model.half().eval()
    return quantised(model).eval() if quantise else model.eval()


def quantised(model: Any) -> Any:
    """Quantise linear layers to int8 where this torch can; otherwise return the model as it is.

    Whisper's own ``Linear`` is a subclass that dynamic quantisation does not know, so its
    class is set back first; their work is the same in float32.
    """
    import torch
    from whisper.model import Linear

    for module in model.modules():
        if type(module) is Linear:
            module.__class__ = torch.nn.Linear
    try:
        from torch.ao.quantization import quantize_dynamic
    except ImportError:
        return model
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return quantize_dynamic(model, {torch.nn.Linear}, dtype=torch.qint8, inplace=True)  # type: ignore[no-untyped-call]
