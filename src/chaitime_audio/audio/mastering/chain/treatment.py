"""What is done to the sound before anything is measured or decided: noise turned down, s sounds softened."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ....project.settings import Denoise
from .deess import de_essed
from .denoise import Denoiser, NoiseProfile
from .pcm import blocks


@dataclass(frozen=True, slots=True)
class Treatment:
    """How the sound of a recording is treated; nothing by default, which costs nothing."""

    denoiser: Denoiser | None = None
    de_ess: bool = False

    def sound(self, paths: tuple[Path, ...], channels: int) -> Iterator[NDArray[np.float32]]:
        """Yield the treated recording, shape (frames, channels); can be had any number of times."""
        sound = blocks(paths, channels)
        if self.denoiser:
            sound = self.denoiser.on(sound)
        return de_essed(sound) if self.de_ess else sound


AS_IT_IS = Treatment()


def treatment_for(paths: tuple[Path, ...], channels: int, denoise: Denoise, *, de_ess: bool) -> Treatment:
    """Return the treatment that was asked for; the noise is learned in a pass of its own."""
    if denoise in ("off", "voice"):  # voices were left alone already: voice_denoise.py
        return Treatment(None, de_ess)
    profile = NoiseProfile()
    for block in blocks(paths, channels):
        profile.add(block)
    return Treatment(Denoiser(profile.noise(), denoise), de_ess)
