"""Log mel filterbank as Kaldi computes it (25 ms Povey window every 10 ms, no dither), in plain torch.

The same numbers as ``torchaudio.compliance.kaldi.fbank`` with its defaults and ``dither=0``,
without importing torchaudio; filters and window are made once.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from torch import Tensor

HOP_SAMPLES = 160
_WINDOW_SAMPLES = 400
_FFT_SAMPLES = 512
_SAMPLE_RATE_HZ = 16_000
_LOWEST_HZ = 20.0
_PREEMPHASIS = 0.97


def frame_count(samples: int) -> int:
    """How many frames a stretch of sound gives; 0 below 25 ms."""
    return max(0, 1 + (samples - _WINDOW_SAMPLES) // HOP_SAMPLES)


def fbank(samples: Tensor, bands: int = 80) -> Tensor:
    """Samples (n,) in -1..1 at 16 kHz to log mel energies (frames, bands), mean not removed."""
    import torch

    frames = samples.unfold(0, _WINDOW_SAMPLES, HOP_SAMPLES)
    frames = frames - frames.mean(dim=1, keepdim=True)
    before = torch.cat([frames[:, :1], frames[:, :-1]], dim=1)
    frames = (frames - _PREEMPHASIS * before) * _povey()
    power = torch.fft.rfft(frames, n=_FFT_SAMPLES).abs().square()
    floor = torch.finfo(torch.float32).eps
    energies: Tensor = power @ _filters(bands)
    return energies.clamp_min(floor).log()


@cache
def _povey() -> Tensor:
    """Kaldi's window: a Hann window to the power of 0.85."""
    import torch

    return torch.hann_window(_WINDOW_SAMPLES, periodic=False).pow(0.85)


@cache
def _filters(bands: int) -> Tensor:
    """Triangles evenly spaced in mel from 20 Hz to 8 kHz: (257, bands)."""
    import torch

    def mel(hz: Tensor) -> Tensor:
        return 1127.0 * (1.0 + hz / 700.0).log()

    low, high = mel(torch.tensor([_LOWEST_HZ, _SAMPLE_RATE_HZ / 2], dtype=torch.float64))
    step = (high - low) / (bands + 1)
    left = low + step * torch.arange(bands, dtype=torch.float64)
    at = mel(torch.arange(_FFT_SAMPLES // 2 + 1, dtype=torch.float64) * _SAMPLE_RATE_HZ / _FFT_SAMPLES)
    rise = (at[:, None] - left) / step
    filters = torch.minimum(rise, 2.0 - rise).clamp_min(0.0)
    filters[-1] = 0.0
    return filters.float()
