"""The live view of a batch: fits the terminal, shows what runs, and never waits for itself."""

from __future__ import annotations

import io
import sys
import threading
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent))

from stories import HOSTILE, Clock, picture, planned, story

from chaitime_audio.batch import Begun, Moved, Outcome
from chaitime_audio.cli.live_view import LiveView

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("name", HOSTILE)
@pytest.mark.parametrize("width", [20, 50, 70, 120])
def test_the_picture_fits_the_terminal(name: str, width: int) -> None:
    """Whatever the name and however narrow the terminal, a line of the picture is one line."""
    view = LiveView(Console(file=io.StringIO(), width=width, height=24), Clock())
    for event in story(name)[:-1]:
        view.tell(event)
    lines = picture(view, width).splitlines()
    assert len(lines) == 2
    assert max(map(cell_len, lines)) <= width


def test_the_picture_is_never_higher_than_the_terminal() -> None:
    """With more episodes under way than lines, some are counted, and the line for all stays in sight."""
    view = LiveView(Console(file=io.StringIO(), width=100, height=8), Clock())
    view.tell(planned(*(f"talk{rank}" for rank in range(30))))
    for rank in range(20):
        view.tell(Begun(Path(f"in/talk{rank}")))
    lines = picture(view).splitlines()
    assert len(lines) < 8
    assert lines[-2] == "and 15 more"
    assert lines[-1].startswith("0 of 30 episodes")


def test_the_live_view_shows_what_runs_and_what_ended() -> None:
    """Stage and share of an episode under way, the count of all, then a line for how it ended."""
    file, clock = io.StringIO(), Clock()
    view = LiveView(Console(file=file, width=120), clock)
    plan, begun, started, running, end = story("talk.wav")
    for event in (plan, begun, started, running):
        view.tell(event)
    clock.now = 75.0
    row, whole = picture(view).splitlines()
    assert row.split()[:2] == ["talk.wav", "transcribe"]
    assert row.split()[-2:] == ["40%", "1:15"]
    assert whole.startswith("0 of 1 episodes ")
    assert whole.endswith("20%  about 5 min left")
    view.tell(end)
    assert "✗ talk.wav: failed: no speech in talk.wav" in file.getvalue()
    assert picture(view).startswith("1 of 1 episodes, 1 failed ")
    assert "left" not in picture(view)


@pytest.mark.parametrize("width", [76, 80, 90, 100, 200])
@pytest.mark.parametrize("left_s", [1.0, 700.0, 9_000.0, 400_000.0])
def test_shares_and_the_time_left_are_never_cut(width: int, left_s: float) -> None:
    """On every usual terminal the figures are whole; it is names that are cut."""
    clock, path = Clock(), Path("in") / ("a long name " * 9)
    view = LiveView(Console(file=io.StringIO(), width=width), clock)
    view.tell(planned(path.name, "b"))
    view.tell(Begun(path))
    view.tell(Outcome(Path("in/b"), "done", "", 1.0))
    clock.now = left_s * 2 if left_s > 100 else 20.0
    for stage in ("decoded", "activity", "transcript", "diarization", "master"):
        view.tell(Moved(path, stage, "running", 0.4 if left_s > 100 else 0.999))
    row, whole = picture(view, width).splitlines()
    assert "…" in row
    assert "…" not in whole
    assert whole.endswith(" left")
    assert row.count("%") == whole.count("%") == 1


def test_between_stages_a_line_says_what_is_done() -> None:
    """With text and MP3 there, files are written, in whatever order the two were done."""
    for order in (("transcript", "master"), ("master", "transcript")):
        view, path = LiveView(Console(file=io.StringIO(), width=120), Clock()), Path("in/talk")
        view.tell(planned("talk"))
        view.tell(Begun(path))
        for stage, state in zip(order, ("kept", "done"), strict=True):
            assert "write everything" not in picture(view)
            view.tell(Moved(path, stage, state, 1.0))
        assert "write everything" in picture(view)


def test_of_stages_at_one_time_the_oldest_is_shown() -> None:
    """While two stages of an episode run, the line does not jump from one to the other."""
    view, path = LiveView(Console(file=io.StringIO(), width=120), Clock()), Path("in/talk")
    view.tell(planned("talk"))
    view.tell(Begun(path))
    for stage in ("transcript", "diarization"):
        view.tell(Moved(path, stage, "started", 0.0))
    for share in (0.1, 0.2, 0.3):
        for stage in ("diarization", "transcript"):
            view.tell(Moved(path, stage, "running", share))
        assert f"{share:.0%}" in picture(view)
        assert "transcribe" in picture(view)
    view.tell(Moved(path, "transcript", "done", 1.0))
    assert "tell voices apart" in picture(view)


def test_an_end_is_printed_without_holding_what_drawing_needs() -> None:
    """Rich asks for the picture under a lock that printing needs: holding ours would stop both for good."""
    drawn = []

    class Careful(Console):
        """A console that has the picture drawn by another thread while it prints."""

        def print(self, *_things: object, **_options: object) -> None:
            painter = threading.Thread(target=lambda: drawn.append(view.drawn()), daemon=True)
            painter.start()
            painter.join(10)

    view = LiveView(Careful(file=io.StringIO(), width=80), Clock())
    for event in story("talk.wav"):
        view.tell(event)
    assert len(drawn) == 1
