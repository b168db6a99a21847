"""Networks as pyannote.audio knows them, built through its public constructors, weights loaded strictly.

What ends in ``_net`` imports pyannote.audio: only tasks of affinity ``one`` call it.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from .torchaudio_guard import import_pyannote

CHUNK_MS = 10_000
SPEAKERS_AT_ONCE = 3
_SHORTEST_FRAMES = 20


def tensors(path: Path) -> dict[str, Any]:
    """Read a tensor-only file; nothing in it can run."""
    import torch

    read: dict[str, Any] = torch.load(path, map_location="cpu", weights_only=True)
    return read


def torch_device(name: str) -> Any:
    """Return torch's device of this name; on a GPU arithmetic stays full float32."""
    import torch

    if name != "cpu":
        torch.backends.cudnn.allow_tf32 = False
        torch.backends.cuda.matmul.allow_tf32 = False
    return torch.device(name)


def segmentation_net(path: Path) -> Any:
    """Return pyannote/segmentation-3.0: 10 s to 589 frames by 7 sets of up to two of three voices."""
    import_pyannote()
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.segmentation import PyanNet

    net = PyanNet(
        sincnet={"stride": 10},
        lstm={"hidden_size": 128, "num_layers": 4, "bidirectional": True, "monolithic": True},
        linear={"hidden_size": 128, "num_layers": 2},
        sample_rate=16_000,
        num_channels=1,
    )
    net.specifications = Specifications(
        problem=Problem.MONO_LABEL_CLASSIFICATION,
        resolution=Resolution.FRAME,
        duration=CHUNK_MS / 1000,
        classes=[f"speaker{number + 1}" for number in range(SPEAKERS_AT_ONCE)],
        powerset_max_classes=2,
        permutation_invariant=True,
    )
    net.build()
    net.load_state_dict(tensors(path)["state_dict"], strict=True)
    return net.eval()


def embedding_net(path: Path) -> Any:
    """Return CAM++ as a ``pyannote.audio.Model``: ``forward(waveforms, weights)`` to (batch, 192)."""
    import_pyannote()
    import torch
    from pyannote.audio import Model
    from torch.nn import functional

    from .campplus import DIMENSION, CamPlus
    from .fbank import fbank

    class CamPlusModel(Model):  # type: ignore[misc]
        """Sound (batch, 1, samples), masks (batch, frames) to embeddings; NaN where too little is left."""

        dimension = DIMENSION

        def __init__(self) -> None:
            super().__init__(sample_rate=16_000, num_channels=1)
            self.network = CamPlus()

        def forward(self, waveforms: torch.Tensor, weights: torch.Tensor | None = None) -> torch.Tensor:
            rows = []
            for index, waveform in enumerate(waveforms[:, 0]):
                features = fbank(waveform)
                frames = self.network.trunk((features - features.mean(dim=0))[None])[0]
                mask = torch.ones(1, 1, frames.shape[1]) if weights is None else weights[index][None, None]
                mask = (functional.interpolate(mask, size=frames.shape[1], mode="nearest")[0] > 0.5).float()
                enough = mask.sum() >= _SHORTEST_FRAMES
                if weights is None and not enough:
                    raise ValueError("too short for an embedding")
                rows.append(
                    self.network.pool(frames, mask)[0] if enough else torch.full((DIMENSION,), torch.nan)
                )
            return torch.stack(rows)

    model = CamPlusModel()
    model.network.load_state_dict(tensors(path), strict=True)
    return model.eval()


def offline_plda() -> Any:
    """Return the PLDA that pyannote's constructor insists on; agglomerative clustering never uses it."""
    import_pyannote()
    from pyannote.audio.core.plda import PLDA

    class NoPlda(PLDA):  # type: ignore[misc]
        """Nothing to load."""

        def __init__(self) -> None:
            """Read no file."""

    return NoPlda()
