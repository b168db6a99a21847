"""The way from speech to a transcript that every windowed recogniser shares.

Windows are decoded in batches; a window that cannot be believed is decoded once more; speech
without words is listened to again, alone; what was invented where nobody speaks is dropped,
with the reason. Nothing is ever decoded a third time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ....domain.scripts import join_words
from ....domain.sound import Span, SpeechActivity, span
from ....domain.speech import Dropped, Segment, Transcript, Word
from ....workers import Task
from ...context import EngineContext, Sound
from .batches import Batch, TimedWord, WindowResult
from .other_languages import other_languages
from .quality import alike, compression, doubt, sparse, stock_phrase, unbelievable
from .windows import LONGEST_MS, windows
from .word_times import coverage, holes, mend_times, pauses_between, stray

BATCH, BATCH_GPU = 4, 16
BATCHES_A_RUN = 2
HOLE_NEAR_MS, SHORTEST_HOLE_MS = 300, 900
STRAY_MS = 500


@dataclass(frozen=True, slots=True)
class WindowedRecognizer:
    """A recogniser bound to one sound: what decodes batches, and how they are put together.

    An empty ``language`` is found out by a vote of all batches.
    """

    task: Task[Batch, tuple[WindowResult, ...]]
    sound: Sound
    activity: SpeechActivity
    context: EngineContext
    language: str
    terms: tuple[str, ...] = ()
    batch: int = BATCH

    def listen(self) -> Transcript:
        """Decode all speech and return what can be believed."""
        heard, language, certainty = self._first(windows(self.sound, self.activity))
        others = other_languages(heard, language, self.activity)
        known = replace(self, language=language)
        heard = known._again_in_holes(known._again_where_doubtful(heard))
        return replace(known._transcript(heard, certainty), others=others)

    def decode(self, found: tuple[Span, ...]) -> list[WindowResult]:
        """Decode windows once, as they are; told nothing, nothing decoded again. In order of time."""
        return self._decode(found) if found else []

    def _first(self, found: tuple[Span, ...]) -> tuple[list[WindowResult], str, float]:
        """Decode every window once; without a language, all batches vote, and who was wrong listens again."""
        heard = self._decode(found, self.terms)
        if self.language or not heard:
            return heard, self.language or "en", float(bool(self.language))
        votes: dict[str, float] = {}
        for one in heard:
            weight = one.language_probability * one.window.duration_ms
            votes[one.language] = votes.get(one.language, 0.0) + weight
        language = max(sorted(votes), key=lambda code: votes[code])
        agree = [one for one in heard if one.language == language]
        others = tuple(one.window for one in heard if one.language != language)
        again = self._in_language(language, others, heard)
        certainty = votes[language] / sum(one.window.duration_ms for one in heard)
        return sorted((*agree, *again), key=lambda one: one.window), language, round(certainty, 4)

    def _in_language(
        self, language: str, found: tuple[Span, ...], heard: list[WindowResult]
    ) -> list[WindowResult]:
        """Decode windows in another language than theirs; which one each had by itself stays known."""
        before = {one.window: one for one in heard}
        again = replace(self, language=language)._decode(found, self.terms)
        return [
            replace(one, spoken=first.spoken, spoken_probability=first.spoken_probability)
            for one in again
            if (first := before[one.window])
        ]

    def _decode(
        self, found: tuple[Span, ...], terms: tuple[str, ...] = (), *, stamped: bool = False
    ) -> list[WindowResult]:
        """Decode windows and return what was heard, in order of time."""
        batches = [
            Batch(self.sound, group, self.language, stamped, terms) for group in grouped(found, self.batch)
        ]
        done: set[int] = set()

        def tell(index: int) -> None:
            done.add(index)
            self.context.progress(0.95 * len(done) / len(batches))

        results = self.context.pool.map(self.task, batches, self.context.keep, tell)
        return sorted((one for result in results for one in result), key=lambda one: one.window)

    def _again_where_doubtful(self, heard: list[WindowResult]) -> list[WindowResult]:
        """Decode doubtful windows once more, with time stamps and told nothing; keep the better."""
        doubtful = tuple(one.window for one in heard if self._doubtful(one))
        if not doubtful:
            return heard
        second = {one.window: one for one in self._decode(doubtful, stamped=True)}
        return [self._better(one, second[one.window]) if one.window in second else one for one in heard]

    def _doubtful(self, one: WindowResult) -> bool:
        """Whether a window cannot be believed, broke off, or passed over some of its speech."""
        reason = doubt(one)
        if reason == "no speech":
            return False
        return bool(reason) or sparse(one, self.activity) or self._skipped_ms(one) > 0

    def _skipped_ms(self, one: WindowResult) -> int:
        """Milliseconds of a window's speech, in stretches worth hearing again, that got no words."""
        parts = [
            span(max(item.start_ms, one.window.start_ms), min(item.end_ms, one.window.end_ms))
            for item in self.activity.spans
            if item.overlap_ms(one.window)
        ]
        end_ms = self.sound.duration_ms
        words = mend_times(one.words, pauses_between(parts, end_ms), end_ms)
        left = (hole.duration_ms for hole in holes(parts, words, HOLE_NEAR_MS))
        return sum(length for length in left if length >= SHORTEST_HOLE_MS)

    def _better(self, first: WindowResult, second: WindowResult) -> WindowResult:
        """The one that can be believed; of two, the one that says enough and skips less; else the first.

        Of two that cannot be believed, the more probable one.
        """
        if bool(doubt(first)) != bool(doubt(second)):
            return second if doubt(first) else first
        if doubt(first):
            return max(first, second, key=lambda one: one.mean_logprob)
        if sparse(first, self.activity) != sparse(second, self.activity):
            return second if sparse(first, self.activity) else first
        return second if self._skipped_ms(second) < self._skipped_ms(first) else first

    def _again_in_holes(self, heard: list[WindowResult]) -> list[WindowResult]:
        """Listen once more to speech that got no words; keep what is clear of the known words."""
        spans, end_ms = self.activity.spans, self.sound.duration_ms
        known = [word for one in heard for word in one.words]
        words = mend_times(known, pauses_between(spans, end_ms), end_ms)
        missed = tuple(
            span(max(0, item.start_ms - HOLE_NEAR_MS), min(item.end_ms + HOLE_NEAR_MS, end_ms))
            for item in holes(spans, words, HOLE_NEAR_MS)
            if item.duration_ms >= SHORTEST_HOLE_MS
        )
        if not missed:
            return heard
        extra = self._decode(within(missed))
        fresh = [one for one in extra if one.words and not doubt(one) and not stock_phrase(one.text)]
        for one in fresh:
            heard = _laid_in(heard, clear_of(one, words))
        return heard

    def _transcript(self, heard: list[WindowResult], certainty: float) -> Transcript:
        kept, dropped = _gate(heard, self.activity)
        segments = _segments(kept, self.activity, self.sound.duration_ms)
        words = [
            (word.text, int(word.span.start_ms), int(word.span.end_ms), 1.0)
            for item in segments
            for word in item.words
        ]
        return Transcript(
            language=self.language,
            language_probability=certainty,
            segments=segments,
            dropped=tuple(sorted(dropped, key=lambda one: one.span)),
            coverage=round(coverage(self.activity.spans, words), 4),
        )


