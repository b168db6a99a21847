"""Per-speaker levelling: everybody as loud as everybody else, without a step anyone can hear.

We know who speaks when, so each voice gets one gain. It changes between turns only, in the
pause if there is one, never faster than `SLOPE_DB_A_SECOND`, and comes down before a loud
voice begins rather than after. A stretch that its label does not fit (a diarization error,
a laugh) is kept within a few LU of the rest; music and noise between turns are never lifted.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ....domain.sound import Span
from .meter import SILENCE_LUFS, STEP_MS, Levels, integrated, tenths

SLOPE_DB_A_SECOND = 50.0
MOST_DB = 30.0
INAUDIBLE_DB = 0.5
ROUNDS = 3
LOUD_TURN_LU, SOFT_TURN_LU, LOUD_FRAME_LU = 3.0, -5.0, 8.0
RELIABLE_MS = 2000
PAUSE_MS, ROOM_MS = 1500, 500


@dataclass(frozen=True, slots=True)
class _Turn:
    """One turn with how loud it is as recorded."""

    label: str
    span: Span
    loudness: float


def level(
    levels: Levels, spans: tuple[tuple[str, Span], ...], limiter: Callable[[Levels], Levels]
) -> NDArray[np.float32] | None:
    """Return the gain in dB for every 10 ms, or None when there is nothing to level.

    ``spans`` says who speaks when, in order. ``limiter`` tells what is left of levels once the
    programme is limited: a voice with sharper peaks loses more there and gets more before it.
    """
    before = voices(levels.energies, spans)
    if len(before) < 2:
        return None
    gains = {label: max(before.values()) - value for label, value in before.items()}
    for _ in range(ROUNDS):
        curve = _curve(levels.energies, spans, gains)
        after = voices(limiter(levels.lifted(10 ** (curve / 20))).energies, spans)
        raised = {label: gain - after.get(label, SILENCE_LUFS) for label, gain in gains.items()}
        gains = {label: min(MOST_DB, gain - min(raised.values())) for label, gain in raised.items()}
    if max(gains.values()) < INAUDIBLE_DB:
        return None
    return _curve(levels.energies, spans, gains).astype(np.float32)


def voices(energies: NDArray[np.floating], spans: tuple[tuple[str, Span], ...]) -> dict[str, float]:
    """Return the loudness in LUFS of each voice that is heard long enough to be measured.

    ``energies`` are K-weighted mean squares per 10 ms.
    """
    own: dict[str, list[Span]] = {}
    for label, span in spans:
        own.setdefault(label, []).append(span)
    loudness = {
        label: integrated(_inside(energies, turns))
        for label, turns in own.items()
        if sum(turn.duration_ms for turn in turns) >= RELIABLE_MS
    }
    return {label: value for label, value in loudness.items() if value > SILENCE_LUFS}


def _curve(
    energies: NDArray[np.floating], spans: tuple[tuple[str, Span], ...], gains: dict[str, float]
) -> NDArray[np.float64]:
    """The smooth gain that gives every turn what its voice is due."""
    lead = min(gains, key=lambda label: gains[label])
    goal = integrated(_inside(energies, [span for label, span in spans if label == lead]))
    turns = [_Turn(label, span, integrated(_inside(energies, [span]))) for label, span in spans]
    wanted = _steps(turns, gains, goal, len(energies))
    _calm(wanted, energies, goal)
    return _rounded(_limited(wanted, SLOPE_DB_A_SECOND * STEP_MS / 1000))


def _steps(turns: list[_Turn], gains: dict[str, float], goal: float, count: int) -> NDArray[np.float64]:
    """The gain wanted at each step: constant inside a turn, the higher one in a short pause."""
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


def _calm(wanted: NDArray[np.float64], energies: NDArray[np.floating], goal: float) -> None:
    """Hold down any 100 ms that a gain would make far louder than speech is."""
    loudness = -0.691 + 10 * np.log10(np.maximum(tenths(energies), 1e-12))
    allowed = np.maximum(goal + LOUD_FRAME_LU - loudness, 0.0)
    np.minimum(wanted, np.repeat(allowed, 100 // STEP_MS)[: len(wanted)], out=wanted)


def _limited(wanted: NDArray[np.float64], slope: float) -> NDArray[np.float64]:
    """The highest curve below ``wanted`` that never changes by more than ``slope`` a step."""
    ramp = slope * np.arange(len(wanted))
    forward = np.minimum.accumulate(wanted - ramp) + ramp
    backward = np.minimum.accumulate((wanted + ramp)[::-1])[::-1] - ramp
    lowest: NDArray[np.float64] = np.minimum(forward, backward)
    return lowest


def _rounded(curve: NDArray[np.float64]) -> NDArray[np.float64]:
    """Round the corners over 50 ms."""
    padded = np.pad(curve, 2, mode="edge")
    return np.convolve(padded, np.full(5, 0.2), mode="valid") if len(curve) else curve


def _inside(energies: NDArray[np.floating], spans: list[Span]) -> NDArray[np.floating]:
    """Energies of all steps that lie inside the spans."""
    pieces = [energies[span.start_ms // STEP_MS : span.end_ms // STEP_MS] for span in spans]
    return np.concatenate([np.zeros(0, np.float32), *pieces])
