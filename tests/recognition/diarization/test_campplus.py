from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import numpy as np
import pytest

from chaitime_audio.model_files import WeightsFile

if TYPE_CHECKING:
    import torch

    from chaitime_audio.recognition.diarization.steps.campplus import CamPlus

pytestmark = pytest.mark.models


@pytest.fixture(autouse=True)
def _no_gradients() -> Iterator[None]:
    import torch

    with torch.inference_mode():
        yield


@pytest.fixture(scope="module")
def network() -> CamPlus:
    """A network with random weights."""
    import torch

    from chaitime_audio.recognition.diarization.steps.campplus import CamPlus

    torch.manual_seed(7)
    return CamPlus().eval()


def test_whole_equals_trunk_and_full_mask(network: CamPlus) -> None:
    """Running everything at once is pooling all frames of the trunk."""
    import torch

    features = torch.randn(2, 300, 80)
    frames = network.trunk(features)
    assert frames.shape == (2, 512, 150)
    pooled = network.pool(frames[1], torch.ones(1, 150))[0]
    torch.testing.assert_close(network(features)[1], pooled)


def test_mask_pools_only_its_frames(network: CamPlus) -> None:
    """A mask gives mean and deviation of its frames, whatever the others hold."""
    import torch

    frames = torch.randn(512, 60)
    mask = torch.zeros(1, 60)
    mask[0, 10:40] = 1
    inside = network.pool(frames[:, 10:40], torch.ones(1, 30))
    torch.testing.assert_close(network.pool(frames, mask), inside, atol=1e-4, rtol=1e-4)


def test_odd_lengths(network: CamPlus) -> None:
    """Any number of frames goes through, also around the 2 s context blocks."""
    import torch

    for frames in (3, 199, 200, 201, 401):
        assert network(torch.randn(1, frames, 80)).shape == (1, 192)


def test_published_weights_fit_and_tell_voices_apart(
    weights: Callable[[str], WeightsFile], sample: np.ndarray
) -> None:
    """The published state dict loads strictly, and one voice is closer to itself than to another."""
    import torch

    from chaitime_audio.recognition.diarization.steps.campplus import CamPlus
    from chaitime_audio.recognition.diarization.steps.fbank import fbank

    network = CamPlus()
    network.load_state_dict(torch.load(weights("campplus").path, weights_only=True), strict=True)
    network.eval()

    def embed(start: float, end: float) -> torch.Tensor:
        features = fbank(torch.from_numpy(sample[int(start * 16_000) : int(end * 16_000)].copy()))
        return torch.nn.functional.normalize(network((features - features.mean(dim=0))[None])[0], dim=0)

    host, guest, guest_again = embed(1.5, 5.5), embed(18, 22), embed(24, 27)
    assert guest @ guest_again > guest @ host + 0.2
