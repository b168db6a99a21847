"""Receipts: pay once, notice what changed, never trust what is torn."""

from __future__ import annotations

import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from chaitime_audio.errors import InputRefusedError
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.artifacts import ArtifactStore
from chaitime_audio.project.episode_folder import EpisodeFolder


@dataclass(frozen=True, slots=True)
class Count:
    """A fact for these tests."""

    number: int


class Maker:
    """Makes facts and counts how often it was asked."""

    def __init__(self, number: int = 1) -> None:
        self.number, self.calls = number, 0

    def __call__(self, *_inputs: object) -> Count:
        self.calls += 1
        return Count(self.number)


def stage(name: str = "transcript", *, large: bool = False, **options: str) -> Stage[Count]:
    return Stage(name, Count, "engine", options, large=large)


def settle(folder: EpisodeFolder, made: Stage[Count], maker: Maker, *inputs: object, **how: object) -> Count:
    artifacts = ArtifactStore(folder, **how)  # type: ignore[arg-type]
    try:
        return artifacts.once(made, maker, *inputs).result
    finally:
        artifacts.close()


@pytest.fixture
def folder(tmp_path: Path) -> EpisodeFolder:
    return EpisodeFolder(tmp_path)


@pytest.mark.parametrize("large", [False, True])
def test_the_same_input_is_paid_once(folder: EpisodeFolder, large: bool) -> None:
    """A fact with the same engine, options and inputs is made once, in this run and the next."""
    maker = Maker(7)
    for _ in range(2):
        assert settle(folder, stage(large=large, model="base"), maker, "in") == Count(7)
    assert maker.calls == 1


@pytest.mark.parametrize(
    ("options", "inputs"), [({"model": "small"}, ("in",)), ({"model": "base"}, ("other",)), ({}, ("in",))]
)
def test_a_changed_option_or_input_is_made_anew(
    folder: EpisodeFolder, options: dict[str, str], inputs: tuple[str, ...]
) -> None:
    """Any change of options or of the values handed in makes the fact again."""
    maker = Maker()
    settle(folder, stage(model="base"), maker, "in")
    settle(folder, stage(**options), maker, *inputs)
    assert maker.calls == 2


def test_an_older_version_stays_until_upgrade(folder: EpisodeFolder) -> None:
    """A new revision or model checksum leaves the kept fact, reported as outdated, until --upgrade."""
    maker, news = Maker(), []
    settle(folder, stage(revision="1", model_sha256="a"), maker)
    settle(folder, stage(revision="2", model_sha256="a"), maker, watch=lambda *item: news.append(item[:2]))
    assert (maker.calls, news) == (1, [("transcript", "outdated")])
    settle(folder, stage(revision="2", model_sha256="a"), maker, upgrade=True)
    assert maker.calls == 2


def test_a_new_name_in_the_vocabulary_does_not_cost_a_new_transcript(folder: EpisodeFolder) -> None:
    """A name is a hint to the recogniser: what was recognised without it stays until --upgrade."""
    maker = Maker()
    settle(folder, stage(model="base", vocabulary="Maya Rao"), maker, "in")
    settle(folder, stage(model="base", vocabulary="Maya Rao\nTom Ellery"), maker, "in")
    assert maker.calls == 1
    settle(folder, stage(model="base", vocabulary="Maya Rao\nTom Ellery"), maker, "in", upgrade=True)
    assert maker.calls == 2


def test_again_makes_one_stage_and_what_depends_on_it(folder: EpisodeFolder) -> None:
    """--again makes its stage anew; what follows is made again only if the outcome differs."""
    first, second = Maker(1), Maker(2)

    def run(**how: object) -> None:
        artifacts = ArtifactStore(folder, **how)  # type: ignore[arg-type]
        made = artifacts.once(stage("decoded"), first)
        assert artifacts.once(stage("transcript"), second, made).result == Count(2)
        artifacts.close()

    run()
    run(again=frozenset({"decoded"}))
    assert (first.calls, second.calls) == (2, 1)
    first.number = 5
    run(again=frozenset({"decoded"}))
    assert (first.calls, second.calls) == (3, 2)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"schema": "x"}', '{"schema": 1, "receipts": 3}'])
