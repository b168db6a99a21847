"""Voices of earlier episodes: told by their prints, with a margin, or not at all."""

from __future__ import annotations

import math
import random

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.people import Cast, KnownVoice, Person
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Diarization, Turn, Utterance, VoicePrint, Word
from chaitime_audio.editorial.speakers.naming import name

SIZE = 32
Vector = tuple[float, ...]


def a_voice(seed: int) -> Vector:
    dice = random.Random(seed)
    return unit(tuple(dice.gauss(0, 1) for _ in range(SIZE)))


def unit(vector: Vector) -> Vector:
    length = math.hypot(*vector)
    return tuple(value / length for value in vector)


def near(voice: Vector, other: Vector, share: float) -> Vector:
    """Return something between two voices; ``share`` of it is the first."""
    return unit(tuple(share * one + (1 - share) * two for one, two in zip(voice, other, strict=True)))


MAYA, TOM, BYSTANDER = a_voice(1), a_voice(2), a_voice(3)


def cast_of(
    prints: tuple[Vector, ...], known: tuple[KnownVoice, ...], *people: Person, speech_ms: int = 60_000
) -> Cast:
    """Name voices S1, S2 … with these prints, who say nothing that tells anything."""
    places = [span(index * 5000, index * 5000 + 4000) for index in range(len(prints))]
    spoken = tuple(
        Utterance(f"S{n}", (Word(n, "Rain.", place, 0.9),)) for n, place in enumerate(places, start=1)
    )
    turns = tuple(Turn(item.label, item.span) for item in spoken)
    heard = tuple(VoicePrint(f"S{n}", vector, speech_ms) for n, vector in enumerate(prints, start=1))
    brief = Brief(people=people)
    return name(spoken, Diarization(turns, turns, heard), brief, Show("Chai Time"), "en", known=known)


def names(cast: Cast) -> list[str]:
    return [voice.person.name for voice in cast.voices]


def test_a_known_voice_is_named_with_its_cosine() -> None:
    """A voice like one of an earlier episode gets its name, and the evidence says so."""
    cast = cast_of((BYSTANDER, near(MAYA, TOM, 0.9)), (KnownVoice("Maya Rao", MAYA), KnownVoice("Tom", TOM)))
    assert names(cast) == ["Speaker 1", "Maya Rao"]
    assert cast.voices[1].named
    assert "sounds like Maya Rao" in cast.voices[1].evidence[0]


@pytest.mark.parametrize(
    ("print_of", "why"),
    [(near(MAYA, BYSTANDER, 0.45), "not alike enough"), (near(MAYA, TOM, 0.5), "as much like Tom as Maya")],
)
def test_not_sure_names_nobody(print_of: Vector, why: str) -> None:
    """A voice that is not clearly one known person's stays Speaker N."""
    known = (KnownVoice("Maya Rao", MAYA), KnownVoice("Tom Ellery", TOM))
    assert names(cast_of((print_of,), known)) == ["Speaker 1"], why


def test_nobody_is_two_voices() -> None:
    """Two voices as much like one known person are both left unnamed."""
    known = (KnownVoice("Maya Rao", MAYA),)
    assert names(cast_of((near(MAYA, TOM, 0.95), MAYA), known)) == ["Speaker 1", "Speaker 2"]


def test_a_print_of_little_speech_or_another_model_tells_nothing() -> None:
    """A print of under 5 s, or one of another length, is no ground for a name."""
    assert names(cast_of((MAYA,), (KnownVoice("Maya Rao", MAYA),), speech_ms=3000)) == ["Speaker 1"]
    assert names(cast_of((MAYA,), (KnownVoice("Maya Rao", MAYA[:16]),))) == ["Speaker 1"]


def test_what_the_human_says_comes_before_the_sound() -> None:
    """A person tied to a voice by time has it, whoever it sounds like."""
    tied = Person("Ada Byron", "guest", at=(SourceMs(1000),))
    assert names(cast_of((MAYA, TOM), (KnownVoice("Maya Rao", MAYA),), tied)) == ["Ada Byron", "Speaker 2"]


def test_a_known_voice_takes_the_role_the_human_gave() -> None:
    """A given host whose voice is known is found by it; the other voice is the other person."""
    people = (Person("Tom Ellery", "guest"), Person("Maya Rao", "host"))
    cast = cast_of((TOM, MAYA), (KnownVoice("Maya Rao", MAYA), KnownVoice("Someone Else", TOM)), *people)
    found = {voice.label: (voice.person.name, voice.person.role) for voice in cast.voices}
    assert found == {"S1": ("Tom Ellery", "guest"), "S2": ("Maya Rao", "host")}
