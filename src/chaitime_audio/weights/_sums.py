"""Checksums of model files, remembered as long as the file stays what it was."""

from __future__ import annotations

import json
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

from ..errors import ChaitimeError
from ..folder import file_sha256, replace_file

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


def remembered_sum(path: Path) -> str:
    """sha256 of a file; hashed anew only when its size, time or inode changed."""
    seen = path.stat()
    stamp = [seen.st_size, seen.st_mtime_ns, seen.st_ino]
    note = path.with_name(f".{path.name}.sum")
    try:
        known = json.loads(note.read_bytes())
        if known["stamp"] == stamp:
            return str(known["sha256"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    total = file_sha256(path)
    try:
        replace_file(note, json.dumps({"stamp": stamp, "sha256": total}).encode())
    except ChaitimeError:
        return total
    return total
