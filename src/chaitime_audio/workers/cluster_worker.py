"""What a worker of a cluster runs for us, and what it says of itself."""

from __future__ import annotations

import functools
import importlib.metadata
import os
import platform
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from ..errors import ChaitimeError, UsageError
from .in_process import Loaded, give_back

OURS = "chaitime-audio"
PROCESSOR = ("processor", "bfloat16")
"""What belongs to a machine, not to what was installed on it."""
_PACKAGES = (OURS, "torch", "openai-whisper", "pyannote.audio", "numpy", "distributed")
_loaded, _turn = Loaded(), threading.Lock()

Asks = Callable[[], Mapping[str, str]]
"""Asked on every worker before it gets work: says what else may change a result there, raises what lacks."""


@dataclass(frozen=True, slots=True)
class WorkerReport:
    """What a worker says of itself: its kind, and what it lacks for the work."""

    kind: dict[str, str] = field(default_factory=dict)
    lacks: ChaitimeError | None = None


def do_plain(task: Any, item: Any) -> Any:
    """Run one item in this process, one at a time; the task's models stay loaded.

    Errors carry the name of the worker; foreign ones come as text, which every client can read.
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
    except MemoryError as problem:
        raise ChaitimeError(f"worker {worker_name()} ran out of memory ({problem})") from problem
    except OSError as problem:
        raise _unseen(problem.filename, problem) from problem
    except Exception as problem:
        raise RuntimeError(f"{type(problem).__name__} on worker {worker_name()}: {problem}") from None


def do_packed(task: Any, item: Any) -> bytes:
    """Run one item and pack the result for the way back."""
    packed: bytes = task.pack(do_plain(task, item))
    return packed


def inspect(asks: Asks | None = None, marker: Path | None = None) -> WorkerReport:
    """Say what may change a result here, and whether all is here that the work needs.

    ``marker`` is a file that whoever shares a folder with the client must see.
    """
    kind = {name: _version(name) for name in _PACKAGES}
    kind[OURS] = f"{kind[OURS]} (code {_code()})"
    kind["python"] = ".".join(platform.python_version_tuple()[:2])
    kind |= {"processor": platform.machine(), "bfloat16": _bfloat16()}
    try:
        if marker and not marker.exists():
            raise UsageError(
                f"cannot see {marker.parent}; share that folder at the same path, or add --transfer"
            )
        return WorkerReport(kind | dict(asks() if asks else {}))
    except ChaitimeError as problem:
        return WorkerReport(kind, problem)


def worker_name() -> str:
    """Name of the dask worker this runs on, or of the machine."""
    from distributed import get_worker

    try:
        return str(get_worker().address)
    except ValueError:
        return platform.node()


def _unseen(name: Any, problem: OSError) -> ChaitimeError:
    what = f"cannot read {name}" if name else str(problem)
    return ChaitimeError(f"worker {worker_name()} {what}; share that folder, or add --transfer")


def _version(name: str) -> str:
    try:
        return importlib.metadata.version(name)
    except importlib.metadata.PackageNotFoundError:
        return "absent"


@functools.cache
def _code() -> str:
    """A short sum of this package's code: two checkouts may call themselves by one version.

    Kept from the first time on: what was loaded then is what runs.
    """
    total, top = sha256(), Path(__file__).parents[1]
    for path in sorted(top.rglob("*.py"), key=lambda path: path.relative_to(top).as_posix()):
        total.update(path.relative_to(top).as_posix().encode() + b"\0" + path.read_bytes())
    return total.hexdigest()[:8]


def _bfloat16() -> str:
    """Whether the processor multiplies bfloat16: such machines hear a hair's breadth differently."""
    try:
        return "yes" if "avx512_bf16" in Path("/proc/cpuinfo").read_text(errors="replace") else "no"
    except OSError:
        return "unknown"
