"""Turns that a person gave to somebody else, once voices have names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from ...domain.brief import Brief
from ...domain.correction import Correction
from ...domain.people import Cast, Person, Voice
from ...domain.sound import SourceMs
from ...domain.speech import Diarization, Utterance, Word
from ...domain.timecode import parse_clock
from .overlay import Corrected
from .text import unmet
from .voices import label_at, regrouped

GIVEN_NEAR_MS = 3_000


@dataclass(frozen=True, slots=True)
class _Given:
    """What was said, with turns given as a person wants, and the cast with whoever came in by it.

    ``held`` are words that the person gave away themselves; no program gives them to somebody else.
    """

    utterances: tuple[Utterance, ...]
    cast: Cast
    warnings: tuple[str, ...] = ()
    held: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Part:
    """What of a turn is given: from a word (utterance, place in it) to the utterance ``last``, or a time."""

    start: tuple[int, int]
    last: int
    until: SourceMs | None

    def holds(self, row: int, column: int, word: Word) -> bool:
        """Whether a word lies in it."""
        before = self.until is None or word.span.start_ms < self.until
        return self.start <= (row, column) and row <= self.last and before


def give_turns(
    utterances: tuple[Utterance, ...], cast: Cast, voices: Diarization, brief: Brief
) -> Corrected[tuple[tuple[Utterance, ...], Cast]]:
    """Give turns to the people a person named, in the order of the corrections; the cast may grow by it.

    A speaker is somebody with a voice, a time at which somebody speaks, or somebody of ``[[people]]`` who
    has no voice yet.
    """
    given = _Given(utterances, cast)
    for item in brief.corrections:
        if item.speaker:
            given = _given(given, item, voices, brief)
    return Corrected((given.utterances, given.cast), given.warnings)


def _given(given: _Given, item: Correction, voices: Diarization, brief: Brief) -> _Given:
    label, cast = _label(item.speaker, given.cast, voices, brief)
    at_ms = item.give if item.give is not None else item.split_at
    place = _place(given.utterances, at_ms)
    if not label:
        return _warned(given, item, f"nobody is called “{item.speaker}”; put them into [[people]]")
    if place is None:
        return _warned(given, item, "nobody speaks near there")
    first, last = _turn(given.utterances, place[0])
    part = item.through == "change" or item.until is not None or item.give is None
    span = _Part(place if part else (first, 0), last, item.until)
    if given.utterances[place[0]].label == label:
        return _warned(given, item, "it is theirs already")
    words = tuple(_relabelled(given.utterances, span, label))
    touched = frozenset(word.id for word, _, _, inside in words if inside)
    if item.id and touched & given.held:
        return _warned(given, item, "episode.toml says otherwise")
    held = given.held if item.id else given.held | touched
    return replace(given, utterances=regrouped(one[:3] for one in words), cast=cast, held=held)


def _warned(given: _Given, item: Correction, why: str) -> _Given:
    return replace(given, warnings=(*given.warnings, unmet(item, why)))


def _label(speaker: str, cast: Cast, voices: Diarization, brief: Brief) -> tuple[str, Cast]:
    """The voice that is meant, and the cast with it; an empty label where nobody is."""
    wanted = " ".join(speaker.casefold().split())
    for voice in cast.voices:
        if voice.person.name.casefold() == wanted:
            return voice.label, cast
    try:
        return label_at(SourceMs(parse_clock(speaker)), voices.exclusive), cast
    except ValueError:
        pass
    for person in brief.people:
        if person.name.casefold() == wanted:
            return _joining(person, cast)
    return "", cast


def _joining(person: Person, cast: Cast) -> tuple[str, Cast]:
    """A new voice for somebody who was heard as another one."""
    numbers = [int(voice.label[1:]) for voice in cast.voices if voice.label[1:].isdecimal()]
    label = f"S{max(numbers, default=0) + 1}"
    voice = Voice(label, person, named=True, evidence=("you gave them a turn",), talk_ms=0)
    return label, Cast((*cast.voices, voice))


def _place(utterances: tuple[Utterance, ...], at_ms: SourceMs | None) -> tuple[int, int] | None:
    """The word that begins nearest to a time: number of its utterance, and its place in it."""
    if at_ms is None:
        return None
    near = [
        (abs(word.span.start_ms - at_ms), row, column)
        for row, item in enumerate(utterances)
        if item.words[0].span.start_ms - GIVEN_NEAR_MS <= at_ms <= item.span.end_ms + GIVEN_NEAR_MS
        for column, word in enumerate(item.words)
    ]
    found = min(near, default=None)
    return found[1:] if found and found[0] <= GIVEN_NEAR_MS else None


def _turn(utterances: tuple[Utterance, ...], at: int) -> tuple[int, int]:
    """First and last utterance of the turn that one belongs to; listening noises do not end it."""
    label, first, last = utterances[at].label, at, at
    while first and (utterances[first - 1].label == label or utterances[first - 1].backchannel):
        first -= 1
    while last + 1 < len(utterances) and (
        utterances[last + 1].label == label or utterances[last + 1].backchannel
    ):
        last += 1
    return first, last


def _relabelled(
    utterances: tuple[Utterance, ...], part: _Part, label: str
) -> Iterator[tuple[Word, str, bool, bool]]:
    """Every word with its label, whether it is a listening noise, and whether it was given away."""
    old = utterances[part.start[0]].label
    for row, item in enumerate(utterances):
        for column, word in enumerate(item.words):
            inside = item.label == old and part.holds(row, column, word)
            yield word, label if inside else item.label, item.backchannel and not inside, inside
