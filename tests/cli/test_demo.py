"""`chaitime demo` lays out a show of its own, once, and never into a folder that is somebody's."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.cli.sample import EPISODE, lay_out
from chaitime_audio.errors import UsageError
from chaitime_audio.project.episode_file import read_brief
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.settings import load

pytestmark = pytest.mark.pure


def test_the_sample_is_laid_out_and_stays_as_one_left_it(tmp_path: Path) -> None:
    """Recording, brief and configuration can be read; what was edited meanwhile is kept."""
    folder = EpisodeFolder(lay_out(tmp_path / "demo"))
    assert read_brief(folder).title
    assert [path.suffix for path in folder.sources()] == [".opus"]
    assert load(tmp_path / "demo" / "config" / "chaitime.toml").show.host == "Maya Rao"
    folder.brief.write_text('title = "Mine"\n', encoding="utf-8")
    assert lay_out(tmp_path / "demo") == tmp_path / "demo" / EPISODE
    assert read_brief(folder).title == "Mine"


def test_a_folder_with_something_else_in_it_is_refused(tmp_path: Path) -> None:
    """Nothing is put between the files of another project."""
    (tmp_path / "thesis.txt").write_text("x", encoding="utf-8")
    with pytest.raises(UsageError, match="not empty"):
        lay_out(tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]
