"""Voice embeddings of every moment at which one local voice speaks alone.

CAM++ runs once over a block of speech of up to 12 s; 1 s windows every 100 ms are then pooled from
its frames, each inside one stretch and only over frames of a single voice. That costs a seventh
of embedding every chunk and voice, and is ten times finer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import Any, ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from ....model_files import here
from ....workers import Task
from ...context import EngineContext, Sound
from .frames import Frames, middle_ms, runs
from .segment import counter

Vectors = NDArray[np.float32]

REVISION = 1
DIMENSION = 192
HOP_MS = 100
WINDOW_MS = 1_000
_BLOCK_MS = 12_000
_GAP_MS = 1_000
_BLOCKS_AN_ITEM = 6
_EDGE_MS = 250
_LEAST_FRAMES = 15
_FRAME_MIDDLE_MS = 12.5
_FRAME_STEP_MS = 20
LEAST_MS = _LEAST_FRAMES * _FRAME_STEP_MS

Pair = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Part:
    """A piece of stretch number ``stretch``, in milliseconds."""

    stretch: int
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class Block:
    """Sound to run the network over once, and the parts in it to take windows from.

    ``clean`` holds the spans in which one voice speaks alone.
    """

    start_ms: int
    end_ms: int
    parts: tuple[Pair, ...]
    clean: tuple[Pair, ...]


@dataclass(frozen=True, slots=True)
class Blocks:
    """Neighbouring blocks of a recording: about a minute of speech, handed out and kept together."""

    sound: Sound
    blocks: tuple[Block, ...]

    def carried(self) -> Blocks:
        """The same with its sound in it."""
        return replace(self, sound=self.sound.carrying((one.start_ms, one.end_ms) for one in self.blocks))


@dataclass(frozen=True, slots=True)
class Points:
    """Unit embeddings every 100 ms: when, of which stretch, the vectors (n, 192).

    A vector is NaN where too little of its window is one voice alone.
    """

    at_ms: NDArray[np.float64]
    stretch: NDArray[np.int32]
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class EmbedTask:
    """Embeds the points of `Blocks`: unit vectors (points, 192)."""

    weights: Path
    weights_sha256: str
    device: str = "cpu"
    dimension: ClassVar[int] = DIMENSION

    @property
    def affinity(self) -> str:
        """Any worker, and before recognition: mastering waits for the voices."""
        return "soon"

    def setup(self) -> Any:
        """Load CAM++."""
        from .campplus import CamPlus
        from .networks import tensors, torch_device

        network = CamPlus()
        network.load_state_dict(tensors(here(self.weights, self.weights_sha256)), strict=True)
        return network.eval().to(torch_device(self.device))

    def run(self, loaded: Any, item: Blocks) -> Vectors:
        """Embed block after block."""
        return np.concatenate([self._embed(loaded, item.sound, block) for block in item.blocks])

    def _embed(self, loaded: Any, sound: Sound, block: Block) -> Vectors:
        """Run the trunk over a block, then pool the windows of its points."""
        import torch

        from .fbank import fbank, frame_count

        windows = [window for part in block.parts for _, window in points_of(part)]
        samples = sound.read(block.start_ms, block.end_ms)
        vectors = np.full((len(windows), DIMENSION), np.nan, dtype=np.float32)
        if frame_count(len(samples)) < 2 * _LEAST_FRAMES:
            return vectors
        device = next(loaded.parameters()).device
        with torch.inference_mode():
            features = fbank(torch.from_numpy(samples))
            features = (features - features.mean(dim=0)).to(device)
            frames = loaded.trunk(features[None])[0]
            masks = _masks(block, windows, frames.shape[1])
            enough = masks.sum(axis=1) >= _LEAST_FRAMES
            if enough.any():
                chosen = torch.from_numpy(masks[enough]).to(device)
                pooled = torch.nn.functional.normalize(loaded.pool(frames, chosen), dim=1)
                vectors[enough] = pooled.cpu().numpy()
        return vectors

    def key(self, item: Blocks) -> str:
        """Name the batch by weights, sound, place and windows."""
        place = [(block.start_ms, block.end_ms, block.parts, block.clean) for block in item.blocks]
        parts = ("embed", REVISION, self.weights_sha256, item.sound.sha256, HOP_MS, WINDOW_MS, place)
        return sha256(repr(parts).encode()).hexdigest()

    def pack(self, result: Vectors) -> bytes:
        """Little-endian float32."""
        return result.astype("<f4").tobytes()

    def unpack(self, data: bytes) -> Vectors:
        """Undo `pack`."""
        return np.frombuffer(data, dtype="<f4").reshape(-1, DIMENSION).astype(np.float32)


class Embedder(Task[Blocks, Vectors], Protocol):
    """A task that embeds the points of `Blocks`, in ``dimension`` numbers each."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""


