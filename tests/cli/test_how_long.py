"""How long a run will take is said by earlier runs on this machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.project import speed_memory

from .conftest import Show


@pytest.fixture(autouse=True)
def _memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_memory, "store", lambda: tmp_path / "speeds.json")


def test_the_second_recording_knows_from_the_first(show: Show) -> None:
    """A new machine says nothing before it knows; then the time is said once, before the words are made."""
    code, _, err = show.run("process", show.tones("one.wav", seconds=66))
    assert code == 0
    assert "this takes" not in err
    code, _, err = show.run("process", show.tones("two.wav", seconds=69))
    assert code == 0
    assert err.count("this takes under a minute") == 1
    assert err.index("this takes") < err.index("transcribe: done")
    assert "this takes" not in show.run("process", show.folder / "two.wav", "-q")[2]


def test_a_batch_knows_from_an_earlier_one(show: Show) -> None:
    """A batch keeps a speed of its own, as it works on several episodes at a time."""
    for seconds in (66, 69):
        show.tones(f"in/{seconds}.wav", seconds=seconds)
    assert show.run("batch", show.folder / "in", "--jobs", "1")[0] == 0
    (who,) = speed_memory._read()
    assert who.startswith("standin ")
    assert "batch 1" in who
    assert speed_memory.usual(who) > 0
