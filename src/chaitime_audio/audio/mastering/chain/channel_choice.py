"""Mono or stereo: talk is mono unless the recording really has width."""

from __future__ import annotations

import numpy as np

from ....project.settings import Channels
from .pcm import Survey

Sides = tuple[tuple[float, float], ...]

MONO: Sides = ((1.0, 0.0),)
STEREO: Sides = ((1.0, 0.0), (0.0, 1.0))
_ACTIVE_LUFS = -55.0
_SAME_SHARE = 0.97
_APART_SHARE = 10 ** (-10 / 10)


def sides(found: Survey, channels_in: int, wanted: Channels) -> Sides:
    """Return one (left, right) pair of weights per channel of the MP3."""
    if channels_in == 1:
        return MONO if wanted != "stereo" else ((1.0, 0.0), (1.0, 0.0))
    how, weights = found.balance.downmix()
    if wanted == "mono" or (wanted == "auto" and not _wide(found)):
        return (weights,)
    if how in ("left", "right"):
        return (weights, weights)
    return ((1.0, 0.0), (0.0, -1.0)) if how == "flip" else STEREO


def _wide(found: Survey) -> bool:
    """Whether most of what sounds is on both sides, and not the same on both.

    One microphone copied to both sides is not wide, nor is a host on the left with a guest on
    the right: two voices pinned to the ears are tiring, and one channel serves them better.
    """
    squares = found.meter.squares()
    left, right, product = squares[:, 0, 0], squares[:, 1, 1], squares[:, 0, 1]
    heard = (left + right) > 10 ** ((_ACTIVE_LUFS + 0.691) / 10)
    if not heard.any():
        return False
    left, right, product = left[heard], right[heard], product[heard]
    both = np.minimum(left, right) > np.maximum(left, right) * _APART_SHARE
    alike = np.abs(product) > _SAME_SHARE * np.sqrt(left * right)
    return bool(np.mean(both & ~alike) > 0.5)
