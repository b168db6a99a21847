"""Names for voices: what the human said, what is heard, who hosts; never a guess."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.people import Cast, Person
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Diarization, Turn, Utterance, Word
from chaitime_audio.editorial.speakers.naming import name

HOST, GUEST = Person("Maya Rao", "host"), Person("Tom Ellery", "guest")
Talk = tuple[tuple[str, str], ...]
INTRODUCED: Talk = (
    (
        "S1",
        "Welcome to Chai Time, I'm Maya Rao, and today I'm joined by Tom Ellery. Tom, it's lovely.",
    ),
    ("S2", "Thanks, Maya. I look after the models at a small company."),
    ("S1", "What does a normal Monday look like for you?"),
    ("S2", "I read error reports."),
    ("S1", "Tom Ellery, thank you so much. And thank you for listening."),
)


def scene(talk: Talk) -> tuple[tuple[Utterance, ...], Diarization]:
    """Return utterances of 5 s each, and turns to match."""
    utterances, turns = [], []
    for index, (label, text) in enumerate(talk):
        place = span(index * 5000, index * 5000 + 4000)
        words = tuple(Word(index * 100 + at, one, place, 0.9) for at, one in enumerate(text.split()))
        utterances.append(Utterance(label, words))
        turns.append(Turn(label, place))
    return tuple(utterances), Diarization(tuple(turns), tuple(turns))


def cast_of(talk: Talk, *people: Person, language: str = "en") -> Cast:
    utterances, diarization = scene(talk)
    return name(utterances, diarization, Brief(people=people), Show("Chai Time"), language)


def named(cast: Cast) -> dict[str, tuple[str, str]]:
    return {voice.label: (voice.person.name, voice.person.role) for voice in cast.voices}


def test_names_come_from_what_is_said() -> None:
    """With no name given, introductions and thanks name both, with the words as evidence."""
    cast = cast_of(INTRODUCED)
    assert named(cast) == {"S1": ("Maya Rao", "host"), "S2": ("Tom Ellery", "guest")}
    assert any("I'm Maya Rao" in line for line in cast.voices[0].evidence)
    assert any("joined by Tom Ellery" in line for line in cast.voices[1].evidence)


def test_the_guest_may_speak_first() -> None:
    """Who opens the file does not decide who hosts."""
    cast = cast_of(
        (("S1", "I look after the models at a small company."), *_swapped(INTRODUCED[2:])), HOST, GUEST
    )
    assert named(cast) == {"S1": ("Tom Ellery", "guest"), "S2": ("Maya Rao", "host")}


def _swapped(talk: Talk) -> Talk:
    return tuple(({"S1": "S2", "S2": "S1"}[label], text) for label, text in talk)


def test_direct_address_names_the_other_one() -> None:
    """“Thanks, Maya” names the listener, not the speaker."""
    cast = cast_of((("S1", "Hello."), ("S2", "Thanks, Maya."), ("S1", "So, what is new?")), HOST, GUEST)
    assert named(cast)["S1"] == ("Maya Rao", "host")


def test_a_given_name_wins_over_a_misheard_one() -> None:
    """A family name the recogniser got wrong is printed as the human wrote it."""
    talk = (
        ("S1", "Welcome, I'm Alistair Vinge."),
        ("S2", "Good evening, Alistair."),
        ("S1", "How are the stars?"),
    )
    cast = cast_of(talk, Person("Alistair Finch", "host"), Person("Gareth Lowell", "guest"))
    assert named(cast) == {"S1": ("Alistair Finch", "host"), "S2": ("Gareth Lowell", "guest")}


def test_times_the_human_gave_come_first() -> None:
    """A person tied to a time at which a voice speaks is that voice, whatever is said."""
    tied = Person("Ada Byron", "host", at=(SourceMs(6000),))
    assert named(cast_of(INTRODUCED, tied))["S2"][0] == "Ada Byron"


def test_times_that_are_two_voices_name_nobody() -> None:
    """A tie whose times fall on two voices is reported, and no voice takes that name."""
    cast = cast_of(
        (("S1", "Hello there."), ("S2", "Hello.")), Person("Ada", "guest", at=(SourceMs(0), SourceMs(5500)))
    )
    assert [voice.named for voice in cast.voices] == [False, False]
    assert any("no single voice" in line for voice in cast.voices for line in voice.evidence)


def test_nothing_said_names_nobody() -> None:
    """Without evidence a voice stays Speaker N, however long it talks."""
    cast = cast_of((("S1", "It rains."), ("S2", "It does. " * 30)))
    assert [voice.person.name for voice in cast.voices] == ["Speaker 1", "Speaker 2"]
    assert not any(voice.named for voice in cast.voices)


def test_roles_place_given_names_when_nobody_says_them() -> None:
    """Given a host and a guest, the one who asks is the host."""
    talk = (
        ("S1", "It began with a box of parts."),
        ("S2", "And then what did you do?"),
        ("S1", "I built it."),
    )
    assert named(cast_of(talk, HOST, GUEST)) == {"S1": ("Tom Ellery", "guest"), "S2": ("Maya Rao", "host")}


def test_a_panel_is_told_apart_by_whom_the_host_asks() -> None:
    """Two guests called by first name get the full names heard elsewhere."""
    talk = (
        ("S1", "Welcome back to the show, I'm Dana Kowalski. With us are Felix Okoro and Harriet Sloane."),
        ("S2", "Thanks, Dana."),
        ("S1", "Harriet, why learn to write a compiler?"),
        ("S3", "To see the whole road."),
        ("S1", "Felix, how do you test one?"),
        ("S2", "With random programs."),
        ("S1", "Harriet, do you agree?"),
        ("S3", "Mostly."),
        ("S1", "Felix, did you learn it?"),
        ("S2", "Never."),
    )
    names = {label: who for label, (who, _) in named(cast_of(talk)).items()}
    assert names == {"S1": "Dana Kowalski", "S2": "Felix Okoro", "S3": "Harriet Sloane"}


def test_german_is_understood() -> None:
    """German introductions name people too."""
    talk = (
        ("S1", "Willkommen bei Teezeit, ich bin Jana Krüger."),
        ("S2", "Danke, Jana."),
        ("S1", "Was machst du?"),
    )
    assert named(cast_of(talk, language="de"))["S1"] == ("Jana Krüger", "host")


@pytest.mark.parametrize("language", ["xx", "", "../en"])
def test_an_unknown_language_still_finds_the_roles(language: str) -> None:
    """Without a language file only roles speak, and nothing breaks."""
    cast = cast_of(INTRODUCED, HOST, GUEST, language=language)
    assert {voice.label for voice in cast.voices} == {"S1", "S2"}


@pytest.mark.parametrize(
    "remark",
    [
        "I'm American, and I live in Denver.",
        "I'm VP of Engineering at Google.",
        "I'm in London. London, it's great.",
        "I was talking to Jensen Huang about it.",
        "Python, it's great. Python, what a language.",
        "Hello, World. Hello, World!",
        "Well, this is Chai Time.",
    ],
)
def test_a_capital_does_not_make_a_name(remark: str) -> None:
    """A nationality, a title, a place or the show's own name names no voice."""
    cast = cast_of((("S1", "Where are you from?"), ("S2", remark), ("S1", "Go on.")))
    assert [voice.person.name for voice in cast.voices] == ["Speaker 1", "Speaker 2"]


