"""Where another language is spoken than in the rest of a talk. Two signs are needed: neighbouring windows."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from ....domain.sound import SpeechActivity, span
from ....domain.speech import OtherLanguage
from .batches import WindowResult

LEAST_PROBABILITY, LEAST_SPEECH_MS, LEAST_WINDOWS = 0.8, 2_000, 2
"""A window counts that is so sure and holds so much speech; and so many of them in a row, in one language."""


def other_languages(
    heard: Sequence[WindowResult], language: str, activity: SpeechActivity
) -> tuple[OtherLanguage, ...]:
    """Return stretches in which every window by itself is surely in one other language, in order of time.

    A window that is not sure, or hardly holds speech, says nothing and ends no stretch.
    """
    sure = [
        one
        for one in sorted(heard, key=lambda one: one.window)
        if one.spoken
        and one.spoken_probability >= LEAST_PROBABILITY
        and sum(item.overlap_ms(one.window) for item in activity.spans) >= LEAST_SPEECH_MS
    ]
    found = []
    for code, group in groupby(sure, key=lambda one: one.spoken):
        row = [one.window for one in group]
        if code != language and len(row) >= LEAST_WINDOWS:
            found.append(OtherLanguage(span(row[0].start_ms, row[-1].end_ms), code))
    return tuple(found)
