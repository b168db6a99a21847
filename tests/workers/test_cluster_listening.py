"""Real models on a cluster: the same words and voices, byte for byte, as at home."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.audio.reading import excerpt
from chaitime_audio.project.serialization import to_json
from chaitime_audio.recognition.activity.pyannote import Engine as Detector
from chaitime_audio.recognition.asr.whisper import Engine as Whisper
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import Engine as Diarizer
from chaitime_audio.workers import WorkerPool
from chaitime_audio.workers.cluster import ClusterPool
from chaitime_audio.workers.in_process import InProcess

pytest.importorskip("distributed")
SAMPLE = next((Path(__file__).parents[2] / "episodes").glob("001-*/source/*"))


@pytest.fixture
def sound(tmp_path: Path) -> Sound:
    """Forty seconds of the sample episode, decoded."""
    piece, target = tmp_path / "piece.flac", tmp_path / "decoded"
    excerpt(SAMPLE, piece, 40_000)
    made = decode(probe((piece,)), (piece,), target, lambda _share: None)
    return Sound(target, made.sample_count, made.sha256)


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A scheduler in this process and two workers in processes of their own, over TCP."""
    from distributed import LocalCluster

    options = "--nthreads 1 --nworkers 1 --no-nanny --no-dashboard --host 127.0.0.1".split()
    environment = {**os.environ, "OMP_NUM_THREADS": "1"}
    with ExitStack() as stack:
        cluster = stack.enter_context(
            LocalCluster(n_workers=0, dashboard_address=None, host="127.0.0.1", processes=True)
        )
        for name in ("one", "two"):
            command = [sys.executable, "-m", "dask", "worker", cluster.scheduler_address, *options]
            worker = subprocess.Popen(
                [*command, "--local-directory", str(tmp_path / name)],
                env=environment,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )
            stack.callback(worker.wait)
            stack.callback(worker.kill)
        from distributed import Client

        with Client(cluster, set_as_default=False) as client:
            client.wait_for_workers(2, timeout=60)
        yield cluster.scheduler_address


def _heard(pool: WorkerPool, sound: Sound) -> tuple[str, str]:
    context = EngineContext(pool, None, lambda _share: None)
    activity = Detector(device="cpu").detect(sound, context)
    words = Whisper(model="tiny.en", device="cpu").transcribe(sound, activity, context)
    voices = Diarizer(device="cpu").diarize(sound, activity, 2, context)
    return to_json(words), to_json(voices)


@pytest.mark.models
def test_a_cluster_hears_what_is_heard_at_home(sound: Sound, address: str) -> None:
    """Words, times, voices and prints are the same in this process and on workers that get the sound sent."""
    here = _heard(InProcess(), sound)
    pool = ClusterPool(address, transfer=True)
    there = _heard(pool, sound)
    pool.close()
    assert here == there
    assert '"text"' in here[0]