def grouped(found: Sequence[Span], size: int) -> list[tuple[Span, ...]]:
    """Share out windows among batches of at most ``size``.

    Of neighbours, those of like length share a batch, so that few steps are decoded in vain. Who
    shares with whom is decided by the windows alone, never by who is free, and a run of them at a
    time, so that the first runs are known before the last windows are.
    """
    groups = []
    for at in range(0, len(found), size * BATCHES_A_RUN):
        run = sorted(found[at : at + size * BATCHES_A_RUN], key=lambda one: (-one.duration_ms, one.start_ms))
        groups += [tuple(run[first : first + size]) for first in range(0, len(run), size)]
    return groups


def within(found: tuple[Span, ...]) -> tuple[Span, ...]:
    """Cut spans that are too long for a window, wherever the limit falls."""
    return tuple(
        span(at, min(at + LONGEST_MS, item.end_ms))
        for item in found
        for at in range(item.start_ms, item.end_ms, LONGEST_MS)
    )


def _laid_in(heard: list[WindowResult], fresh: WindowResult) -> list[WindowResult]:
    """Put words found in a hole between the words round it, splitting the window that they lie in."""
    if not fresh.words:
        return heard
    at_ms = fresh.words[0][1]
    before, after = [], []
    for one in heard:
        early = tuple(word for word in one.words if word[1] < at_ms)
        if early or not one.words:
            before.append(replace(one, words=early))
        if len(early) < len(one.words):
            after.append(replace(one, words=one.words[len(early) :]))
    return [*before, fresh, *after]


def clear_of(one: WindowResult, known: list[TimedWord]) -> WindowResult:
    """Leave out words that overlap known ones, and repeat the known neighbour on either side."""
    near = [
        word
        for word in known
        if word[2] > one.window.start_ms - 5_000 and word[1] < one.window.end_ms + 5_000
    ]
    clear = [w for w in one.words if all(w[2] <= item[1] or w[1] >= item[2] for item in near)]
    if clear:
        before = [item[0] for item in near if item[2] <= clear[0][1]][-1:]
        after = [item[0] for item in near if item[1] >= clear[-1][2]][:1]
        clear = clear[1:] if before and alike(before[0], clear[0][0]) else clear
        clear = clear[:-1] if clear and after and alike(after[0], clear[-1][0]) else clear
    return replace(one, words=tuple(clear))


def _gate(heard: list[WindowResult], activity: SpeechActivity) -> tuple[list[WindowResult], list[Dropped]]:
    """Drop windows that cannot be believed, and words far from all speech; say why."""
    kept, dropped = [], []
    for one in heard:
        if one.words and (reason := unbelievable(one, activity)):
            dropped.append(Dropped(one.window, one.text, reason))
            continue
        lost = stray(one.words, activity.spans, STRAY_MS)
        if any(lost):
            away = [word for word, is_lost in zip(one.words, lost, strict=True) if is_lost]
            where = span(min(word[1] for word in away), max(word[2] for word in away))
            dropped.append(Dropped(where, join_words(word[0] for word in away), "nobody speaks there"))
        stay = tuple(word for word, is_lost in zip(one.words, lost, strict=True) if not is_lost)
        if stay:
            kept.append(replace(one, words=stay))
    return kept, dropped


def _segments(heard: list[WindowResult], activity: SpeechActivity, end_ms: int) -> tuple[Segment, ...]:
    """Mend times over the whole recording and number the words."""
    pauses = pauses_between(activity.spans, end_ms)
    timed = mend_times((word for one in heard for word in one.words), pauses, end_ms)
    segments, at = [], 0
    for one in heard:
        part = timed[at : at + len(one.words)]
        words = tuple(Word(at + i, w[0], span(w[1], w[2]), w[3]) for i, w in enumerate(part))
        at += len(one.words)
        squeezed = one.compression or compression(one.text)
        segments.append(Segment(words, one.mean_logprob, one.no_speech, squeezed))
    return tuple(segments)
