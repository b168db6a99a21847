"""The segmentation pass: a minute of sound at a time through segmentation-3.0, kept batch by batch.

Speech activity and diarization both start from it. They hand out the same items under the same
keys, so whoever comes second finds the batches kept.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from ....model_files import here
from ....workers import BatchStore
from ...context import EngineContext, Sound
from .frames import CHUNK_MS, FRAMES_PER_CHUNK, STEP_MS, Frames, chunk_count, join

if TYPE_CHECKING:
    from .frames import Voices

REVISION = 1
LOCAL_VOICES = 3
_CHUNKS_AN_ITEM = 24
_BATCH = 8


@dataclass(frozen=True, slots=True)
class Chunks:
    """Neighbouring chunks of a recording: ``first`` and how many."""

    sound: Sound
    first: int
    count: int

    @property
    def start_ms(self) -> int:
        """Where the first chunk begins."""
        return self.first * STEP_MS

    @property
    def end_ms(self) -> int:
        """Where the last chunk ends; it may be beyond the recording."""
        return self.start_ms + (self.count - 1) * STEP_MS + CHUNK_MS

    def carried(self) -> Chunks:
        """The same with its sound in it."""
        return replace(self, sound=self.sound.carrying([(self.start_ms, self.end_ms)]))


@dataclass(frozen=True, slots=True)
class SegmentTask:
    """Runs the network over chunks: `Chunks` to booleans (chunks, 589, 3)."""

    weights: Path
    weights_sha256: str
    device: str = "cpu"

    @property
    def affinity(self) -> str:
        """Only one process loads pyannote.audio."""
        return "one"

    def setup(self) -> Any:
        """Load the network into pyannote's `Inference`, which also turns sets of voices into voices."""
        from .networks import segmentation_net, torch_device
        from .torchaudio_guard import import_pyannote

        import_pyannote()
        from pyannote.audio import Inference

        return Inference(
            segmentation_net(here(self.weights, self.weights_sha256)),
            duration=CHUNK_MS / 1000,
            step=STEP_MS / 1000,
            skip_aggregation=True,
            batch_size=_BATCH,
            device=torch_device(self.device),
        )

    def run(self, loaded: Any, item: Chunks) -> Voices:
        """Read the sound, padded with silence at its end, and slide the network over it."""
        import torch

        samples = np.zeros((item.end_ms - item.start_ms) * 16, dtype=np.float32)
        read = item.sound.read(item.start_ms, item.end_ms)
        samples[: len(read)] = read
        heard = loaded.slide(torch.from_numpy(samples)[None], 16_000, hook=None)
        voices: Voices = heard.data > 0.5
        return voices

    def key(self, item: Chunks) -> str:
        """Name the batch by weights, sound and place."""
        parts = ("segment", REVISION, self.weights_sha256, item.sound.sha256, item.first, item.count)
        return sha256(repr(parts).encode()).hexdigest()

    def pack(self, result: Voices) -> bytes:
        """Eight frames a byte, the number of chunks in front."""
        return len(result).to_bytes(4, "little") + np.packbits(result).tobytes()

    def unpack(self, data: bytes) -> Voices:
        """Undo `pack`."""
        shape = (int.from_bytes(data[:4], "little"), FRAMES_PER_CHUNK, LOCAL_VOICES)
        bits = np.frombuffer(data, dtype=np.uint8, offset=4)
        count = shape[0] * shape[1] * shape[2]
        return np.unpackbits(bits, count=count).astype(bool).reshape(shape)


def segment(
    task: SegmentTask,
    sound: Sound,
    context: EngineContext,
    progress: Callable[[float], None],
    so_far: Callable[[Voices], None] | None = None,
) -> Frames:
    """Run the segmentation over the whole recording (kept batches are not run again) and join it.

    ``so_far`` is shown the chunks there are, batch by batch.
    """
    total = chunk_count(sound.sample_count)
    items = [
        Chunks(sound, first, min(_CHUNKS_AN_ITEM, total - first))
        for first in range(0, total, _CHUNKS_AN_ITEM)
    ]
    done = counter(progress, len(items))
    reader = _Reader(task, items, context.keep, so_far) if so_far and context.keep else None

    def on_done(index: int) -> None:
        done(index)
        if reader:
            reader.look()

    parts = context.pool.map(task, items, context.keep, on_done)
    return join(np.concatenate(parts), sound.duration_ms)


@dataclass(eq=False)
class _Reader:
    """Shows the chunks from the first on, as far as their batches are kept."""

    task: SegmentTask
    items: Sequence[Chunks]
    keep: BatchStore
    show: Callable[[Voices], None]
    known: list[Voices] = field(default_factory=list)

    def look(self) -> None:
        """Read what is new, and show all there is."""
        before = len(self.known)
        for item in self.items[before:]:
            if (data := self.keep.get(self.task.key(item))) is None:
                break
            self.known.append(self.task.unpack(data))
        if len(self.known) > before:
            self.show(np.concatenate(self.known))


def counter(progress: Callable[[float], None], total: int) -> Callable[[int], None]:
    """Turn "item i is done" into a share done."""
    done: set[int] = set()

    def on_done(index: int) -> None:
        done.add(index)
        progress(len(done) / max(1, total))

    return on_done
