"""A run that is refused changes nothing; one during which a person edits the episode notices."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.batch import plan_of
from chaitime_audio.batch.search import found_at
from chaitime_audio.pipeline import run
from chaitime_audio.pipeline.produce import produce
from chaitime_audio.project import episode_file
from chaitime_audio.project.episode_file import Overrides
from chaitime_audio.project.episode_folder import EpisodeFolder

from .conftest import Show


def test_a_run_that_is_locked_out_has_written_nothing(show: Show) -> None:
    """It ends with 75, and episode.toml is what it was."""
    show.run("process", show.tones())
    brief = show.episode / "episode.toml"
    before = brief.read_bytes()
    with EpisodeFolder(show.episode).run_lock():
        assert show.run("process", show.episode, "--title", "Changed", "--guest", "Somebody")[0] == 75
        assert show.run("batch", show.episode.parent, "--again", "master", "--language", "de")[0] == 75
    assert brief.read_bytes() == before


def test_a_new_episode_is_not_begun_without_the_lock(show: Show) -> None:
    """Two runs that are handed the same recording do not write into one folder."""
    recording = show.tones()
    folder = EpisodeFolder(show.folder / "episodes" / "talk")
    with folder.run_lock():
        assert show.run("process", recording, "--title", "talk")[0] == 75
        assert show.run("batch", recording.parent, "--only", "talk.wav")[0] == 75
    assert not folder.brief.exists()
    assert not folder.source.exists()
    assert show.run("process", recording, "--title", "talk")[0] == 0
    assert folder.brief.exists()


def edits(monkeypatch: pytest.MonkeyPatch, folder: Path, titles: list[str]) -> list[str]:
    """Let a person write another title at the end of each making, as long as there are titles."""
    left = list(titles)

    def and_edit(job: run.Job, *known: Any) -> object:
        episode = produce(job, *known)
        if left:
            episode_file.amend(EpisodeFolder(folder), Overrides(title=left.pop(0)))
        return episode

    monkeypatch.setattr(run, "produce", and_edit)
    return left


@pytest.mark.parametrize("command", [["process"], ["render"]])
def test_what_was_edited_meanwhile_is_in_the_texts(
    show: Show, monkeypatch: pytest.MonkeyPatch, command: list[str]
) -> None:
    """The run derives again, without listening again, and the episode then stands."""
    show.run("process", show.tones())
    made = (show.episode / "facts" / "transcript.json").stat().st_mtime_ns
    edits(monkeypatch, show.episode, ["Written meanwhile"])
    code, _, err = show.run(*command, show.episode)
    assert code == 0, err
    assert "Written meanwhile" in (show.out / "transcript.md").read_text()
    assert (show.episode / "facts" / "transcript.json").stat().st_mtime_ns == made


def test_again_counts_for_the_first_making_only(
    show: Show, monkeypatch: pytest.MonkeyPatch, count_of: Callable[[str], int]
) -> None:
    """--again transcript listens once, also when the texts are derived twice."""
    show.run("process", show.tones())
    before = count_of("transcribe")
    edits(monkeypatch, show.episode, ["Written meanwhile"])
    assert show.run("process", show.episode, "--again", "transcript")[0] == 0
    assert count_of("transcribe") == before + 1


def test_one_who_never_stops_editing_is_told(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """After three times the run ends, says so, and the episode does not count as up to date."""
    show.run("process", show.tones())
    left = edits(monkeypatch, show.episode, ["a", "b", "c", "d", "e"])
    code, out, err = show.run("process", show.episode)
    assert code == 0
    assert "episode.toml was edited again" in " ".join((out + err).split())
    assert left == ["d", "e"]
    assert plan_of(found_at(show.episode)).to_do


@pytest.fixture
def count_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], int]:
    """How often the stand-in for a recogniser was asked."""
    from chaitime_audio.recognition.asr import standin

    asked = list[str]()
    listen = standin.Engine.transcribe

    def counted(*given: object, **named: object) -> object:
        asked.append("transcribe")
        return listen(*given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(standin.Engine, "transcribe", counted)
    return asked.count
