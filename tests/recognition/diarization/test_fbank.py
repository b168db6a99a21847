from __future__ import annotations

import pytest

from chaitime_audio.recognition.diarization.steps.torchaudio_guard import guard

pytestmark = pytest.mark.models


@pytest.mark.parametrize("samples", [400, 559, 560, 16_000, 33_333])
def test_equals_kaldi(samples: int) -> None:
    """The filterbank is Kaldi's: as torchaudio computes it, for any length."""
    guard()
    import torch
    from torchaudio.compliance import kaldi

    from chaitime_audio.recognition.diarization.steps.fbank import fbank, frame_count

    sound = torch.randn(samples, generator=torch.Generator().manual_seed(samples)) * 0.1
    expected = kaldi.fbank(sound[None], num_mel_bins=80, sample_frequency=16_000, dither=0.0)
    made = fbank(sound)
    assert made.shape == expected.shape == (frame_count(samples), 80)
    torch.testing.assert_close(made, expected, atol=2e-3, rtol=0)


def test_silence_is_finite() -> None:
    """Digital silence gives the floor, never minus infinity."""
    import torch

    from chaitime_audio.recognition.diarization.steps.fbank import fbank

    assert torch.isfinite(fbank(torch.zeros(1600))).all()
