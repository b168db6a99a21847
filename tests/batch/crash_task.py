"""The task of an engine that crashes its worker; a module of its own, as workers import it by name."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any


@dataclass(frozen=True)
class Crash:
    """Kills the process that runs it, as the system does when memory is short, while ``fault`` is there."""

    fault: str
    affinity: str = "any"

    def setup(self) -> Any:
        return None

    def run(self, _loaded: Any, item: int) -> int:
        if item == 20 and Path(self.fault).exists():
            os.kill(os.getpid(), 9)
        return item

    def key(self, item: int) -> str:
        return f"crash-{item}"

    def pack(self, result: int) -> bytes:
        return str(result).encode()

    def unpack(self, data: bytes) -> int:
        return int(data)
