"""How fast runs were here is remembered for each who did the work, and lost without harm."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.project import speed_memory


@pytest.fixture(autouse=True)
def _home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(speed_memory, "store", lambda: tmp_path / "state" / "speeds.json")


def test_the_median_of_the_last_five_runs_counts() -> None:
    """One slow run says little, and an old machine is forgotten."""
    for seconds in (9.0, 0.2, 0.3, 0.25, 0.2, 5.0):
        speed_memory.remember("base", seconds)
    assert speed_memory.usual("base") == 0.25
    assert speed_memory.usual("small") == 0.0


@pytest.mark.parametrize("torn", [b"", b"{", b"[]", b'{"base": 3}', b'{"base": ["x"]}', b"\xff"])
def test_a_torn_memory_is_no_memory(torn: bytes) -> None:
    """Whatever stands in the file: nothing is known, nothing fails, and the next run is remembered."""
    speed_memory.store().parent.mkdir()
    speed_memory.store().write_bytes(torn)
    assert speed_memory.usual("base") == 0.0
    speed_memory.remember("base", 0.5)
    assert speed_memory.usual("base") == 0.5


def test_what_cannot_be_kept_is_let_go(tmp_path: Path) -> None:
    """A home that cannot be written costs no run; impossible figures are not kept."""
    (tmp_path / "state").write_text("a file where the folder should be")
    speed_memory.remember("base", 0.5)
    (tmp_path / "state").unlink()
    for strange in (0.0, -1.0, float("nan"), float("inf")):
        speed_memory.remember("base", strange)
    assert speed_memory.usual("base") == 0.0
