"""Puts exported files where they are wanted; one that a person has edited since is never overwritten.

What was written is remembered by its sum in ``.written.json`` beside the files.
"""

from __future__ import annotations

import contextlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from ..errors import InputRefusedError
from ..project.files import file_sha256, replace_file, replacing

FOLDER = "exports"
NOTE = ".written.json"


@dataclass(frozen=True, slots=True)
class ExportFolder:
    """A folder that exported files go to. Making one touches nothing."""

    path: Path

    def put(self, name: str, data: bytes) -> Path:
        """Write a file and return where it is. Raises DestinationError when it cannot be written."""
        with self.placing(name) as temporary:
            temporary.write_bytes(data)
        return self.last(name)

    @contextlib.contextmanager
    def placing(self, name: str) -> Iterator[Path]:
        """Give a temporary path to write to; on success it becomes ``name`` in one move.

        Where a person edited that, it becomes ``NAME.new``, and `last` says so.
        Raises DestinationError when it cannot be written; nothing is left then.
        """
        target = self.path / name
        edited = target.is_file() and file_sha256(target) != self._written().get(name)
        with replacing(target.with_name(target.name + ".new") if edited else target) as temporary:
            yield temporary
            total = file_sha256(temporary)
        if edited and file_sha256(target) == total:
            target.with_name(target.name + ".new").unlink()
            edited = False
        if not edited:
            self._note(name, total)
            target.with_name(target.name + ".new").unlink(missing_ok=True)

    def last(self, name: str) -> Path:
        """Where the newest form of a file lies: ``NAME.new`` beside one that a person edited."""
        new = self.path / f"{name}.new"
        return new if new.is_file() else self.path / name

    def _written(self) -> dict[str, str]:
        try:
            found = json.loads((self.path / NOTE).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}

    def _note(self, name: str, total: str) -> None:
        known = self._written() | {name: total}
        there = {key: value for key, value in sorted(known.items()) if (self.path / key).is_file()}
        replace_file(self.path / NOTE, json.dumps(there, indent=1).encode())


def refuse_nothing(found: object, what: str, episode: str) -> None:
    """Raise InputRefusedError when there is nothing to export."""
    if not found:
        raise InputRefusedError(f"{episode} has no {what}; nothing was written")
