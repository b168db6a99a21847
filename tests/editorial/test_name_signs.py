"""Names by two signs: what is heard once, is a place or a title, or has two spellings names nobody."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.people import Cast, Person
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Diarization, Turn, Utterance, Word
from chaitime_audio.editorial.speakers.doubts import questions
from chaitime_audio.editorial.speakers.naming import name

Talk = tuple[tuple[str, str], ...]


def scene(talk: Talk, probability: float = 0.9) -> tuple[tuple[Utterance, ...], Diarization]:
    """Utterances of 5 s each, and turns to match."""
    utterances, turns = [], []
    for index, (label, text) in enumerate(talk):
        place = span(index * 5000, index * 5000 + 4000)
        words = tuple(Word(index * 100 + at, one, place, probability) for at, one in enumerate(text.split()))
        utterances.append(Utterance(label, words))
        turns.append(Turn(label, place))
    return tuple(utterances), Diarization(tuple(turns), tuple(turns))


def cast_of(talk: Talk, *people: Person, probability: float = 0.9) -> Cast:
    utterances, diarization = scene(talk, probability)
    return name(utterances, diarization, Brief(people=people), Show("Chai Time"), "en")


def asked(talk: Talk, brief: Brief | None = None, sureness: float | None = None) -> tuple[str, ...]:
    utterances, diarization = scene(talk)
    brief = brief or Brief()
    cast = name(utterances, diarization, brief, Show("Chai Time"), "en")
    heard = Diarization(diarization.turns, diarization.exclusive, sureness=sureness)
    return questions(cast, heard, utterances, brief, "en", "episodes/a talk")


@pytest.mark.parametrize(
    "remark",
    [
        "Thank you, United Kingdom. United Kingdom, how are you?",
        "Good evening, Prime Minister. Prime Minister, what now?",
        "Thank you, Mr. One. Hello, Mr. One.",
        "Alright, here we go. Alright, what is it?",
        "Hello, St. Claude. Thanks, St. Claude.",
        "This is New York. I'm London.",
        "Hello, Turner Institute. Thanks, Turner Institute.",
        "Hello, Houston. This is Radio City.",
    ],
)
def test_places_titles_and_interjections_name_nobody(remark: str) -> None:
    """Said twice, and even where a name would stand, they are no names."""
    cast = cast_of((("S1", remark), ("S2", "Well, thank you."), ("S1", remark), ("S2", "Yes.")))
    assert not any(voice.named for voice in cast.voices)


def test_a_first_name_called_out_once_is_a_question() -> None:
    """One sign is not enough for print; it is kept to be asked about."""
    cast = cast_of((("S1", "Thanks, Robin."), ("S2", "It was a pleasure."), ("S1", "Go on.")))
    assert [voice.person.name for voice in cast.voices] == ["Speaker 1", "Speaker 2"]


@pytest.mark.parametrize(
    "whole",
    [
        "Tom van Ellery",
        "Johannes van den Bosch",
        "Maria de la Cruz",
        "Faf du Plessis",
        "Ana dos Santos",
        "Siobhan O'Brien",
        "Giulia di Marco",
        "Ahmed bin Rashid",
        "Karim El Sayed",
        "Nadia al-Masri",
        "Fiona McAllister",
        "Pieter ter Horst",
        "Jeanne d'Arcy",
    ],
)
def test_surnames_of_several_words_are_whole(whole: str) -> None:
    """Particles, apostrophes and hyphens belong to the name."""
    first = whole.split(maxsplit=1)[0]
    talk = (
        ("S1", f"Welcome to the show, and today I'm joined by {whole}. {first}, it's lovely to have you."),
        ("S2", f"Hello, I'm {whole}, and I build bridges."),
        ("S1", "How did you begin?"),
    )
    assert cast_of(talk).voices[1].person.name == whole


SPELT: Talk = (
    ("S1", "Hello Camryn, how are you?"),
    ("S2", "Fine."),
    ("S1", "Thanks, Cameron, for coming."),
    ("S2", "Sure thing."),
)


def test_two_spellings_are_a_question() -> None:
    """Where two spellings of a name are about as likely, none is printed and both are asked about."""
    cast = cast_of(SPELT)
    assert not any(voice.named for voice in cast.voices)
    question = next(line for line in asked(SPELT) if "S2" in line)
    assert "“Camryn” or “Cameron”" in question or "“Cameron” or “Camryn”" in question
    assert "chaitime speakers 'episodes/a talk' --name S2=" in question


def test_a_spelling_that_was_written_is_no_question() -> None:
    """The person's spelling settles it."""
    cast = cast_of(SPELT, Person("Camryn Doe", "guest"), Person("Ada Byron", "host"))
    assert cast.voices[1].person.name == "Camryn Doe"


def test_a_name_the_recogniser_doubts_is_a_question() -> None:
    """Heard clearly the name is printed; heard each time with little belief it is not."""
    talk = (("S1", "Hi, I'm Camryn and I bake."), ("S2", "Good to know."), ("S1", "Yes."))
    assert cast_of(talk).voices[0].person.name == "Camryn"
    doubted = cast_of(talk, probability=0.3).voices[0]
    assert (doubted.named, doubted.maybe) == (False, ("Camryn",))


def test_more_people_introduced_than_heard_is_a_question() -> None:
    """Two who name themselves in one voice raise the question how many speak, with the command."""
    talk = (("S1", "This is Diane, and I'm Sheila, welcome."), ("S1", "Let us begin."))
    (question, *_) = asked(talk)
    assert "Diane" in question
    assert "chaitime process 'episodes/a talk' --speakers N" in question


def test_more_people_given_than_heard_is_a_question() -> None:
    """Three people named in episode.toml and two voices do not fit."""
    people = tuple(Person(one, "guest") for one in ("Ada Byron", "Tom Ellery", "Maya Rao"))
    talk = (("S1", "Let us begin."), ("S2", "Yes."))
    assert any("3 people are named" in line for line in asked(talk, Brief(people=people)))
    assert not any("3 people" in line for line in asked(talk, Brief(people=people, speakers=2)))


def test_an_unsure_number_is_a_question() -> None:
    """How sure the number is shows where it is not sure; a sure one asks nothing."""
    talk = (("S1", "Let us begin."), ("S2", "Yes."))
    assert any("not sure (55%)" in line for line in asked(talk, sureness=0.55))
    assert asked(talk, sureness=0.99) == ()
