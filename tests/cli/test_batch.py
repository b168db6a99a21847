"""``chaitime batch`` with stand-in engines."""

from __future__ import annotations

import pytest

from chaitime_audio.crew import _cluster

from .conftest import Show


def test_a_bad_recording_does_not_stop_the_rest(show: Show) -> None:
    """The others are made, the exit code is 5, and the bad one is named with its reason."""
    (show.folder / "in").mkdir()
    show.tones("in/b.wav")
    (show.folder / "in" / "a.wav").write_bytes(b"no sound at all")
    code, out, _ = show.run("batch", "in", "-q")
    assert code == 5
    assert "a: failed" in out
    assert "b: done" in out
    assert not (show.folder / "episodes" / "a").exists()
    assert list((show.folder / "episodes" / "b" / "out").glob("*.mp3"))


def test_a_dry_run_says_new_and_then_kept_and_writes_nothing(show: Show) -> None:
    """The plan tells what is new from what is made; planning makes no folder."""
    (show.folder / "in").mkdir()
    show.tones("in/talk.wav")
    assert "talk: new" in show.run("batch", "in", "--dry-run")[1]
    assert not (show.folder / "episodes").exists()
    assert show.run("batch", "in", "-q")[0] == 0
    assert "talk: every stage kept" in show.run("batch", "in", "--dry-run")[1]


def test_episode_folders_hide_what_is_in_them(show: Show) -> None:
    """A recording in source/ or out/ of an episode, a hidden one or a partial one is no new episode."""
    show.tones("in/talk.wav")
    assert show.run("process", "in/talk.wav", "-q")[0] == 0
    (show.folder / "episodes" / ".x.wav").write_bytes(b"")
    (show.folder / "episodes" / "y.wav.part").write_bytes(b"")
    _, out, _ = show.run("batch", "episodes", "--dry-run")
    assert out.count("\n") == 1


def test_namesakes_get_folders_of_their_own(show: Show) -> None:
    """Two recordings of one name in two folders become two episodes."""
    show.tones("in/1/talk.wav")
    show.tones("in/2/talk.wav", seconds=15)
    assert show.run("batch", "in", "-q")[0] == 0
    assert len(list((show.folder / "episodes").iterdir())) == 2


def test_a_cluster_that_does_not_answer_is_said_before_anything_is_made(
    show: Show, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A wrong address is one line and a usage error; no episode folder appears."""
    monkeypatch.setattr(_cluster, "PATIENCE_S", 0.5)
    show.tones("in/talk.wav")
    code, _, err = show.run("batch", "in", "--cluster", "tcp://127.0.0.1:9", "-q")
    assert code == 2
    assert "no scheduler answers at tcp://127.0.0.1:9" in err
    assert not (show.folder / "episodes").exists()


def test_the_number_of_workers_can_be_given(show: Show) -> None:
    """A count or auto; anything else is a usage error that says so."""
    show.tones("in/talk.wav")
    assert show.run("batch", "in", "--jobs", "0", "-q")[0] == 2
    assert show.run("batch", "in", "--jobs", "many", "-q")[0] == 2
    assert show.run("batch", "in", "--jobs", "2", "-q")[0] == 0
