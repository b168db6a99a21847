"""How much is done and how long the rest takes: measured in this run, and silent until it can be known."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.batch import Begun, Found, Moved, Outcome, Plan, Planned
from chaitime_audio.batch.pace import Pace, in_words
from chaitime_audio.folder import EpisodeFolder

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
    pace.feed(planned(a=HOUR_MS, b=HOUR_MS), 0.0)
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


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(3, "less than a minute"), (65, "about 1 min"), (60 * 89, "about 89 min"), (60 * 124, "about 2 h")],
)
def test_a_wait_is_told_no_finer_than_it_is_known(seconds: float, words: str) -> None:
    """Seconds are never told; above an hour and a half it is tens of minutes."""
    assert in_words(seconds) == words
    assert in_words(60 * 152) == "about 2 h 30 min"
