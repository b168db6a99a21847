"""The way from speech to a transcript that every windowed recogniser shares.

Windows are decoded in batches; a window that cannot be believed is decoded once more,
warmer and without the prompt; speech without words is listened to again; what was invented
where nobody speaks is dropped, with the reason.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from ...crew import Task
from ...model.sound import Span, SpeechActivity, span
from ...model.speech import Dropped, Segment, Transcript, Word
from ..sound import Sound, Workbench
from ._decode_task import RETRY_TEMPERATURE, Batch
from ._quality import (
    Heard,
    compression,
    coverage,
    doubt,
    holes,
    mend_times,
    pauses_between,
    stock_phrase,
)
from ._windows import windows

MakeBatches = Callable[[tuple[tuple[Span, ...], ...], float, bool], tuple[Batch, ...]]
BATCH = 4
HOLE_NEAR_MS, SHORTEST_HOLE_MS = 300, 900


def listen(
    task: Task[Any, tuple[Heard, ...]],
    make: MakeBatches,
    sound: Sound,
    activity: SpeechActivity,
    bench: Workbench,
    language: tuple[str, float],
) -> Transcript:
    """Decode all speech with a task and return what can be believed."""
    found = windows(sound, activity)
    heard = _decode(task, make(_batches(found), 0.0, True), bench)
    heard = _again_where_doubtful(task, make, heard, bench)
    heard = _again_in_holes(task, make, heard, activity, bench)
    kept, dropped = _gate(heard, activity)
    segments = _segments(kept, activity, sound.duration_ms)
    words = [(w.text, w.span.start_ms, w.span.end_ms, 1.0) for item in segments for w in item.words]
    return Transcript(
        language=language[0],
        language_probability=language[1],
        segments=segments,
        dropped=tuple(dropped),
        coverage=round(coverage(activity.spans, [(t, int(a), int(b), p) for t, a, b, p in words]), 4),
    )


def _batches(found: tuple[Span, ...]) -> tuple[tuple[Span, ...], ...]:
    """Group windows of like length, so that a batch decodes few steps in vain; fixed by content."""
    ordered = sorted(found, key=lambda item: (-item.duration_ms, item.start_ms))
    return tuple(tuple(ordered[at : at + BATCH]) for at in range(0, len(ordered), BATCH))


def _decode(task: Task[Any, tuple[Heard, ...]], batches: tuple[Batch, ...], bench: Workbench) -> list[Heard]:
    """Run batches and return what was heard, in order of time."""
    done: set[int] = set()

    def tell(index: int) -> None:
        done.add(index)
        bench.progress(0.95 * len(done) / len(batches))

    results = bench.crew.map(task, batches, bench.keep, tell)
    return sorted((one for result in results for one in result), key=lambda one: one.window)


def _again_where_doubtful(
    task: Task[Any, tuple[Heard, ...]], make: MakeBatches, heard: list[Heard], bench: Workbench
) -> list[Heard]:
    """Decode doubtful windows once more, warmer; keep the more probable of the two."""
    doubtful = tuple(one.window for one in heard if doubt(one) not in ("", "no speech"))
    if not doubtful:
        return heard
    second = {
        one.window: one for one in _decode(task, make(_batches(doubtful), RETRY_TEMPERATURE, False), bench)
    }
    return [_better(one, second[one.window]) if one.window in second else one for one in heard]


def _better(first: Heard, second: Heard) -> Heard:
    if bool(doubt(first)) != bool(doubt(second)):
        return second if doubt(first) else first
    return max(first, second, key=lambda one: one.mean_logprob)


def _again_in_holes(
    task: Task[Any, tuple[Heard, ...]],
    make: MakeBatches,
    heard: list[Heard],
    activity: SpeechActivity,
    bench: Workbench,
) -> list[Heard]:
    """Listen once more, alone, to speech that got no words; keep what is clear of the known words."""
    end_ms = max((one.window.end_ms for one in heard), default=0)
    pauses = pauses_between(activity.spans, max(end_ms, *(item.end_ms for item in activity.spans), 0))
    words = mend_times((word for one in heard for word in one.words), pauses, end_ms)
    missed = holes(activity.spans, words, HOLE_NEAR_MS)
    alone = tuple(
        span(max(0, item.start_ms - HOLE_NEAR_MS), item.end_ms + HOLE_NEAR_MS)
        for item in missed
        if item.duration_ms >= SHORTEST_HOLE_MS
    )
    if not alone:
        return heard
    extra = _decode(task, make(_batches(_within(alone)), 0.0, False), bench)
    fresh = [one for one in extra if one.words and not doubt(one) and not stock_phrase(one.text)]
    return sorted([*heard, *(_clear_of(one, words) for one in fresh)], key=lambda one: one.window)


def _within(found: tuple[Span, ...], longest_ms: int = 28_000) -> tuple[Span, ...]:
    return tuple(
        span(at, min(at + longest_ms, item.end_ms))
        for item in found
        for at in range(item.start_ms, item.end_ms, longest_ms)
    )


def _clear_of(one: Heard, known: list[tuple[str, int, int, float]]) -> Heard:
    """Leave out words that overlap known ones, and repeat the known neighbour on either side."""
    clear = [w for w in one.words if all(w[2] <= item[1] or w[1] >= item[2] for item in known)]
    if clear:
        before = [item[0] for item in known if item[2] <= clear[0][1]][-1:]
        after = [item[0] for item in known if item[1] >= clear[-1][2]][:1]
        clear = clear[1:] if before and _alike(before[0], clear[0][0]) else clear
        clear = clear[:-1] if clear and after and _alike(after[0], clear[-1][0]) else clear
    return replace(one, words=tuple(clear))


def _alike(one: str, other: str) -> bool:
    return one.lower().strip(".,!?;:") == other.lower().strip(".,!?;:")


def _gate(heard: list[Heard], activity: SpeechActivity) -> tuple[list[Heard], list[Dropped]]:
    """Drop windows of no speech and loops that stayed loops; say why."""
    kept, dropped = [], []
    for one in heard:
        reason = doubt(one)
        speech = sum(item.overlap_ms(one.window) for item in activity.spans)
        if reason in ("no speech", "loop", "repetitive") and one.words:
            dropped.append(Dropped(one.window, one.text, reason))
        elif stock_phrase(one.text) and speech < 700 and one.words:
            dropped.append(Dropped(one.window, one.text, "stock phrase, hardly any speech"))
        elif one.words:
            kept.append(one)
    return kept, dropped


def _segments(heard: list[Heard], activity: SpeechActivity, end_ms: int) -> tuple[Segment, ...]:
    """Mend times over the whole recording and number the words."""
    pauses = pauses_between(activity.spans, end_ms)
    timed = mend_times((word for one in heard for word in one.words), pauses, end_ms)
    segments, at = [], 0
    for one in heard:
        part = timed[at : at + len(one.words)]
        words = tuple(Word(at + i, w[0], span(w[1], w[2]), w[3]) for i, w in enumerate(part))
        at += len(one.words)
        if words:
            squeezed = one.compression or compression(one.text)
            segments.append(Segment(words, one.mean_logprob, one.no_speech, squeezed))
    return tuple(segments)
