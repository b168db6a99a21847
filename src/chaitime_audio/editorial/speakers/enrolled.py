"""Voices the show knows from before, told by their prints; "not sure" names nobody."""

from __future__ import annotations

from collections.abc import Sequence
from math import hypot

from ...domain.people import KnownVoice, Person
from ...domain.speech import VoicePrint

SAME, MARGIN = 0.75, 0.10
SHORTEST_MS = 5_000
SOUNDS_LIKE = "sounds like"
"""Evidence that begins so rests on a voice print."""


def recognised(prints: tuple[VoicePrint, ...], known: tuple[KnownVoice, ...]) -> dict[str, tuple[str, float]]:
    """Return label -> (name, cosine) for voices that are surely a known person's.

    A voice has to be at least 0.75 alike, by 0.10 more than it is to anybody else known, and by
    0.10 more than any other voice of the recording is to that person. CAM++ prints of half a
    minute or more: 0.97-0.99 for one reader in two recordings, at most 0.36 for two readers,
    0.72 for two synthetic voices. A person may be known by several prints; those of another
    model (another length) are passed over.
    """
    alike = {one.label: _by_name(one, known) for one in prints if one.speech_ms >= SHORTEST_MS}
    found = {}
    for label, scores in alike.items():
        name = max(scores, key=lambda key: scores[key], default="")
        rivals = [score for other, score in scores.items() if other != name]
        rivals += [theirs.get(name, -1.0) for other, theirs in alike.items() if other != label]
        if name and scores[name] >= max(SAME, max(rivals, default=-1.0) + MARGIN):
            found[label] = (name, scores[name])
    return found


def recalled(
    prints: tuple[VoicePrint, ...],
    known: tuple[KnownVoice, ...],
    given: tuple[Person, ...],
    *,
    only_given: bool,
) -> dict[str, tuple[Person, str]]:
    """Return label -> (person, evidence); with ``only_given`` nobody but the given people is recalled."""
    people = {person.name.casefold(): person for person in given}
    found = {}
    for label, (name, cosine) in recognised(prints, known).items():
        person = people.get(name.casefold())
        if person is not None or not only_given:
            why = f"{SOUNDS_LIKE} {name} in an earlier episode (cosine {cosine:.2f})"
            found[label] = (person or Person(name, "guest"), why)
    return found


def _by_name(one: VoicePrint, known: tuple[KnownVoice, ...]) -> dict[str, float]:
    """How alike a voice is to each person, by the print that fits best."""
    scores: dict[str, float] = {}
    for voice in known:
        if len(voice.vector) == len(one.vector):
            scores[voice.name] = max(scores.get(voice.name, -1.0), _cosine(voice.vector, one.vector))
    return scores


def _cosine(one: Sequence[float], other: Sequence[float]) -> float:
    lengths = hypot(*one) * hypot(*other)
    return sum(a * b for a, b in zip(one, other, strict=True)) / lengths if lengths else 0.0
