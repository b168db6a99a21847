"""Who spoke when, how much, how fast, and who asked: figures for each person of an episode."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..domain.episode import Episode
from ..domain.people import Role
from ..domain.quality import QualityReport
from ..domain.scripts import join_words, word_count
from ..domain.sound import PublishedMs

SHORTEST_FOR_A_RATE_MS = 20_000
"""In less talk, words a minute say nothing."""
_QUESTION = re.compile(r"[?？؟]+")

Stretch = tuple[PublishedMs, PublishedMs]


@dataclass(frozen=True, slots=True)
class PersonFigures:
    """What one voice did in the MP3.

    ``talk_ms`` is exclusive talk time, ``share`` its part (0 to 1) of everybody's; ``questions`` are the
    questions that the post prints; ``words_a_minute`` is None after too little talk; ``before_lufs`` and
    ``after_lufs`` are None where the loudness was not measured; ``stretches`` are when the voice is heard.
    """

    label: str
    name: str
    role: Role
    talk_ms: int
    share: float
    questions: int
    words_a_minute: int | None
    before_lufs: float | None
    after_lufs: float | None
    stretches: tuple[Stretch, ...]


def people(episode: Episode, report: QualityReport) -> tuple[PersonFigures, ...]:
    """The figures of every voice of the cast, in the order in which they are first heard."""
    heard = {voice.label: tuple(_stretches(episode, voice.label)) for voice in episode.cast.voices}
    talk_ms = {label: sum(end - start for start, end in found) for label, found in heard.items()}
    total_ms = sum(talk_ms.values()) or 1
    loudness = {voice.label: (voice.before_lufs, voice.after_lufs) for voice in report.voices}
    found = []
    for voice in episode.cast.voices:
        label = voice.label
        before, after = loudness.get(label, (None, None))
        found.append(
            PersonFigures(
                label=label,
                name=episode.cast.name(label),
                role=voice.person.role,
                talk_ms=talk_ms[label],
                share=talk_ms[label] / total_ms,
                questions=_questions(episode, label),
                words_a_minute=_words_a_minute(episode, label, talk_ms[label]),
                before_lufs=before,
                after_lufs=after,
                stretches=heard[label],
            )
        )
    return tuple(found)


def _stretches(episode: Episode, label: str) -> Iterator[Stretch]:
    """When a voice is heard, in the time of the MP3; what was cut is left out."""
    at = episode.timeline.published
    for turn in episode.diarization.exclusive:
        start, end = at(turn.span.start_ms), at(turn.span.end_ms)
        if turn.label == label and end > start:
            yield start, end


def _questions(episode: Episode, label: str) -> int:
    remarks = (remark for item in episode.post for remark in item.remarks if remark.label == label)
    return sum(len(_QUESTION.findall(remark.text)) for remark in remarks)


def _words_a_minute(episode: Episode, label: str, talk_ms: int) -> int | None:
    if talk_ms < SHORTEST_FOR_A_RATE_MS:
        return None
    spoken = (word for item in episode.spoken if item.label == label for word in item.words)
    text = join_words(word.text for word in spoken if episode.timeline.keeps(word.span))
    return round(60_000 * word_count(text) / talk_ms)
