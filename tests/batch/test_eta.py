"""How much is done and how long the rest takes: measured in this run, and silent until it can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.batch import Begun, Found, Moved, Outcome, Plan, Planned
from chaitime_audio.batch.eta import Pace, in_words
from chaitime_audio.project.episode_folder import EpisodeFolder

pytestmark = pytest.mark.pure

HOUR_MS = 3_600_000


def planned(**lengths_ms: int) -> Planned:
    """A plan with an episode for each name; length 0 means nothing to do."""
    return Planned(
        tuple(Plan(Found(EpisodeFolder(Path(name))), "new", bool(ms), ms) for name, ms in lengths_ms.items())
    )


def ended(name: str, state: str = "done") -> Outcome:
    """An episode that came to its end."""
    return Outcome(Path(name), state, "", 1.0)  # type: ignore[arg-type]


def test_the_time_left_follows_the_sound_that_is_left() -> None:
    """After one of three hours in ten minutes, twenty minutes are left."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS, b=2 * HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(ended("a"), 600.0)
    assert pace.share == pytest.approx(1 / 3)
    assert pace.left_s(600.0) == pytest.approx(1200.0)


def test_nothing_is_said_before_it_can_be_known() -> None:
    """No time is told before work began, in the first twenty seconds, or before three percent are done."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS, b=HOUR_MS), 0.0)
    assert pace.left_s(100.0) is None
    pace.feed(Begun(Path("a")), 100.0)
    pace.feed(ended("a"), 110.0)
    assert pace.left_s(119.0) is None
    assert pace.left_s(121.0) is not None
    slow = Pace()
    slow.feed(planned(a=HOUR_MS, b=99 * HOUR_MS), 0.0)
    slow.feed(Begun(Path("a")), 0.0)
    slow.feed(ended("a"), 50.0)
    assert slow.left_s(50.0) is None


def test_the_time_in_which_models_are_loaded_is_no_speed() -> None:
    """What passes before the first small progress happens once, so it is not multiplied by what is left."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    for step in range(1, 11):
        pace.feed(Moved(Path("a"), "transcript", "running", step / 20), 90.0 + 10 * step)
    assert pace.left_s(190.0) == pytest.approx(90.0 / 0.225 * 0.75)
    coarse = Pace()
    coarse.feed(planned(a=HOUR_MS), 0.0)
    coarse.feed(Begun(Path("a")), 0.0)
    coarse.feed(Moved(Path("a"), "transcript", "running", 0.5), 100.0)
    assert coarse.left_s(100.0) == pytest.approx(300.0)


def test_an_episode_under_way_counts_in_part() -> None:
    """Stages count as far as they are, and never more than whole."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    before = pace.share
    pace.feed(Moved(Path("a"), "transcript", "running", 0.5), 10.0)
    half = pace.share
    pace.feed(Moved(Path("a"), "transcript", "done", 1.0), 20.0)
    assert 0 == before < half < pace.share < 1
    pace.feed(Moved(Path("a"), "transcript", "running", 7.0), 20.0)
    assert pace.share < 1


def test_what_was_kept_is_neither_work_nor_done() -> None:
    """An episode of which only the MP3 is to be made is little work, so it hardly moves the time left."""
    pace = Pace()
    stale = Plan(Found(EpisodeFolder(Path("a"))), "from master on", True, HOUR_MS)
    pace.feed(Planned((stale, *planned(b=HOUR_MS).plans)), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    for stage in ("decoded", "activity", "transcript", "diarization"):
        pace.feed(Moved(Path("a"), stage, "kept", 1.0), 1.0)
    pace.feed(ended("a"), 30.0)
    assert pace.share == pytest.approx(0.15 / 1.15, abs=0.01)


def test_a_failed_episode_is_over() -> None:
    """With the last one failed all is done, and nothing is left."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS, b=HOUR_MS, c=0), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(ended("a", "failed"), 30.0)
    pace.feed(ended("b", "failed"), 60.0)
    assert pace.share == 1.0
    assert pace.left_s(60.0) == 0.0


@pytest.mark.parametrize("state", ["failed", "skipped"])
def test_what_failed_or_was_skipped_at_once_makes_nothing_look_fast(state: str) -> None:
    """Nine of ten broken files say nothing about how long the tenth takes: no time is told yet."""
    pace = Pace()
    pace.feed(planned(**{f"bad{rank}": HOUR_MS for rank in range(9)}, good=HOUR_MS), 0.0)
    for rank in range(9):
        pace.feed(Begun(Path(f"bad{rank}")), 0.0)
        pace.feed(ended(f"bad{rank}", state), 1.0)
    assert pace.share == 0.0
    assert pace.left_s(30.0) is None
    pace.feed(Moved(Path("good"), "transcript", "running", 0.5), 100.0)
    assert pace.left_s(100.0) == pytest.approx(300.0)


