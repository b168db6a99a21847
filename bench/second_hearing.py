"""Hearing doubted windows again with a better model: tiny.en, then base, as a stand-in for better pairs.

Windows are ranked by the mean confidence of what the small model heard in them, the most doubted (and
those without words) first. As many as make up a share of all speech get the words of the larger model.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from chaitime_audio.domain.sound import Span
from chaitime_audio.domain.speech import Word
from chaitime_audio.editorial.confidence import word_confidences
from chaitime_audio.recognition.asr.windowed.windows import windows

from .talk import (
    MACHINE_WRITTEN,
    Spoken,
    count_errors,
    decoded,
    normalised,
    real,
    recogniser,
    synthetic,
)
from .talks import bench

SMALL, LARGE = "tiny.en", "base"
SHARES = (0.0, 0.1, 0.2, 0.3, 0.5, 1.0)


@dataclass(frozen=True, slots=True)
class Row:
    """A kind of recordings, a share of speech heard again: words, errors, CPU seconds a second."""

    name: str
    kind: str
    share: float
    words: int
    errors: int
    cpu_per_s: float


@dataclass(frozen=True, slots=True)
class Window:
    """What each model heard in one window, and how sure the small one is."""

    length_ms: int
    small: tuple[str, ...]
    large: tuple[str, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Heard:
    """One recording heard by both models, and what that cost in CPU seconds."""

    item: Spoken
    length_s: float
    windows: tuple[Window, ...]
    small_s: float
    large_s: float


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row per kind (real, dev) and share; English with references that people wrote."""
    chosen = [
        one
        for one in (*real(audio), *synthetic(audio, None))
        if one.language == "en" and not one.name.startswith(MACHINE_WRITTEN)
    ]
    heard = [_heard(one) for one in chosen]
    for kind in dict.fromkeys(one.kind for one in chosen):
        own = [one for one in heard if one.item.kind == kind]
        yield from (_row(kind, share, own) for share in SHARES)


def _heard(item: Spoken) -> Heard:
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        sound, activity = decoded(item.path, Path(place))
        said, cost = {}, {}
        for model in (SMALL, LARGE):
            engine = replace(recogniser(), model=model)
            began = time.process_time()
            said[model] = engine.transcribe(sound, activity, bench).words
            cost[model] = time.process_time() - began
        spans = windows(sound, activity)
    found = tuple(_window(spans, at, said) for at in range(len(spans)))
    return Heard(item, sound.duration_ms / 1000, found, cost[SMALL], cost[LARGE])


def _window(spans: Sequence[Span], at: int, said: dict[str, tuple[Word, ...]]) -> Window:
    """The words of both models whose middle lies between the starts of this window and of the next one."""
    first = spans[at].start_ms if at else 0
    stop = spans[at + 1].start_ms if at + 1 < len(spans) else None
    ahead = {model: [word for word in words if word.span.middle_ms >= first] for model, words in said.items()}
    own = {
        model: [word for word in words if stop is None or word.span.middle_ms < stop]
        for model, words in ahead.items()
    }
    sure = word_confidences(own[SMALL])
    small, large = (tuple(word.text for word in own[model]) for model in (SMALL, LARGE))
    return Window(spans[at].duration_ms, small, large, sum(sure) / len(sure) if sure else 0.0)


def _row(kind: str, share: float, heard: Sequence[Heard]) -> Row:
    places = ((at, place) for at, talk in enumerate(heard) for place in range(len(talk.windows)))
    ranked = sorted(places, key=lambda one: heard[one[0]].windows[one[1]].sure)
    whole = sum(one.length_ms for talk in heard for one in talk.windows)
    chosen, taken = set[tuple[int, int]](), 0
    for at, place in ranked:
        length = heard[at].windows[place].length_ms
        if share and taken + length <= share * whole:
            chosen.add((at, place))
            taken += length
    errors = words = 0
    for at, talk in enumerate(heard):
        parts = [one.large if (at, place) in chosen else one.small for place, one in enumerate(talk.windows)]
        errors += count_errors(talk.item, " ".join(word for part in parts for word in part))
        words += len(normalised(talk.item.said, talk.item.language))
    spent = sum(talk.small_s for talk in heard) + taken / whole * sum(talk.large_s for talk in heard)
    length_s = sum(talk.length_s for talk in heard)
    return Row(f"{kind} {share:.0%}", kind, round(taken / whole, 4), words, errors, spent / length_s)
