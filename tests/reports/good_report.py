"""A report without a fault, for the tests of picture and page."""

from __future__ import annotations

from chaitime_audio.domain.quality import LoudnessCurve, QualityReport
from chaitime_audio.domain.sound import Loudness

GOOD = QualityReport(
    source=Loudness(-25.0, -3.0, 4.0),
    before=LoudnessCurve((-30.0,) * 18),
    after=LoudnessCurve((-16.0,) * 18),
    clipped=(),
    noise_floor_lufs=-62.0,
    silences=(),
    long_silence_ms=3000,
    duration_ms=20_000,
)
