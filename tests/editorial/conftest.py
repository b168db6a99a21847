"""Spoken words for tests: from written turns, and from the truth of recordings."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance, Word

Spoken = tuple[tuple[Utterance, ...], Cast]
TESTS = Path(__file__).parents[1]


def _utterances(turns: list[tuple[str, int, int, str]]) -> tuple[Utterance, ...]:
    """Turns (label, start, end in ms, text) as utterances; a word's time goes by its letters."""
    number, out = 0, []
    for label, start_ms, end_ms, text in turns:
        said, words, done = text.split(), [], 0
        letters = sum(len(word) + 1 for word in said)
        for word in said:
            begin = start_ms + (end_ms - start_ms) * done // letters
            done += len(word) + 1
            finish = start_ms + (end_ms - start_ms) * done // letters
            words.append(Word(number, word, span(begin, finish), 1.0))
            number += 1
        out.append(Utterance(label, tuple(words)))
    return tuple(out)


@pytest.fixture
def say() -> Callable[..., tuple[Utterance, ...]]:
    """Utterances of turns written as (label, text), 400 ms a word, half a second between turns."""

    def make(*turns: tuple[str, str], pause_ms: int = 500) -> tuple[Utterance, ...]:
        timed, now = [], 0
        for label, text in turns:
            length = 400 * max(1, len(text.split()))
            timed.append((label, now, now + length, text))
            now += length + pause_ms
        return _utterances(timed)

    return make


@pytest.fixture
def cast_of() -> Callable[..., Cast]:
    """A cast from names by role: ``cast_of(host={"S1": "Maya Rao"}, guest={...})``."""

    def make(**roles: dict[str, str]) -> Cast:
        people = [(label, name, role) for role, names in roles.items() for label, name in names.items()]
        voices = (Voice(label, Person(name, role), True, (), 0) for label, name, role in sorted(people))  # type: ignore[arg-type]
        return Cast(tuple(voices))

    return make


@pytest.fixture
def truth() -> Callable[[str], Spoken]:
    """What was said in a recording of tests/data, and by whom."""

    def read(name: str) -> Spoken:
        told = json.loads((TESTS / "data" / f"{name}.json").read_text(encoding="utf-8"))
        names = {item["id"]: item["name"] for item in told["speakers"]}
        turns = sorted(told["turns"], key=lambda turn: turn["start"])
        labels = {who: f"S{n}" for n, who in enumerate(dict.fromkeys(t["speaker"] for t in turns), start=1)}
        timed = [
            (labels[t["speaker"]], round(t["start"] * 1000), round(t["end"] * 1000), t["text"]) for t in turns
        ]
        roles = {who: "host" if who == "host" else "guest" for who in labels}
        voices = (Voice(labels[who], Person(names[who], roles[who]), True, (), 0) for who in labels)  # type: ignore[arg-type]
        return _utterances(timed), Cast(tuple(voices))

    return read
