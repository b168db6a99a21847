"""Checksums of model files, remembered as long as the file stays what it was."""

from __future__ import annotations

import json
import os
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ChaitimeError, InputRefusedError, ModelUnavailableError
from ..project.files import file_sha256, replace_file

if TYPE_CHECKING:
    from torch import Tensor


def content_sha256(state: dict[str, Tensor]) -> str:
    """sha256 over sorted (name, dtype, shape, bytes): the same for the same tensors however saved."""
    total = sha256()
    for name in sorted(state):
        tensor = state[name].contiguous()
        total.update(f"{name}|{tensor.dtype}|{tuple(tensor.shape)}|".encode())
        total.update(tensor.numpy().tobytes())
    return total.hexdigest()


def remembered_sum(path: Path, note: Path | None = None, *, fresh: bool = False) -> str:
    """sha256 of a file; hashed anew only when its size, a time or its inode changed, or if ``fresh``.

    The sum is kept in ``note``, beside the file if not given; where that cannot be written the
    file is hashed every time. Raises ModelUnavailableError when the file cannot be read.
    """
    note = note or path.with_name(f".{path.name}.sum")
    try:
        before = _stamp(path.stat())
        if not fresh and (known := _noted(note, before)):
            return known
        total = file_sha256(path)
        unchanged = _stamp(path.stat()) == before
    except (OSError, InputRefusedError) as cause:
        reason = cause.strerror if isinstance(cause, OSError) else cause
        raise ModelUnavailableError(f"model file {path} cannot be read: {reason}") from cause
    if unchanged:
        _keep(note, {"stamp": before, "sha256": total})
    return total


def noted_content(path: Path, total: str) -> str:
    """Content sum of the converted file whose own sum is ``total``, noted when we made it; else nothing."""
    try:
        known = json.loads(_content_note(path).read_bytes())
        return str(known["content"]) if known["file"] == total else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def note_content(path: Path, total: str, content: str) -> None:
    """Remember what a converted file holds. Raises DestinationError when that cannot be written."""
    replace_file(_content_note(path), json.dumps({"file": total, "content": content}).encode())


def _content_note(path: Path) -> Path:
    return path.with_name(f".{path.name}.content")


def _stamp(seen: os.stat_result) -> list[int]:
    return [seen.st_size, seen.st_mtime_ns, seen.st_ctime_ns, seen.st_ino]


def _noted(note: Path, stamp: list[int]) -> str:
    try:
        known = json.loads(note.read_bytes())
        return str(known["sha256"]) if known["stamp"] == stamp else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""


def _keep(note: Path, known: dict[str, object]) -> None:
    try:
        replace_file(note, json.dumps(known).encode())
    except ChaitimeError:
        return
