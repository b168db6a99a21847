"""``chaitime`` alone: how it stands here, and the next sensible step."""

from __future__ import annotations

import shutil

import pytest

from .conftest import Show, write_tones


def said(show: Show) -> dict[str, str]:
    """What is printed, by the word that a line begins with."""
    code, out, _ = show.run()
    assert code == 0
    return {line[:12].strip(): line[12:] for line in out.splitlines()}


def test_where_nothing_is_it_says_how_to_begin(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """In an empty folder that belongs to no show, a configuration comes first."""
    shutil.rmtree(show.folder / "config")
    assert said(show) == {"next": 'chaitime init --name "My Show" (once), then chaitime process RECORDING'}


def test_the_next_step_follows_the_state(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """A show without recordings, one recording, more; one episode made, edited, and looked at from within."""
    assert said(show) == {"show": "Tea Time", "next": "chaitime process RECORDING"}
    show.tones("a talk.wav")
    assert said(show)["recordings"] == "1 file without an episode: a talk.wav"
    assert said(show)["next"] == "chaitime process 'a talk.wav'"
    show.tones("other.wav", 15)
    assert said(show)["next"] == "chaitime batch ."
    (show.folder / "other.wav").unlink()
    show.run("process", "a talk.wav")
    assert said(show)["episodes"] == "1 of 1 up to date, in episodes"
    assert (
        said(show)["next"] == "chaitime studio episodes/a-talk (read it), then chaitime check episodes/a-talk"
    )
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + 'subtitle = "Tea"\n')
    assert said(show)[""] == "a-talk: files in out/"
    assert said(show)["next"] == "chaitime process episodes/a-talk"
    monkeypatch.chdir(show.episode / "out")
    assert said(show)["episode"] == "a-talk: files in out/"
    assert said(show)["next"] == "chaitime process .."


def test_it_looks_at_this_folder_only(show: Show, monkeypatch: pytest.MonkeyPatch) -> None:
    """Recordings deeper down are for batch to find: this is quick in any folder, and writes nothing."""
    write_tones(show.folder / "far" / "down" / "talk.wav")
    before = sorted(show.folder.rglob("*"))
    assert "recordings" not in said(show)
    assert sorted(show.folder.rglob("*")) == before


def test_a_broken_configuration_is_said(show: Show) -> None:
    """As by every command: the file, the line, exit code 2."""
    (show.folder / "config" / "chaitime.toml").write_text("[show\n")
    code, _, problem = show.run()
    assert (code, "is not valid TOML" in problem) == (2, True)
