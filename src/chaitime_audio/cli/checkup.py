"""The doctor's examinations: each looks at one thing and says how to mend it."""

from __future__ import annotations

import importlib.metadata
import importlib.util
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import ChaitimeError
from ..pipeline.registry import Registry
from ..project.settings import Settings

GIGABYTE = 1_000_000_000
ENOUGH_MEMORY_BYTES, ENOUGH_DISK_BYTES = 3 * GIGABYTE, 2 * GIGABYTE


@dataclass(frozen=True, slots=True)
class CheckupLine:
    """One thing looked at. ``fine`` is None for something worth knowing that stops nothing."""

    what: str
    fine: bool | None
    said: str


def checkup(registry: Registry, config: Path | None) -> tuple[CheckupLine, ...]:
    """Look at everything a run needs, without loading a model."""
    return (
        CheckupLine("python", True, f"{sys.version.split()[0]} in {sys.prefix}"),
        system(),
        _configuration(config),
        _ffmpeg(),
        *_models(registry),
        _recogniser(registry.settings),
        _memory(),
        _disk(),
        _device(),
    )


def system() -> CheckupLine:
    """Whether this is a system that chaitime is made for."""
    names = {"linux": "Linux", "darwin": "macOS"}
    if sys.platform in names:
        return CheckupLine("system", True, names[sys.platform])
    said = f"{sys.platform} is not supported: use Linux or macOS (on Windows: Linux in WSL 2)"
    return CheckupLine("system", False, said)


def _configuration(config: Path | None) -> CheckupLine:
    if config is None:
        return CheckupLine(
            "configuration", None, "none found, defaults are used; write one with: chaitime init"
        )
    return CheckupLine("configuration", True, str(config))


def _ffmpeg() -> CheckupLine:
    from ..audio.ffmpeg import ffmpeg_path

    try:
        path = ffmpeg_path()
    except ChaitimeError as problem:
        return CheckupLine("ffmpeg", False, str(problem))
    return CheckupLine(
        "ffmpeg", True, f"{path} ({'yours' if shutil.which('ffmpeg') else 'came with the package'})"
    )


def _models(registry: Registry) -> Iterator[CheckupLine]:
    from .. import model_files

    try:
        names = registry.model_names()
    except ChaitimeError as problem:
        yield CheckupLine("engines", False, str(problem))
        return
    for name in names:
        try:
            found = model_files.find(name)
            yield CheckupLine(f"model {name}", True, f"{found.path} ({found.licence})")
        except ChaitimeError as problem:
            yield CheckupLine(f"model {name}", False, str(problem))


def _recogniser(settings: Settings) -> CheckupLine:
    name = settings.engines.asr
    if name == "auto":
        from ..recognition.asr import choose

        name = choose()
        return CheckupLine("recogniser", True, f"auto stands for {name} on this machine")
    return CheckupLine("recogniser", True, name)


def _memory() -> CheckupLine:
    import psutil

    free = psutil.virtual_memory().available
    said = f"{free / GIGABYTE:.1f} GB free"
    if free < ENOUGH_MEMORY_BYTES:
        return CheckupLine("memory", None, f"{said}; close other programs or set engines.workers = 1")
    return CheckupLine("memory", True, said)


def _disk() -> CheckupLine:
    free = shutil.disk_usage(Path.cwd()).free
    said = f"{free / GIGABYTE:.1f} GB free here"
    if free < ENOUGH_DISK_BYTES:
        return CheckupLine("disk", None, f"{said}; an hour of sound needs about 1 GB while it is worked on")
    return CheckupLine("disk", True, said)


def _device() -> CheckupLine:
    """Name the GPU, or a CUDA build of torch that has none to use. Reads metadata, imports no torch."""
    if importlib.util.find_spec("torch") is None:
        return CheckupLine(
            "torch", False, "not installed; install the package again: pip install chaitime-audio"
        )
    version = importlib.metadata.version("torch")
    gpu = shutil.which("nvidia-smi") is not None
    cuda_build = "+cpu" not in version and importlib.util.find_spec("nvidia") is not None
    if cuda_build and not gpu:
        return CheckupLine(
            "torch",
            None,
            f"{version} is a CUDA build (several GB) on a machine without an NVIDIA GPU; it works, "
            "and the CPU build from pytorch.org is smaller",
        )
    return CheckupLine("torch", True, f"{version}, {'with a GPU' if gpu else 'on the CPU'}")
