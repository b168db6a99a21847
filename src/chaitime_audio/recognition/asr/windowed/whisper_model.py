"""Loads a Whisper checkpoint and makes it fit for the device it runs on."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import Any

from ....errors import ModelUnavailableError
from ....workers.memory import give_back


def load(checkpoint: Path, alignment: str, device: str, *, quantise: bool) -> Any:
    """Return an openai-whisper model: int8 linear layers where asked for.

    On a GPU the decoder is fed half precision; its weights are cast as they are used.

    Raises ModelUnavailableError when the file is no checkpoint.
    """
    import whisper

    try:
        model = whisper.load_model(str(checkpoint), device=device)
    except Exception as cause:  # torch raises many kinds for a spoilt file
        raise ModelUnavailableError(f"{checkpoint} cannot be loaded as a Whisper model: {cause}") from cause
    if alignment in whisper._ALIGNMENT_HEADS:
        model.set_alignment_heads(whisper._ALIGNMENT_HEADS[alignment])
    if not quantise:
        return model.eval()
    from .quantize import quantize_model

    quick = quantize_model(model.eval())
    gc.collect()
    give_back()  # loading leaves as much again as the model itself holds
    return quick