def test_a_torn_record_costs_a_recompute_never_an_error(folder: EpisodeFolder, text: str) -> None:
    """Whatever lies in episode.json, the fact is made and the record is whole again."""
    folder.record.write_text(text)
    maker = Maker()
    settle(folder, stage(), maker)
    settle(folder, stage(), maker)
    assert maker.calls == 1


def test_a_strange_receipt_costs_only_itself(folder: EpisodeFolder) -> None:
    """A section of a later version is left out; the others are still used."""
    maker = Maker()
    settle(folder, stage(), maker)
    record = json.loads(folder.record.read_text())
    record["receipts"]["later"] = {"shape": "unknown"}
    record["receipts"]["transcript"]["made"]["note"] = "of a later version"
    folder.record.write_text(json.dumps(record))
    settle(folder, stage(), maker)
    assert maker.calls == 1


def test_a_changed_fact_file_is_not_believed(folder: EpisodeFolder) -> None:
    """A fact whose file is gone or altered is made again."""
    maker = Maker(3)
    for spoil in (lambda path: path.unlink(), lambda path: path.write_text('{"number":4}\n')):
        settle(folder, stage(large=True), maker)
        spoil(folder.facts / "transcript.json")
        assert settle(folder, stage(large=True), maker) == Count(3)
    assert maker.calls == 3


def test_a_failure_reaches_whoever_asks_and_leaves_no_receipt(folder: EpisodeFolder) -> None:
    """An engine's error comes out of value, also of facts that depend on it; nothing is kept."""

    def refuse() -> Count:
        raise InputRefusedError("no speech")

    artifacts = ArtifactStore(folder)
    failed = artifacts.once(stage("decoded"), refuse)
    follower = artifacts.once(stage("transcript"), Maker(), failed)
    with pytest.raises(InputRefusedError, match="no speech"):
        _ = follower.result
    artifacts.close()
    assert ArtifactStore(folder).record.receipts == {}


def test_independent_facts_are_made_at_the_same_time(folder: EpisodeFolder) -> None:
    """Two facts that do not depend on each other overlap in time."""
    meeting = threading.Barrier(2, timeout=5)

    def make() -> Count:
        meeting.wait()
        return Count(1)

    artifacts = ArtifactStore(folder)
    both = [artifacts.once(stage(name), make) for name in ("transcript", "diarization")]
    assert [handle.result for handle in both] == [Count(1), Count(1)]
    artifacts.close()


def test_a_source_is_hashed_again_only_when_it_changed(
    folder: EpisodeFolder, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Size, time and inode spare the hash; a changed file gets a new one."""
    recording = folder.path / "a.wav"
    recording.write_bytes(b"one")
    before = ArtifactStore(folder).source_sums((recording,))
    with monkeypatch.context() as patch:
        patch.setattr("chaitime_audio.project.manifest.file_sha256", lambda _path: pytest.fail("read again"))
        assert ArtifactStore(folder).source_sums((recording,)) == before
    recording.write_bytes(b"other")
    assert ArtifactStore(folder).source_sums((recording,)) != before


def test_a_recording_that_is_replaced_meanwhile_leaves_no_receipt(folder: EpisodeFolder) -> None:
    """What was made of two recordings is kept for neither; one that was only touched is still the same."""
    recording = folder.path / "talk.wav"
    recording.write_bytes(b"first")

    def made_while(happens: Callable[[], object]) -> None:
        artifacts = ArtifactStore(folder)
        try:
            artifacts.source_sums([recording])
            assert artifacts.once(stage(), lambda: happens() and Count(1)).result == Count(1)
        finally:
            artifacts.close()

    with pytest.raises(InputRefusedError, match=r"talk\.wav was changed while"):
        made_while(lambda: recording.write_bytes(b"another"))
    assert not ArtifactStore(folder).record.receipts
    made_while(lambda: os.utime(recording, (1, 1)) or True)
    assert "transcript" in ArtifactStore(folder).record.receipts
