"""No turn without words: where there are none, and how what was heard there afterwards joins the rest."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace

from ..domain.sound import Span, span
from ..domain.speech import Diarization, Passages, Segment, Transcript

SHORTEST_MS, NEAR_MS = 800, 150


def unheard(transcript: Transcript, diarization: Diarization) -> tuple[Span, ...]:
    """Return stretches of one person speaking alone that got no words, in order of time.

    They are 0.8 s or longer and further than 0.15 s from any word: a whole turn, or what is left of one.
    """
    return without_words(transcript, (turn.span for turn in diarization.exclusive))


def without_words(transcript: Transcript, speech: Iterable[Span]) -> tuple[Span, ...]:
    """Return what got no words in stretches of speech, in their order; see `unheard`."""
    return tuple(place for places in each_without_words(transcript, speech) for place in places)


def each_without_words(transcript: Transcript, speech: Iterable[Span]) -> Iterator[list[Span]]:
    """Yield for each stretch of speech what of it got no words; see `unheard`."""
    words = sorted((int(word.span.start_ms), int(word.span.end_ms)) for word in transcript.words)
    starts = [start for start, _ in words]
    for one in speech:
        found, at, end = list[Span](), int(one.start_ms), int(one.end_ms)
        first = max(0, bisect_left(starts, at) - 1)
        for word_start, word_end in words[first : bisect_left(starts, end + NEAR_MS)]:
            found += _long_enough(at, min(word_start - NEAR_MS, end))
            at = max(at, word_end + NEAR_MS)
        yield [*found, *_long_enough(at, end)]


def _long_enough(start_ms: int, end_ms: int) -> list[Span]:
    return [span(start_ms, end_ms)] if end_ms - start_ms >= SHORTEST_MS else []


def with_passages(transcript: Transcript, passages: Passages) -> Transcript:
    """Lay the words of passages between those of the transcript and number all of them anew."""
    found = [passage.segment for passage in passages.heard if passage.segment]
    if not found:
        return transcript
    segments = list(transcript.segments)
    for fresh in found:
        segments = [part for one in segments for part in _split(one, int(fresh.span.start_ms))]
        segments.append(fresh)
    segments.sort(key=lambda one: one.span)
    return replace(transcript, segments=numbered(segments))


def _split(segment: Segment, at_ms: int) -> tuple[Segment, ...]:
    """Cut a segment into what begins before a time and what begins after it."""
    early = tuple(word for word in segment.words if word.span.start_ms < at_ms)
    if not early or len(early) == len(segment.words):
        return (segment,)
    return replace(segment, words=early), replace(segment, words=segment.words[len(early) :])


def numbered(segments: Iterable[Segment]) -> tuple[Segment, ...]:
    """Number the words of segments in their order."""
    found, count = [], 0
    for one in segments:
        words = tuple(replace(word, id=count + at) for at, word in enumerate(one.words))
        found.append(replace(one, words=words))
        count += len(words)
    return tuple(found)
