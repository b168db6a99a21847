"""Mastering with ffmpeg: levelled by who speaks, limited, and measured on the finished MP3.

First pass: loudness of every 10 ms, channels, length. Second pass: one gain per voice, cuts,
intro and outro, the gain that makes the programme as loud as wished, a true-peak limiter,
libmp3lame. Then the MP3 is decoded and measured, until it is within 0.45 LU of the target
and below the true-peak limit: single moments are turned down in the file itself, all else is put
right before the limiter and encoded again.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from pathlib import Path
from typing import ClassVar

from ...domain.sound import Master, MixPlan, Recording
from ...project.settings import Channels, Denoise
from ...recognition.context import Progress


@dataclass(frozen=True, slots=True)
class Engine:
    """Loudness-normalised MP3 at 44.1 kHz, constant bit rate.

    ``target_lufs`` is measured on the file as shipped, mono or stereo alike. ``bit_rate_kbps``
    0 means 96 for mono and 128 for stereo; ``crossfade_ms`` is how long intro or outro and
    talk sound together; ``extra_formats`` (m4a, flac, wav) are made beside the MP3.
    """

    target_lufs: float = -16.0
    true_peak_dbtp: float = -1.0
    bit_rate_kbps: int = 0
    channels: Channels = "auto"
    crossfade_ms: int = 0
    denoise: Denoise = "off"
    de_ess: bool = False
    trim: bool = True
    longest_silence_s: float = 0.0
    extra_formats: tuple[str, ...] = ()

    revision: ClassVar[int] = 3

    def receipt(self) -> dict[str, str]:
        """Return every option: each may change the result."""
        return {name: str(value) for name, value in asdict(self).items()}

    def master(
        self, recording: Recording, paths: tuple[Path, ...], plan: MixPlan, target: Path, progress: Progress
    ) -> Master:
        """Write an untagged MP3 to ``target`` from the recordings at ``paths``.

        Raises InputRefusedError for a recording that cannot be decoded, ConfigError for an
        intro, outro or bed that cannot be used or cuts that leave nothing, DestinationError when
        ``target`` cannot be written.
        """
        from .chain.passes import mastered

        return mastered(self, recording, paths, plan, target, progress)
