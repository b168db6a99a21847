"""``chaitime speakers``: every voice with its evidence and sound; renaming listens to nothing again."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest

from chaitime_audio.audio.probe import probe_clip

from .conftest import Show
from .test_process import times_made


def made(show: Show) -> None:
    """An episode whose MP3 is a real one, so that there is something to listen to."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    assert show.run("process", show.tones(seconds=24))[0] == 0


def sheets(show: Show) -> dict[str, dict[str, object]]:
    code, out, err = show.run("speakers", show.episode, "--json")
    assert code == 0, err
    return {sheet["label"]: sheet for sheet in json.loads(out)}


def test_each_voice_is_shown_with_what_tells_it(show: Show) -> None:
    """Label, name, talk time, evidence, lines with times, and a sound that can be played."""
    made(show)
    found = sheets(show)
    assert set(found) == {"S1", "S2"}
    for sheet in found.values():
        assert sheet["talk_ms"]
        assert sheet["lines"]
        assert 1_500 < probe_clip(Path(str(sheet["sample"]))).duration_ms <= 10_100
    _, out, _ = show.run("speakers", show.episode)
    assert "S1  Maya Rao, host, talks 0:08" in out
    assert "listen   " in out


def test_a_renamed_voice_is_renamed_everywhere(show: Show) -> None:
    """The name lies in episode.toml with times, stands in the post, and no engine ran."""
    made(show)
    facts = times_made(show.episode)
    code, _, err = show.run("speakers", show.episode, "--name", "S2=Ada Lovelace", "--role", "S2=guest")
    assert code == 0, err
    assert times_made(show.episode) == facts
    (person,) = tomllib.loads((show.episode / "episode.toml").read_text())["people"]
    assert (person["name"], person["role"]) == ("Ada Lovelace", "guest")
    assert person["at"]
    assert "**Ada Lovelace:**" in (show.out / "transcript.md").read_text()
    assert sheets(show)["S2"]["name"] == "Ada Lovelace"


def test_a_name_given_again_keeps_what_else_is_known(show: Show) -> None:
    """Renaming an entry keeps its biography and its comments stay in the file."""
    made(show)
    brief = show.episode / "episode.toml"
    brief.write_text(
        brief.read_text() + '\n# from her mail\n[[people]]\nname = "Ada"\nrole = "guest"\n'
        'at = ["00:04"]\nbio = "Writes programs."\n'
    )
    assert show.run("speakers", show.episode, "--name", "S2=Ada Lovelace")[0] == 0
    (person,) = tomllib.loads(brief.read_text())["people"]
    assert (person["name"], person["bio"]) == ("Ada Lovelace", "Writes programs.")


@pytest.mark.parametrize(
    ("option", "words"),
    [
        (("--name", "S9=Ada"), "there is no voice S9; there are: S1 ("),
        (("--name", "Ada"), "write --name VOICE="),
        (("--role", "S1=king"), "a role is host or guest"),
    ],
)
def test_a_voice_that_is_not_there_is_named(show: Show, option: tuple[str, str], words: str) -> None:
    """A wrong label, a wrong form and a wrong role are usage errors; episode.toml stays as it was."""
    made(show)
    before = (show.episode / "episode.toml").read_bytes()
    code, _, err = show.run("speakers", show.episode, *option)
    assert code == 2
    assert words in err
    assert (show.episode / "episode.toml").read_bytes() == before
