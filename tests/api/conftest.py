"""A show of stand-ins, as for the command line."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1]))
from cli.conftest import CONFIG, write_tones


@pytest.fixture
def tea_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder of a show, which is the working folder; ``talk.wav`` lies in it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    write_tones(tmp_path / "talk.wav")
    monkeypatch.chdir(tmp_path)
    return tmp_path
