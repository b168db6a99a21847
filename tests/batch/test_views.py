"""What a batch shows: every view tells the same, and takes names as they come without obeying them."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest
from rich.console import Console

from chaitime_audio.batch import Begun, Event, Found, Moved, Outcome, Plan, Planned
from chaitime_audio.cli._batch_json import JsonView
from chaitime_audio.cli._batch_lines import LineView
from chaitime_audio.cli._batch_live import LiveView
from chaitime_audio.cli._batch_table import show_outcomes
from chaitime_audio.folder import EpisodeFolder

HOSTILE = ["[red]bold[/red]", "a\x1b[31mb", "two\nlines", "x" * 300, "\u202eevil", "[/]", "%s{0}"]


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def story(name: str) -> list[Event]:
    """A short batch of one episode that fails."""
    path = Path("in") / name
    return [
        Planned((Plan(Found(EpisodeFolder(path)), "new", True, 60_000),)),
        Begun(path),
        Moved(path, "transcript", "started", 0.0),
        Moved(path, "transcript", "running", 0.4),
        Outcome(path, "failed", f"no speech in {name}", 3.0),
    ]


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_shown_and_never_obeyed(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """No markup, control character or turn of writing direction of a name reaches the terminal."""
    file = io.StringIO()
    live = LiveView(Console(file=file, force_terminal=True, width=100, no_color=True), Clock())
    for view in (LineView(), live):
        with view as tell:
            for event in story(name):
                tell(event)
    show_outcomes([story(name)[-1]], quiet=False)  # type: ignore[list-item]
    out, err = capfd.readouterr()
    for text in (out, err, file.getvalue()):
        assert "\u202e" not in text
        assert "\x1b[31m" not in text
        assert "two\nlines" not in text
    if name.startswith("["):
        assert name in err
        assert name in file.getvalue()


def test_the_live_view_shows_what_runs_and_what_ended() -> None:
    """Stage and share of an episode under way, the count of all, then a line for how it ended."""
    file, clock = io.StringIO(), Clock()
    view = LiveView(Console(file=file, width=120), clock)
    planned, begun, started, running, end = story("talk.wav")
    for event in (planned, begun, started, running):
        view.tell(event)
    clock.now = 75.0
    picture = Console(file=io.StringIO(), width=120)
    picture.print(view.drawn())
    text = picture.file.getvalue()  # type: ignore[attr-defined]
    assert "talk.wav" in text
    assert "transcribe, 1:15" in text
    assert "0 of 1" in text
    assert "left" in text
    view.tell(end)
    assert "✗ talk.wav: failed: no speech in talk.wav" in file.getvalue()
    after = Console(file=io.StringIO(), width=120)
    after.print(view.drawn())
    assert "1 of 1, 1 failed" in after.file.getvalue()  # type: ignore[attr-defined]


def test_progress_in_json_is_thinned_out_but_ends_are_all_told(capfd: pytest.CaptureFixture[str]) -> None:
    """A hundred steps in a tenth of a second are one line; beginning and end are always there."""
    clock = Clock()
    view, path = JsonView(clock), Path("in/talk.wav")
    view.tell(Moved(path, "master", "started", 0.0))
    for step in range(100):
        clock.now += 0.001
        view.tell(Moved(path, "master", "running", step / 100))
    view.tell(Moved(path, "master", "done", 1.0))
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [item["state"] for item in events] == ["started", "done"]
    assert events[-1] == {
        "event": "moved",
        "path": "in/talk.wav",
        "stage": "master",
        "state": "done",
        "share": 1.0,
    }


def test_the_end_counts_how_everything_ended(capfd: pytest.CaptureFixture[str]) -> None:
    """What needed nothing is counted, not listed; speed and loudness stand with what was made."""
    made = Outcome(Path("a"), "done", "", 10.0, sound_ms=100_000, lufs=-16.04)
    show_outcomes([made, Outcome(Path("b"), "up to date", "", 0.0)], quiet=False)
    out = capfd.readouterr().out
    assert "✓ a: done in 10.0 s (10.0× real time, -16.0 LUFS)" in out
    assert out.endswith("1 done, 1 up to date\n")
    assert " b" not in out
