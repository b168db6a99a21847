"""Turns given to somebody, paragraphs split and joined, words kept as they were said, cuts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.correction import Correction
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import SourceMs, Span, span
from chaitime_audio.domain.speech import Diarization, Segment, Transcript, Turn, Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.corrections.giving import give_turns
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.mix import mix_plan

WORD_MS = 300
TALK = (
    ("S1", "So what do you do all week? Tell me."),
    ("S2", "I, um, look after models. They drift. And then I mend them."),
    ("S1", "Really? Nobody notices? I would."),
)


def spoken(lines: tuple[tuple[str, str], ...] = TALK) -> tuple[Utterance, ...]:
    """A word every 0.3 s, no pauses."""
    found, at = [], 0
    for label, text in lines:
        words = tuple(
            Word(at + n, one, span((at + n) * WORD_MS, (at + n + 1) * WORD_MS), 0.9)
            for n, one in enumerate(text.split())
        )
        found.append(Utterance(label, words))
        at += len(words)
    return tuple(found)


SPOKEN = spoken()
CAST = Cast(
    tuple(
        Voice(label, Person(name, role), named=named, evidence=(), talk_ms=1000)
        for label, name, role, named in (
            ("S1", "Maya Rao", "host", True),
            ("S2", "Speaker 2", "guest", False),
        )
    )
)
TURNS = tuple(Turn(item.label, item.span) for item in SPOKEN)
VOICES = Diarization(TURNS, TURNS)


def at(text: str) -> SourceMs:
    """When a word begins."""
    return next(word.span.start_ms for item in SPOKEN for word in item.words if word.text == text)


def labels(utterances: tuple[Utterance, ...]) -> str:
    """Each utterance as label and words."""
    return " | ".join(f"{item.label} {item.text}" for item in utterances)


def test_a_whole_turn_is_given_to_the_person_named() -> None:
    """Whoever a time lies in the turn of, all of that turn is the other person's."""
    brief = Brief(corrections=(Correction(give=at("drift."), speaker="maya rao"),))
    found = give_turns(SPOKEN, CAST, VOICES, brief)
    assert {item.label for item in found.value[0]} == {"S1"}
    assert not found.warnings


def test_from_here_to_the_next_change() -> None:
    """``through = "change"`` leaves what was said before in the turn."""
    item = Correction(give=at("And"), speaker="Maya Rao", through="change")
    found = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(item,)))
    assert "S2 I, um, look after models. They drift. | S1 And then" in labels(found.value[0])


def test_a_voice_without_a_name_is_meant_by_a_time() -> None:
    """No file names a machine's label: a time at which that person speaks does."""
    item = Correction(split_at=at("Nobody"), speaker="00:04")
    found = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(item,)))
    assert labels(found.value[0]).endswith("S1 Really? | S2 Nobody notices? I would.")


def test_somebody_who_was_heard_as_another_comes_in() -> None:
    """A person of [[people]] without a voice gets one by the turn that is given to them."""
    ada = Person("Ada Palmer", "guest")
    item = Correction(give=at("Nobody"), speaker="Ada Palmer", through="change")
    found = give_turns(SPOKEN, CAST, VOICES, Brief(people=(ada,), corrections=(item,)))
    said, cast = found.value
    assert cast.voices[-1].person == ada
    assert said[-1].label == cast.voices[-1].label == "S3"


@pytest.mark.parametrize(
    ("item", "why"),
    [
        (Correction(give=SourceMs(1000), speaker="Nobody Known"), "nobody is called “Nobody Known”"),
        (Correction(give=SourceMs(900_000), speaker="Maya Rao"), "nobody speaks near there"),
        (Correction(give=SourceMs(0), speaker="Maya Rao"), "it is theirs already"),
        (Correction(give=SourceMs(0), speaker="59:59"), "nobody is called “59:59”"),
    ],
)
def test_what_cannot_be_given_is_named_and_changes_nothing(item: Correction, why: str) -> None:
    """A wish that finds nothing is said, never lost and never half made."""
    found = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(item,)))
    assert found.value[0] == SPOKEN
    assert why in found.warnings[0]


def paragraphs(*corrections: Correction) -> list[str]:
    """The texts of all paragraphs of the post."""
    brief = Brief(corrections=corrections)
    post = pair(clean(SPOKEN, "en"), CAST, "en", overlay.pins(brief))
    return [p.text for exchange in post for remark in exchange.remarks for p in remark.paragraphs]


def test_a_paragraph_is_split_at_the_word() -> None:
    """Even in the middle of a sentence: the person knows why."""
    assert "They drift. And then" in " ".join(paragraphs())
    found = paragraphs(Correction(split_at=at("then")))
    assert any(text.endswith("And") for text in found)
    assert any(text.startswith("then I mend them.") for text in found)


def test_what_was_split_is_joined_again() -> None:
    """A join takes the nearest beginning away, whoever made it."""
    split = Correction(break_at=at("They"))
    assert len(paragraphs(split)) == len(paragraphs()) + 1
    assert paragraphs(split, Correction(join_at=at("They"))) == paragraphs()


def test_a_join_across_two_people_is_named() -> None:
    """Two people's words are no paragraph; the turn has to be given to one of them."""
    brief = Brief(corrections=(Correction(join_at=at("I,")),))
    post = pair(clean(SPOKEN, "en"), CAST, "en", overlay.pins(brief))
    assert "another person speaks before" in overlay.unbroken(post, brief)[0]


