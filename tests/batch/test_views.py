"""What a batch shows: every view tells the same, and takes names as they come without obeying them."""

from __future__ import annotations

import io
import json
import threading
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from chaitime_audio.batch import Begun, Event, Found, Moved, Outcome, Plan, Planned, SetAside
from chaitime_audio.cli._batch_json import EVERY_S, JsonView
from chaitime_audio.cli._batch_lines import LineView
from chaitime_audio.cli._batch_live import LiveView
from chaitime_audio.cli._batch_table import aligned, show_outcomes
from chaitime_audio.cli._batch_words import cut, name_of
from chaitime_audio.folder import EpisodeFolder

HOSTILE = [
    "[red]bold[/red]",
    "a\x1b[31mb",
    "two\nlines",
    "x" * 300,
    "\u202eevil",
    "[/]",
    "%s{0}",
    "日本語" * 40,
    "e" + "\u0301" * 900,
    "half\udcff",
    "\x9b31m\x07",
]
NEVER = ("\u202e", "\x1b[31m", "\x9b", "\x07", "two\nlines", "\udcff", "\u0301" * 200)


class Clock:
    """A clock that a test sets."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


def planned(*names: str, sound_ms: int = 60_000) -> Planned:
    """A plan in which everything is to be made."""
    return Planned(
        tuple(Plan(Found(EpisodeFolder(Path("in") / name)), "new", True, sound_ms) for name in names)
    )


def story(name: str) -> list[Event]:
    """A short batch of one episode that fails."""
    path = Path("in") / name
    return [
        planned(name),
        Begun(path),
        Moved(path, "transcript", "started", 0.0),
        Moved(path, "transcript", "running", 0.4),
        Outcome(path, "failed", f"no speech in {name}", 3.0),
    ]


def picture(view: LiveView, width: int = 120) -> str:
    """What the live view would draw now."""
    page = Console(file=io.StringIO(), width=width)
    page.print(view.drawn())
    return page.file.getvalue()  # type: ignore[attr-defined, no-any-return]


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
