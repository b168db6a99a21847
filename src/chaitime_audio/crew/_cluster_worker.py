"""What a worker of a cluster runs for us, and what it says of itself."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import threading
from pathlib import Path
from typing import Any

from ..errors import ChaitimeError
from ._in_process import Loaded
from ._memory import give_back

_PACKAGES = ("chaitime-audio", "torch", "openai-whisper", "pyannote.audio", "numpy")
_loaded, _turn = Loaded(), threading.Lock()


def do_plain(task: Any, item: Any) -> Any:
    """Run one item in this process, one at a time; the task's models stay loaded.

    Errors of ours carry the name of the worker.
    """
    for name in ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS"):
        os.environ.setdefault(name, "1")
    try:
        with _turn:
            result = _loaded.run(task, item)
            give_back()
            return result
    except ChaitimeError as problem:
        raise type(problem)(f"worker {worker_name()}: {problem}") from problem
    except FileNotFoundError as problem:
        raise ChaitimeError(
            f"worker {worker_name()} cannot read {problem.filename}; share that folder, or add --transfer"
        ) from problem
    except MemoryError as problem:
        raise ChaitimeError(f"worker {worker_name()} ran out of memory ({problem})") from problem


def do_packed(task: Any, item: Any) -> bytes:
    """Run one item and pack the result for the way back."""
    packed: bytes = task.pack(do_plain(task, item))
    return packed


def inspect() -> dict[str, str]:
    """Say what may change a result here: versions, and how this processor multiplies."""
    kind = {name: _version(name) for name in _PACKAGES}
    return {
        **kind,
        "python": platform.python_version(),
        "processor": platform.machine(),
        "bfloat16": _bfloat16(),
    }


def worker_name() -> str:
    """Name of the dask worker this runs on, or of the machine."""
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:
        return platform.node()


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


def _bfloat16() -> str:
    """Whether the processor multiplies bfloat16: such machines hear a hair's breadth differently."""
    try:
        return "yes" if "avx512_bf16" in Path("/proc/cpuinfo").read_text(errors="replace") else "no"
    except OSError:
        return "unknown"
