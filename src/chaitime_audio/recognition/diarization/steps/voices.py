"""From frames and embeddings to turns and voice prints: pure arithmetic, in one process."""

from __future__ import annotations

from dataclasses import replace

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


def voices(frames: Frames, points: Points, speakers: int, duration_ms: int) -> Diarization:
    """Tell the voices apart. ``speakers`` is the known count, 0 for find it out."""
    grown = grow(points.vectors, points.stretch)
    if speakers:
        found, sureness = settled(points, grown.exactly(speakers)), None
    else:
        look = look_again(frames, points, grown)
        found, sureness = look.found, look.sureness
    if len(found.vectors):
        active, only = activity(frames, on_frames(frames, points, found.path), len(found.vectors))
    else:
        active, only = (frames.count > 0)[:, None], np.where(frames.count > 0, 0, -1)
    alone = only[:, None] == np.arange(active.shape[1])
    spoken, exclusive = turns(active, FILL_MS, duration_ms), turns(alone, FILL_MS, duration_ms)
    return replace(_written(spoken, exclusive, points, found), sureness=sureness if spoken else None)


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
