"""Which Whisper model a wish for quality stands for on this machine."""

from __future__ import annotations

import os
import shutil
from dataclasses import dataclass

from ..project.settings import Quality

GIGABYTE = 1_000_000_000
MODELS: dict[Quality, tuple[str, ...]] = {
    "quick": ("base",),
    "good": ("small", "base"),
    "best": ("turbo", "small", "base"),
}
"""The models of each quality, the best first; the first that pays on a machine is taken."""


@dataclass(frozen=True, slots=True)
class Machine:
    """What a model is chosen by: whether there is a GPU to be used, cores, and memory in bytes."""

    gpu: bool
    cores: int
    memory_bytes: int


def this_machine(device: str = "auto") -> Machine:
    """Look at the machine; imports no torch. With ``device`` ``cpu`` a GPU does not count."""
    import psutil

    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    gpu = device == "cuda" or (device == "auto" and shutil.which("nvidia-smi") is not None)
    return Machine(gpu, cores, psutil.virtual_memory().total)


def model_for(quality: Quality, machine: Machine, kept: str = "") -> str:
    """Return the name of the model.

    ``kept`` is the one that an episode was made with: as long as it is one of that quality's it stays, so
    that an episode that moves to another machine is not heard anew.
    """
    choice = MODELS[quality]
    return kept if kept in choice else next(name for name in choice if _pays(name, machine))


def _pays(name: str, machine: Machine) -> bool:
    """Whether a model fits, and does not take longer than one waits.

    Sizes are those of the weights in int8 with room for a worker on each of two cores: small 0.25 GB, turbo
    0.8 GB. Without a GPU turbo costs about ten times base's time.
    """
    if name == "turbo":
        return machine.gpu or (machine.cores >= 8 and machine.memory_bytes >= 12 * GIGABYTE)
    return name == "base" or machine.gpu or machine.memory_bytes >= 4 * GIGABYTE
