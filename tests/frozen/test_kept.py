"""Episodes that earlier versions made: this one reads them as kept, and tells the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from chaitime_audio.domain.wording import Wording
from chaitime_audio.formats import Templates, render_all
from chaitime_audio.pipeline import stages
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.pipeline.run import RunOptions, open_episode, registry_for, run_episode
from chaitime_audio.pipeline.stopping import Run
from chaitime_audio.project.discovery import load_module
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.manifest import read_record
from chaitime_audio.workers import WorkerLease, WorkerPool

FROZEN = Path(__file__).parents[1] / "data" / "frozen"
EPISODES = [
    ("schema-1", "001-tom-ellery", "chaitime.toml"),
    ("schema-1", "002-own-tracks", "with-writer.toml"),
]
TEXTS = {".md", ".txt", ".vtt", ".srt", ".json", ".rttm"}
WORK = {
    ("recognition.activity", "pyannote"): "detect",
    ("recognition.asr", "whisper"): "transcribe",
    ("recognition.asr", "faster_whisper"): "transcribe",
    ("recognition.diarization", "pyannote"): "diarize",
    ("recognition.diarization", "tracks"): "diarize",
    ("audio.mastering", "ffmpeg"): "master",
    ("language_model", "openai_compatible"): "write",
}
MADE_SINCE: frozenset[str] = frozenset({"notes"})
"""Stages that came after an episode was frozen, or whose input was changed on purpose: made, once.

What a language model is asked to word is drawn from the cleaned text, which the learned editor and the gate
changed.
"""


KEPT = RunOptions(only_kept=True, unworded=True)


def unworded(*_: object, **__: object) -> Wording:
    """A language model that leaves every line as it was extracted."""
    return Wording()


class NoWorkers(WorkerLease):
    """Nobody to hire."""

    def pool(self, sound_ms: int) -> WorkerPool:
        raise AssertionError("workers were hired for an episode that is kept")


def refused(*_: object, **__: object) -> NoReturn:
    raise AssertionError("an engine was started for an episode that is kept")


@pytest.fixture(params=EPISODES, ids=lambda it: f"{it[0]}-{it[1]}")
def frozen(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[EpisodeFolder, Registry, Path]:
    """A copy of a frozen episode, its kit, and where its texts lie; no engine works and no model is here."""
    schema, slug, config = request.param
    monkeypatch.setenv("CHAITIME_MODELS", str(tmp_path / "no-models"))
    for (room, name), work in WORK.items():
        worker = unworded if work == "write" else refused
        monkeypatch.setattr(load_module(f"chaitime_audio.{room}", name).Engine, work, worker)
    monkeypatch.setattr(stages, "probe", refused)
    for name in ("align.align", "inputs.mix_inputs", "decode.decode"):
        monkeypatch.setattr(f"chaitime_audio.audio.{name}", refused)
    show = tmp_path / "show"
    shutil.copytree(FROZEN / schema, show)
    shutil.rmtree(show / "episodes" / slug / "out")
    folder = EpisodeFolder(show / "episodes" / slug)
    return folder, registry_for(folder, show / "config" / config), FROZEN / schema / "episodes" / slug / "out"


def _texts(out: Path) -> dict[str, str]:
    files = (path for path in sorted(out.rglob("*")) if path.suffix in TEXTS)
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in files}


def test_nothing_is_made_again(frozen: tuple[EpisodeFolder, Registry, Path]) -> None:
    """A whole run over an episode of an earlier version starts no engine and keeps every artifact."""
    folder, registry, _ = frozen
    before, told = read_record(folder), list[tuple[str, str]]()
    run_episode(
        folder,
        registry,
        watch=lambda stage, state, _: told.append((stage, state)),
        run=Run(NoWorkers(1)),
    )
    after = read_record(folder)
    assert {stage for stage, state in told if state == "started"} <= MADE_SINCE
    kept = {stage for stage, state in told if state in ("kept", "outdated")}
    assert kept >= set(before.receipts) - MADE_SINCE
    assert before.receipts
    for stage, receipt in before.receipts.items():
        if stage in MADE_SINCE:
            continue
        assert after.receipts[stage].digest == receipt.digest, stage


def test_texts_are_as_they_were(frozen: tuple[EpisodeFolder, Registry, Path]) -> None:
    """Every text of an earlier version, those on request too, is derived again letter by letter."""
    folder, registry, out = frozen
    expected = _texts(out)
    with open_episode(folder, registry, KEPT, run=Run(NoWorkers(1))) as found:
        texts = render_all(found.episode, Templates(registry.templates), every=True)
    assert len(expected) >= 8
    assert {name: texts.get(name) for name in expected} == expected


def test_people_are_named_as_they_were(frozen: tuple[EpisodeFolder, Registry, Path]) -> None:
    """Who spoke is known again from times, enrolled voices and tracks, with no model at hand."""
    folder, registry, _ = frozen
    with open_episode(folder, registry, KEPT, run=Run(NoWorkers(1))) as found:
        names = [voice.person.name for voice in found.episode.cast.voices]
    assert names == ["Maya Rao", "Tom Ellery"]
