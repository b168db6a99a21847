from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.model_files import WeightsFile
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.steps import embed as _embed
from chaitime_audio.recognition.diarization.steps.embed import (
    Block,
    Blocks,
    EmbedTask,
    blocks,
    embed,
    points_of,
)
from chaitime_audio.recognition.diarization.steps.frames import FRAMES_PER_CHUNK, Frames, first_frame, join

TASK = EmbedTask(Path("campplus.pt"), "sum")


def _frames(spans: list[tuple[int, int]], chunks: int = 20) -> Frames:
    voices = np.zeros((chunks, FRAMES_PER_CHUNK, 3), dtype=bool)
    for slot, (first, end) in enumerate(spans):
        for chunk in range(chunks):
            shift = first_frame(chunk)
            voices[chunk, max(0, first - shift) : max(0, end - shift), slot % 2] = True
    return join(voices, chunks * 2500 + 7500)


def test_every_stretch_is_embedded_in_blocks_of_bounded_length() -> None:
    """Blocks cover every stretch once, none longer than 12 s, near ones together."""
    frames = _frames([(10, 1500), (1510, 1600), (1800, 1900), (2500, 2600)])
    made = blocks(frames)
    assert all(group[-1].end_ms - group[0].start_ms <= 12_000 for group in made)
    covered = sum(part.end_ms - part.start_ms for group in made for part in group)
    spoken = sum(item.end - item.first for item in frames.stretches) * 16.875
    assert abs(covered - spoken) < 2 * len(frames.stretches)
    for before, after in pairwise(made):
        far = after[0].start_ms - before[-1].end_ms > 1_000
        assert far or after[0].end_ms - before[0].start_ms > 12_000


def test_windows_lie_inside_their_part() -> None:
    """One point every 100 ms; windows of 1 s, shifted at the edges, shrunk in a short part."""
    long = points_of((1_000, 4_000))
    assert len(long) == 30
    assert all(left >= 1_000 and right <= 4_000 and right - left == 1_000 for _, (left, right) in long)
    assert [window for _, window in points_of((1_000, 1_300))] == [(1_000, 1_300)] * 3
    assert len(points_of((1_000, 1_040))) == 1


def test_kept_batches_come_back_as_they_were() -> None:
    """Packing loses nothing, NaN included."""
    vectors = np.random.default_rng(0).normal(size=(5, 192)).astype(np.float32)
    vectors[2] = np.nan
    np.testing.assert_array_equal(TASK.unpack(TASK.pack(vectors)), vectors)


def test_key_changes_with_all_that_matters(tmp_path: Path) -> None:
    """Other sound, other weights, other windows: another key. Where the files lie does not matter."""
    sound = Sound(tmp_path / "a", 16_000, "content")
    block = Block(0, 1_000, ((0, 1_000),), ((0, 1_000),))
    item = Blocks(sound, (block,))
    keys = [
        TASK.key(item),
        TASK.key(Blocks(replace(sound, sha256="other"), (block,))),
        TASK.key(Blocks(sound, (replace(block, clean=((0, 500),)),))),
        replace(TASK, weights_sha256="newer").key(item),
    ]
    assert len(set(keys)) == 4
    elsewhere = Blocks(replace(sound, path=tmp_path / "b"), (block,))
    assert replace(TASK, weights=Path("elsewhere"), device="cuda").key(elsewhere) == keys[0]


class _Fake(EmbedTask):
    """Embeds every point as the time of its window's middle."""

    def setup(self) -> None:
        return None

    def run(self, loaded: object, item: Blocks) -> np.ndarray:
        middles = [
            (left + right) / 2
            for block in item.blocks
            for part in block.parts
            for _, (left, right) in points_of(part)
        ]
        return np.repeat(np.array(middles, dtype=np.float32)[:, None], _embed.DIMENSION, axis=1)


def test_vectors_stay_with_their_points(tmp_path: Path, context: EngineContext) -> None:
    """Whatever the batches, point i has the vector of its own window and the number of its own stretch."""
    frames = _frames([(first, first + 90) for first in range(10, 2_500, 120)])
    sound = Sound(tmp_path / "none", 60 * 16_000, "content")
    points = embed(_Fake(Path(), ""), sound, frames, context, lambda _share: None)
    assert len(points.at_ms) == len(points.stretch) == len(points.vectors) > 250
    assert np.abs(points.vectors[:, 0] - points.at_ms).max() <= 500
    assert sorted(set(points.stretch.tolist())) == list(range(len(frames.stretches)))
    assert (np.diff(points.at_ms) > 0).all()


@pytest.mark.models
def test_other_voices_do_not_leak_into_a_window(
    make_sound: Callable[[np.ndarray], Sound], sample: np.ndarray, weights: Callable[[str], WeightsFile]
) -> None:
    """Points of host and guest in one block keep apart: each is nearer to its own kind."""
    found = weights("campplus")
    task = EmbedTask(found.path, found.sha256)
    parts = ((1_000, 6_000), (7_000, 12_000))
    vectors = task.run(task.setup(), Blocks(make_sound(sample), (Block(800, 12_200, parts, parts),)))
    host, guest = vectors[5:45], vectors[55:95]
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-4)
    assert (host @ host.mean(axis=0)).min() > (host @ guest.mean(axis=0)).max()


@pytest.mark.models
def test_embedding_does_not_import_pyannote(weights: Callable[[str], WeightsFile], tmp_path: Path) -> None:
    """Any worker may embed: neither pyannote.audio nor torchaudio is loaded for it."""
    found = weights("campplus")
    pcm = tmp_path / "noise.pcm"
    pcm.write_bytes(np.random.default_rng(0).integers(-900, 900, 32_000, dtype="<i2").tobytes())
    code = (
        "import sys; from pathlib import Path\n"
        "from chaitime_audio.recognition.diarization.steps.embed import *\n"
        f"task = EmbedTask(Path({str(found.path)!r}), ''); sound = Sound(Path({str(pcm)!r}), 32000, '')\n"
        "made = task.run(task.setup(), Blocks(sound, (Block(0, 2000, ((0, 2000),), ((0, 2000),)),)))\n"
        "print(made.shape, [name for name in ('pyannote.audio', 'torchaudio') if name in sys.modules])"
    )
    ran = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert ran.stdout.strip() == "(20, 192) []", ran.stderr
