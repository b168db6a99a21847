"""Episodes that earlier versions made: this one reads them as kept, and tells the same."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import NoReturn

import pytest

from chaitime_audio.formats import Templates, render_all
from chaitime_audio.pipeline import stages
from chaitime_audio.pipeline.registry import Kit
from chaitime_audio.pipeline.run import Order, kit_for, made, make
from chaitime_audio.project.discovery import part
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.manifest import read_record
from chaitime_audio.workers import Crew, Hire

FROZEN = Path(__file__).parents[1] / "data" / "frozen"
EPISODES = [
    ("schema-1", "001-tom-ellery", "chaitime.toml"),
    ("schema-1", "002-own-tracks", "with-writer.toml"),
]
TEXTS = {".md", ".txt", ".vtt", ".srt", ".json", ".rttm"}
WORK = {
    ("activity", "pyannote"): "detect",
    ("asr", "whisper"): "transcribe",
    ("diarization", "pyannote"): "diarize",
    ("diarization", "tracks"): "diarize",
    ("mastering", "ffmpeg"): "master",
    ("notes", "openai_compatible"): "write",
}
MADE_SINCE: frozenset[str] = frozenset()
"""Stages that came after an episode was frozen: those are made, once."""


class NoWorkers(Hire):
    """Nobody to hire."""

    def crew(self, sound_ms: int) -> Crew:
        raise AssertionError("workers were hired for an episode that is kept")


def refused(*_: object, **__: object) -> NoReturn:
    raise AssertionError("an engine was started for an episode that is kept")


@pytest.fixture(params=EPISODES, ids=lambda it: f"{it[0]}-{it[1]}")
def frozen(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[EpisodeFolder, Kit, Path]:
    """A copy of a frozen episode, its kit, and where its texts lie; no engine works and no model is here."""
    schema, slug, config = request.param
    monkeypatch.setenv("CHAITIME_MODELS", str(tmp_path / "no-models"))
    for (kind, name), work in WORK.items():
        monkeypatch.setattr(part(f"chaitime_audio.recognition.{kind}", name).Engine, work, refused)
    for name in ("align", "probe", "decode"):
        monkeypatch.setattr(stages, name, refused)
    show = tmp_path / "show"
    shutil.copytree(FROZEN / schema, show)
    shutil.rmtree(show / "episodes" / slug / "out")
    folder = EpisodeFolder(show / "episodes" / slug)
    return folder, kit_for(folder, show / "config" / config), FROZEN / schema / "episodes" / slug / "out"


def _texts(out: Path) -> dict[str, str]:
    files = (path for path in sorted(out.rglob("*")) if path.suffix in TEXTS)
    return {str(path.relative_to(out)): path.read_text(encoding="utf-8") for path in files}


def test_nothing_is_made_again(frozen: tuple[EpisodeFolder, Kit, Path]) -> None:
    """A whole run over an episode of an earlier version starts no engine and keeps every artifact."""
    folder, kit, _ = frozen
    before, told = read_record(folder), list[tuple[str, str]]()
    make(folder, kit, watch=lambda stage, state, _: told.append((stage, state)), hire=NoWorkers(1))
    after = read_record(folder)
    assert {stage for stage, state in told if state == "started"} <= MADE_SINCE
    assert {stage for stage, state in told if state == "kept"} >= set(before.receipts)
    assert before.receipts
    for stage, receipt in before.receipts.items():
        assert after.receipts[stage].digest == receipt.digest, stage


def test_texts_are_as_they_were(frozen: tuple[EpisodeFolder, Kit, Path]) -> None:
    """Every text of an earlier version, those on request too, is derived again letter by letter."""
    folder, kit, out = frozen
    expected = _texts(out)
    with made(folder, kit, Order(only_kept=True), hire=NoWorkers(1)) as found:
        texts = render_all(found.episode, Templates(kit.templates), every=True)
    assert len(expected) >= 8
    assert {name: texts.get(name) for name in expected} == expected


def test_people_are_named_as_they_were(frozen: tuple[EpisodeFolder, Kit, Path]) -> None:
    """Who spoke is known again from times, enrolled voices and tracks, with no model at hand."""
    folder, kit, _ = frozen
    with made(folder, kit, Order(only_kept=True), hire=NoWorkers(1)) as found:
        names = [voice.person.name for voice in found.episode.cast.voices]
    assert names == ["Maya Rao", "Tom Ellery"]
