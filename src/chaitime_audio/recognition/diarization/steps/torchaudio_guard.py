"""Import torchaudio and pyannote.audio where torchaudio's native extension does not fit torch.

The torchaudio that package indexes hand out is linked against CUDA; beside a CPU build of torch
its extension raises OSError and takes pyannote.audio down with it. All we need of torchaudio is
Python, and torchaudio has a branch for a missing extension: here one that cannot be loaded
counts as missing.
"""

from __future__ import annotations

import os
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder
from types import ModuleType
from typing import Any

_GUARDED = "torchaudio._extension.utils"


class _Loader:
    """Loads the guarded module, then makes its ``_load_lib`` say False instead of raising OSError."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    def create_module(self, spec: ModuleSpec) -> ModuleType | None:
        made: ModuleType | None = self._inner.create_module(spec)
        return made

    def exec_module(self, module: ModuleType) -> None:
        self._inner.exec_module(module)
        load = module.__dict__["_load_lib"]

        def load_or_absent(name: str) -> bool:
            try:
                return bool(load(name))
            except OSError:
                return False

        module.__dict__["_load_lib"] = load_or_absent


class _Finder(MetaPathFinder):
    """Wraps the loader of the one guarded module and leaves all others alone."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname != _GUARDED:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None:
            spec.loader = _Loader(spec.loader)  # type: ignore[assignment]
        return spec


def guard() -> None:
    """Put the guard in place; call it before anything imports torchaudio. Doing so twice is harmless."""
    if not any(isinstance(finder, _Finder) for finder in sys.meta_path):
        sys.meta_path.insert(0, _Finder())


def import_pyannote() -> ModuleType:
    """Import ``pyannote.audio`` guarded, its telemetry off, and without its advice about torchcodec.

    Costs about 8 CPU seconds and 0.7 GB the first time; only tasks of affinity ``one`` may call it.
    """
    os.environ["PYANNOTE_METRICS_ENABLED"] = "0"
    guard()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pyannote.audio

    module: ModuleType = pyannote.audio
    return module
