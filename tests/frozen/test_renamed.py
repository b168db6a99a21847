"""Names of the code change; what they are called in receipts does not."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.domain.sound import Clip, Span
from chaitime_audio.errors import InputRefusedError, NotMadeError
from chaitime_audio.pipeline import produce, stages
from chaitime_audio.pipeline.run import RunOptions, open_episode, registry_for
from chaitime_audio.project import artifacts, manifest, serialization, wire
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.episode_folder import EpisodeFolder

SCHEMA_1 = Path(__file__).parents[1] / "data" / "frozen" / "schema-1"


@dataclass(frozen=True, slots=True)
class SpeechActivity:
    """As the model's, under a name that a later version might give its field."""

    stretches: tuple[Span, ...]

    @property
    def spans(self) -> tuple[Span, ...]:
        return self.stretches


@dataclass(frozen=True, slots=True)
class MixPlan:
    """As the model's, with a field renamed and one that came later."""

    who_speaks: tuple[tuple[str, Span], ...]
    cuts: tuple[Span, ...]
    intro: Clip | None
    outro: Clip | None
    bed: Clip | None
    fade_ms: int = 0


def _stage(name: str, kind: Any, engine: str, options: dict[str, str], **how: Any) -> Stage[Any]:
    """A stage as a later version might name it."""
    if name == "activity":
        renamed = {{"segmentation_sha256": "network_sha256"}.get(key, key): it for key, it in options.items()}
        return Stage("speech", SpeechActivity, "segmentation", {**renamed, "hop": "10"}, **how)
    if name == "master":
        renamed = {{"trim": "trim_ends"}.get(key, key): value for key, value in options.items()}
        return Stage(name, kind, "pydub", {**renamed, "dither": "no"}, **how)
    return Stage(name, kind, engine, options, **how)


@pytest.fixture
def renamed(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A version that calls a stage, two engines, options and fields otherwise."""
    planned = produce.mix_plan

    def mix_plan(*given: Any) -> MixPlan:
        plan = planned(*given)
        return MixPlan(plan.speaker_spans, plan.cuts, plan.intro, plan.outro, plan.bed)

    monkeypatch.setattr(stages, "Stage", _stage)
    monkeypatch.setattr(produce, "mix_plan", mix_plan)
    serialization._json_converter.cache_clear()
    yield
    serialization._json_converter.cache_clear()


@pytest.fixture
def mapped(renamed: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """The lines in wire.py that belong to these renames."""
    monkeypatch.setitem(wire.STAGES, "speech", "activity")
    monkeypatch.setitem(wire.ENGINES, ("speech", "segmentation"), "pyannote")
    monkeypatch.setitem(wire.ENGINES, ("master", "pydub"), "ffmpeg")
    monkeypatch.setitem(wire.OPTIONS, ("speech", "network_sha256"), "segmentation_sha256")
    monkeypatch.setitem(wire.OPTIONS, ("master", "trim_ends"), "trim")
    monkeypatch.setitem(wire.LATER_OPTIONS, ("speech", "hop"), "10")
    monkeypatch.setitem(wire.LATER_OPTIONS, ("master", "dither"), "no")
    monkeypatch.setitem(wire.FIELDS, "SpeechActivity", {"stretches": "spans"})
    monkeypatch.setitem(wire.FIELDS, "MixPlan", {"who_speaks": "speaker_spans"})
    monkeypatch.setitem(wire.LATER_FIELDS, "MixPlan", frozenset({"fade_ms"}))


def read(show: Path) -> dict[str, str]:
    """The stages' states when the frozen episode is only read."""
    folder, told = EpisodeFolder(show / "episodes" / "001-tom-ellery"), dict[str, str]()

    def watch(stage: str, state: str, _: float) -> None:
        told[stage] = state

    registry = registry_for(folder, show / "config" / "chaitime.toml")
    with open_episode(folder, registry, RunOptions(only_kept=True), watch):
        return told


def test_a_rename_that_is_mapped_keeps_every_receipt(mapped: None) -> None:
    """With its lines in wire.py, a version with other names reads the frozen episode as kept.

    What a newer engine would make differently is outdated, and kept as well.
    """
    told = read(SCHEMA_1)
    assert {"speech", "master"} <= set(told)
    assert told["master"] == "kept"
    assert set(told.values()) <= {"kept", "outdated"}


def test_a_rename_that_is_not_mapped_is_noticed(renamed: None) -> None:
    """Without them the episode would be made again: the frozen episode shows it."""
    with pytest.raises(NotMadeError):
        read(SCHEMA_1)


def test_a_record_is_written_under_the_names_on_disk(mapped: None, tmp_path: Path) -> None:
    """What a version with other names writes, a version with the old ones reads."""
    shutil.copytree(SCHEMA_1 / "episodes" / "001-tom-ellery", tmp_path / "one")
    folder = EpisodeFolder(tmp_path / "one")
    found = manifest.read_record(folder)
    assert "speech" in found.receipts
    before = json.loads(folder.record.read_bytes())
    assert json.loads(manifest.written(found)) == before


def _record(tmp_path: Path, **changes: object) -> EpisodeFolder:
    """An episode folder that holds the frozen record, changed; None takes a section out."""
    folder = EpisodeFolder(tmp_path)
    data = json.loads((SCHEMA_1 / "episodes" / "001-tom-ellery" / "episode.json").read_bytes()) | changes
    folder.record.write_text(json.dumps({name: value for name, value in data.items() if value is not None}))
    return folder


def test_a_newer_record_is_refused_and_left_alone(tmp_path: Path) -> None:
    """A record of a schema to come is one line with exit code 3, and not a byte of it changes."""
    folder = _record(tmp_path, schema=manifest.SCHEMA + 1, marvels=["to come"])
    before = folder.record.read_bytes()
    with pytest.raises(InputRefusedError, match=r"newer chaitime.*upgrade") as caught:
        artifacts.ArtifactStore(folder)
    assert (caught.value.exit_code, "\n" in str(caught.value)) == (3, False)
    assert folder.record.read_bytes() == before


def test_a_record_without_a_number_is_the_first_schema(tmp_path: Path) -> None:
    """An older record that names no schema keeps its receipts."""
    assert len(manifest.read_record(_record(tmp_path, schema=None)).receipts) == 6


def test_an_older_record_is_migrated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A record of an earlier schema goes through every migration in turn."""
    monkeypatch.setattr(manifest, "SCHEMA", 3)
    first = {"reason": "from 1"}
    monkeypatch.setitem(manifest.MIGRATIONS, 1, lambda data: data | {"failure": first})
    monkeypatch.setitem(
        manifest.MIGRATIONS, 2, lambda data: data | {"failure": data["failure"] | {"at": "3"}}
    )
    found = manifest.read_record(_record(tmp_path))
    assert found.failure == {"reason": "from 1", "at": "3"}
    assert json.loads(manifest.written(found))["schema"] == 3
