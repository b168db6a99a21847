"""From frames and embeddings to turns and voice prints: pure arithmetic, in one process."""

from __future__ import annotations

from dataclasses import replace
from math import exp, log

import numpy as np

from ....domain.sound import span
from ....domain.speech import Diarization, Turn, VoicePrint
from .cluster import grow
from .decode import activity, on_frames, turns
from .embed import HOP_MS, Points
from .frames import Frames
from .second_look import look_again
from .settling import Course, settled

FILL_MS = 500
INTERCEPT, PARTED, SECONDS, UNLIKE = -2.15, 0.44, 1.66, -23.8
ENOUGH_S, LEAST_SURE = 20.0, 0.01


def voices(frames: Frames, points: Points, speakers: int, duration_ms: int) -> Diarization:
    """Tell the voices apart. ``speakers`` is the known count, 0 for find it out."""
    grown = grow(points.vectors, points.stretch)
    if speakers:
        found, look = settled(points, grown.exactly(speakers)), None
    else:
        look = look_again(frames, points, grown)
        found = look.found
    if len(found.vectors):
        active, only = activity(frames, on_frames(frames, points, found.path), len(found.vectors))
    else:
        active, only = (frames.count > 0)[:, None], np.where(frames.count > 0, 0, -1)
    alone = only[:, None] == np.arange(active.shape[1])
    spoken, exclusive = turns(active, FILL_MS, duration_ms), turns(alone, FILL_MS, duration_ms)
    written = _written(spoken, exclusive, points, found)
    if look is None or not spoken:
        return written
    return replace(written, sureness=sure_of_number(look.sureness, look.unlike, written.exclusive))


def sure_of_number(parted: float, unlike: float, exclusive: tuple[Turn, ...]) -> float:
    """Return how likely (0 to 1) the number of voices is the number of people.

    ``parted`` is how sure the search was of its last step, which tells little; how many seconds there are to
    tell each voice by, and the share ``unlike`` of pieces that fit no voice well, tell most. Logistic
    regression on 208 recordings and pieces of recordings whose people are known, each judged by a fit
    on the others (docs/speakers.md).
    """
    held = min(max(parted, LEAST_SURE), 1 - LEAST_SURE)
    seconds = sum(turn.span.duration_ms for turn in exclusive) / 1000
    each = max(seconds / len({turn.label for turn in exclusive}), 0.1) if exclusive else 0.1
    odds = INTERCEPT + PARTED * log(held / (1 - held)) + SECONDS * log(min(each, ENOUGH_S)) + UNLIKE * unlike
    return round(1 / (1 + exp(-odds)), 2)


def _written(
    spoken: list[tuple[int, int, int]],
    alone: list[tuple[int, int, int]],
    points: Points,
    found: Course,
) -> Diarization:
    """Name voices S1, S2 … by first appearance and write everything down."""
    names = {voice: f"S{rank + 1}" for rank, voice in enumerate(dict.fromkeys(turn[0] for turn in spoken))}
    valid = ~np.isnan(points.vectors[:, 0])
    heard = np.bincount(found.path[valid], minlength=len(found.vectors))
    prints = tuple(
        VoicePrint(name, tuple(round(float(x), 6) for x in found.vectors[voice]), int(heard[voice]) * HOP_MS)
        for voice, name in names.items()
        if voice < len(heard) and heard[voice]
    )
    return Diarization(_turns(spoken, names), _turns(alone, names), prints)


def _turns(found: list[tuple[int, int, int]], names: dict[int, str]) -> tuple[Turn, ...]:
    return tuple(Turn(names[voice], span(start_ms, end_ms)) for voice, start_ms, end_ms in found)
