"""Reading an episode as it was made: nothing is made, nothing is written."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from chaitime_audio.errors import NotMadeError
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.artifacts import ArtifactStore, KeptArtifacts
from chaitime_audio.project.episode_folder import EpisodeFolder


@dataclass(frozen=True, slots=True)
class Count:
    """A fact for these tests."""

    number: int


STAGE = Stage("transcript", Count, "engine", {"model": "base"})


def settle(folder: EpisodeFolder, *inputs: object, only_kept: bool) -> Count:
    artifacts = KeptArtifacts(folder) if only_kept else ArtifactStore(folder)
    try:
        return artifacts.once(STAGE, lambda *_: Count(7), *inputs).result
    finally:
        artifacts.close()


def test_a_kept_fact_is_read(tmp_path: Path) -> None:
    """What was made before is there for who only reads."""
    settle(EpisodeFolder(tmp_path), "in", only_kept=False)
    assert settle(EpisodeFolder(tmp_path), "in", only_kept=True) == Count(7)


@pytest.mark.parametrize("made_from", [None, "other"])
def test_what_is_missing_or_stale_is_not_made(tmp_path: Path, made_from: str | None) -> None:
    """A fact that is missing, or was made from something else, is named and not made."""
    if made_from:
        settle(EpisodeFolder(tmp_path), made_from, only_kept=False)
    with pytest.raises(NotMadeError, match="chaitime process") as found:
        settle(EpisodeFolder(tmp_path), "in", only_kept=True)
    assert found.value.stage == "transcript"


def test_reading_writes_nothing(tmp_path: Path) -> None:
    """Neither the record nor the sums of the sources are written while an episode is only read."""
    recording = tmp_path / "talk.wav"
    recording.write_bytes(b"sound")
    artifacts = KeptArtifacts(EpisodeFolder(tmp_path))
    artifacts.source_sums([recording])
    artifacts.update(derived={"cast": []})
    artifacts.close()
    assert [path.name for path in tmp_path.iterdir()] == ["talk.wav"]
