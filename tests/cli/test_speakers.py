"""``chaitime speakers``: who is who, how each voice sounds, and names told by hand."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

from .conftest import Show


def listed(show: Show, *more: str) -> list[dict[str, object]]:
    """The voices as JSON."""
    code, out, err = show.run("speakers", show.episode, *more, "--json")
    assert code == 0, err
    rows: list[dict[str, object]] = json.loads(out)
    return rows


def receipts(show: Show) -> dict[str, object]:
    """The receipts of all facts, as they are kept."""
    kept: dict[str, object] = json.loads((show.episode / "episode.json").read_text())["receipts"]
    return kept


def test_each_voice_is_listed_with_lines_and_a_sample(show: Show) -> None:
    """A voice comes with talk time, lines with times, and a sound file that ffmpeg wrote as FLAC."""
    show.run("process", show.tones("one.wav", 60))
    rows = listed(show)
    assert [row["label"] for row in rows] == ["S1", "S2"]
    for row in rows:
        assert row["talk_ms"]
        assert row["lines"]
        assert Path(str(row["sample"])).read_bytes()[:4] == b"fLaC"
    code, out, _ = show.run("speakers", show.episode)
    assert code == 0
    assert "S1  " in out
    assert "listen   " in out


def test_a_name_told_by_hand_stays_and_costs_no_engine(show: Show) -> None:
    """A rename goes into episode.toml by times of speaking; texts follow, and every fact stays."""
    show.run("process", show.tones("one.wav", 60))
    before = receipts(show)
    rows = listed(show, "--name", "s2=Tom Ellery", "--role", "S2=guest")
    assert rows[1]["name"] == "Tom Ellery"
    person = next(
        one
        for one in tomllib.loads((show.episode / "episode.toml").read_text())["people"]
        if one["name"] == "Tom Ellery"
    )
    assert person["role"] == "guest"
    assert person["at"]
    assert "**Tom Ellery:**" in (show.out / "transcript.md").read_text()
    after = receipts(show)
    assert {name: after[name] for name in before} == before


def test_names_are_swapped_in_one_command(show: Show) -> None:
    """Two names the wrong way round are put right at once; bios stay with their people."""
    show.run("process", show.tones("one.wav", 60))
    listed(show, "--name", "S1=Ada Byron", "--name", "S2=Tom Ellery", "--role", "S1=host")
    brief = show.episode / "episode.toml"
    brief.write_text(
        brief.read_text().replace('name = "Tom Ellery"', 'name = "Tom Ellery"\nbio = "Reads errors."')
    )
    rows = listed(show, "--name", "S1=Tom Ellery", "--name", "S2=Ada Byron")
    assert [row["name"] for row in rows] == ["Tom Ellery", "Ada Byron"]
    people = tomllib.loads(brief.read_text())["people"]
    assert {one["name"]: one.get("bio", "") for one in people} == {
        "Ada Byron": "",
        "Tom Ellery": "Reads errors.",
    }


def test_a_wrong_spelling_is_changed_in_place(show: Show) -> None:
    """The name of a person who was told before is changed, nobody is added, comments stay."""
    show.run("process", show.tones("one.wav", 60))
    listed(show, "--name", "S2=Tom Elery", "--role", "S2=guest")
    brief = show.episode / "episode.toml"
    brief.write_text("# mine\n" + brief.read_text())
    count = len(tomllib.loads(brief.read_text())["people"])
    listed(show, "--name", "Tom Elery=Tom Ellery")
    assert brief.read_text().startswith("# mine\n")
    people = tomllib.loads(brief.read_text())["people"]
    assert len(people) == count
    assert "Tom Ellery" in {one["name"] for one in people}


def test_what_cannot_be_meant_is_refused_and_nothing_written(show: Show) -> None:
    """Unknown voices, no name, one name for two, and other roles are usage errors that change nothing."""
    show.run("process", show.tones("one.wav", 60))
    brief = (show.episode / "episode.toml").read_text()
    wrong = (
        ("--name", "S9=Ada Byron"),
        ("--name", "S1"),
        ("--name", "S1=..."),
        ("--name", "S1=A\nB"),
        ("--name", "S1=Ada", "--name", "S2=ada"),
        ("--name", "S1=Ada", "--role", "S1=boss"),
    )
    for arguments in wrong:
        code, _, err = show.run("speakers", show.episode, *arguments)
        assert code == 2, arguments
        assert err.strip()
    assert (show.episode / "episode.toml").read_text() == brief


def test_people_that_do_not_fit_the_voices_are_asked_about(show: Show) -> None:
    """Three people told and two voices heard: the run and ``speakers`` ask, with the command that answers."""
    told = [item for name in ("Ada Byron", "Tom Ellery") for item in ("--guest", name)]
    code, out, err = show.run("process", show.tones("one.wav", 60), "--host", "Maya Rao", *told)
    assert code == 0, err
    question = "3 people are named in episode.toml, but 2 voices heard; how many speak?: chaitime process"
    assert question in " ".join(out.split())
    _, out, err = show.run("speakers", show.episode)
    assert question in err
    assert "--speakers N" in err