def test_a_lone_first_name_is_believed_of_oneself() -> None:
    """“I'm Maya and this is Chai Time” names a voice Maya, not Chai Time."""
    cast = cast_of((("S1", "Hi, I'm Maya and this is Chai Time."), ("S2", "Hello."), ("S1", "How are you?")))
    assert named(cast)["S1"] == ("Maya", "host")


def test_titles_and_initials_keep_their_full_stop() -> None:
    """“Dr. Jane B. Goodall” is printed as it is written."""
    cast = cast_of((("S1", "Hi, I'm Dr. Jane B. Goodall."), ("S2", "Hello."), ("S1", "How are you?")))
    assert cast.voices[0].person.name == "Dr. Jane B. Goodall"


def test_names_that_sound_alike_are_kept_apart() -> None:
    """Of two given people, a name means the one it fits exactly (Tim, not Tom)."""
    talk = (("S1", "Let us begin."), ("S2", "Thanks, Tim."), ("S1", "It began with a box."))
    cast = cast_of(talk, Person("Tom Ellery", "host"), Person("Tim Sand", "guest"))
    assert named(cast) == {"S1": ("Tim Sand", "guest"), "S2": ("Tom Ellery", "host")}


def test_whom_the_human_named_leaves_no_room_for_others() -> None:
    """With a name given for every voice, a name only heard takes nobody's place."""
    talk = (
        ("S1", "I'm Robert Burns, as they say. It began with a box of parts."),
        ("S2", "And then what did you do?"),
        ("S1", "I built it."),
    )
    assert named(cast_of(talk, HOST, GUEST)) == {"S1": ("Tom Ellery", "guest"), "S2": ("Maya Rao", "host")}


RECORDED = ("short_two_voices", "british_men", "panel_three", "split_tracks")


@pytest.mark.parametrize("recording", RECORDED)
@pytest.mark.parametrize("skipped", [0, 1, 3])
def test_recordings_are_named_right(truth, recording: str, skipped: int) -> None:  # type: ignore[no-untyped-def]
    """Given names find their voices wherever the sound begins; heard whole, it names everybody by itself."""
    spoken, expected = truth(recording)
    spoken = spoken[skipped:]
    turns = tuple(Turn(item.label, item.span) for item in spoken)
    people = tuple(voice.person for voice in expected.voices)
    for given in (people, people[::-1], *([()] if not skipped else [])):
        cast = name(spoken, Diarization(turns, turns), Brief(people=given), Show("A show"), "en")
        assert named(cast) == {k: v for k, v in named(expected).items() if k in named(cast)}
        assert all(voice.named and voice.evidence for voice in cast.voices)
