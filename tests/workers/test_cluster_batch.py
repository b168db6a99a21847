"""A batch on a cluster: mastered by workers that share the folder, and the same files as at home."""

from __future__ import annotations

import json
import math
import shutil
import wave
from array import array
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from chaitime_audio.audio import remote_mastering
from chaitime_audio.audio.mastering.standin import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.audio.remote_mastering import mastered_elsewhere
from chaitime_audio.cli import run
from chaitime_audio.domain.sound import ExtraFile, Loudness, Master, MixPlan
from chaitime_audio.pipeline.stopping import Run
from chaitime_audio.project.artifacts import ArtifactStore
from chaitime_audio.workers.in_process import InProcess

pytest.importorskip("distributed")
STANDINS = "\n".join(
    ["[engines]", *(f'{kind} = "standin"' for kind in ("asr", "activity", "diarization", "mastering"))]
)


def _tones(path: Path, seconds: int = 12) -> Path:
    """Tones of two seconds with a pause after each, which the stand-ins take for speech."""
    path.parent.mkdir(parents=True)
    at = range(16_000 * seconds)
    loud = (round(8000 * math.sin(n * 0.08)) if n % 48_000 < 32_000 else 0 for n in at)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(array("h", loud).tobytes())
    return path


def _made(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted((folder / "out").iterdir())}


def test_a_batch_on_a_cluster_leaves_the_same_files(
    cluster: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of out/ is as at home, from a relative path, though nobody here may master; no room is left."""
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "chaitime.toml").write_text(STANDINS)
    monkeypatch.chdir(tmp_path)
    _tones(tmp_path / "in" / "talk.wav")
    assert run(["batch", "in", "--jobs", "1", "-q"]) == 0
    (episode,) = (path for path in (tmp_path / "episodes").iterdir() if path.is_dir())
    at_home = _made(episode)
    for name in ("out", "facts"):
        shutil.rmtree(episode / name)
    (episode / "episode.json").unlink()

    def refuse(*_: object) -> Master:
        raise AssertionError("this is for a worker to do")

    with monkeypatch.context() as patched:
        patched.setattr(Engine, "master", refuse)
        assert run(["batch", "episodes", "--cluster", cluster, "-q"]) == 0
    assert _made(episode) == at_home
    assert not (episode / "work").exists()
    assert run(["batch", "episodes", "--cluster", cluster, "--transfer", "--again", "master", "-q"]) == 0
    assert _made(episode) == at_home


class _Masterer(Engine):
    """Leaves a FLAC beside the MP3, as the real one does when asked."""

    def master(self, recording: Any, paths: Any, plan: Any, target: Path, progress: Any) -> Master:
        made = super().master(recording, paths, plan, target, progress)
        target.with_suffix(".flac").write_bytes(b"flac")
        total = "0f82f1ad05ad0fea6d7b7a1bf30bf4d7c1e7a2bd6d0a3a2a4f5ffb93b4d8a9c4"
        return replace(made, extras=(ExtraFile("flac", total, 4, Loudness(0, 0, 0)),))


@pytest.fixture
def order(tmp_path: Path) -> tuple[Any, tuple[Path, ...], MixPlan]:
    paths = (_tones(tmp_path / "source" / "talk.wav", 3),)
    return probe(paths, "single"), paths, MixPlan(())


def test_what_a_worker_mastered_takes_its_place(order: Any, tmp_path: Path) -> None:
    """The MP3 lies where it belongs with the sum that was told, older extras are away, the room too."""
    target, work = tmp_path / "facts" / "master.mp3", tmp_path / "work"
    target.parent.mkdir()
    target.with_suffix(".m4a").write_bytes(b"of an earlier run")
    made = mastered_elsewhere(InProcess(), Engine(), order, work, target)
    assert made
    assert target.stat().st_size == made.size_bytes
    assert [path.name for path in target.parent.iterdir()] == ["master.mp3"]
    assert not list(work.iterdir())


def test_what_came_is_looked_at(order: Any, tmp_path: Path) -> None:
    """A file whose sum is not the one told is not taken, nor is anything beside it."""
    target = tmp_path / "facts" / "master.mp3"
    assert mastered_elsewhere(InProcess(), _Masterer(), order, tmp_path / "work", target) is None
    assert not target.exists()
    assert not target.with_suffix(".flac").exists()


def test_a_worker_that_sees_other_files_lets_it_be(
    order: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a recording is absent or has another size, or nothing can be written, it is done at home."""
    target = tmp_path / "facts" / "master.mp3"
    errand = remote_mastering.Errand(
        *order, remote_mastering._sizes(order[1], order[2]), tmp_path / "room" / "a.mp3"
    )
    task = remote_mastering.MasterTask(Engine())
    assert task.run(None, errand) is None
    errand.target.parent.mkdir()
    assert task.run(None, errand)
    assert task.run(None, replace(errand, sizes=(1,))) is None
    order[1][0].unlink()
    assert task.run(None, errand) is None
    assert not target.exists()


def test_receipts_tell_of_workers_that_differ(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What --mixed let in stands in the receipt of every fact made with it, and in no other."""
    from chaitime_audio.pipeline.registry import Registry
    from chaitime_audio.pipeline.run import run_episode
    from chaitime_audio.project.episode_folder import EpisodeFolder
    from chaitime_audio.project.settings import Settings
    from chaitime_audio.workers import WorkerLease

    engines = replace(
        Settings().engines, asr="standin", activity="standin", diarization="standin", mastering="standin"
    )
    folder, registry = EpisodeFolder(tmp_path / "episode"), Registry(replace(Settings(), engines=engines))
    _tones(folder.source / "talk.wav")
    run_episode(folder, registry, run=Run(WorkerLease(1)))
    assert all("remark" not in receipt.made for receipt in ArtifactStore(folder).record.receipts.values())
    (folder.record).unlink()
    monkeypatch.setattr(WorkerLease, "remark", "made with --mixed")
    run_episode(folder, registry, run=Run(WorkerLease(1)))
    record = json.loads(folder.record.read_text())
    assert {item["made"]["remark"] for item in record["receipts"].values()} == {"made with --mixed"}
