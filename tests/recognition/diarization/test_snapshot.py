"""A local folder in the shape of pyannote/speaker-diarization-community-1, run as one setting."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.model_files import WeightsFile
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import Engine

CONFIG = """
dependencies:
  pyannote.audio: 4.0.0
pipeline:
  name: pyannote.audio.pipelines.SpeakerDiarization
  params:
    clustering: VBxClustering
    segmentation: $model/segmentation
    segmentation_batch_size: 8
    embedding: $model/embedding
    embedding_batch_size: 8
    embedding_exclude_overlap: true
    plda: $model/plda
params:
  clustering:
    threshold: 0.6
    Fa: 0.07
    Fb: 0.8
  segmentation:
    min_duration_off: 0.0
"""
DIMENSION = 160


def _checkpoint(net: Any, folder: Path) -> None:
    """Save a network the way pyannote publishes its own."""
    import torch

    folder.mkdir()
    saved = {"state_dict": net.state_dict(), "hyper_parameters": dict(net.hparams)}
    saved["pytorch-lightning_version"] = "2.0.0"
    net.on_save_checkpoint(saved)
    torch.save(saved, folder / "pytorch_model.bin")


def _plda(folder: Path) -> None:
    """A PLDA that changes nothing but the number of dimensions."""
    folder.mkdir()
    kept = 128
    np.savez(
        folder / "xvec_transform.npz",
        mean1=np.zeros(DIMENSION),
        mean2=np.zeros(kept),
        lda=np.eye(DIMENSION, kept),
    )
    np.savez(folder / "plda.npz", mu=np.zeros(kept), tr=np.eye(kept), psi=np.linspace(3, 1, kept))


@pytest.mark.models
def test_local_snapshot_is_one_setting_away(
    tmp_path: Path,
    make_sound: Callable[[np.ndarray], Sound],
    sample: np.ndarray,
    weights: Callable[[str], WeightsFile],
    context: EngineContext,
) -> None:
    """``model = FOLDER`` loads a whole pyannote pipeline, VBx included, and gives our turns and prints."""
    from chaitime_audio.recognition.diarization.steps.networks import segmentation_net

    found = weights("segmentation-3.0")
    _checkpoint(segmentation_net(found.path), tmp_path / "segmentation")
    import torch
    from pyannote.audio.core.task import Problem, Resolution, Specifications
    from pyannote.audio.models.embedding import XVectorSincNet

    torch.manual_seed(1)
    net = XVectorSincNet(dimension=DIMENSION)
    net.specifications = Specifications(
        problem=Problem.REPRESENTATION, resolution=Resolution.CHUNK, duration=5.0, classes=["anybody"]
    )
    _checkpoint(net, tmp_path / "embedding")
    _plda(tmp_path / "plda")
    (tmp_path / "config.yaml").write_text(CONFIG)
    sound = make_sound(sample[: 16_000 * 14])
    speech = SpeechActivity((span(0, 14_000),))
    heard = Engine(model=str(tmp_path)).diarize(sound, speech, 2, context)
    assert heard.turns
    assert heard.exclusive
    assert set(heard.labels) <= {"S1", "S2"}
    assert all(len(item.vector) == DIMENSION for item in heard.prints)
    assert Engine(model=str(tmp_path)).receipt()["snapshot_sha256"]
