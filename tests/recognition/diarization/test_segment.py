from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np

from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.steps.frames import FRAMES_PER_CHUNK
from chaitime_audio.recognition.diarization.steps.segment import Chunks, SegmentTask, segment

SOUND = Sound(Path("nowhere"), 190 * 16_000, "content")
RUNS: list[Chunks] = []


class _Fake(SegmentTask):
    """Hears one voice in every odd chunk, and remembers what it was asked."""

    def setup(self) -> None:
        return None

    def run(self, loaded: object, item: Chunks) -> np.ndarray:
        RUNS.append(item)
        heard = np.zeros((item.count, FRAMES_PER_CHUNK, 3), dtype=bool)
        heard[(item.first + np.arange(item.count)) % 2 == 1, :, 0] = True
        return heard


def test_kept_batches_come_back_as_they_were() -> None:
    """Packing to bits loses nothing."""
    task = SegmentTask(Path(), "")
    voices = np.random.default_rng(0).random((5, FRAMES_PER_CHUNK, 3)) > 0.5
    np.testing.assert_array_equal(task.unpack(task.pack(voices)), voices)


def test_second_caller_pays_nothing(context: EngineContext) -> None:
    """Activity and diarization ask for the same batches: the second finds all of them kept."""
    RUNS.clear()
    first = segment(_Fake(Path(), "sum"), SOUND, context, lambda _share: None)
    asked = len(RUNS)
    again = segment(_Fake(Path("moved"), "sum"), SOUND, context, lambda _share: None)
    assert (asked, len(RUNS)) == (4, 4)
    np.testing.assert_array_equal(first.count, again.count)


def test_every_chunk_is_heard_once(context: EngineContext) -> None:
    """Batches follow one another without hole or repeat, and progress reaches the end."""
    RUNS.clear()
    shares: list[float] = []
    segment(_Fake(Path(), "sum"), SOUND, context, shares.append)
    assert [item.first + index for item in RUNS for index in range(item.count)] == list(range(73))
    assert shares[-1] == 1.0


def test_key_names_weights_sound_and_place() -> None:
    """Another sound, network or place gives another key."""
    task, item = SegmentTask(Path(), "sum"), Chunks(SOUND, 0, 24)
    keys = {
        task.key(item),
        replace(task, weights_sha256="newer").key(item),
        task.key(replace(item, first=24)),
        task.key(replace(item, sound=replace(SOUND, sha256="other"))),
    }
    assert len(keys) == 4


def test_only_one_worker_loads_pyannote() -> None:
    """Segmentation asks for the lane that one process serves."""
    assert SegmentTask(Path(), "").affinity == "one"