def test_words_that_are_kept_stay_as_they_were_said() -> None:
    """No rule takes the "um" away that a person wants; all others still go."""
    brief = Brief(corrections=(Correction(keep=("I, um, look",)),))
    kept = overlay.kept(SPOKEN, brief, "en").value
    text = " ".join(item.text for item in clean(SPOKEN, "en", kept=kept))
    assert "I, um, look after" in text
    assert "um" not in " ".join(item.text for item in clean(SPOKEN, "en"))


def test_a_kept_passage_that_is_not_said_is_named() -> None:
    """As every correction that finds nothing."""
    found = overlay.kept(SPOKEN, Brief(corrections=(Correction(keep=("never said",)),)), "en")
    assert "“never said” is not said" in found.warnings[0]


def transcript() -> Transcript:
    words = tuple(word for item in SPOKEN for word in item.words)
    return Transcript("en", 1.0, (Segment(words, -0.1, 0.0, 1.0),))


def test_a_spelling_is_written_wherever_it_was_heard_otherwise() -> None:
    """Each way it was heard is put right; one that is not heard is no fault while another is."""
    item = Correction(spelling="Moddles", heard=("models", "mottles"))
    found = overlay.words(transcript(), Brief(corrections=(item,)), Show(""))
    assert "after Moddles. They" in " ".join(word.text for word in found.value.words)
    assert not found.warnings
    vain = Correction(spelling="Okafor", heard=("Alcova",))
    assert (
        "nothing like it is heard"
        in overlay.words(transcript(), Brief(corrections=(vain,)), Show("")).warnings[0]
    )


def test_what_is_written_first_wins_over_a_keep() -> None:
    """A correction in episode.toml comes before what a program kept; the other way round the keep holds."""
    keep, mend = Correction(keep=("models",)), Correction(find="models", replace="mottles")
    first = overlay.words(transcript(), Brief(corrections=(mend, keep)), Show("")).value
    assert "mottles." in [word.text for word in first.words]
    second = overlay.words(transcript(), Brief(corrections=(keep, mend)), Show(""))
    assert "models." in [word.text for word in second.value.words]


def test_a_cut_goes_into_the_mix() -> None:
    """What a correction cuts is cut as [[cuts]] is, in order of time."""
    brief = Brief(
        cuts=(Span(SourceMs(5000), SourceMs(6000)),),
        corrections=(Correction(cut=(SourceMs(1000), SourceMs(2000))),),
    )
    assert mix_plan(VOICES, brief).cuts == (Span(SourceMs(1000), SourceMs(2000)), *brief.cuts)


@pytest.mark.parametrize(
    ("told", "why"),
    [
        ({}, "a correction is one of find, spelling"),
        ({"give": SourceMs(1)}, "“give” needs “speaker”"),
        ({"spelling": "x"}, "“spelling” needs “heard”"),
        ({"find": "a", "replace": "b", "speaker": "c"}, "“speaker” means nothing beside “find”"),
        ({"cut": (SourceMs(2), SourceMs(1))}, "cut takes from and to"),
        ({"keep": ("a", "b", "c")}, "keep takes one quote"),
        ({"give": SourceMs(1), "speaker": "a", "cut": (SourceMs(1), SourceMs(2))}, "this has give and cut"),
    ],
)
def test_what_is_half_a_correction_says_what_is_missing(told: dict[str, object], why: str) -> None:
    """One sentence names the key and what it needs."""
    with pytest.raises(ValueError, match=why):
        Correction(**told)  # type: ignore[arg-type]


def test_a_split_where_a_turn_begins_leaves_the_turn_before_alone() -> None:
    """A time at the very end of a turn is meant for the next one: no paragraph of a word comes of it."""
    end = SPOKEN[0].words[-1].span.end_ms
    brief = Brief(corrections=(Correction(split_at=SourceMs(end)),))
    post = pair(clean(SPOKEN, "en"), CAST, "en", overlay.pins(brief))
    question = post[0].question
    assert question is not None
    assert len(question.paragraphs) == 1


def test_words_inside_a_turn_are_given_from_a_time_to_a_time() -> None:
    """What is before and behind them stays with whoever has the turn."""
    item = Correction(give=at("They"), until=at("And"), speaker="Maya Rao")
    given = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(item,)))
    assert given.warnings == ()
    assert labels(given.value[0]).split(" | ")[1:4] == [
        "S2 I, um, look after models.",
        "S1 They drift.",
        "S2 And then I mend them.",
    ]


def test_a_program_gives_no_words_that_a_person_gave() -> None:
    """Told by a time at which somebody speaks, too: the person's stands and the other one is named."""
    mine = Correction(give=at("They"), until=at("And"), speaker="Maya Rao")
    other = Correction(give=at("They"), until=at("And"), speaker="00:05", id="c1")
    given = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(mine, other)))
    assert "S1 They drift." in labels(given.value[0])
    assert "episode.toml says otherwise" in given.warnings[0]
    alone = give_turns(SPOKEN, CAST, VOICES, Brief(corrections=(replace(mine, id="c0"), other)))
    assert "S1 They drift." not in labels(alone.value[0])
