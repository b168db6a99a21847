"""Whole processes: how long they take, what they burn, how much memory their tree holds (Linux)."""

from __future__ import annotations

import contextlib
import os
import subprocess
import tempfile
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import psutil

EVERY_S = 0.1
ONE_THREAD = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
"""What the bench sets for itself; a program that is measured decides alone."""


@dataclass(frozen=True, slots=True)
class Run:
    """A finished process: wall and CPU seconds (its waited-for children included), peak PSS of its tree."""

    wall_s: float
    cpu_s: float
    output: str
    peak_mb: float = 0.0
    peak_parts: Mapping[str, float] | None = None


class FailedError(RuntimeError):
    """The process ended with an error; the message is its last words."""


def run(command: list[str], *, cwd: Path | None = None, watch: bool = False) -> Run:
    """Run a program to its end; ``watch`` samples the memory of its tree every 100 ms.

    Raises FailedError when it exits with anything but 0.
    """
    with tempfile.TemporaryFile("w+") as said:
        began = time.monotonic()
        child = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=said,
            stderr=subprocess.STDOUT,
            cwd=cwd,
            env={name: value for name, value in os.environ.items() if name not in ONE_THREAD},
        )
        watcher = _Watcher(child.pid) if watch else None
        _, status, usage = os.wait4(child.pid, 0)
        wall_s = time.monotonic() - began
        child.returncode = os.waitstatus_to_exitcode(status)
        peak_mb, parts = watcher.stop() if watcher else (0.0, None)
        said.seek(0)
        output = said.read()
    if child.returncode:
        raise FailedError(f"{' '.join(command[:4])} …: {output.strip()[-2000:]}")
    return Run(wall_s, usage.ru_utime + usage.ru_stime, output, peak_mb, parts)


class _Watcher:
    """Sums the proportional set size over a process tree until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid, self._stop = pid, threading.Event()
        self._peak, self._parts = 0.0, dict[str, float]()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> tuple[float, dict[str, float]]:
        self._stop.set()
        self._thread.join()
        return self._peak, self._parts

    def _look(self) -> None:
        while not self._stop.wait(EVERY_S):
            parts = tree_mb(self._pid)
            total = sum(parts.values())
            if total > self._peak:
                self._peak, self._parts = total, parts


def tree_mb(pid: int) -> dict[str, float]:
    """PSS of a process tree in MB: ``anon`` (heaps, weights) and ``file`` (libraries, mapped sound)."""
    total = {"anon": 0.0, "file": 0.0}
    with contextlib.suppress(psutil.Error):
        parent = psutil.Process(pid)
        for process in [parent, *parent.children(recursive=True)]:
            for name, size in pss_mb(process.pid).items():
                total[name] += size
    return total


def pss_mb(pid: int | str) -> dict[str, float]:
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:]
    except OSError:
        return {}
    sizes = {line.split(":")[0]: int(line.split()[1]) / 1024 for line in lines}
    return {"anon": sizes["Pss_Anon"], "file": sizes["Pss"] - sizes["Pss_Anon"]}


def tree_cpu_s() -> float:
    """CPU seconds of this process and all its children so far, living ones included."""
    now = os.times()
    total = now.user + now.system + now.children_user + now.children_system
    for child in psutil.Process().children(recursive=True):
        with contextlib.suppress(psutil.Error):
            used = child.cpu_times()
            total += used.user + used.system
    return total
