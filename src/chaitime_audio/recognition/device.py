"""Where networks run: decided once, by whoever hands out the work, so that all workers do the same."""

from __future__ import annotations

import shutil


def resolve_device(wanted: str) -> str:
    """Resolve ``auto`` to ``cpu`` or ``cuda``; torch is not imported where there is no GPU to be found."""
    if wanted != "auto":
        return wanted
    if shutil.which("nvidia-smi") is None:
        return "cpu"
    import torch

    return "cuda" if torch.cuda.is_available() else "cpu"
