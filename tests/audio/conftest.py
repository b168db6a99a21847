"""Sounds made by script: nothing here needs a recording, or an ffmpeg on PATH."""

from __future__ import annotations

import struct
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio import ffmpeg

RATE = 44_100


def speech(seconds: float, pitch_hz: float = 120.0, seed: int = 0, rate: int = RATE) -> np.ndarray:
    """Something with the crest and the pauses of speech: buzzing syllables with breath."""
    rng = np.random.default_rng(seed)
    count = round(seconds * rate)
    time = np.arange(count) / rate
    wobble = np.cumsum(pitch_hz * (1 + 0.1 * np.sin(2 * np.pi * 0.7 * time)) / rate)
    buzz = sum(np.sin(2 * np.pi * harmonic * wobble) / harmonic for harmonic in range(1, 12))
    syllables = np.clip(np.sin(2 * np.pi * 3.1 * time + rng.uniform(0, 6)), 0, None) ** 0.5
    phrases = (np.sin(2 * np.pi * time / 2.9 + rng.uniform(0, 6)) > -0.8).astype(float)
    phrases = np.convolve(phrases, np.hanning(rate // 50) / np.hanning(rate // 50).sum(), "same")
    breath = rng.standard_normal(count) * 0.15
    return ((buzz + breath) * syllables * phrases * 0.1).astype(np.float32)


def write_wav(path: Path, sound: np.ndarray, rate: int = RATE, kind: str = "s16") -> Path:
    """Write a WAV by hand: 16-bit or float, any channels, shape (frames,) or (frames, channels)."""
    data = sound.reshape(len(sound), -1)
    channels = data.shape[1]
    tag, width = (3, 4) if kind == "f32" else (1, 2)
    body = (
        data.astype("<f4").tobytes()
        if kind == "f32"
        else np.clip(np.rint(data * 32767), -32768, 32767).astype("<i2").tobytes()
    )
    form = struct.pack("<HHIIHH", tag, channels, rate, rate * channels * width, channels * width, 8 * width)
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def convert(source: Path, target: Path, *arguments: str) -> Path:
    """Turn one sound file into another kind with ffmpeg."""
    list(ffmpeg.stream(["-y", *ffmpeg.input_of(source), *arguments, ffmpeg.output_of(target), "-f", "null"]))
    return target


def pcm(path: Path, channels: int = 1, rate: int = RATE) -> np.ndarray:
    """Decode anything, shape (frames, channels)."""
    arguments = [
        "-i",
        ffmpeg.output_of(path),
        "-map",
        "0:a:0",
        "-ac",
        str(channels),
        "-ar",
        str(rate),
        "-f",
        "f32le",
    ]
    return np.frombuffer(b"".join(ffmpeg.stream(arguments)), "<f4").reshape(-1, channels)


class Sounds:
    """The helpers above, for tests."""

    speech = staticmethod(speech)
    write_wav = staticmethod(write_wav)
    convert = staticmethod(convert)
    pcm = staticmethod(pcm)
    rate = RATE


@pytest.fixture(scope="session")
def sounds() -> Sounds:
    return Sounds()


@pytest.fixture
def silent() -> Callable[[float], None]:
    """A progress that nobody watches."""
    return lambda _share: None
