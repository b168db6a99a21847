"""Rights, trials and power cuts: what a folder on any disk must bear."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.files import copy_in, replace_file


@pytest.fixture
def private() -> Iterator[None]:
    """A person whose files are nobody else's business."""
    before = os.umask(0o077)
    yield
    os.umask(before)


def _rights(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_files_have_the_rights_that_the_umask_leaves(private: None, tmp_path: Path) -> None:
    """Where the umask is private, so is every file that is written or copied in."""
    replace_file(tmp_path / "one.txt", b"said in confidence")
    copy_in(tmp_path / "one.txt", tmp_path / "two.txt")
    assert (_rights(tmp_path / "one.txt"), _rights(tmp_path / "two.txt")) == (0o600, 0o600)
    os.umask(0o022)
    replace_file(tmp_path / "one.txt", b"for all")
    assert _rights(tmp_path / "one.txt") == 0o644


def test_a_share_that_knows_no_rights_is_no_failure(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where chmod and hard links are refused, files are written all the same."""

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    for name in ("chmod", "fchmod", "link"):
        monkeypatch.setattr(os, name, refuse)
    monkeypatch.setattr(Path, "chmod", refuse)
    replace_file(tmp_path / "one.txt", b"text")
    assert (tmp_path / "one.txt").read_bytes() == b"text"


def test_a_rename_is_synced_where_that_is_possible(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The folder is synced after the move; one that cannot be is no failure."""
    seen: list[str] = []

    def fsync(handle: int) -> None:
        folder = stat.S_ISDIR(os.fstat(handle).st_mode)
        moved = (tmp_path / "one.txt").exists()
        seen.append(f"{'folder' if folder else 'file'} {'after' if moved else 'before'}")
        if folder:
            raise OSError(22, "Invalid argument")

    monkeypatch.setattr(os, "fsync", fsync)
    replace_file(tmp_path / "one.txt", b"text")
    assert seen == ["file before", "folder after"]
    assert [path.name for path in tmp_path.iterdir()] == ["one.txt"]


def test_an_episode_may_be_called_try(tmp_path: Path) -> None:
    """A recording called try.wav is published under its own name, and is no trial to be thrown away."""
    folder = EpisodeFolder(tmp_path / "episodes" / "try")
    replace_file(folder.source / "try.wav", b"sound")
    assert (folder.slug, folder.home) == ("try", folder.path)
    folder.clear_trial()
    assert (folder.source / "try.wav").is_file()


def test_a_trial_is_called_after_its_episode(tmp_path: Path) -> None:
    """The first minutes in try/ carry the episode's name, even one called try, and can be cleared."""
    for name in ("012-talk", "try"):
        episode = EpisodeFolder(tmp_path / name)
        replace_file(episode.source / "a.wav", b"sound")
        trial = EpisodeFolder(episode.path / "try")
        replace_file(trial.source / "a-3min.flac", b"sound")
        assert trial.slug == name
        trial.clear_trial()
        assert not trial.path.exists()
