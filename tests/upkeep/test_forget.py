"""`chaitime forget --voices`: no number is left that tells a voice; names, words and turns stay."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from chaitime_audio.cli import run
from chaitime_audio.domain.speech import Diarization
from chaitime_audio.project import serialization
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.upkeep import examine

FROZEN = Path(__file__).parents[1] / "data" / "frozen" / "schema-1"


@pytest.fixture
def episode(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> EpisodeFolder:
    """An episode that real engines made, in a show that knows its host's voice."""
    shutil.copytree(FROZEN / "config", tmp_path / "config")
    monkeypatch.chdir(tmp_path)
    folder = shutil.copytree(FROZEN / "episodes" / "001-tom-ellery", tmp_path / "episodes" / "001-tom-ellery")
    return EpisodeFolder(Path(folder))


def diarization(folder: EpisodeFolder) -> Diarization:
    return serialization.from_json(Diarization, (folder.facts / "diarization.json").read_bytes())


def test_prints_go_and_all_else_stays(episode: EpisodeFolder, capfd: pytest.CaptureFixture[str]) -> None:
    """Turns are as before, no vector is left in the folder, and nothing is made again for it."""
    before = diarization(episode)
    assert before.prints
    vector = f"{before.prints[0].vector[0]}"
    config = ["--config", str(episode.path.parents[1] / "config" / "chaitime.toml")]
    assert run(["render", str(episode.path), *config]) == 0
    receipts = json.loads(episode.record.read_bytes())["receipts"]
    post = (episode.out / "transcript.txt").read_bytes()
    assert run(["forget", str(episode.path), "--voices", *config]) == 0
    assert f"{len(before.prints)} voice prints removed" in capfd.readouterr().out
    after = diarization(episode)
    assert (after.turns, after.exclusive, after.prints) == (before.turns, before.exclusive, ())
    texts = [path.read_text(errors="replace") for path in episode.path.rglob("*.json")]
    assert not any(vector in text for text in texts)
    assert not [one for one in examine(episode) if one.level in ("lost", "mendable")]
    assert run(["render", str(episode.path), *config]) == 0
    kept = json.loads(episode.record.read_bytes())["receipts"]
    assert {name for name in kept if kept[name] != receipts[name]} == {"diarization"}
    assert (episode.out / "transcript.txt").read_bytes() == post


def test_the_shows_prints_of_that_episode_go_and_others_stay(episode: EpisodeFolder) -> None:
    """A person known from two episodes stays known from the other; one known from this alone is removed."""
    home = episode.path.parents[1] / "config"
    for path in (home / "voices").glob("*.toml"):
        path.unlink()
    one = '[[prints]]\nepisode = "{}"\nmodel = "m"\nspeech_ms = 9000\nvector = [0.6, 0.8]\n'
    both = 'name = "Maya Rao"\n' + one.format("001-tom-ellery") + one.format("other")
    (home / "voices" / "maya-rao.toml").write_text(both, encoding="utf-8")
    (home / "voices" / "tom.toml").write_text(
        'name = "Tom"\n' + one.format("001-tom-ellery"), encoding="utf-8"
    )
    assert run(["forget", str(episode.path), "--voices", "--config", str(home / "chaitime.toml")]) == 0
    left = (home / "voices" / "maya-rao.toml").read_text(encoding="utf-8")
    assert "other" in left
    assert "001-tom-ellery" not in left
    assert not (home / "voices" / "tom.toml").exists()


def test_what_to_forget_is_asked(episode: EpisodeFolder) -> None:
    """Without a word on what is to go, nothing goes."""
    assert run(["forget", str(episode.path)]) == 2
