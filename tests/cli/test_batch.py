"""``chaitime batch`` with stand-in engines."""

from __future__ import annotations

import json
import threading
import time

from chaitime_audio.project.episode_folder import EpisodeFolder

from .conftest import Show


def test_a_bad_recording_does_not_stop_the_rest(show: Show) -> None:
    """The others are made, the exit code is 5, and the bad one is named with its reason."""
    (show.folder / "in").mkdir()
    show.tones("in/b.wav")
    (show.folder / "in" / "a.wav").write_bytes(b"no sound at all")
    code, out, _ = show.run("batch", "in", "-q")
    assert code == 5
    assert "✗ a.wav: failed: in/a.wav is not a recording" in out
    assert "✓ b.wav: done" in out
    assert out.endswith("1 done, 1 failed\n")
    assert not (show.folder / "episodes" / "a").exists()
    assert list((show.folder / "episodes" / "b" / "out").glob("*.mp3"))


def test_a_dry_run_says_new_and_then_kept_and_writes_nothing(show: Show) -> None:
    """The plan tells what is new, what is up to date, and which stage is stale and why; it makes nothing."""
    (show.folder / "in").mkdir()
    show.tones("in/talk.wav")
    assert "talk: new" in show.run("batch", "in", "--dry-run")[1]
    assert not (show.folder / "episodes").exists()
    assert show.run("batch", "in", "-q")[0] == 0
    assert "talk: up to date" in show.run("batch", "in", "--dry-run")[1]
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text() + "[audio]\ntarget_lufs = -18\n")
    assert "talk: from master on (target_lufs -16.0 → -18.0)" in show.run("batch", "in", "--dry-run")[1]


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
    assert len([path for path in (show.folder / "episodes").iterdir() if path.is_dir()]) == 2


def test_a_cluster_that_does_not_answer_is_said_before_anything_is_made(show: Show) -> None:
    """A wrong address is one line and a usage error; no episode folder appears."""
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


def test_what_is_up_to_date_is_not_touched_and_what_changed_is_made(show: Show) -> None:
    """A second run opens nothing; a new title, an edited output or a lost file is noticed by looking."""
    show.tones("in/one.wav")
    show.tones("in/two.wav", seconds=15)
    assert show.run("batch", "in", "-q")[0] == 0
    before = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*") if path.is_file()}
    code, out, _ = show.run("batch", "in", "-q")
    assert (code, out) == (0, "2 up to date\n")
    after = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*") if path.is_file()}
    assert before == after
    brief = show.folder / "episodes" / "one" / "episode.toml"
    brief.write_text('title = "Another"\n' + brief.read_text())
    (show.folder / "episodes" / "two" / "out" / "two.rttm").unlink()
    assert show.run("batch", "episodes", "-q")[1].endswith("2 done\n")
    assert "Another" in (brief.parent / "out" / "transcript.md").read_text()
    assert (show.folder / "episodes" / "two" / "out" / "two.rttm").is_file()


def test_the_choice_and_the_order_can_be_told(show: Show) -> None:
    """--only takes a part of a name or a pattern, --newest-first begins with the latest, --limit stops."""
    import os

    for rank, name in enumerate(("old", "new", "other")):
        os.utime(show.tones(f"in/{name}.wav", seconds=12 + rank), (10**9 + rank % 2, 10**9 + rank % 2))
    _, out, _ = show.run("batch", "in", "--dry-run", "--only", "o", "--only", "n?w*")
    assert out.count("\n") == 3
    assert show.run("batch", "in", "--dry-run", "--only", "ther")[1].count("\n") == 1
    _, out, _ = show.run("batch", "in", "--dry-run", "--newest-first", "--limit", "1")
    assert out.endswith("/new: new\n")
    assert out.count("\n") == 1


def test_an_episode_that_another_run_holds_is_skipped_or_waited_for(show: Show) -> None:
    """Skipped with exit code 75 while the others are made; with --wait it is made afterwards."""
    show.tones("in/one.wav")
    show.tones("in/two.wav", seconds=15)
    assert show.run("batch", "in", "-q", "--only", "one")[0] == 0
    held = EpisodeFolder(show.folder / "episodes" / "one")
    with held.run_lock():
        code, out, err = show.run("batch", "in", "-q", "--again", "master")
    assert code == 75
    assert "– one.wav: skipped: another run is working on" in out.replace("– one:", "– one.wav:")
    assert "✓ two.wav: done" in out
    assert "--wait" in err
    free = threading.Event()

    def hold() -> None:
        with held.run_lock():
            free.set()
            time.sleep(1.2)

    holder = threading.Thread(target=hold)
    holder.start()
    free.wait()
    assert show.run("batch", "in", "-q", "--again", "master", "--wait")[0] == 0
    holder.join()


def test_events_come_as_lines_of_json(show: Show) -> None:
    """With --json stdout has one object a line: the plan, what begins, moves and ends; nothing else."""
    show.tones("in/talk.wav")
    (show.folder / "in" / "bad.wav").write_bytes(b"x")
    code, out, _ = show.run("batch", "in", "--json")
    assert code == 5
    events = [json.loads(line) for line in out.splitlines()]
    assert [item["what"] for item in events[0]["plans"]] == ["new", "new"]
    ended = {item["path"]: item for item in events if item["event"] == "ended"}
    assert ended["in/talk.wav"]["state"] == "done"
    assert ended["in/talk.wav"]["folder"].endswith("episodes/talk")
    assert "not a recording" in ended["in/bad.wav"]["reason"]
    stages = {item["stage"] for item in events if item["event"] == "moved" and item["state"] == "done"}
    assert {"decoded", "transcript", "diarization", "master"} <= stages


def test_a_report_is_left_with_the_episodes(show: Show) -> None:
    """Page and JSON lie beside the episode folders, failures first; a run with nothing to do leaves them."""
    show.tones("in/a talk.wav")
    (show.folder / "in" / "<b>.wav").write_bytes(b"x")
    assert show.run("batch", "in", "-q")[0] == 5
    page = (show.folder / "episodes" / "batch-report.html").read_text()
    data = json.loads((show.folder / "episodes" / "batch-report.json").read_text())
    assert [item["state"] for item in data["episodes"]] == ["failed", "done"]
    assert "&lt;b&gt;.wav" in page
    assert "<b>" not in page
    assert page.index("&lt;b&gt;") < page.index("a talk.wav")
    assert 'href="a-talk/out/transcript.html"' in page
    assert not list((show.folder / "in").glob("batch-report*"))


def test_what_is_told_goes_into_every_episode(show: Show) -> None:
    """Host, language and number of speakers named once are written into each episode.toml."""
    show.tones("in/one.wav")
    show.tones("in/two.wav", seconds=15)
    asked = ("--host", "Ada Byron", "--language", "en", "--speakers", "2")
    assert show.run("batch", "in", "-q", *asked)[0] == 0
    for name in ("one", "two"):
        text = (show.folder / "episodes" / name / "episode.toml").read_text()
        assert "Ada Byron" in text
        assert 'language = "en"' in text
        assert "speakers = 2" in text


def test_two_recordings_of_one_sound_are_one_episode(show: Show) -> None:
    """The same recording in two folders is made once, and the second time found up to date; no failure."""
    first = show.tones("in/1/talk.wav")
    second = show.folder / "in" / "2" / "talk.wav"
    second.parent.mkdir()
    second.write_bytes(first.read_bytes())
    assert show.run("batch", "in", "-q")[0] == 0
    assert len([path for path in (show.folder / "episodes").iterdir() if path.is_dir()]) == 1
