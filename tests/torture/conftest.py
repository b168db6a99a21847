"""A show with stand-in engines, for the series of hard cases."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[1]))

from cli.conftest import CONFIG, Show


@pytest.fixture
def show(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Show:
    """An empty show whose engines are stand-ins; the working directory is inside it."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(CONFIG, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return Show(tmp_path, capfd)
