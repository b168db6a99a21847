"""Hears turns that got no words once more, each by itself, cut to its borders.

Two people at once, or a short remark between long ones: in its window a turn can be passed over,
alone it is understood. Only what is clearly speech is taken: a wrong word is worse than none.
"""

from __future__ import annotations

from collections.abc import Sequence

from ....domain.sound import Span, SpeechActivity, span
from ....domain.speech import Passage, Passages, Segment, Transcript, Word
from .batches import TimedWord, WindowResult
from .quality import doubt, stock_phrase, unbelievable
from .recognizer import WindowedRecognizer, clear_of, within
from .word_times import mend_times

AIR_MS = 100
LEAST_LOGPROB, LEAST_PROBABILITY = -0.8, 0.5


def hear_again(ear: WindowedRecognizer, spans: Sequence[Span], transcript: Transcript) -> Passages:
    """Return what comes of each span, heard alone in the language of the transcript."""
    known = [(w.text, int(w.span.start_ms), int(w.span.end_ms), w.probability) for w in transcript.words]
    windows = {place: _aired(place, ear.sound.duration_ms) for place in spans}
    pieces = tuple(sorted({part for place in windows.values() for part in within((place,))}))
    heard = {one.window: one for one in ear.decode(pieces)}
    return Passages(
        tuple(
            Passage(place, _segment([heard[part] for part in within((windows[place],))], place, known))
            for place in spans
        )
    )


def _aired(place: Span, end_ms: int) -> Span:
    return span(max(0, place.start_ms - AIR_MS), min(place.end_ms + AIR_MS, end_ms))


def _segment(heard: Sequence[WindowResult], place: Span, known: list[TimedWord]) -> Segment | None:
    """The believable part of what was heard in one place, clear of the words known before."""
    sane = [clear_of(one, known) for one in heard if _sane(one, place)]
    words = [word for one in sane for word in one.words]
    if not words:
        return None
    inside = [(text, max(start, int(place.start_ms)), end, sure) for text, start, end, sure in words]
    timed = mend_times(inside, (), int(place.end_ms))
    first = sane[0]
    return Segment(
        tuple(Word(at, text, span(start, end), sure) for at, (text, start, end, sure) in enumerate(timed)),
        first.mean_logprob,
        first.no_speech,
        first.compression,
    )


def _sane(one: WindowResult, place: Span) -> bool:
    """Whether to believe what was heard in a turn that had been passed over."""
    if not one.words or doubt(one) or stock_phrase(one.text) or unbelievable(one, SpeechActivity((place,))):
        return False
    sure = sum(word[3] for word in one.words) / len(one.words)
    return one.mean_logprob >= LEAST_LOGPROB and sure >= LEAST_PROBABILITY
