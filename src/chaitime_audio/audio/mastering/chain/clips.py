"""Intro and outro: joined to the talk with pydub, on the short stretches where they meet.

pydub sees PCM only and never starts a program; all else is streamed past it.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Clip
from ....errors import ConfigError, InputRefusedError
from .meter import SILENCE_LUFS, Levels, Meter, integrated
from .pcm import SAMPLE_RATE_HZ, Reader, whole

LONGEST_MS = 5 * 60_000
FADE_MS = 30
HEADROOM = 0.125
"""pydub works in whole numbers: what it sees is 18 dB down, so that nothing clips before the limiter."""
FULL_SCALE = 2**31 - 1
"""Of 32 bits, finer than the floats that come in even with that headroom."""


@dataclass(frozen=True, slots=True)
class LevelledClip:
    """A clip ready to be joined: its sound at the loudness of the talk, shape (frames, channels)."""

    sound: NDArray[np.float32]
    levels: Levels

    @property
    def frames(self) -> int:
        """Its length."""
        return len(self.sound)


def levelled_clip(clip: Clip | None, channels: int, goal_lufs: float) -> LevelledClip | None:
    """Read a clip and bring it to a loudness. Raises ConfigError when it cannot be read or is too long."""
    if clip is None:
        return None
    path = Path(clip.path)
    if clip.duration_ms > LONGEST_MS:
        raise ConfigError(f"{path} is longer than five minutes; intro, outro and bed are short pieces")
    try:
        sound = whole(path, channels)
    except InputRefusedError as cause:
        raise ConfigError(str(cause)) from cause
    sound = sound[: round(clip.duration_ms * SAMPLE_RATE_HZ / 1000)]
    meter = Meter(SAMPLE_RATE_HZ)
    meter.add(sound)
    meter.close()
    sides = [(1.0, 0.0), (0.0, 1.0)][:channels]
    levels = meter.levels(sides)
    loudness = integrated(levels.energies)
    gain = 10 ** ((goal_lufs - loudness) / 20) if loudness > SILENCE_LUFS else 1.0
    return LevelledClip((sound * gain).astype(sound.dtype), levels.lifted(gain))


def framed(
    talk: Iterator[NDArray[np.float32]],
    clips: tuple[LevelledClip | None, LevelledClip | None],
    talk_frames: int,
    crossfade_ms: int,
) -> Iterator[NDArray[np.float32]]:
    """Yield intro, talk and outro as one; neighbours sound together for ``crossfade_ms``."""
    intro, outro = clips
    reader = Reader(talk)
    near = min(talk_frames // 2, _frames(max(crossfade_ms, FADE_MS) + 100))
    if intro:
        yield _met(intro.sound, reader.take(near), crossfade_ms)
    yield from reader.pieces(talk_frames - (near if intro else 0) - (near if outro else 0))
    if outro:
        yield _met(reader.take(near), outro.sound, crossfade_ms)
    yield from reader.rest()


def offset_frames(intro: LevelledClip | None, talk_frames: int, crossfade_ms: int) -> int:
    """Where the talk begins: after the intro, less what sounds together."""
    return intro.frames - _overlap(intro.frames, talk_frames // 2, crossfade_ms) if intro else 0


def _met(first: NDArray[np.float32], second: NDArray[np.float32], crossfade_ms: int) -> NDArray[np.float32]:
    """Join two pieces; without a crossfade each fades for a moment, so that nothing clicks."""
    overlap = _overlap(len(first), len(second), crossfade_ms)
    near = overlap or _overlap(len(first), len(second), FADE_MS)
    if not near:
        return np.concatenate([first, second])
    one, two = segment_of(first[-near:]), segment_of(second[:near])
    if overlap:
        joined = one.append(two, crossfade=_ms(overlap))
    else:
        joined = one.fade_out(FADE_MS).append(two.fade_in(FADE_MS), crossfade=0)
    return np.concatenate([first[:-near], array_of(joined, first.shape[1]), second[near:]])


def _overlap(first: int, second: int, crossfade_ms: int) -> int:
    """Frames that sound together: whole hundredths of a second, in which pydub counts exactly."""
    hundredth = SAMPLE_RATE_HZ // 100
    return min(_frames(crossfade_ms), first, second) // hundredth * hundredth


def segment_of(sound: NDArray[np.float32]) -> Any:
    """Sound of shape (frames, channels) as a pydub AudioSegment, `HEADROOM` below full scale."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it misses an ffmpeg that it never needs
        from pydub import AudioSegment
    scaled = np.rint(sound.astype(np.float64) * (HEADROOM * FULL_SCALE))
    data = np.clip(scaled, -FULL_SCALE, FULL_SCALE).astype("<i4").tobytes()
    return AudioSegment(data=data, sample_width=4, frame_rate=SAMPLE_RATE_HZ, channels=sound.shape[1])


def array_of(segment: Any, channels: int) -> NDArray[np.float32]:
    """What `segment_of` made, back as an array of shape (frames, channels)."""
    data = np.frombuffer(segment.raw_data, dtype="<i4") / (HEADROOM * FULL_SCALE)
    return data.astype(np.float32).reshape(-1, channels)


def _ms(frames: int) -> int:
    return frames * 1000 // SAMPLE_RATE_HZ


def _frames(duration_ms: int) -> int:
    return duration_ms * SAMPLE_RATE_HZ // 1000
