"""Arrivals: a recording comes once, when it stands still; what changed comes again."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.batch.watching import Arrivals, Stamp, snapshot
from chaitime_audio.errors import UsageError

pytestmark = pytest.mark.pure

A, B = Path("a.wav"), Path("b.wav")


def stamp(size: int, time_ns: int = 1) -> Stamp:
    """A file of a size."""
    return (("x", size, time_ns),)


def test_a_growing_file_waits_and_comes_once() -> None:
    """As long as size or time change it does not come; ten still seconds later it does, and only once."""
    arrivals = Arrivals(10.0)
    assert arrivals.look({A: stamp(1)}, 0.0) == ()
    assert arrivals.look({A: stamp(2)}, 9.0) == ()
    assert arrivals.look({A: stamp(2, 7)}, 18.0) == ()
    assert arrivals.look({A: stamp(2, 7)}, 27.9) == ()
    assert arrivals.look({A: stamp(2, 7)}, 28.0) == (A,)
    arrivals.handled(A)
    assert arrivals.look({A: stamp(2, 7)}, 1000.0) == ()


def test_they_come_in_order_of_arrival() -> None:
    """Whatever their names are."""
    arrivals = Arrivals(10.0)
    arrivals.look({B: stamp(1)}, 0.0)
    arrivals.look({A: stamp(1), B: stamp(1)}, 5.0)
    assert arrivals.look({A: stamp(1), B: stamp(1)}, 20.0) == (B, A)


def test_what_was_handled_comes_again_when_it_changes() -> None:
    """Also after a failure: not before it changed, and again once it stands still."""
    arrivals = Arrivals(10.0)
    arrivals.look({A: stamp(1)}, 0.0)
    arrivals.look({A: stamp(1)}, 10.0)
    arrivals.handled(A)
    assert arrivals.look({A: stamp(3)}, 20.0) == ()
    assert arrivals.look({A: stamp(3)}, 30.0) == (A,)


def test_what_vanished_is_forgotten() -> None:
    """A file that went away and came back is a new one, and has to stand still again."""
    arrivals = Arrivals(10.0)
    arrivals.look({A: stamp(1)}, 0.0)
    arrivals.look({A: stamp(1)}, 10.0)
    arrivals.handled(A)
    arrivals.look({}, 15.0)
    assert arrivals.look({A: stamp(1)}, 20.0) == ()
    assert arrivals.look({A: stamp(1)}, 30.0) == (A,)


def test_empty_partial_and_hidden_files_are_not_there_yet(tmp_path: Path) -> None:
    """Only files with sound's names and something in them are seen; an episode folder is seen as one."""
    for name in ("talk.wav", ".hidden.wav", "talk.wav.part", "talk.mp3.crdownload", "notes.txt"):
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "empty.wav").touch()
    episode = tmp_path / "001"
    (episode / "source").mkdir(parents=True)
    (episode / "episode.toml").write_text("")
    (episode / "source" / "a.wav").write_bytes(b"x")
    assert set(snapshot(tmp_path)) == {tmp_path / "talk.wav", episode}


def test_an_episode_changes_with_what_its_human_writes(tmp_path: Path) -> None:
    """episode.toml, corrections and recordings count; what the machine writes does not."""
    (tmp_path / "e" / "source").mkdir(parents=True)
    (tmp_path / "e" / "episode.toml").write_text("number = 1")
    (tmp_path / "e" / "source" / "a.wav").write_bytes(b"x")
    before = snapshot(tmp_path)
    (tmp_path / "e" / "episode.json").write_text("{}")
    (tmp_path / "e" / "out").mkdir()
    assert snapshot(tmp_path) == before
    (tmp_path / "e" / "corrections.toml").write_text("#")
    assert snapshot(tmp_path) != before


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """Looking at nothing is an error, so that a typing mistake is not watched for ever."""
    with pytest.raises(UsageError, match="there is no folder"):
        snapshot(tmp_path / "nowhere")


def test_a_link_to_nowhere_is_passed_over(tmp_path: Path) -> None:
    """A dangling link is no recording."""
    (tmp_path / "link.wav").symlink_to(tmp_path / "gone.wav")
    assert snapshot(tmp_path) == {}
