"""What moves in a clip's picture: the waveform under the moment that sounds, and the progress line.

The waveform of the whole clip is drawn once, as a long strip; a frame shows the part of it round its moment,
what was said in full colour, what comes faint.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from .layout import Box, Layout, rgb

if TYPE_CHECKING:
    from PIL.Image import Image

FPS = 25
PITCH, BAR = 18, 10
BARS_A_SECOND = 10
LEAST, LOUD_SHARE, CURVE = 0.07, 98, 1.25
"""The least height, which bar (in per cent) is full, and how much quiet bars are held down."""
AHEAD, EDGE = 0.34, 110
"""How much of the colour what comes has, and how many pixels the ends fade over."""
FINE = 2


@dataclass(frozen=True, slots=True)
class Voiced:
    """From when a voice speaks, in milliseconds of the clip, and its colour (``#rrggbb``)."""

    start_ms: int
    colour: str


@dataclass(frozen=True, slots=True)
class Strip:
    """The waveform of a clip: how much of the colour (0 to 255) and the colour itself, for every pixel.

    ``alpha`` has shape (height, width), ``colour`` (1, width, 3). One second is `PIXELS_A_SECOND` wide.
    """

    alpha: NDArray[np.uint8]
    colour: NDArray[np.uint8]


PIXELS_A_SECOND = PITCH * BARS_A_SECOND


def levels(sound: NDArray[np.float32], rate_hz: int) -> NDArray[np.float64]:
    """How tall each bar is, 0 to 1, by the level of its tenth of a second, of sound (frames, channels)."""
    size = rate_hz // BARS_A_SECOND
    count = max(1, math.ceil(len(sound) / size))
    padded = np.zeros(count * size)
    padded[: len(sound)] = sound.mean(axis=1)
    power = np.mean(padded.reshape(count, size) ** 2, axis=1)
    amplitude = np.sqrt(power)
    full = max(1e-4, float(np.percentile(amplitude, LOUD_SHARE)))
    tall: NDArray[np.float64] = np.clip(amplitude / full, 0, 1) ** CURVE
    return LEAST + (1 - LEAST) * tall


def strip_of(tall: Sequence[float], voices: Sequence[Voiced], height: int) -> Strip:
    """Draw the whole waveform, bars with round ends about the middle, each in the colour of who speaks."""
    from PIL import Image, ImageDraw

    width = len(tall) * PITCH
    canvas = Image.new("L", (width * FINE, height * FINE), 0)
    draw = ImageDraw.Draw(canvas)
    colour = np.zeros((1, width, 3), dtype=np.uint8)
    for number, share in enumerate(tall):
        left = number * PITCH + (PITCH - BAR) // 2
        half = max(BAR / 2, share * height / 2) * FINE
        middle = height * FINE / 2
        box = (left * FINE, middle - half, (left + BAR) * FINE - 1, middle + half - 1)
        draw.rounded_rectangle(box, BAR * FINE // 2, fill=255)
        colour[0, number * PITCH : (number + 1) * PITCH] = _voice_at(number * 1000 // BARS_A_SECOND, voices)
    return Strip(np.asarray(_reduced(canvas), dtype=np.uint8), colour)


def frames(
    still: NDArray[np.uint8], strip: Strip, layout: Layout, duration_ms: int, ink: str, fps: int = FPS
) -> Iterator[bytes]:
    """Yield every frame as raw RGB; as many as the sound is long, rounded up."""
    count = frame_count(duration_ms, fps)
    wave, ground = layout.waveform, _cut(still, layout.waveform).astype(np.int16)
    shown = _shares(wave.width)
    half = wave.width // 2
    alpha = np.pad(strip.alpha, ((0, 0), (half, wave.width - half)))
    colour = np.pad(strip.colour, ((0, 0), (half, wave.width - half), (0, 0)), mode="edge")
    line, end = layout.progress, _rounded_end(layout.progress)
    for number in range(count):
        at_ms = number * 1000 / fps
        left = min(round(at_ms * PIXELS_A_SECOND / 1000), alpha.shape[1] - wave.width)
        mixed = (alpha[:, left : left + wave.width].astype(np.int32) * shown >> 8)[:, :, None]
        tinted = ground + ((colour[:, left : left + wave.width].astype(np.int32) - ground) * mixed // 255)
        frame = still.copy()
        frame[wave.y : wave.bottom, wave.x : wave.right] = tinted.astype(np.uint8)
        reached = max(line.height, round(line.width * min(1.0, (number + 1) / count)))
        _fill(frame, line, reached, end, rgb(ink))
        yield frame.tobytes()


def frame_count(duration_ms: int, fps: int = FPS) -> int:
    """How many frames a clip has."""
    return max(1, math.ceil(duration_ms * fps / 1000))


def _fill(
    frame: NDArray[np.uint8], line: Box, reached: int, end: NDArray[np.float64], ink: tuple[int, int, int]
) -> None:
    """Fill the progress line as far as it was reached, its ends round."""
    share = np.ones((line.height, reached))
    width = end.shape[1]
    share[:, :width] = np.minimum(share[:, :width], end)
    share[:, -width:] = np.minimum(share[:, -width:], end[:, ::-1])
    place = frame[line.y : line.bottom, line.x : line.x + reached]
    place[:] = np.round(place + (np.asarray(ink) - place) * share[:, :, None]).astype(np.uint8)


def _rounded_end(line: Box) -> NDArray[np.float64]:
    """How much of the first pixels of a line is filled, its end being half a circle."""
    radius = line.height / 2
    width = max(1, line.height // 2)
    y = np.arange(line.height)[:, None] + 0.5 - radius
    x = radius - (np.arange(width)[None, :] + 0.5)
    away = np.sqrt(x**2 + y**2)
    inside: NDArray[np.float64] = np.clip(radius - away + 0.5, 0, 1)
    return inside


def _shares(width: int) -> NDArray[np.int32]:
    """How much of each column is shown (0 to 256): all of what was said, less of what comes."""
    share = np.where(np.arange(width) < width // 2, 1.0, AHEAD)
    ramp = np.clip(np.arange(width) / min(EDGE, max(1, width // 4)), 0, 1)
    return np.round(256 * share * ramp * ramp[::-1]).astype(np.int32)[None, :]


def _voice_at(at_ms: int, voices: Sequence[Voiced]) -> tuple[int, int, int]:
    spoken = [one.colour for one in voices if one.start_ms <= at_ms] or [one.colour for one in voices[:1]]
    return rgb(spoken[-1]) if spoken else (255, 255, 255)


def _cut(still: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    return still[box.y : box.bottom, box.x : box.right]


def _reduced(canvas: Image) -> Image:
    from PIL import Image

    size = (canvas.width // FINE, canvas.height // FINE)
    return canvas.resize(size, Image.Resampling.LANCZOS)
