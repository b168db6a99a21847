"""Talks of any length for measuring what is derived: the test scripts told again, with other words.

A host asks three guests in turn. Every time the scripts come round, every seventh word changes places
with another one of them, so that no sentence is met twice; greetings, fillers, stutters, listening
noises and misheard names stay.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Any

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.correction import Correction
from chaitime_audio.domain.people import Person
from chaitime_audio.domain.sound import (
    Decoded,
    Loudness,
    Master,
    Recording,
    Source,
    SourceMs,
    Span,
    SpeechActivity,
    span,
)
from chaitime_audio.domain.speech import Diarization, Segment, Transcript, Turn, VoicePrint, Word

DATA = Path(__file__).parents[1] / "tests" / "data"
WORD_MS, PAUSE_MS, PRINT_SIZE = 330, 450, 192
EVERY = 7
PEOPLE = tuple(
    Person(name, "guest" if at else "host")
    for at, name in enumerate(("Maya Rao", "Tom Ellery", "Nora Lindqvist", "Felix Okoro"))
)
Line = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Talk:
    """What engines would have found in a recording, by stage, and what its human wrote."""

    brief: Brief
    facts: dict[str, Any]


def talk(words: int) -> Talk:
    """Return a talk of at least so many words, up to the end of a turn."""
    lines, told = list[Line](), 0
    for label, text in _lines():
        lines.append((label, text))
        told += len(text.split())
        if told >= words and label != "S1":
            break
    return _timed(lines)


def _scripts() -> list[Line]:
    """The lines of both scripts; ``S1`` is the host, ``S2`` the guest."""
    told = json.loads((DATA / "short_two_voices.json").read_text(encoding="utf-8"))
    turns = sorted(told["turns"], key=lambda turn: turn["start"])
    first = [("S1" if turn["speaker"] == "host" else "S2", turn["text"]) for turn in turns]
    rows = (DATA / "bell_tower.txt").read_text(encoding="utf-8").splitlines()
    return [*first, *((label, text) for label, _, text in (row.partition(": ") for row in rows))]


def _lines() -> Iterator[Line]:
    """The scripts again and again, each time by another guest and in other words."""
    chance = random.Random(12)
    lines = _scripts()
    pool = sorted({word for _, text in lines for word in text.split() if word.isalpha() and word.islower()})
    for again in count():
        guest = f"S{2 + again % (len(PEOPLE) - 1)}"
        for label, text in lines:
            said = text.split()
            for at in range(chance.randrange(EVERY), len(said) if again else 0, EVERY):
                if said[at].isalpha() and said[at].islower():
                    said[at] = chance.choice(pool)
            yield ("S1" if label == "S1" else guest), " ".join(said)


def _timed(lines: list[Line]) -> Talk:
    """The facts: words one after the other, a pause between turns."""
    segments, turns, now, number = list[Segment](), list[Turn](), 1_000, 0
    for label, text in lines:
        words = []
        for word in text.split():
            words.append(Word(number, word, span(now, now + WORD_MS - 40), 0.9))
            number, now = number + 1, now + WORD_MS
        turns.append(Turn(label, span(words[0].span.start_ms, now)))
        segments.append(Segment(tuple(words), -0.1, 0.0, 1.5))
        now += PAUSE_MS
    labels = dict.fromkeys(turn.label for turn in turns)
    prints = tuple(VoicePrint(label, tuple(0.07 for _ in range(PRINT_SIZE)), 60_000) for label in labels)
    sums, sound = "0" * 64, Loudness(-16.0, -1.2, 5.0)
    facts = {
        "recording": Recording((Source("talk.wav", sums, 1, "pcm_s16le", 16_000, 1),)),
        "decoded": Decoded(now * 16, sums),
        "activity": SpeechActivity(tuple(turn.span for turn in turns)),
        "transcript": Transcript("en", 1.0, tuple(segments)),
        "diarization": Diarization(tuple(turns), tuple(turns), prints),
        "master": Master(sums, 1, now, 44_100, 1, 96, sound, sound, -16.0, cuts=_cuts(now)),
    }
    return Talk(_brief(now), facts)


def _cuts(length_ms: int) -> tuple[Span, ...]:
    return tuple(span(at, at + 1_500) for at in range(90_000, length_ms, 600_000))


def _brief(length_ms: int) -> Brief:
    """One of every kind of correction for every ten minutes."""
    found = [Correction(find="bell", replace="Bell"), Correction(find="a model", replace="the model")]
    for at in range(60_000, length_ms, 600_000):
        found.append(Correction(find="the", replace="this", at=SourceMs(at)))
        found.append(Correction(break_at=SourceMs(at + 30_000)))
        found.append(Correction(border=SourceMs(at + 60_000), to=SourceMs(at + 60_700)))
        found.append(Correction(drop=(_clock(at + 90_000), _clock(at + 93_000))))
    return Brief(number=1, people=PEOPLE, cuts=_cuts(length_ms), corrections=tuple(found))


def _clock(at_ms: int) -> str:
    return f"{at_ms // 3_600_000}:{at_ms // 60_000 % 60:02d}:{at_ms // 1000 % 60:02d}"
