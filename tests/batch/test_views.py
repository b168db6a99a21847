"""What a batch shows: every view tells the same, and takes names as they come without obeying them."""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

sys.path.insert(0, str(Path(__file__).parent))

from stories import HOSTILE, NEVER, Clock, planned, story

from chaitime_audio.batch import Begun, Moved, Outcome, SetAside
from chaitime_audio.cli.json_view import EVERY_S, JsonView
from chaitime_audio.cli.line_view import LineView
from chaitime_audio.cli.live_view import LiveView
from chaitime_audio.cli.outcome_table import aligned, show_outcomes
from chaitime_audio.cli.phrases import cut, name_of

pytestmark = pytest.mark.pure


@pytest.mark.parametrize("name", HOSTILE)
def test_names_are_shown_and_never_obeyed(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """No markup, control character or turn of writing direction of a name reaches the terminal."""
    file = io.StringIO()
    live = LiveView(Console(file=file, force_terminal=True, width=100, no_color=True), Clock())
    for view in (LineView(), live):
        with view as tell:
            for event in story(name):
                tell(event)
    for quiet in (True, False):
        show_outcomes([story(name)[-1]], quiet=quiet)  # type: ignore[list-item]
    out, err = capfd.readouterr()
    for text in (out, err, file.getvalue()):
        assert not [bad for bad in NEVER if bad in text.replace(f"no speech in {name}", "")]
    if name.startswith("["):
        assert all(name in text for text in (out, err, file.getvalue()))


@pytest.mark.parametrize("name", HOSTILE)
def test_the_table_on_a_terminal_takes_any_name(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Wide or narrow, the table shows a name as text, and no line is wider than the terminal."""
    for width in (140, 80, 40):
        file = io.StringIO()
        file.isatty = lambda: True  # type: ignore[method-assign]
        with monkeypatch.context() as patched:
            patched.setattr("sys.stdout", file)
            patched.setenv("COLUMNS", str(width))
            patched.setenv("NO_COLOR", "1")
            patched.setenv("TERM", "xterm")
            show_outcomes([story(name)[-1]], quiet=False)  # type: ignore[list-item]
        text = file.getvalue().replace("\x1b[1m", "").replace("\x1b[0m", "")
        assert not [bad for bad in NEVER if bad in text and "\u0301" not in bad]
        assert max(map(cell_len, text.splitlines())) <= width
        assert "no speech in" in " ".join(text.split())


def test_lines_tell_stages_with_their_time_and_how_many_are_over(capfd: pytest.CaptureFixture[str]) -> None:
    """Without a terminal: begun, each stage done, the end with its number; all of it on stderr."""
    clock = Clock()
    with LineView(clock=clock) as tell:
        tell(planned("a", "b"))
        tell(Begun(Path("in/a")))
        tell(Moved(Path("in/a"), "transcript", "started", 0.0))
        clock.now = 30.0
        tell(Moved(Path("in/a"), "transcript", "running", 0.5))
        tell(Moved(Path("in/a"), "transcript", "done", 1.0))
        tell(Outcome(Path("in/a"), "done", "", 31.0, sound_ms=62_000, lufs=-16.0, warnings=("x",)))
    out, err = capfd.readouterr()
    assert out == ""
    assert err.splitlines() == [
        "2 of 2 episodes to make",
        "a: begun",
        "a: transcribe: done in 30.0 s",
        "[1 of 2] ✓ a: done in 31.0 s (2.0× real time, -16.0 LUFS), 1 warning",
    ]


def test_how_it_stands_is_said_now_and_then(capfd: pytest.CaptureFixture[str]) -> None:
    """Once a minute at first and less often later, with the time left as soon as that can be known."""
    clock = Clock()
    with LineView(clock=clock) as tell:
        tell(planned("a", "b", sound_ms=3_600_000))
        tell(Begun(Path("in/a")))
        for second in range(1, 7200):
            clock.now = float(second)
            tell(Moved(Path("in/a"), "transcript", "running", second / 7200))
    said = [line for line in capfd.readouterr().err.splitlines() if line.startswith("0 of 2 episodes, ")]
    assert "left" not in said[0]
    assert said[-1].endswith(" left")
    assert 10 < len(said) < 60


def test_quiet_lines_say_nothing_at_all(capfd: pytest.CaptureFixture[str]) -> None:
    """With -q the results at the end are all there is."""
    with LineView(quiet=True) as tell:
        for event in story("talk.wav"):
            tell(event)
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("name", HOSTILE)
def test_every_line_of_json_can_be_read_back(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    """One ASCII line an event, the name in it as it is, and no number that JSON does not have."""
    path = Path("in") / name
    silent = Outcome(path, "done", "", 3.0, lufs=float("-inf"), speakers=(name,), folder=Path(name))
    with JsonView() as tell:
        for event in [*story(name), Moved(path, "master", "done", float("nan")), silent]:
            tell(event)
    out = capfd.readouterr().out
    assert out.isascii()
    events = [json.loads(line, parse_constant=pytest.fail) for line in out.splitlines()]
    assert [item["event"] for item in events] == ["planned", "begun", "moved", "ended", "moved", "ended"]
    assert {item["path"] for item in events[1:]} == {str(path)}
    assert events[-1]["lufs"] is None
    assert events[-1]["speakers"] == [name]


def test_progress_in_json_is_thinned_out_but_ends_are_all_told(capfd: pytest.CaptureFixture[str]) -> None:
    """Two lines a second for each stage of each episode at most; beginning and end are always there."""
    clock = Clock()
    view, path = JsonView(clock), Path("in/talk.wav")
    view.tell(Moved(path, "master", "started", 0.0))
    for step in range(1000):
        clock.now += 0.01
        view.tell(Moved(path, "master", "running", step / 1000))
        view.tell(Moved(path, "transcript", "running", step / 1000))
    view.tell(Moved(path, "master", "done", 1.0))
    events = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    states = [item["state"] for item in events if item["stage"] == "master"]
    assert (states[0], states[-1]) == ("started", "done")
    assert 2 < len(states) <= 10 / EVERY_S + 2
    fields = {"event": "moved", "path": "in/talk.wav", "stage": "master", "state": "done", "share": 1.0}
    assert events[-1] == fields


def test_the_end_counts_how_everything_ended(capfd: pytest.CaptureFixture[str]) -> None:
    """What needed nothing is counted, not listed; speed and loudness stand with what was made."""
    made = Outcome(Path("a"), "done", "", 10.0, sound_ms=100_000, lufs=-16.04, speakers=("Ada", "Bo"))
    show_outcomes([made, Outcome(Path("b"), "up to date", "", 0.0)], quiet=True)
    out = capfd.readouterr().out
    assert "✓ a: done in 10.0 s (10.0× real time, -16.0 LUFS)" in out
    assert out.endswith("1 done, 1 up to date\n")
    assert " b" not in out
    show_outcomes([made, Outcome(Path("b"), "up to date", "", 0.0)], quiet=False)
    _, row, total = capfd.readouterr().out.splitlines()
    assert row.split() == ["✓", "a", "done", "0:10", "10.0×", "-16.0", "Ada,", "Bo"]
    assert total == "1 done, 1 up to date"


def test_columns_stand_under_each_other_whatever_is_in_them() -> None:
    """The last column begins at one place, counted in columns of a terminal and not in letters."""
    lines = aligned([("✓", name_of(Path(name)), *[""] * 5, "END") for name in HOSTILE])
    assert len({cell_len(line.removesuffix("END")) for line in lines}) == 1


@pytest.mark.parametrize("name", HOSTILE)
def test_a_cut_name_is_as_wide_as_was_asked(name: str) -> None:
    """Never wider in columns, and never endless in letters that take none."""
    assert cell_len(cut(name, 20)) <= 20 or not name.isprintable()
    assert cell_len(name_of(Path(name), 20)) <= 20
    assert len(name_of(Path(name), 20)) <= 41


def test_a_log_in_an_old_encoding_is_no_reason_to_stop(monkeypatch: pytest.MonkeyPatch) -> None:
    """Marks and names that a log's encoding does not have become question marks; the rest is told."""
    log = io.TextIOWrapper(io.BytesIO(), encoding="ascii")
    monkeypatch.setattr("sys.stdout", log)
    show_outcomes([Outcome(Path("日本"), "failed", "no speech", 1.0)], quiet=True)
    log.flush()
    assert log.buffer.getvalue().decode("ascii").startswith("? ??: failed: no speech")  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", HOSTILE)
def test_an_episode_set_aside_is_told_and_no_longer_shown_as_running(
    name: str, capfd: pytest.CaptureFixture[str]
) -> None:
    """That its worker died and that it comes again, in every view; its line leaves the picture."""
    file, path = io.StringIO(), Path("in") / name
    live = LiveView(Console(file=file, width=200, no_color=True), Clock())
    views = (live, LineView(), JsonView())
    for view in views:
        for event in (*story(name)[:4], SetAside(path, "a worker process died")):
            view.tell(event)
    out, err = capfd.readouterr()
    assert json.loads(out.splitlines()[-1])["event"] == "set aside"
    for text in (err, file.getvalue()):
        assert "set aside, once more at the end: a worker process died" in text
        assert "\u202e" not in text
    picture = io.StringIO()
    Console(file=picture, width=200).print(live.drawn())
    assert "transcribe" not in picture.getvalue()
