"""What is up to date is seen by looking: nothing that counts goes unnoticed, and nothing else makes work."""

from __future__ import annotations

import shutil
from collections.abc import Callable

import pytest

from .conftest import Show, write_tones


@pytest.fixture
def made(show: Show) -> Show:
    """A show with one episode that a batch has made."""
    show.tones("in/talk.wav")
    assert show.run("batch", "in", "-q")[0] == 0
    for report in (show.folder / "episodes").glob("batch-report.*"):
        report.unlink()
    return show


def plan(show: Show, folder: str = "episodes") -> str:
    """What a dry run says of the one episode."""
    code, out, _ = show.run("batch", folder, "--dry-run")
    assert code == 0
    return out.strip().partition(": ")[2]


def _glossary(show: Show) -> None:
    (show.folder / "config" / "glossary.toml").write_text('[[terms]]\nspelling = "Darjeeling"\n')


def _template(show: Show) -> None:
    room = show.folder / "config" / "templates"
    room.mkdir()
    (room / "transcript.txt.j2").write_text("{{ page.title }}\n")


def _setting(show: Show) -> None:
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace("Maya Rao", "Ada Byron"))


def _intro(show: Show) -> None:
    config = show.folder / "config" / "chaitime.toml"
    write_tones(show.folder / "config" / "intro.wav", seconds=2)
    config.write_text(config.read_text() + '\n[audio]\nintro = "intro.wav"\n')


def _corrections(show: Show) -> None:
    (show.episode / "corrections.toml").write_text("")


def _output(show: Show) -> None:
    (show.out / "transcript.md").write_text("mine")


def _fact(show: Show) -> None:
    (show.episode / "facts" / "transcript.json").unlink()


def _recording(show: Show) -> None:
    write_tones(show.episode / "source" / "talk.wav", seconds=15)


def _record(show: Show) -> None:
    (show.episode / "episode.json").unlink()


def _name(show: Show) -> None:
    show.episode.rename(show.episode.with_name("another"))


CHANGES: list[Callable[[Show], None]] = [
    *(_glossary, _template, _setting, _intro, _corrections, _output, _fact, _recording, _record, _name)
]


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__.strip("_"))
def test_every_change_that_counts_is_noticed(made: Show, change: Callable[[Show], None]) -> None:
    """Settings, glossary, templates, clips, the human's words, recordings, facts, outputs, record, name."""
    shutil.rmtree(made.folder / "in")
    assert plan(made) == "up to date"
    change(made)
    assert plan(made) != "up to date"
    assert made.run("batch", "episodes", "-q")[0] == 0
    assert plan(made) == "up to date"


def test_a_show_that_was_moved_is_up_to_date(made: Show) -> None:
    """Paths do not count: the whole folder may lie elsewhere."""
    elsewhere = made.folder / "elsewhere"
    elsewhere.mkdir()
    for name in ("config", "episodes"):
        shutil.move(made.folder / name, elsewhere / name)
    assert plan(made, "elsewhere/episodes") == "up to date"


def test_a_brief_that_cannot_be_read_is_planned_so_that_the_run_says_why(made: Show) -> None:
    """A broken episode.toml is no reason to pass over an episode; mended, it is made."""
    brief = made.episode / "episode.toml"
    text = brief.read_text()
    brief.write_text("title = 3\n")
    assert plan(made).startswith("cannot run: ")
    code, out, _ = made.run("batch", "episodes", "-q")
    assert code == 5
    assert "title" in out
    brief.write_text(text)
    assert made.run("batch", "episodes", "-q")[0] == 0
    assert plan(made) == "up to date"
