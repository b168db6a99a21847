"""Quality: what can be measured on a recording and on the MP3 made from it."""

from __future__ import annotations

from dataclasses import dataclass

from .sound import Loudness, PublishedMs, Span


@dataclass(frozen=True, slots=True)
class LoudnessCurve:
    """Short-term loudness (3 s windows, EBU Tech 3341) in LUFS, one value a second.

    Value ``i`` is that of the window from ``i`` s to ``i + 3`` s. -70.0 stands for silence.
    """

    lufs: tuple[float, ...]
    step_ms: int = 1000
    window_ms: int = 3000


@dataclass(frozen=True, slots=True)
class VoiceLoudness:
    """How loud one voice is where it speaks alone, in LUFS: in the recording and in the MP3."""

    label: str
    before_lufs: float
    after_lufs: float


@dataclass(frozen=True, slots=True)
class QualityReport:
    """What was measured on the recording (source time) and on the MP3 (published time).

    ``clipped`` has the stretches where samples of the recording stand at full scale;
    ``noise_floor_lufs`` is the loudness that the quietest fiftieth of the recording stays below, silence
    of zeros left out; ``silences`` are at least `long_silence_ms` long, times are those of the MP3.
    ``envelope`` has the highest sample (0 to 1) of each of equally long pieces of the MP3.
    """

    source: Loudness
    before: LoudnessCurve
    after: LoudnessCurve
    clipped: tuple[Span, ...]
    noise_floor_lufs: float
    silences: tuple[tuple[PublishedMs, PublishedMs], ...]
    long_silence_ms: int
    duration_ms: int
    envelope: tuple[float, ...] = ()
    voices: tuple[VoiceLoudness, ...] = ()

    @property
    def noise_distance_lu(self) -> float:
        """How far the noise of the recording lies below its programme loudness."""
        return round(self.source.integrated_lufs - self.noise_floor_lufs, 1)
