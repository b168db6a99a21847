"""Passages that a person had heard again: which are wanted, and how their words replace others."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from shlex import quote

from ..domain.sound import Span, SpeechActivity, span
from ..domain.speech import Passages, Relistened, Segment, Transcript, Word
from ..domain.timecode import clock, exact_clock
from .passages import numbered

NEAR_MS = 300
"""So far outside a passage a word may lie that was heard in it: times of words are no surer than that."""
_MARKS = " .,!?;:\"'“”‘’…-"


@dataclass(frozen=True, slots=True)
class RelistenOrder:
    """What one run is to hear again, and what to forget of what was heard again before."""

    asked: tuple[Relistened, ...] = ()
    forget: tuple[Span, ...] = ()


NOTHING_MORE = RelistenOrder()
"""What is kept stays as it is."""


def wanted(
    before: Sequence[Relistened], order: RelistenOrder, transcript_digest: str
) -> tuple[Relistened, ...]:
    """Return what is to hold after a run, in order of time; what was asked for just now has no words yet.

    A passage takes the place of those inside it that were asked for before.
    """
    asked = [replace(one, transcript=transcript_digest) for one in order.asked]
    kept = [
        one
        for one in before
        if one.span not in order.forget and not any(_holds(new.span, one.span) for new in asked)
    ]
    return tuple(sorted((*kept, *asked), key=lambda one: one.span))


def _holds(outer: Span, inner: Span) -> bool:
    return outer.start_ms <= inner.start_ms and inner.end_ms <= outer.end_ms


def holding(passages: Passages, transcript_digest: str) -> tuple[Relistened, ...]:
    """Return what was heard again after this very transcript, in order of time."""
    return tuple(one for one in passages.asked if one.transcript == transcript_digest)


def lapsed(passages: Passages, transcript_digest: str, path: str) -> tuple[str, ...]:
    """Say which passages no longer apply, and how to go on; ``path`` is the episode's."""
    return tuple(
        f"{between(one.span)} was heard again with {one.model}, but after another transcript: it no longer "
        f"applies; hear it once more with: chaitime relisten {quote(path)} {between(one.span)} --model "
        f"{quote(one.model)} (or forget it with --undo)"
        for one in passages.asked
        if one.transcript != transcript_digest
    )


def between(place: Span) -> str:
    """A stretch as it is typed, to the millisecond where it is no whole second: ``12:40-13:30``."""
    return "-".join(
        exact_clock(at) if at % 1000 else clock(at) for at in (int(place.start_ms), int(place.end_ms))
    )


def speech_in(activity: SpeechActivity, place: Span) -> SpeechActivity:
    """Return the speech inside a stretch; all of the stretch where none was found."""
    inside = tuple(
        span(max(item.start_ms, place.start_ms), min(item.end_ms, place.end_ms))
        for item in activity.spans
        if item.overlap_ms(place)
    )
    return SpeechActivity(inside or (place,))


def relaid(transcript: Transcript, heard: Iterable[Relistened]) -> Transcript:
    """Let the words of passages take the place of those whose middle lies inside; all are numbered anew.

    A passage in which nothing could be believed leaves the words as they are.
    """
    for one in heard:
        if one.segments:
            transcript = _one_relaid(transcript, one)
    return transcript


def _one_relaid(transcript: Transcript, one: Relistened) -> Transcript:
    place = one.span
    before = [word for word in transcript.words if word.span.middle_ms < place.start_ms]
    after = [word for word in transcript.words if word.span.middle_ms >= place.end_ms]
    fresh = [kept for part in one.segments if (kept := _clear(part, place, before, after))]
    if not fresh:
        return transcript
    early, late = {word.id for word in before}, {word.id for word in after}
    segments = (*_only(transcript.segments, early), *fresh, *_only(transcript.segments, late))
    return replace(transcript, segments=numbered(segments))


def _only(segments: Iterable[Segment], ids: set[int]) -> Iterator[Segment]:
    """Segments with these words only, those without any left out."""
    for one in segments:
        if words := tuple(word for word in one.words if word.id in ids):
            yield replace(one, words=words)


def _clear(part: Segment, place: Span, before: list[Word], after: list[Word]) -> Segment | None:
    """The words of a segment that lie in the passage and are not those beside it once more."""
    first = int(before[-1].span.end_ms) if before else 0
    last = int(after[0].span.start_ms) if after else int(place.end_ms) + NEAR_MS
    words = []
    for word in part.words:
        start, end = max(int(word.span.start_ms), first), min(int(word.span.end_ms), last)
        inside = place.start_ms - NEAR_MS <= word.span.middle_ms < place.end_ms + NEAR_MS
        if inside and 2 * (end - start) >= word.span.duration_ms and not _again(word, before, after):
            words.append(replace(word, span=span(start, max(start, end))))
    return replace(part, words=tuple(words)) if words else None


def _again(word: Word, before: list[Word], after: list[Word]) -> bool:
    """Whether it is the word that stands beside the passage: the same letters at nearly the same time."""
    beside = (*before[-1:], *after[:1])
    return any(_bare(word.text) == _bare(one.text) and one.span.overlap_ms(word.span) > 0 for one in beside)


def _bare(text: str) -> str:
    return text.casefold().strip(_MARKS)
