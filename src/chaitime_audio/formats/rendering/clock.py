"""Published time: the only place in formats where source times become times of the MP3."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from ...domain.episode import Episode
from ...domain.sound import SourceMs, Span, Timeline


@dataclass(frozen=True, slots=True)
class PublishedWord:
    """One word as it sounds in the published MP3, times in ms."""

    text: str
    start_ms: int
    end_ms: int


@dataclass(frozen=True, slots=True)
class SpeakerRun:
    """Consecutive words of one person (the name), in published time."""

    name: str
    words: tuple[PublishedWord, ...]


def runs(episode: Episode, escape: Callable[[str], str]) -> tuple[SpeakerRun, ...]:
    """The spoken text as it sounds: words of cut passages gone, times inside the MP3, never going back.

    ``escape`` is applied to every name and word before widths are counted; what it leaves
    nothing of is gone.
    """
    out: list[SpeakerRun] = []
    last_ms = 0
    for utterance in episode.spoken:
        heard: list[PublishedWord] = []
        for word in utterance.words:
            text = escape(word.text)
            if not text or not sounds(episode.timeline, word.span):
                continue
            last_ms = max(last_ms, published(episode, word.span.start_ms))
            heard.append(PublishedWord(text, last_ms, max(last_ms, published(episode, word.span.end_ms))))
        name = escape(episode.cast.name(utterance.label))
        if heard and out and out[-1].name == name:
            out[-1] = SpeakerRun(name, out[-1].words + tuple(heard))
        elif heard:
            out.append(SpeakerRun(name, tuple(heard)))
    return tuple(out)


def sounds(timeline: Timeline, span: Span) -> bool:
    """Whether the middle of a word is still there; cuts may lie some ms beside word borders."""
    return not any(span.middle_ms in cut for cut in timeline.cuts)


def published(episode: Episode, at_ms: SourceMs) -> int:
    """Where a source time sounds in the MP3, never beyond its end."""
    return max(0, min(episode.timeline.published(at_ms), episode.duration_ms))
