"""The episode folder: one writer, one move, nothing lost."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from chaitime_audio.errors import DestinationError, InputRefusedError, LockedError
from chaitime_audio.project import episode_folder, files
from chaitime_audio.project.files import copy_in, same_file


def test_a_failed_write_leaves_the_old_file_and_no_trace(tmp_path: Path) -> None:
    """When writing fails half way, the old content stands and the temporary is gone."""
    target = tmp_path / "a.txt"
    target.write_text("old")
    with pytest.raises(RuntimeError), files.replacing(target) as temporary:
        temporary.write_text("ne")
        raise RuntimeError
    assert target.read_text() == "old"
    assert [item.name for item in tmp_path.iterdir()] == ["a.txt"]


def test_no_space_is_told_with_the_path(tmp_path: Path) -> None:
    """A full disk becomes one sentence with the file's name."""
    target = tmp_path / "a.txt"
    with (
        pytest.raises(DestinationError, match=r"no space left for .*a\.txt"),
        files.replacing(target),
    ):
        raise OSError(errno.ENOSPC, "No space left on device")


def test_a_destination_below_a_file_is_refused(tmp_path: Path) -> None:
    """A folder that cannot be made, whoever asks, is a destination error naming it."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DestinationError, match="file/out"):
        files.replace_file(tmp_path / "file" / "out" / "x.md", b"")


def test_a_second_run_is_locked_out(tmp_path: Path) -> None:
    """While one run holds an episode, another one is refused and the first goes on."""
    episode = episode_folder.EpisodeFolder(tmp_path / "one")
    with episode.run_lock(), pytest.raises(LockedError, match="another run"), episode.run_lock():
        pass
    with episode.run_lock():
        assert episode.path.is_dir()


def test_a_torn_batch_reads_as_missing(tmp_path: Path) -> None:
    """A kept batch is returned whole or not at all."""
    store = episode_folder.FolderStore(tmp_path)
    assert store.get("k") is None
    store.put("k", b"result")
    assert store.get("k") == b"result"
    (tmp_path / "k").write_bytes((tmp_path / "k").read_bytes()[:-1])
    assert store.get("k") is None


def test_sources_are_media_files_in_order_of_name(tmp_path: Path) -> None:
    """Recordings are found by name in order; hidden and other files are left out; pointers followed."""
    episode = episode_folder.EpisodeFolder(tmp_path)
    episode.source.mkdir()
    elsewhere = tmp_path / "far.wav"
    for path in (
        elsewhere,
        episode.source / "b.MP3",
        episode.source / ".c.wav",
        episode.source / "notes.txt",
    ):
        path.write_bytes(b"x")
    (episode.source / "a.wav.link").write_text(f"{elsewhere}\n")
    assert episode.sources() == (elsewhere, episode.source / "b.MP3")


def test_a_pointer_to_nothing_is_refused(tmp_path: Path) -> None:
    """A pointer whose recording is gone is refused by name."""
    episode = episode_folder.EpisodeFolder(tmp_path)
    episode.source.mkdir()
    (episode.source / "a.wav.link").write_text("/nowhere/a.wav\n")
    with pytest.raises(InputRefusedError, match="/nowhere/a.wav"):
        episode.sources()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("012 Four o'Clock!", "012-four-o-clock"), ("Łódź – 世界", "lodz-shi-jie"), ("…", "episode")],
)
def test_slugs_are_plain_ascii(name: str, expected: str) -> None:
    """Any title becomes letters, digits and dashes, never nothing."""
    assert episode_folder.slug(name) == expected


def test_a_fault_while_copying_is_the_recordings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A read fault (as on a dying disk) refuses the recording and leaves no copy behind."""
    recording = tmp_path / "a.wav"
    recording.write_bytes(b"RIFF")

    def broken(self: Path, *_: object, **__: object) -> None:
        raise OSError(errno.EIO, "Input/output error")

    target = tmp_path / "source" / "a.wav"
    target.parent.mkdir()
    with monkeypatch.context() as patch, pytest.raises(InputRefusedError, match="cannot read .*Input/output"):
        patch.setattr(Path, "open", broken)
        list(files.blocks(recording))
    assert list(target.parent.iterdir()) == []


def test_a_copy_keeps_the_time_of_its_recording(tmp_path: Path) -> None:
    """A recording copied in has the time of the original, by which it is found again quickly."""
    source = tmp_path / "a.wav"
    source.write_bytes(b"sound")
    os.utime(source, ns=(10**18, 10**18 + 7_000_000))
    copy_in(source, tmp_path / "episode" / "a.wav")
    assert (tmp_path / "episode" / "a.wav").stat().st_mtime_ns == source.stat().st_mtime_ns


@pytest.mark.parametrize("place", [0, 150_000, 299_999])
def test_recordings_that_only_look_alike_are_two(tmp_path: Path, place: int) -> None:
    """Of one name, size and time, but with another sound at either end or in the middle: not the same."""
    one, two = tmp_path / "1" / "a.wav", tmp_path / "2" / "a.wav"
    data = bytearray(300_000)
    for path in (one, two):
        path.parent.mkdir()
        path.write_bytes(data)
        data[place] = 1
        os.utime(path, ns=(10**18, 10**18))
    assert not same_file(one, two)
    one.write_bytes(two.read_bytes())
    assert same_file(one, two)
