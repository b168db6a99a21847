"""What stands when in an episode, as named stretches of time: speakers, words, chapters, cuts and more."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from ..domain.episode import Episode
from ..domain.scripts import ends_sentence, join_words
from ..domain.sound import SourceMs, Span
from ..domain.speech import Utterance, Word
from ..domain.text import line
from ..editorial.notes.tags import chapter_marks
from ..formats.rendering.clock import published, sounds

Kind = Literal["speakers", "sentences", "words", "chapters", "clips", "quotes", "cuts"]
KINDS: tuple[Kind, ...] = ("speakers", "sentences", "words", "chapters", "clips", "quotes", "cuts")
Clock = Literal["mp3", "recording"]
CLOCKS: tuple[Clock, ...] = ("mp3", "recording")


@dataclass(frozen=True, slots=True)
class NamedSpan:
    """A stretch of time and its name (one line, no control characters); ``label`` is of whose voice it is."""

    name: str
    start_ms: int
    end_ms: int
    label: str = ""


def named_spans(episode: Episode, kind: Kind, clock: Clock) -> tuple[NamedSpan, ...]:
    """Return everything of a kind in order of time, in milliseconds of the MP3 or of the recording.

    What was cut is left out, but for ``cuts`` themselves: as points in the MP3.
    """
    if kind == "chapters" and clock == "mp3":
        marks = chapter_marks(episode)
        return tuple(NamedSpan(line(mark.title), mark.start_ms, mark.end_ms) for mark in marks)
    found = sorted(_MAKERS[kind](episode), key=lambda item: item[0])
    placed = _in_mp3 if clock == "mp3" else _in_recording
    kept = (_placed(episode, placed, span, name, label, kind) for span, name, label in found)
    return tuple(item for item in kept if item)


Found = tuple[Span, str, str]
Placed = Callable[[Episode, Span], tuple[int, int]]


def _placed(
    episode: Episode, placed: Placed, span: Span, name: str, label: str, kind: Kind
) -> NamedSpan | None:
    if kind != "cuts" and not episode.timeline.keeps(span):
        return None
    start_ms, end_ms = placed(episode, span)
    return NamedSpan(line(name), start_ms, end_ms, label)


def _in_mp3(episode: Episode, span: Span) -> tuple[int, int]:
    start_ms = published(episode, span.start_ms)
    return start_ms, max(start_ms, published(episode, span.end_ms))


def _in_recording(_: Episode, span: Span) -> tuple[int, int]:
    return span.start_ms, span.end_ms


def _speakers(episode: Episode) -> Iterator[Found]:
    """Everything one voice says until another one answers; listening noises stand by themselves."""
    for words, label in _runs(episode):
        yield _span(words), episode.cast.name(label), label


def _sentences(episode: Episode) -> Iterator[Found]:
    for words, label in _runs(episode):
        for part in sentences_of(words):
            yield _span(part), join_words(word.text for word in part), label


def _words(episode: Episode) -> Iterator[Found]:
    for words, label in _runs(episode):
        for word in words:
            yield word.span, word.text, label


def _runs(episode: Episode) -> Iterator[tuple[tuple[Word, ...], str]]:
    """The words that sound, by utterance."""
    for utterance in episode.spoken:
        words = heard(episode, utterance)
        if words:
            yield words, utterance.label


def heard(episode: Episode, utterance: Utterance) -> tuple[Word, ...]:
    """The words of an utterance that were not cut out."""
    return tuple(word for word in utterance.words if sounds(episode.timeline, word.span))


def sentences_of(words: Sequence[Word]) -> Iterator[tuple[Word, ...]]:
    """Words in sentences, by the marks that end them."""
    waiting: list[Word] = []
    for word in words:
        waiting.append(word)
        if ends_sentence(word.text):
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _chapters(episode: Episode) -> Iterator[Found]:
    """Chapters in source time; each ends where the next begins, the last one with the talk."""
    titled = {mark.title for mark in chapter_marks(episode)}
    kept = [chapter for chapter in episode.chapters if chapter.title in titled]
    ends = [chapter.start_ms for chapter in kept[1:]]
    for chapter, end_ms in zip(kept, [*ends, _end_of_talk(episode)], strict=True):
        yield Span(chapter.start_ms, max(chapter.start_ms, end_ms)), chapter.title, ""


def _end_of_talk(episode: Episode) -> SourceMs:
    """The end of the MP3 in source time, as far as no outro stands behind the talk."""
    removed = sum(cut.duration_ms for cut in episode.timeline.cuts)
    return SourceMs(episode.duration_ms - episode.timeline.intro_ms + removed)


def _clips(episode: Episode) -> Iterator[Found]:
    for bite in episode.notes.soundbites:
        yield bite.span, bite.title, bite.label


def _quotes(episode: Episode) -> Iterator[Found]:
    for quote in episode.notes.quotes:
        yield quote.span, quote.text, quote.label


def _cuts(episode: Episode) -> Iterator[Found]:
    for cut in episode.timeline.cuts:
        yield cut, f"cut of {cut.duration_ms / 1000:.1f} s", ""


def _span(words: Sequence[Word]) -> Span:
    return Span(words[0].span.start_ms, max(word.span.end_ms for word in words))


_MAKERS: dict[Kind, Callable[[Episode], Iterable[Found]]] = {
    "speakers": _speakers,
    "sentences": _sentences,
    "words": _words,
    "chapters": _chapters,
    "clips": _clips,
    "quotes": _quotes,
    "cuts": _cuts,
}
