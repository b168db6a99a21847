"""Per-speaker levelling: everybody as loud as everybody else, without a step anyone can hear.

We know who speaks when, so each voice gets one gain. It changes between turns only, in the
pause if there is one, never faster than `SLOPE_DB_A_SECOND`, and comes down before a loud
voice begins rather than after. A stretch that its label does not fit (a diarization error,
a laugh) is kept within a few LU of the rest; music and noise between turns are never lifted.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ...model.sound import Span
from ._meter import SILENCE_LUFS, STEP_MS, lufs, tenths

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SLOPE_DB_A_SECOND = 50.0
MOST_DB = 30.0
LOUD_TURN_LU, SOFT_TURN_LU, LOUD_FRAME_LU = 3.0, -5.0, 8.0
RELIABLE_MS = 2000
PAUSE_MS, ROOM_MS = 1500, 500


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn with how loud it is as recorded."""

    label: str
    span: Span
    loudness: float


def speaker_gains(energies: NDArray[np.float64], spans: tuple[tuple[str, Span], ...]) -> dict[str, float]:
    """Return the gain in dB that brings each voice to the loudness of the loudest one.

    ``energies`` are K-weighted mean squares per 10 ms. A voice heard too briefly to be
    measured gets no gain, one that is all but silent `MOST_DB`.
    """
    return _gains(tenths(energies), spans)


def _gains(coarse: NDArray[np.float64], spans: tuple[tuple[str, Span], ...]) -> dict[str, float]:
    loudness = {}
    for label in dict.fromkeys(label for label, _ in spans):
        own = [span for name, span in spans if name == label]
        if sum(span.duration_ms for span in own) >= RELIABLE_MS:
            loudness[label] = _gated(_inside(coarse, own))
    heard = [value for value in loudness.values() if value > SILENCE_LUFS]
    if not heard:
        return {}
    return {label: min(MOST_DB, max(heard) - value) for label, value in loudness.items()}


def gain_curve(
    energies: NDArray[np.float64], spans: tuple[tuple[str, Span], ...]
) -> NDArray[np.float32] | None:
    """Return the gain in dB for every 10 ms, or None when there is nothing to level."""
    import numpy as np

    count, coarse = len(energies), tenths(energies)
    gains = _gains(coarse, spans)
    if not gains or max(gains.values()) - min(gains.values()) < 0.5:
        return None
    turns = [_Turn(label, span, _gated(_inside(coarse, [span]))) for label, span in spans]
    goal = _loudest(coarse, spans, gains)
    wanted = _steps(turns, gains, goal, count)
    _calm(wanted, coarse, goal)
    slope = SLOPE_DB_A_SECOND * STEP_MS / 1000
    return _rounded(_limited(wanted, slope)).astype(np.float32)


def _steps(turns: list[_Turn], gains: dict[str, float], goal: float, count: int) -> NDArray[np.float64]:
    """The gain wanted at each step: constant inside a turn, the higher one in a short pause."""
    import numpy as np

    wanted = np.zeros(count)
    before_end, before = -PAUSE_MS, 0.0
    for turn in turns:
        gain = _fitting(turn, gains, goal)
        start, end = turn.span.start_ms // STEP_MS, turn.span.end_ms // STEP_MS
        if turn.span.start_ms - before_end < PAUSE_MS:
            wanted[before_end // STEP_MS : start] = max(before, gain)
        else:
            wanted[max(0, before_end) // STEP_MS : (max(0, before_end) + ROOM_MS) // STEP_MS] = before
            wanted[max(0, start - ROOM_MS // STEP_MS) : start] = gain
        wanted[start:end] = gain
        before_end, before = max(before_end, turn.span.end_ms), gain
    wanted[before_end // STEP_MS : (before_end + ROOM_MS) // STEP_MS] = before
    return wanted


def _fitting(turn: _Turn, gains: dict[str, float], goal: float) -> float:
    """The voice's gain, unless this turn is far louder or softer than the voice is."""
    gain = min(gains.get(turn.label, 0.0), goal + LOUD_TURN_LU - turn.loudness)
    if turn.span.duration_ms >= 1000 and turn.loudness > SILENCE_LUFS:
        gain = max(gain, goal + SOFT_TURN_LU - turn.loudness)
    return float(min(max(gain, 0.0), max(gains.values())))


def _calm(wanted: NDArray[np.float64], energies: NDArray[np.float64], goal: float) -> None:
    """Hold down any 100 ms that a gain would make far louder than speech is."""
    import numpy as np

    loudness = -0.691 + 10 * np.log10(np.maximum(energies, 1e-12))
    allowed = np.maximum(goal + LOUD_FRAME_LU - loudness, 0.0)
    steps = np.repeat(allowed, 100 // STEP_MS)[: len(wanted)]
    np.minimum(wanted, steps, out=wanted)


def _limited(wanted: NDArray[np.float64], slope: float) -> NDArray[np.float64]:
    """The highest curve below ``wanted`` that never changes by more than ``slope`` a step."""
    import numpy as np

    ramp = slope * np.arange(len(wanted))
    forward = np.minimum.accumulate(wanted - ramp) + ramp
    backward = np.minimum.accumulate((wanted + ramp)[::-1])[::-1] - ramp
    lowest: NDArray[np.float64] = np.minimum(forward, backward)
    return lowest


def _rounded(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the corners over 50 ms."""
    import numpy as np

    padded = np.pad(curve, 2, mode="edge")
    return np.convolve(padded, np.full(5, 0.2), mode="valid") if len(curve) else curve


def _loudest(
    energies: NDArray[np.float64], spans: tuple[tuple[str, Span], ...], gains: dict[str, float]
) -> float:
    """Loudness of the voice that needs no gain."""
    lead = min(gains, key=lambda label: gains[label])
    return _gated(_inside(energies, [span for label, span in spans if label == lead]))


def _inside(energies: NDArray[np.float64], spans: list[Span]) -> NDArray[np.float64]:
    """Energies of all frames that lie inside the spans, their first and last 50 ms left out."""
    import numpy as np

    pieces = []
    for span in spans:
        first, last = -(-(span.start_ms + 50) // 100), (span.end_ms - 50) // 100
        pieces.append(energies[first : max(last, first + 1)])
    return np.concatenate(pieces) if pieces else np.zeros(0)


def _gated(energies: NDArray[np.float64]) -> float:
    """Mean loudness of the frames within 10 LU of the mean, so that pauses do not count."""
    loud = energies[energies > 10 ** ((SILENCE_LUFS + 0.691) / 10)]
    if not loud.size:
        return SILENCE_LUFS
    return lufs(float(loud[loud >= loud.mean() / 10].mean()))
