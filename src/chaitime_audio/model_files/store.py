"""The kept model files: one folder per user, every file checked before it is used."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

import platformdirs

from ..errors import ModelUnavailableError
from .manifest import Model, canonical, model, models
from .sums import content_sha256, noted_content, remembered_sum


@dataclass(frozen=True, slots=True)
class WeightsFile:
    """A model file that has been checked. ``sha256`` names its content in receipts.

    ``alignment`` is the name under which openai-whisper knows the model's alignment heads.
    """

    name: str
    path: Path
    sha256: str
    licence: str = ""
    alignment: str = ""


def folder() -> Path:
    """Where models are kept: ``CHAITIME_MODELS``, or the user's cache folder."""
    if chosen := os.environ.get("CHAITIME_MODELS"):
        return Path(chosen).expanduser()
    return platformdirs.user_cache_path("chaitime", appauthor=False) / "models"


def find(name: str, *, rehash: bool = False) -> WeightsFile:
    """Return a kept model after checking its sum; ``rehash`` reads it again even if it looks unchanged.

    Raises ModelUnavailableError, naming the command that mends it, when the file is absent or
    is not what the manifest says; UsageError for a name that is not known.
    """
    name, known = canonical(name), model(name)
    path = folder() / known.file
    if not is_kept(name):
        raise ModelUnavailableError(f"model {name} is not here; fetch it with: chaitime models pull {name}")
    found = _checked(known, path, rehash)
    if not found:
        raise ModelUnavailableError(
            f"model {name} has a wrong checksum ({path}); fetch it again with: chaitime models pull {name}"
        )
    return WeightsFile(name, path, found, known.licence, known.alignment)


def own_file(path: str) -> WeightsFile:
    """Return a model file of the user's own with its sum; nothing vouches for what is in it.

    Raises ModelUnavailableError when it is not there.
    """
    try:
        found = Path(path).expanduser()
        there = found.is_file()
    except (OSError, ValueError, RuntimeError):  # too long, a null character, a home of nobody
        there = False
    if not there:
        raise ModelUnavailableError(f"there is no model file {path!r}; give the path of one that is here")
    return WeightsFile(found.name, found.resolve(), remembered_sum(found))


def is_kept(name: str) -> bool:
    """Whether a file of a known model is there, whatever is in it."""
    try:
        return (folder() / model(name).file).is_file()
    except OSError:  # its folder cannot be read: as good as absent
        return False


def _checked(known: Model, path: Path, rehash: bool) -> str:
    """Return the sum that names a kept file in receipts, or nothing when it is not what it should be.

    A converted file is one that we wrote, known by the note made then; only such a file is
    opened, and only to compare its tensors again.
    """
    total = remembered_sum(path, fresh=rehash)
    if total in known.file_sums:
        return total
    if not known.content or noted_content(path, total) != known.content:
        return ""
    if rehash and kept_content(path) != known.content:
        return ""
    return known.sha256


def kept_content(path: Path) -> str:
    """Content sum of the tensors in a file, or nothing when it is no such file."""
    import torch

    try:
        loaded = torch.load(path, map_location="cpu", weights_only=True)
        return content_sha256(loaded.get("model_state_dict") or loaded["state_dict"])
    except Exception:  # torch raises many kinds for a spoilt file; whatever it is, it is not the model
        return ""


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
