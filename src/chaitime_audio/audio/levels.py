"""Frame levels of parallel tracks, and who is speaking by them, with a guard against bleed.

A microphone hears its own person loud and the other one faint ("bleed"). How faint is
learnt from the recording itself: the typical level difference while the other track
clearly leads. A person speaks where the own track is louder than the other's bleed explains.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from ..domain.sound import Span, span

FRAME_MS = 20
CLEAR_LEAD_DB = 8.0
OVER_BLEED_DB = 7.0
OVER_FLOOR_DB = 12.0
SILENT_DB = -100.0
SHORTEST_MS, LONGEST_GAP_MS, AIR_MS = 200, 300, 30
APART = 0.6


def levels_db(samples: NDArray[np.float32], frame_ms: int = FRAME_MS) -> NDArray[np.float64]:
    """Return the level of each frame (20 ms unless told) of 16 kHz sound in dBFS, shape (frames,)."""
    width = 16 * frame_ms
    whole = samples[: len(samples) // width * width].reshape(-1, width).astype(np.float64)
    power = np.mean(whole**2, axis=1) if len(whole) else np.zeros(0)
    return 10 * np.log10(np.maximum(power, 10 ** (SILENT_DB / 10)))


def tracks_of(levels: NDArray[np.float64]) -> tuple[tuple[Span, ...], ...]:
    """Return the spans of each track's own person. ``levels`` has shape (tracks, frames)."""
    return tuple(spans_of(own) for own in speaking(levels))


def apart(levels: NDArray[np.float64]) -> bool:
    """Whether two channels, shape (2, frames), have a person each, rather than a mix of both."""
    return separation(levels) >= APART


def separation(levels: NDArray[np.float64]) -> float:
    """Share (0-1) of loud frames in which one of two tracks clearly leads; 0 unless both do at times.

    ``levels`` has shape (2, frames). Near 1: one person per track. A mixed stereo recording
    has its voices on both tracks at nearly equal levels, and stays near 0.
    """
    loud = levels.max(axis=0) > _floors(levels).max() + OVER_FLOOR_DB
    if not loud.any():
        return 0.0
    lead = levels[0, loud] - levels[1, loud]
    left, right = float(np.mean(lead > CLEAR_LEAD_DB)), float(np.mean(lead < -CLEAR_LEAD_DB))
    return left + right if min(left, right) >= 0.05 else 0.0


def speaking(levels: NDArray[np.float64]) -> NDArray[np.bool_]:
    """Return where each track's own person speaks, shape (tracks, frames); more than one may at once."""
    floors = _floors(levels)
    bleed = _bleed_db(levels)
    own = levels > floors[:, None] + OVER_FLOOR_DB
    for mine in range(len(levels)):
        for other in range(len(levels)):
            if other != mine:
                explained = levels[other] - bleed[other, mine] + OVER_BLEED_DB
                own[mine] &= levels[mine] > np.minimum(explained, levels[other] + CLEAR_LEAD_DB)
    return own


def spans_of(active: NDArray[np.bool_]) -> tuple[Span, ...]:
    """Turn one track's frames into spans: short gaps closed, short blips dropped, a little air given."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], active, [False])).astype(np.int8)))
    end_ms = len(active) * FRAME_MS
    joined: list[tuple[int, int]] = []
    for start, end in (edges.reshape(-1, 2) * FRAME_MS).tolist():
        if joined and start - joined[-1][1] <= LONGEST_GAP_MS:
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return tuple(
        span(max(0, start - AIR_MS), min(end_ms, end + AIR_MS))
        for start, end in joined
        if end - start >= SHORTEST_MS
    )


def _floors(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """The noise floor of each track: the level that its quietest tenth stays under."""
    return np.maximum(np.percentile(levels, 10, axis=1), -75.0)


def _bleed_db(levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """How much fainter track j's person is on track k, in dB, shape (tracks, tracks)."""
    count = len(levels)
    bleed = np.zeros((count, count))
    for leader in range(count):
        others = np.delete(levels, leader, axis=0).max(axis=0)
        clear = (levels[leader] - others > CLEAR_LEAD_DB) & (
            levels[leader] > np.percentile(levels[leader], 60)
        )
        for other in range(count):
            if other != leader and clear.any():
                bleed[leader, other] = float(np.median(levels[leader, clear] - levels[other, clear]))
    return bleed