def embed(
    task: Embedder, sound: Sound, frames: Frames, context: EngineContext, progress: Callable[[float], None]
) -> Points:
    """Embed all points of a recording."""
    grouped = blocks(frames)
    clean = [_span_ms(first, end) for first, end in runs(np.where(frames.alone >= 0, 0, -1))]
    made = [_block(sound, group, clean) for group in grouped]
    items = [
        Blocks(sound, tuple(made[first : first + _BLOCKS_AN_ITEM]))
        for first in range(0, len(made), _BLOCKS_AN_ITEM)
    ]
    results = context.pool.map(task, items, context.keep, counter(progress, len(items)))
    parts = [part for group in grouped for part in group]
    times = [at_ms for part in parts for at_ms, _ in points_of((part.start_ms, part.end_ms))]
    owners = [part.stretch for part in parts for _ in points_of((part.start_ms, part.end_ms))]
    vectors = np.concatenate([np.zeros((0, task.dimension), dtype=np.float32), *results])
    return Points(np.array(times, dtype=np.float64), np.array(owners, dtype=np.int32), vectors)


def blocks(frames: Frames) -> tuple[tuple[Part, ...], ...]:
    """Cut stretches into parts of up to 12 s, and gather neighbours within 1 s into blocks of up to 12 s."""
    found: list[list[Part]] = []
    for number, stretch in enumerate(frames.stretches):
        start_ms, end_ms = _span_ms(stretch.first, stretch.end)
        pieces = max(1, -(-(end_ms - start_ms) // _BLOCK_MS))
        borders = [start_ms + (end_ms - start_ms) * index // pieces for index in range(pieces + 1)]
        for left, right in pairwise(borders):
            last = found[-1] if found else []
            near = last and left - last[-1].end_ms <= _GAP_MS and right - last[0].start_ms <= _BLOCK_MS
            if not near:
                found.append([])
            found[-1].append(Part(number, left, right))
    return tuple(tuple(group) for group in found)


def points_of(part: Pair) -> list[tuple[float, tuple[float, float]]]:
    """Points of a part every 100 ms, each with its 1 s window shifted (or shrunk) to lie inside the part."""
    start_ms, end_ms = part
    found = []
    for index in range(max(1, (end_ms - start_ms) // HOP_MS)):
        at_ms = min(start_ms + HOP_MS / 2 + index * HOP_MS, float(end_ms))
        left = min(
            max(float(start_ms), at_ms - WINDOW_MS / 2), max(float(start_ms), float(end_ms - WINDOW_MS))
        )
        found.append((at_ms, (left, min(float(end_ms), left + WINDOW_MS))))
    return found


def _span_ms(first: int, end: int) -> Pair:
    return round(middle_ms(first)), round(middle_ms(end))


def _block(sound: Sound, group: tuple[Part, ...], clean: list[Pair]) -> Block:
    start_ms = max(0, group[0].start_ms - _EDGE_MS)
    end_ms = min(sound.duration_ms, group[-1].end_ms + _EDGE_MS)
    parts = tuple((part.start_ms, part.end_ms) for part in group)
    inside = tuple(pair for pair in clean if pair[1] > start_ms and pair[0] < end_ms)
    return Block(start_ms, end_ms, parts, inside)


def _masks(block: Block, windows: list[tuple[float, float]], count: int) -> Vectors:
    """Which of the trunk's frames each window pools: (windows, frames) of 0 and 1."""
    at_ms = block.start_ms + _FRAME_MIDDLE_MS + _FRAME_STEP_MS * np.arange(count)
    clean = np.zeros(count, dtype=bool)
    for start_ms, end_ms in block.clean:
        clean |= (at_ms >= start_ms) & (at_ms < end_ms)
    edges = np.array(windows)
    inside = (at_ms >= edges[:, :1]) & (at_ms < edges[:, 1:])
    return (inside & clean).astype(np.float32)
