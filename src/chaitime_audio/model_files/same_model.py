"""Model files on another machine than the one that looked them up."""

from __future__ import annotations

from pathlib import Path

from ..errors import ModelUnavailableError
from .manifest import models
from .store import find, folder, is_kept
from .sums import remembered_sum


def here(path: Path, sha256: str) -> Path:
    """Return where this machine keeps a file that another one found at ``path``.

    A file at the same place counts when it lies in the store, which is checked, or has this sum;
    else the store is searched for a model of this sum. Raises ModelUnavailableError when there is none.
    """
    if path.exists() and (folder() in path.parents or remembered_sum(path) == sha256):
        return path
    for name in models():
        if is_kept(name) and (found := find(name)).sha256 == sha256:
            return found.path
    name = next((name for name, known in models().items() if known.sha256 == sha256), "")
    mended = f"run: chaitime models pull {name}" if name else "copy it to the same path"
    raise ModelUnavailableError(
        f"a model with checksum {sha256[:12]}… ({name or path.name}) is not here; {mended}"
    )
