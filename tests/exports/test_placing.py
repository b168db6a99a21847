"""Where exported files go."""

from __future__ import annotations

import pytest

from chaitime_audio.exports.placing import ExportFolder


def test_an_edited_file_is_kept(tmp_path):
    """A file that a person edited is never overwritten: the new one goes beside it."""
    folder = ExportFolder(tmp_path / "exports")
    path = folder.put("a.txt", b"one")
    assert folder.put("a.txt", b"two") == path
    path.write_bytes(b"mine")
    assert folder.put("a.txt", b"three").name == "a.txt.new"
    assert path.read_bytes() == b"mine"
    path.write_bytes(b"four")
    assert folder.put("a.txt", b"four") == path
    assert not (tmp_path / "exports" / "a.txt.new").exists()


def test_a_failure_leaves_nothing(tmp_path):
    """What breaks while a file is written leaves the old one, and no half of the new one."""
    folder = ExportFolder(tmp_path)
    folder.put("a.txt", b"old")
    with pytest.raises(RuntimeError), folder.placing("a.txt") as temporary:
        temporary.write_bytes(b"half")
        raise RuntimeError
    assert sorted(path.name for path in tmp_path.iterdir()) == [".written.json", "a.txt"]
    assert (tmp_path / "a.txt").read_bytes() == b"old"
