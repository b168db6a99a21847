"""Who gets which name so that most speaks for the whole: any number of voices, one answer only."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import permutations

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.people import Person
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Diarization, Turn, Utterance, Word
from chaitime_audio.editorial.speakers.assignment import assigned
from chaitime_audio.editorial.speakers.naming import name

NAMES = (
    "Maya Rao,Tom Ellery,Nora Lindqvist,Felix Okoro,Harriet Sloane,Gareth Lowell,Dana Kowalski,"
    "Bruno Castell,Wiktor Zielinski,Yusuf Amari,Ingrid Thorne,Pedro Quintana"
).split(",")


def by_trying_all(worths: list[list[int]]) -> tuple[int | None, ...]:
    """What was done before for up to six: try every order; of those worth most, the first one."""
    columns = len(worths[0]) if worths else 0
    slots: list[int | None] = [*range(columns), *[None] * len(worths)]

    def points(order: tuple[int | None, ...]) -> int:
        return sum(row[at] for row, at in zip(worths, order, strict=True) if at is not None)

    return max(permutations(slots, len(worths)), key=points, default=())


@pytest.mark.parametrize("seed", range(40))
def test_it_is_what_trying_all_finds(seed: int) -> None:
    """Up to six rows and columns, ties and worthless ones among them: the very same choice."""
    chance = random.Random(seed)
    few = chance.choice((1, 2, 3, 20))
    rows, columns = chance.choice(((0, 2), (1, 6), (2, 2), (2, 5), (3, 3), (3, 5), (4, 2), (4, 4), (6, 1)))
    worths = [[chance.randint(-few, few) for _ in range(columns)] for _ in range(rows)]
    assert assigned(worths) == by_trying_all(worths)


@pytest.mark.parametrize("worths", [[[5] * 5] * 5, [[0] * 4] * 4, [[-1] * 4] * 4, [[7, 7, 1, -2]] * 5])
def test_ties_go_to_the_first(worths: list[list[int]]) -> None:
    """Where all are worth the same the first row gets the first column, and so on."""
    assert assigned(worths) == by_trying_all(worths)


def test_twenty_voices_are_no_trouble() -> None:
    """Twenty rows that all want the same columns are settled, each with one of its own."""
    chance = random.Random(1)
    found = assigned([[chance.randint(1, 3) for _ in range(20)] for _ in range(20)])
    assert sorted(found) == list(range(20))


def panel(count: int) -> tuple[tuple[Utterance, ...], Diarization]:
    """Return a talk in which every voice says its name, the host first."""
    utterances, turns = [], []
    for index in range(2 * count):
        who = index % count
        said = f"I'm {NAMES[who]}." if index < count else "And what did you do then? It was a long day."
        words = tuple(
            Word(index * 20 + at, one, span(index * 9000, index * 9000 + 8000), 1.0)
            for at, one in enumerate(said.split())
        )
        utterances.append(Utterance(f"S{who + 1}", words))
        turns.append(Turn(f"S{who + 1}", words[0].span))
    return tuple(utterances), Diarization(tuple(turns), tuple(turns))


@pytest.mark.parametrize(
    ("count", "given"), [(2, True), (7, True), (8, True), (12, True), (2, False), (6, False)]
)
def test_every_voice_of_a_panel_is_named(count: int, given: bool) -> None:
    """Eight voices and eight people given, or six heard: all are named, none is left "Speaker 7"."""
    people = tuple(Person(one, "guest" if at else "host") for at, one in enumerate(NAMES[:count]))
    utterances, diarization = panel(count)
    brief = Brief(people=people[::-1] if given else ())
    cast = name(utterances, diarization, brief, Show("A show"), "en")
    assert [voice.person.name for voice in cast.voices] == NAMES[:count]
    assert all(voice.named and voice.evidence for voice in cast.voices)


def test_no_more_than_six_people_are_only_heard() -> None:
    """Of twelve that nobody gave, six are taken from what is said; the others stay to be asked about."""
    utterances, diarization = panel(12)
    cast = name(utterances, diarization, Brief(), Show("A show"), "en")
    assert [voice.person.name for voice in cast.voices if voice.named] == NAMES[:6]


@pytest.mark.integration
def test_the_solver_is_not_loaded_without_need() -> None:
    """A talk in which nobody wants another one's name is named without scipy, which takes half a second."""
    code = (
        "import sys; from chaitime_audio.editorial.speakers.assignment import assigned\n"
        "assert assigned([[9, -1], [0, 4]]) == (0, 1)\n"
        "sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
