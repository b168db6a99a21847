"""The task of a stage that takes for ever; a module of its own, as workers import it by name."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Endless:
    """Says that it has begun and does not return: like a library in the middle of its sum."""

    ready: str
    affinity: str = "any"

    def setup(self) -> Any:
        return None

    def run(self, _loaded: Any, item: int) -> int:
        if item:
            Path(self.ready).touch()
            time.sleep(120)
        return item

    def key(self, item: int) -> str:
        return f"endless-{item}"

    def pack(self, result: int) -> bytes:
        return str(result).encode()

    def unpack(self, data: bytes) -> int:
        return int(data)
