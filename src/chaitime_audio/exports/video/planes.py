"""Pictures as H.264 takes them: a plane of brightness, two of colour at half the size (BT.709, limited)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

_RED, _GREEN, _BLUE = 0.2126, 0.7152, 0.0722
_BLUE_SPAN, _RED_SPAN = 2 * (1 - _BLUE), 2 * (1 - _RED)


@dataclass(frozen=True, slots=True)
class Planes:
    """A picture as yuv420p: ``y`` has shape (height, width), ``u`` and ``v`` half of each."""

    y: NDArray[np.uint8]
    u: NDArray[np.uint8]
    v: NDArray[np.uint8]

    def packed(self) -> bytes:
        """The picture as ffmpeg reads it."""
        return b"".join(plane.tobytes() for plane in (self.y, self.u, self.v))

    def copy(self) -> Planes:
        """A picture of its own, to be drawn on."""
        return Planes(self.y.copy(), self.u.copy(), self.v.copy())


def planes_of(picture: NDArray[np.uint8]) -> Planes:
    """Convert a picture of shape (height, width, 3); both sides are even."""
    bright, blue, red = yuv(picture.astype(np.float32))
    return Planes(_rounded(bright), _rounded(_halved(blue)), _rounded(_halved(red)))


def yuv(
    colours: NDArray[np.float32],
) -> tuple[NDArray[np.float32], NDArray[np.float32], NDArray[np.float32]]:
    """Brightness and the two colour differences, limited range, of RGB (0 to 255) in the last axis."""
    red, green, blue = (colours[..., at] / np.float32(255) for at in range(3))
    bright: NDArray[np.float32] = (_RED * red + _GREEN * green + _BLUE * blue).astype(np.float32)
    bluish: NDArray[np.float32] = (128 + 224 * (blue - bright) / _BLUE_SPAN).astype(np.float32)
    reddish: NDArray[np.float32] = (128 + 224 * (red - bright) / _RED_SPAN).astype(np.float32)
    return (16 + 219 * bright).astype(np.float32), bluish, reddish


def _halved(plane: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = plane.shape
    small: NDArray[np.float32] = plane.reshape(height // 2, 2, width // 2, 2).mean(axis=(1, 3))
    return small


def _rounded(plane: NDArray[np.float32]) -> NDArray[np.uint8]:
    return np.clip(np.round(plane), 0, 255).astype(np.uint8)
