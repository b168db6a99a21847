"""Voice embeddings by a network of the user's: an ONNX file that hears one window at a time.

It takes samples at 16 kHz, (1, samples), or Kaldi's log mel filterbank less its mean, (1, frames, bands), and
gives one vector, (1, dimension): the shapes in which WeSpeaker, 3D-Speaker, NeMo and ReDimNet export theirs.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from ....errors import ModelUnavailableError
from ....model_files import here
from .embed import HOP_MS, LEAST_MS, WINDOW_MS, Block, Blocks, Vectors, points_of

REVISION = 1
EVERY = 3
"""A window is embedded at every third point, and those behind it share its vector: a third of the cost."""
RATE_PER_MS = 16
Takes = Literal["samples", "filterbank"]


@dataclass(frozen=True, slots=True)
class OnnxEmbedTask:
    """Embeds the points of `Blocks`: unit vectors (points, ``dimension``), NaN where too little is clean."""

    weights: Path
    weights_sha256: str
    takes: Takes
    bands: int
    dimension: int

    @property
    def affinity(self) -> str:
        """Any worker, and before recognition: mastering waits for the voices."""
        return "soon"

    def setup(self) -> Any:
        """Load the network for one thread."""
        return _session(here(self.weights, self.weights_sha256))

    def run(self, loaded: Any, item: Blocks) -> Vectors:
        """Embed block after block."""
        return np.concatenate([self._embed(loaded, item, block) for block in item.blocks])

    def _embed(self, loaded: Any, item: Blocks, block: Block) -> Vectors:
        samples = item.sound.read(block.start_ms, block.end_ms)
        found = [
            self._vector(loaded, _clean(samples, block, window)) if index % EVERY == 0 else None
            for part in block.parts
            for index, (_, window) in enumerate(points_of(part))
        ]
        vectors = np.full((len(found), self.dimension), np.nan, dtype=np.float32)
        for at, vector in enumerate(found):
            vectors[at] = vectors[at - 1] if vector is None else vector
        return vectors

    def _vector(self, loaded: Any, samples: NDArray[np.float32]) -> Vectors:
        """The unit vector of some samples; NaN where they are too few or nothing comes of them."""
        nothing = np.full(self.dimension, np.nan, dtype=np.float32)
        if len(samples) < LEAST_MS * RATE_PER_MS:
            return nothing
        name = loaded.get_inputs()[0].name
        vector = np.asarray(loaded.run(None, {name: self.input_of(samples)})[0], dtype=np.float32).reshape(-1)
        length = float(np.linalg.norm(vector))
        return vector / length if length > 0 and np.isfinite(length) else nothing

    def input_of(self, samples: NDArray[np.float32]) -> Vectors:
        """What the network takes of some samples (n,) at 16 kHz."""
        if self.takes == "samples":
            return samples[None]
        import torch

        from .fbank import fbank

        features = fbank(torch.from_numpy(samples), self.bands)
        values: Vectors = (features - features.mean(dim=0)).numpy()[None]
        return values

    def key(self, item: Blocks) -> str:
        """Name the batch by weights, sound, place and windows."""
        place = [(block.start_ms, block.end_ms, block.parts, block.clean) for block in item.blocks]
        sums = (self.weights_sha256, item.sound.sha256)
        parts = ("embed by onnx", REVISION, *sums, HOP_MS, WINDOW_MS, EVERY, place)
        return sha256(repr(parts).encode()).hexdigest()

    def pack(self, result: Vectors) -> bytes:
        """Little-endian float32."""
        return result.astype("<f4").tobytes()

    def unpack(self, data: bytes) -> Vectors:
        """Undo `pack`."""
        return np.frombuffer(data, dtype="<f4").reshape(-1, self.dimension).astype(np.float32)


def onnx_task(path: Path, weights_sha256: str) -> OnnxEmbedTask:
    """Look at a network and say how it is to be asked.

    Raises ModelUnavailableError for a file that is no ONNX network, or none of one of the two shapes.
    """
    try:
        session = _session(path)
    except Exception as cause:  # onnxruntime raises classes of its own, and RuntimeError
        raise ModelUnavailableError(f"{path} cannot be loaded as an ONNX network: {_line(cause)}") from cause
    inputs, outputs = session.get_inputs(), session.get_outputs()
    shape = inputs[0].shape if len(inputs) == 1 else []
    bands = shape[2] if len(shape) == 3 and isinstance(shape[2], int) else 80
    if len(shape) not in (2, 3):
        raise ModelUnavailableError(
            f"{path} takes {_shapes(inputs)}; a speaker embedding takes (1, samples) or (1, frames, bands)"
        )
    takes: Takes = "samples" if len(shape) == 2 else "filterbank"
    task = OnnxEmbedTask(path, weights_sha256, takes, bands, 1)
    try:
        noise = np.random.default_rng(0).standard_normal(1000 * RATE_PER_MS) / 10
        given = np.asarray(session.run(None, {inputs[0].name: task.input_of(noise.astype(np.float32))})[0])
    except Exception as cause:
        raise ModelUnavailableError(f"{path} cannot hear a second of sound: {_line(cause)}") from cause
    if given.ndim > 3 or given.shape[0] != 1 or given.size < 2 or max(given.shape) != given.size:
        raise ModelUnavailableError(f"{path} gives {_shapes(outputs)}; a speaker embedding is (1, dimension)")
    return OnnxEmbedTask(path, weights_sha256, takes, bands, int(given.size))


def _session(path: Path) -> Any:
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = 4
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def _clean(samples: NDArray[np.float32], block: Block, window: tuple[float, float]) -> NDArray[np.float32]:
    """The samples of a window in which one voice speaks alone, put together."""
    found = [
        samples[_at(max(start_ms, window[0]), block) : _at(min(end_ms, window[1]), block)]
        for start_ms, end_ms in block.clean
        if start_ms < window[1] and end_ms > window[0]
    ]
    return np.concatenate([np.zeros(0, dtype=np.float32), *found])


def _at(at_ms: float, block: Block) -> int:
    return max(0, round((at_ms - block.start_ms) * RATE_PER_MS))


def _shapes(values: Any) -> str:
    return ", ".join(f"{one.name} {tuple(one.shape)}" for one in values) or "nothing"


def _line(problem: Exception) -> str:
    return " ".join(str(problem).split())[:200]