def test_episodes_planned_alike_are_taken_for_as_much_work() -> None:
    """Where one of four needed its MP3 only, the other three are taken to need the same."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS, b=HOUR_MS, c=HOUR_MS, d=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    for stage in ("decoded", "activity", "transcript", "diarization"):
        pace.feed(Moved(Path("a"), stage, "kept", 1.0), 1.0)
    pace.feed(ended("a"), 30.0)
    assert pace.share == pytest.approx(0.25)
    assert pace.left_s(30.0) == pytest.approx(90.0)


def test_what_was_made_before_a_worker_died_stays_done() -> None:
    """On the second try its stages are kept, but this run made them: the share never falls."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(Moved(Path("a"), "activity", "done", 1.0), 9.0)
    pace.feed(Moved(Path("a"), "transcript", "running", 0.9), 10.0)
    before = pace.share
    pace.feed(Begun(Path("a"), retry=True), 20.0)
    pace.feed(Moved(Path("a"), "activity", "kept", 1.0), 21.0)
    assert pace.share == pytest.approx(before)
    pace.feed(Moved(Path("a"), "transcript", "done", 1.0), 30.0)
    assert before < pace.share < 1


@pytest.mark.parametrize("share", [float("nan"), float("inf"), -3.0, 9.0])
def test_a_share_that_cannot_be_is_held_in_bounds(share: float) -> None:
    """Whatever an engine tells of its progress, shares stay between 0 and 1."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS, b=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(Moved(Path("a"), "transcript", "running", share), 9.0)
    assert 0.0 <= pace.episode_share(Path("a")) < 1.0
    assert 0.0 <= pace.share < 1.0


def test_a_recording_of_unknown_length_counts_like_the_others() -> None:
    """Where no header tells a length, the usual one of this batch is taken, so that nothing is free."""
    pace = Pace()
    known = planned(a=HOUR_MS).plans[0]
    unknown = Plan(Found(EpisodeFolder(Path("b"))), "new", True, 0)
    pace.feed(Planned((known, unknown)), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(ended("a"), 60.0)
    assert pace.share == pytest.approx(0.5)


@pytest.mark.parametrize(
    ("seconds", "words"),
    [
        (3, "under a minute"),
        (65, "about 1 min"),
        (60 * 89, "about 89 min"),
        (60 * 124, "about 2 h"),
        (45_000, "about 12 h"),
    ],
)
def test_a_wait_is_told_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    """Seconds are never told; above an hour and a half it is tens of minutes."""
    assert in_words(seconds) == words
    assert in_words(60 * 152) == "about 2 h 30 min"


def test_before_it_can_be_measured_earlier_runs_tell_the_time_left() -> None:
    """At 0.5 s for a second of sound an hour takes half an hour, less what is kept; then it is measured."""
    pace = Pace(usual=0.5)
    pace.feed(planned(a=HOUR_MS), 0.0)
    assert pace.left_s(0.0) is None
    pace.feed(Begun(Path("a")), 0.0)
    assert pace.left_s(0.0) == pytest.approx(1800.0)
    pace.feed(Moved(Path("a"), "transcript", "kept", 1.0), 1.0)
    assert pace.left_s(1.0) == pytest.approx(900.0)
    pace.feed(Moved(Path("a"), "diarization", "running", 0.01), 2.0)
    pace.feed(Moved(Path("a"), "diarization", "running", 0.5), 60.0)
    assert pace.left_s(60.0) != pytest.approx(900.0, rel=0.2)


def test_only_a_run_that_made_most_of_a_long_sound_is_a_measure() -> None:
    """A minute or more, most of it made now; then its speed is that of an episode made whole."""
    pace = Pace()
    pace.feed(planned(a=HOUR_MS), 0.0)
    pace.feed(Begun(Path("a")), 0.0)
    pace.feed(Moved(Path("a"), "master", "kept", 1.0), 1.0)
    assert pace.speed(100.0) == 0.0
    pace.feed(ended("a"), 850.0)
    assert pace.speed(850.0) == pytest.approx(850 / (0.85 * 3600))
    for length_ms, kept in ((30_000, "master"), (HOUR_MS, "transcript")):
        other = Pace()
        other.feed(planned(a=length_ms), 0.0)
        other.feed(Begun(Path("a")), 0.0)
        other.feed(Moved(Path("a"), kept, "kept", 1.0), 1.0)
        other.feed(ended("a"), 100.0)
        assert other.speed(100.0) == 0.0
