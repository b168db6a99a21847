"""What a person should know of how a recording was heard: gaps, inventions, another language."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from shlex import quote

from ..domain.people import Cast
from ..domain.sound import Span, SpeechActivity, span
from ..domain.speech import UNKNOWN, Diarization, Lost, Transcript, Turn
from ..domain.timecode import clock
from .passages import SHORTEST_MS, each_without_words

FULL_COVERAGE = 0.985
MOST_NAMED, SOMEBODY = 5, "somebody"


@dataclass(frozen=True)
class Heard:
    """A talk as it was heard, whose episode lies at ``path``.

    ``words`` are those of ``transcript`` with what was heard again, before anything is corrected.
    """

    transcript: Transcript
    words: Transcript
    activity: SpeechActivity
    diarization: Diarization
    path: str

    @cached_property
    def speech(self) -> tuple[Turn, ...]:
        """All that was spoken, each moment once: who spoke alone, and speech that is nobody's turn."""
        turns = self.diarization.exclusive
        rest = (Turn(UNKNOWN, place) for place in _outside(self.activity.spans, [one.span for one in turns]))
        return tuple(sorted((*turns, *rest), key=lambda one: one.span))

    @cached_property
    def missed(self) -> tuple[Turn, ...]:
        """Stretches of speech of 0.8 s or more, in order of time, that got no words."""
        speech = self.speech
        found = each_without_words(self.words, (one.span for one in speech))
        return tuple(
            Turn(one.label, place) for one, places in zip(speech, found, strict=True) for place in places
        )

    @property
    def lost(self) -> Lost:
        """What may be missing among the words."""
        return Lost(self.missed, self.transcript.dropped)

    @property
    def coverage(self) -> float:
        """The share (0-1) of the time anybody spoke that got words; 1 where nobody spoke."""
        total = sum(one.span.duration_ms for one in self.speech)
        return 1 - sum(one.span.duration_ms for one in self.missed) / total if total else 1.0


def _outside(spans: tuple[Span, ...], taken: list[Span]) -> Iterator[Span]:
    """What of spans lies in none of the taken ones, where it is long enough to be told; all in order.

    Those that are taken do not overlap each other.
    """
    ends = [int(other.end_ms) for other in taken]
    for one in spans:
        at = int(one.start_ms)
        for other in taken[bisect_right(ends, at) :]:
            if other.start_ms >= one.end_ms:
                break
            if other.start_ms - at >= SHORTEST_MS:
                yield span(at, other.start_ms)
            at = max(at, int(other.end_ms))
        if one.end_ms - at >= SHORTEST_MS:
            yield span(at, one.end_ms)


def doubts(heard: Heard, cast: Cast) -> tuple[str, ...]:
    """Say what a person should know, one sentence each."""
    found = [
        f"at {clock(item.span.start_ms)} something not said was heard and left out ({item.reason})"
        for item in heard.transcript.dropped
    ]
    if heard.coverage < FULL_COVERAGE:
        found.append(f"{1 - heard.coverage:.1%} of the speech got no words; listen for gaps")
    return (*found, *_gaps(heard, cast), *_languages(heard))


def _gaps(heard: Heard, cast: Cast) -> Iterator[str]:
    """A sentence of the longest stretches without words: who speaks there, and when."""
    names = {voice.label: voice.person.name for voice in cast.voices}
    longest = sorted(heard.missed, key=lambda one: (-one.span.duration_ms, one.span))
    named = [
        f"{clock(one.span.start_ms)} ({names.get(one.label, SOMEBODY)}, {one.span.duration_ms / 1000:.1f} s)"
        for one in sorted(longest[:MOST_NAMED], key=lambda one: one.span)
    ]
    if named:
        more = f" and {len(longest) - MOST_NAMED} shorter ones" if len(longest) > MOST_NAMED else ""
        yield f"speech without words at {', '.join(named)}{more}"


def _languages(heard: Heard) -> Iterator[str]:
    """A sentence for each stretch in another language than the talk."""
    for one in heard.transcript.others:
        start, end = clock(one.span.start_ms), clock(one.span.end_ms + 999)
        yield (
            f"from {start} to {end} {one.language} seems to be spoken, but words are written as "
            f"{heard.words.language}; hear it in its own language with: chaitime relisten "
            f"{quote(heard.path)} {start}-{end} --language {one.language}"
        )
