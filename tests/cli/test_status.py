"""``chaitime status``: looks at every stage of every episode and touches nothing."""

from __future__ import annotations

import json

from .conftest import Show


def test_a_finished_episode_is_up_to_date_and_a_bare_recording_is_missing(show: Show) -> None:
    """Each gets one line; looking writes nothing."""
    show.tones("episodes/later.wav", seconds=15)
    show.tones("in/one.wav")
    assert show.run("batch", "in", "-q")[0] == 0
    before = {path: path.stat().st_mtime_ns for path in show.folder.rglob("*")}
    code, out, _ = show.run("status", "episodes")
    assert code == 0
    assert out == "later.wav: recording missing\none: up to date\n1 of 2 up to date\n"
    assert before == {path: path.stat().st_mtime_ns for path in show.folder.rglob("*")}


def test_a_stale_stage_says_which_input_changed(show: Show) -> None:
    """A cut makes only the master stale, and says so; another engine option names the option."""
    show.tones("in/one.wav")
    assert show.run("batch", "in", "-q")[0] == 0
    brief = show.folder / "episodes" / "one" / "episode.toml"
    text = brief.read_text()
    brief.write_text('cuts = [{ start = "00:01", end = "00:02" }]\n' + text)
    _, out, _ = show.run("status", "episodes")
    assert "one: master stale (changed: cuts, clips or who speaks when)" in out
    stages = json.loads(show.run("status", "episodes", "--json")[1])["stages"]
    assert {item["stage"]: item["state"] for item in stages} == {
        "recording": "kept",
        "decoded": "kept",
        "activity": "kept",
        "transcript": "kept",
        "diarization": "kept",
        "master": "stale",
    }
    brief.write_text("speakers = 3\n" + text)
    assert "diarization stale (changed: the number of speakers)" in show.run("status", "episodes")[1]


def test_another_recording_makes_what_hangs_on_it_wait(show: Show) -> None:
    """A changed recording is stale first; what is made from it waits for it."""
    show.tones("in/one.wav")
    assert show.run("batch", "in", "-q")[0] == 0
    show.tones("episodes/one/source/one.wav", seconds=18)
    _, out, _ = show.run("status", "episodes", "--json")
    stages = {item["stage"]: item for item in json.loads(out)["stages"]}
    assert stages["recording"]["state"] == "stale"
    assert stages["recording"]["note"] == "changed: the recordings"
    assert stages["decoded"]["state"] == "waits"


def test_a_failure_is_told_until_it_is_mended(show: Show) -> None:
    """The stage at which the last run failed, and why; after a run that went well nothing of it is left."""
    show.tones("in/one.wav")
    assert show.run("batch", "in", "-q")[0] == 0
    source = show.folder / "episodes" / "one" / "source" / "one.wav"
    good = source.read_bytes()
    source.write_bytes(good[:44] + b"\0" * 400_000)
    assert show.run("batch", "episodes", "-q")[0] == 5
    _, out, _ = show.run("status", "episodes")
    assert "one: failed at" in out
    source.write_bytes(good)
    assert show.run("batch", "episodes", "-q")[0] == 0
    assert "one: up to date" in show.run("status", "episodes")[1]


def test_an_episode_that_cannot_be_read_does_not_hide_the_others(show: Show) -> None:
    """A broken episode.toml is that episode's line; the others are looked at."""
    show.tones("in/one.wav")
    show.tones("in/two.wav", seconds=15)
    assert show.run("batch", "in", "-q")[0] == 0
    (show.folder / "episodes" / "one" / "episode.toml").write_text("title = 3\n")
    code, out, _ = show.run("status", "episodes")
    assert code == 0
    assert "one: " in out
    assert "title" in out
    assert "two: up to date" in out
