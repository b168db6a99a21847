"""Loads a Whisper checkpoint as openai-whisper knows it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ....errors import ModelUnavailableError


def load(checkpoint: Path, alignment: str, device: str) -> Any:
    """Return an openai-whisper model, its weights in float32.

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
    return model.eval()
