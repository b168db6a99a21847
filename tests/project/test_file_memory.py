"""What a look at a file told is remembered until the file looks otherwise."""

from __future__ import annotations

import os
from hashlib import sha256
from pathlib import Path

import pytest

from chaitime_audio.errors import InputRefusedError
from chaitime_audio.project import file_memory
from chaitime_audio.project.artifacts import ArtifactStore, KeptArtifacts
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.file_memory import FileMemory, looks_of
from chaitime_audio.project.manifest import Remembered, read_record


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Names of the files that were read for their sum."""
    names, real = list[str](), file_memory.file_sha256

    def counted(path: Path) -> str:
        names.append(path.name)
        return real(path)

    monkeypatch.setattr(file_memory, "file_sha256", counted)
    return names


def test_a_file_is_hashed_once(tmp_path: Path, hashed: list[str]) -> None:
    """In this run and, by ``episode.json``, in the next; a file that was just written is not read at all."""
    folder, path, ours = EpisodeFolder(tmp_path), tmp_path / "a.mp3", tmp_path / "b.mp3"
    path.write_bytes(b"sound")
    ours.write_bytes(b"made")
    for _ in range(2):
        artifacts = ArtifactStore(folder)
        assert artifacts.files.sum_of(path) == sha256(b"sound").hexdigest()
        artifacts.files.note_sum(ours, sha256(b"made").hexdigest())
        artifacts.files.sum_of(ours)
        artifacts.update()
        artifacts.close()
    assert hashed == ["a.mp3"]


@pytest.mark.parametrize("change", ["size", "time", "inode"])
def test_a_file_that_looks_otherwise_is_read_again(tmp_path: Path, hashed: list[str], change: str) -> None:
    """Another size, another time or another file of the same name: its sum is taken anew."""
    path = tmp_path / "a.mp3"
    path.write_bytes(b"sound")
    files = FileMemory(EpisodeFolder(tmp_path), {})
    files.sum_of(path)
    was = path.stat()
    if change == "inode":
        other = tmp_path / "new"
        other.write_bytes(b"noise")
        other.replace(path)
    else:
        path.write_bytes(b"sounds" if change == "size" else b"noise")
    os.utime(path, ns=(was.st_atime_ns, was.st_mtime_ns + (1 if change == "time" else 0)))
    assert files.sum_of(path) == sha256(path.read_bytes()).hexdigest()
    assert hashed == ["a.mp3", "a.mp3"]


def test_what_is_torn_is_looked_at_again(tmp_path: Path) -> None:
    """A remembered value of another kind is worth nothing and does no harm."""
    files = FileMemory(EpisodeFolder(tmp_path), {"n": Remembered("key", ["torn"])})
    assert files.look("n", "key", lambda: 7, int) == 7
    assert files.look("n", "key", lambda: 8, int) == 7
    assert files.look("n", "other", lambda: 9, int) == 9


def test_a_file_made_ready_is_made_once(tmp_path: Path) -> None:
    """Until its key changes, or somebody changes the file."""
    files, made = FileMemory(EpisodeFolder(tmp_path), {}), list[int]()

    def make() -> bytes:
        made.append(1)
        return b"jpeg"

    for _ in range(2):
        assert files.kept_file("cover.jpg", "a", make) == b"jpeg"
    assert (len(made), files.has_kept("cover.jpg", "a"), files.has_kept("cover.jpg", "b")) == (1, True, False)
    files.kept_file("cover.jpg", "b", make)
    (tmp_path / "facts" / "cover.jpg").write_bytes(b"torn")
    assert files.kept_file("cover.jpg", "b", make) == b"jpeg"
    assert len(made) == 3


def test_a_file_that_is_gone_is_refused(tmp_path: Path) -> None:
    """There is nothing to look at, in one line."""
    with pytest.raises(InputRefusedError, match=r"gone\.mp3"):
        looks_of(tmp_path / "gone.mp3")


def test_reading_only_remembers_nothing_on_disk(tmp_path: Path) -> None:
    """An episode that is only read keeps what it looked at to itself."""
    folder, path = EpisodeFolder(tmp_path), tmp_path / "a.mp3"
    path.write_bytes(b"sound")
    artifacts = KeptArtifacts(folder)
    artifacts.files.sum_of(path)
    artifacts.update()
    artifacts.close()
    assert not folder.record.exists()
    assert read_record(folder).remembered == {}
