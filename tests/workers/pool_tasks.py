"""Tasks for the tests of pools, in a module of their own: worker processes import them by name."""

from __future__ import annotations

import json
import os
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from chaitime_audio.errors import InputRefusedError


class Store:
    """Keeps packed results in memory."""

    def __init__(self) -> None:
        self.kept: dict[str, bytes] = {}
        self.puts = 0

    def get(self, key: str) -> bytes | None:
        return self.kept.get(key)

    def put(self, key: str, data: bytes) -> None:
        self.kept[key] = data
        self.puts += 1


@dataclass(frozen=True)
class Square:
    """Squares numbers; says which process did it and how often it was set up."""

    affinity: str = "any"
    log: Path | None = None
    pause_s: float = 0.0

    def setup(self) -> Any:
        if self.log:
            with self.log.open("a") as file:
                file.write(f"{os.getpid()}\n")
        return os.getpid()

    def run(self, loaded: Any, item: int) -> tuple[int, int]:
        time.sleep(self.pause_s)
        return item * item, loaded

    def key(self, item: int) -> str:
        return f"square-{item}"

    def pack(self, result: tuple[int, int]) -> bytes:
        return json.dumps(result).encode()

    def unpack(self, data: bytes) -> tuple[int, int]:
        first, second = json.loads(data)
        return first, second


@dataclass(frozen=True)
class OnGpu(Square):
    """Says that it wants a GPU; it needs none."""

    device: str = "cuda"


@dataclass(frozen=True)
class FailsOnce(Square):
    """Fails the first time, whoever runs it, and leaves word of that in its log."""

    def run(self, loaded: Any, item: int) -> tuple[int, int]:
        assert self.log
        if not self.log.exists():
            self.log.write_text("failed")
            time.sleep(self.pause_s)
            raise InputRefusedError("not the first time")
        return item * item, 0

    def setup(self) -> Any:
        return None


@dataclass(frozen=True)
class Trouble(Square):
    """Goes wrong in the way that its item names."""

    def run(self, loaded: Any, item: Any) -> Any:
        if item == "ours":
            raise InputRefusedError("there is no speech in it")
        if item == "foreign":
            raise ValueError("something odd")
        if item == "memory":
            raise MemoryError("9 GB")
        if item == "death":
            os.kill(os.getpid(), 9)
        if item == "slow death":
            time.sleep(self.pause_s)
            os.kill(os.getpid(), 9)
        if item == "threads":
            return [os.environ.get("OMP_NUM_THREADS"), os.environ.get("MKL_NUM_THREADS")]
        return super().run(loaded, item)
