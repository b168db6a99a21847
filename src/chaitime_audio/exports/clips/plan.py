"""Which words a clip has: whole sentences, 15 to 90 s unless told otherwise, no word cut into.

All times are those of the MP3, since clips are cut out of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from ...audio.word_edges import Read, quiet_span
from ...domain.episode import Episode
from ...domain.scripts import ends_sentence, join_words
from ...domain.sound import Span, span
from ...domain.speech import Word
from ...domain.text import line
from ...domain.timecode import clock, exact_clock
from ...errors import UsageError
from ...formats.rendering.clock import PublishedWord, SpeakerRun, published
from ..marks import heard

LONGEST_PAUSE_MS = 2_000
"""So long a pause of one voice ends its sentence, whatever the mark says."""
SPOKEN_MS = 400
"""A cut that took so much speech out was made for what was said."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How long a clip may be, in milliseconds."""

    shortest_ms: int
    longest_ms: int


@dataclass(frozen=True, slots=True)
class SaidWord:
    """A word in the times of the MP3, and whose it is."""

    word: Word
    label: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A run of words of one voice (indices into all that is said), and its stretch of time."""

    label: str
    words: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Wish:
    """What was asked for: a stretch of the MP3, what it is called, whether it may grow to be long enough."""

    name: str
    span: Span
    title: str = ""
    grows: bool = False


@dataclass(frozen=True, slots=True)
class Clip:
    """A clip to make: from where to where of the MP3, and the words in it with their voices."""

    name: str
    title: str
    span: Span
    words: tuple[SaidWord, ...]

    @property
    def text(self) -> str:
        """What is said, voices not told apart."""
        return line(join_words(one.word.text for one in self.words))

    @property
    def label(self) -> str:
        """The voice that speaks longest."""
        lengths: dict[str, int] = {}
        for one in self.words:
            lengths[one.label] = lengths.get(one.label, 0) + one.word.span.duration_ms
        return max(lengths, key=lambda label: lengths[label])

    def runs(self, episode: Episode) -> tuple[SpeakerRun, ...]:
        """The words by voice, in milliseconds of the clip."""
        return tuple(
            SpeakerRun(line(episode.cast.name(label)), tuple(self._placed(one.word) for one in group))
            for label, group in groupby(self.words, key=lambda one: one.label)
        )

    def _placed(self, word: Word) -> PublishedWord:
        length_ms = self.span.duration_ms
        start_ms = min(max(0, word.span.start_ms - self.span.start_ms), length_ms)
        return PublishedWord(
            line(word.text), start_ms, max(start_ms, min(length_ms, word.span.end_ms - self.span.start_ms))
        )


def wish_for_pick(episode: Episode, number: int) -> Wish:
    """The clip that the notes propose under a number. Raises UsageError when there is none."""
    found = episode.notes.soundbites
    if not 1 <= number <= len(found):
        raise UsageError(_none(f"proposes no clip {number}", "clips", len(found), "--at 12:40-13:25"))
    bite = found[number - 1]
    return Wish(f"clip-{number}", _in_mp3(episode, bite.span), bite.title)


def wish_for_quote(episode: Episode, number: int) -> Wish:
    """A quote of the notes, and as much beside it as a clip needs. Raises UsageError when there is none."""
    found = episode.notes.quotes
    if not 1 <= number <= len(found) or not found[number - 1].text.strip():
        raise UsageError(_none(f"has no quote {number}", "quotes", len(found), "--pick or --at"))
    quote = found[number - 1]
    if not quote.span.duration_ms or not episode.timeline.keeps(quote.span):
        raise UsageError(f"quote {number} has no sound: it was cut out")
    return Wish(f"quote-{number}", _in_mp3(episode, quote.span), quote.text, grows=True)


def wish_for_time(start_ms: int, end_ms: int) -> Wish:
    """What sounds from one time of the MP3 to another."""
    return Wish(f"clip-{clock(start_ms).replace(':', '.')}", span(start_ms, end_ms))


def _none(fault: str, what: str, count: int, instead: str) -> str:
    return f"this episode {fault}; it has {count or 'no'} {what}; use {instead}"


def planned(episode: Episode, wish: Wish, limits: Limits, read: Read | None, *, over_cuts: bool) -> Clip:
    """Return the clip that is nearest to a wish: whole sentences, cut where it is quiet.

    ``read`` gives the sound of the MP3 (see `word_edges.Read`). Raises UsageError when nothing is said
    there, when it would be too short or too long, or when it runs over a cut of speech.
    """
    said = said_words(episode)
    every = sentences(said)
    chosen = _chosen(every, wish.span)
    if wish.grows:
        chosen = _grown(every, chosen, limits)
    if not chosen:
        raise UsageError(f"nobody speaks from {_stretch(wish.span)}; choose another time")
    first = min(one.words[0] for one in chosen)
    last = max(one.words[-1] for one in chosen)
    words = [one.word for one in said]
    edges = _inside(episode, quiet_span(words, first, last, read, cut=False))
    clip = Clip(wish.name, "", edges, said[first : last + 1])
    _check_length(clip, limits)
    if not over_cuts:
        _check_cuts(episode, clip)
    return replace(clip, title=line(wish.title) or _opening(clip.text))


def said_words(episode: Episode) -> tuple[SaidWord, ...]:
    """Everything that is heard in the MP3, in order of time."""
    found = [
        SaidWord(replace(word, span=_in_mp3(episode, word.span)), utterance.label)
        for utterance in episode.spoken
        for word in heard(episode, utterance)
    ]
    return tuple(sorted(found, key=lambda one: one.word.span))


def sentences(said: Sequence[SaidWord]) -> tuple[Sentence, ...]:
    """Return the sentences, in order of their ends; a listening noise inside of one does not end it."""
    waiting: dict[str, list[int]] = {}
    done: list[Sentence] = []

    def close(label: str) -> None:
        at = waiting.pop(label, [])
        if at:
            end_ms = max(said[number].word.span.end_ms for number in at)
            done.append(Sentence(label, tuple(at), Span(said[at[0]].word.span.start_ms, end_ms)))

    for number, one in enumerate(said):
        own = waiting.get(one.label, [])
        if own and one.word.span.start_ms - said[own[-1]].word.span.end_ms > LONGEST_PAUSE_MS:
            close(one.label)
        waiting.setdefault(one.label, []).append(number)
        if ends_sentence(one.word.text):
            close(one.label)
    for label in tuple(waiting):
        close(label)
    return tuple(sorted(done, key=lambda one: one.span))


def _chosen(every: Sequence[Sentence], wanted: Span) -> tuple[Sentence, ...]:
    """The sentences of which most lies in a stretch; else the one it lies in."""
    most = tuple(one for one in every if 2 * one.span.overlap_ms(wanted) > one.span.duration_ms)
    return most or tuple(one for one in every if one.span.overlap_ms(wanted))[:1]


def _grown(every: Sequence[Sentence], chosen: tuple[Sentence, ...], limits: Limits) -> tuple[Sentence, ...]:
    """As many sentences more as make it long enough: of the same voice behind it, then those before."""
    if not chosen:
        return ()
    first, last = every.index(chosen[0]), every.index(chosen[-1])
    while every[last].span.end_ms - every[first].span.start_ms < limits.shortest_ms:
        onward = last + 1 < len(every) and (every[last + 1].label == chosen[0].label or first == 0)
        if onward:
            last += 1
        elif first > 0:
            first -= 1
        else:
            break
    return tuple(every[first : last + 1])


def _in_mp3(episode: Episode, source: Span) -> Span:
    start_ms = published(episode, source.start_ms)
    return span(start_ms, max(start_ms, published(episode, source.end_ms)))


def _inside(episode: Episode, edges: Span) -> Span:
    end_ms = min(edges.end_ms, episode.duration_ms)
    return span(min(edges.start_ms, end_ms), end_ms)


def _check_length(clip: Clip, limits: Limits) -> None:
    length_ms = clip.span.duration_ms
    if not limits.shortest_ms <= length_ms <= limits.longest_ms:
        many = "short" if length_ms < limits.shortest_ms else "long"
        raise UsageError(
            f"{_stretch(clip.span)}, whole sentences, has {length_ms / 1000:.1f} s, which is too {many}: a "
            f"clip has {limits.shortest_ms / 1000:g} to {limits.longest_ms / 1000:g} s (see [clips] in the "
            "configuration)"
        )


def _check_cuts(episode: Episode, clip: Clip) -> None:
    for cut in episode.timeline.cuts:
        at_ms = published(episode, cut.start_ms)
        gone_ms = sum(turn.span.overlap_ms(cut) for turn in episode.diarization.exclusive)
        if clip.span.start_ms < at_ms < clip.span.end_ms and gone_ms >= SPOKEN_MS:
            raise UsageError(
                f"{_stretch(clip.span)} runs over a cut at {exact_clock(at_ms)}, where {gone_ms / 1000:.1f}"
                " s of speech were taken out; choose one side of it, or take it as it sounds with --over-cuts"
            )


def _stretch(found: Span) -> str:
    return f"{exact_clock(found.start_ms)} to {exact_clock(found.end_ms)}"


def _opening(text: str, most: int = 60) -> str:
    """The first words of a text."""
    words = text.split()
    while len(words) > 1 and len(" ".join(words)) > most - 1:
        words.pop()
    short = " ".join(words)
    return short if short == text else f"{short.rstrip(',;:')}…"
