"""A small episode for clips: who says what when, and an MP3 to cut them out of."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
from example_episode import example, utterances
from PIL import Image

from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.domain.episode import Episode
from chaitime_audio.exports.clips.making import Material
from chaitime_audio.exports.clips.plan import Limits
from chaitime_audio.exports.faces import face_for
from chaitime_audio.project.export_settings import ClipSettings

LIMITS = Limits(2_000, 9_000)
ANY_LENGTH = ClipSettings(shortest_s=1, longest_s=60)
RATE_HZ = 44_100


def spoken(*lines: tuple[str, int, str]) -> Episode:
    """The example with other words: (voice, start in ms, text), 280 ms a word every 300 ms."""
    return replace(example(), spoken=utterances(lines))


def tones(seconds: float) -> np.ndarray:
    """Bursts as long as syllables, shape (frames, 1)."""
    at = np.arange(int(seconds * RATE_HZ)) / RATE_HZ
    loud = 0.15 + 0.85 * (np.sin(2 * np.pi * 1.7 * at) > 0)
    return (0.2 * loud * np.sin(2 * np.pi * 220 * at) * np.sin(2 * np.pi * 3 * at))[:, None].astype(
        np.float32
    )


def write_master(path: Path, seconds: float) -> Path:
    """Write an MP3 such as mastering makes."""
    encode([tones(seconds)], 1, 96, path)
    return path


def material(episode: Episode, master: Path) -> Material:
    """What clips are made of, with a cover of one colour."""
    cover = Image.new("RGB", (600, 600), "#7a3b2a")
    return Material(episode, master, ANY_LENGTH, face_for(None), lambda _: (cover, False))
