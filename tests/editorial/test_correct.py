"""Corrections a person wrote: made on every run, and reported when there is nothing to correct."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.correction import Correction, Term
from chaitime_audio.domain.people import Cast, Person
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Diarization, Segment, Transcript, Turn, Utterance, VoicePrint, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.structure.exchanges import pair

Say = Callable[..., tuple[Utterance, ...]]
SHOW = Show("Tea Time")


def heard(*sentences: str) -> Transcript:
    """One segment per sentence, 400 ms a word, ids counted on."""
    segments, number = [], 0
    for sentence in sentences:
        texts = sentence.split()
        words = tuple(
            Word(number + at, text, span((number + at) * 400, (number + at + 1) * 400), 0.9)
            for at, text in enumerate(texts)
        )
        number += len(texts)
        segments.append(Segment(words, -0.1, 0.0, 1.0))
    return Transcript("en", 1.0, tuple(segments))


def told(*corrections: Correction) -> Brief:
    return Brief(corrections=corrections)


def text_of(transcript: Transcript) -> str:
    return " ".join(segment.text for segment in transcript.segments)


def fixed(said: str, *corrections: Correction, show: Show = SHOW) -> tuple[str, tuple[str, ...]]:
    done = overlay.words(heard(said), told(*corrections), show)
    return text_of(done.value), done.warnings


def ms(at: int) -> SourceMs:
    return SourceMs(at)


def test_words_are_replaced_everywhere_as_spoken() -> None:
    """Case, punctuation, a genitive and an "um" in between do not hide words; the punctuation stays."""
    text, warnings = fixed(
        "Alcova came. I like ALCOVA, and Alcova's al, um, cova!",
        Correction(find="alcova", replace="Okafor"),
    )
    assert text == "Okafor came. I like Okafor, and Okafor's Okafor!"
    assert warnings == ()


def test_signs_count_where_they_are_spoken() -> None:
    """What reads 30% is “30 percent” and not any 30; C++ is not C."""
    text, _ = fixed(
        "C, C++, 30 teas and 30 percent.",
        Correction(find="30%", replace="31 percent"),
        Correction(find="C++", replace="Rust"),
    )
    assert text == "C, Rust, 30 teas and 31 percent."


def test_words_are_replaced_at_a_time_alone() -> None:
    """With ``at`` only the place nearest to it changes, if it is within some seconds."""
    said = "tea is tea " + "and " * 20 + "tea"
    assert fixed(said, Correction(find="tea", replace="chai", at=ms(900)))[0].startswith("tea is chai and")
    text, warnings = fixed(said, Correction(find="is", replace="was", at=ms(9_000)))
    assert text == said.strip()
    assert len(warnings) == 1
    assert "“is” to “was” at 00:09" in warnings[0]


def test_words_may_go_and_a_segment_with_them() -> None:
    """An empty replacement removes the words; a segment without words is no segment."""
    brief = told(Correction(find="never mind", replace=""))
    done = overlay.words(heard("Hello there.", "Never mind.", "Bye."), brief, SHOW)
    assert text_of(done.value) == "Hello there. Bye."
    assert len(done.value.segments) == 2
    assert done.replacements[0].before == "Never mind."
    assert done.replacements[0].after == ""


def test_what_matches_nothing_is_named() -> None:
    """A correction without its words is reported, and so is one no longer needed."""
    text, warnings = fixed(
        "Okafor came.",
        Correction(find="Alcova", replace="Okafor"),
        Correction(find="Miller", replace="Müller", author="Tom"),
    )
    assert text == "Okafor came."
    assert "“Okafor” stands there already" in warnings[0]
    assert "“Miller” to “Müller” (by Tom) was not made: “Miller” is not said anywhere" in warnings[1]


def test_a_person_wins_over_the_glossary() -> None:
    """Corrected words are not the glossary's, and what the glossary made can be corrected."""
    show = Show("Tea Time", glossary=(Term("Keras", heard=("cares",)),))
    assert fixed("She cares about cares.", Correction(find="about cares", replace="for cares"), show=show)[
        0
    ] == ("She Keras for cares.")
    both = fixed("She cares.", Correction(find="Keras", replace="cares"), show=show)
    assert both == ("She cares.", ())


def test_corrections_hold_when_a_better_model_ran() -> None:
    """Other ids, segments and punctuation find the same words again; what it hears right needs none."""
    wanted = (
        Correction(find="quiet failers", replace="Quiet Failures"),
        Correction(find="Alcova", replace="Okafor"),
    )
    first = overlay.words(heard("a paper, quiet failers by Alcova"), told(*wanted), SHOW)
    second = overlay.words(heard("So.", "A paper:", "Quiet Failers,", "by Okafor."), told(*wanted), SHOW)
    assert text_of(first.value) == "a paper, Quiet Failures by Okafor"
    assert text_of(second.value) == "So. A paper: Quiet Failures, by Okafor."
    assert first.warnings == ()
    assert len(second.warnings) == 1
    assert "stands there already" in second.warnings[0]


def test_the_first_of_two_corrections_wins() -> None:
    """Of two that want the same words the one written first is made, the other reported."""
    text, warnings = fixed(
        "I like tea.", Correction(find="tea", replace="chai"), Correction(find="like tea", replace="hate tea")
    )
    assert text == "I like chai."
    assert len(warnings) == 1


def test_a_correction_is_made_once() -> None:
    """A replacement that holds what is looked for is not replaced again."""
    assert fixed("Ellery came.", Correction(find="Ellery", replace="Tom Ellery"))[0] == "Tom Ellery came."
    there, back = Correction(find="tea", replace="chai"), Correction(find="chai", replace="tea")
    assert fixed("tea or chai", there, back) == ("chai or tea", ())


def test_people_of_the_episode_are_terms() -> None:
    """A guest's misheard family name is written as episode.toml writes it."""
    brief = Brief(people=(Person("Tom Ellery", "guest"),))
    assert text_of(overlay.words(heard("Thanks, Ellerie."), brief, SHOW).value) == "Thanks, Ellery."


VOICES = Diarization(
    turns=(
        Turn("S1", span(0, 5_000)),
        Turn("S2", span(4_000, 9_000)),
        Turn("S3", span(8_500, 12_000)),
        Turn("S4", span(12_000, 14_000)),
    ),
    exclusive=(
        Turn("S1", span(0, 4_500)),
        Turn("S2", span(4_500, 8_700)),
        Turn("S3", span(8_700, 12_000)),
        Turn("S4", span(12_000, 14_000)),
    ),
    prints=(
        VoicePrint("S1", (1.0, 0.0), 1_000),
        VoicePrint("S2", (1.0, 0.0), 3_000),
        VoicePrint("S3", (0.0, 1.0), 1_000),
        VoicePrint("S4", (0.6, 0.8), 1_000),
    ),
)


def test_voices_become_one() -> None:
    """Two voices named by times are one: turns, exclusive turns and print; labels count up again."""
    done = overlay.merge_speakers(VOICES, told(Correction(merge=(ms(5_000), ms(10_000)))))
    assert done.warnings == ()
    assert done.value.labels == ("S1", "S2", "S3")
    assert Turn("S2", span(4_000, 12_000)) in done.value.turns
    assert [turn.label for turn in done.value.exclusive] == ["S1", "S2", "S2", "S3"]
    assert done.value.prints[1].vector == pytest.approx((0.9487, 0.3162), abs=1e-4)
    assert done.value.prints[1].speech_ms == 4_000
    assert done.value.prints[2].vector == (0.6, 0.8)


def test_a_merge_that_means_nothing_is_named() -> None:
    """Times of one voice, or of nobody, are reported and change nothing."""
    same, nobody = Correction(merge=(ms(100), ms(200))), Correction(merge=(ms(100), ms(60_000)))
    done = overlay.merge_speakers(VOICES, told(same, nobody))
    assert done.value == VOICES
    assert "one voice already" in done.warnings[0]
    assert "nobody speaks" in done.warnings[1]


@pytest.mark.parametrize(
    ("to", "first", "second"),
    [(900, "What is", "it? Tea. Or coffee."), (2_100, "What is it? Tea.", "Or coffee.")],
)
def test_a_border_moves_both_ways(say: Say, to: int, first: str, second: str) -> None:
    """What is said between the old border and the new one goes to the other voice."""
    spoken = say(("S1", "What is it?"), ("S2", "Tea. Or coffee."))
    moved = overlay.move_boundaries(spoken, told(Correction(border=ms(1_500), to=ms(to))))
    assert [item.text for item in moved.value] == [first, second]
    assert moved.warnings == ()
    assert sorted(w.id for item in moved.value for w in item.words) == list(range(6))


def test_a_border_that_is_not_there_is_named(say: Say) -> None:
    """No change of speaker near the time: nothing moves, and a sentence says so."""
    spoken = say(("S1", "What is it?"), ("S2", "Tea. Or coffee."))
    done = overlay.move_boundaries(spoken, told(Correction(border=ms(30_000), to=ms(31_000))))
    assert done.value == spoken
    assert "border at 00:30" in done.warnings[0]


@pytest.mark.parametrize(
    "drop", [("Is this on?",), ("is this", "ready?"), ("00:01.1", "00:03.0"), ("00:01.1", "are we ready")]
)
def test_a_passage_goes_from_the_post(say: Say, drop: tuple[str, ...]) -> None:
    """By quote, by first and last words, by times or mixed; what was left out is on record."""
    spoken = say(("S1", "Hello everybody. Is this on? Are we ready? Welcome back."))
    done = overlay.drop_passages(spoken, told(Correction(drop=drop)), "en")
    (left,) = done.value
    assert left.text.startswith("Hello everybody.")
    assert left.text.endswith("Welcome back.")
    assert "Is this" not in left.text
    assert ("Are we ready?" in left.text) == (len(drop) == 1)
    assert done.replacements[0].before.startswith("Is this on?")
    assert done.warnings == ()


def test_a_quote_of_the_post_is_found_in_what_was_said(say: Say) -> None:
    """Words that cleaning left out of a long quote do not hide it; a short one must be all there."""
    spoken = say(
        ("S1", "Welcome. I would, I mean, I would tell them to, you know, plot the data first. Bye.")
    )
    long, short = "I would tell them to plot the data first.", "I would plot the data"
    done = overlay.drop_passages(spoken, told(Correction(drop=(long,)), Correction(drop=(short,))), "en")
    assert [item.text for item in done.value] == ["Welcome. I would, I mean, Bye."]
    assert len(done.warnings) == 1


def test_a_drop_that_is_not_said_is_named(say: Say) -> None:
    """A quote nobody says, or a time behind the end, drops nothing and is reported."""
    spoken = say(("S1", "Hello everybody."))
    done = overlay.drop_passages(
        spoken, told(Correction(drop=("good night",)), Correction(drop=("01:00", "02:00"))), "en"
    )
    assert done.value == spoken
    assert len(done.warnings) == 2
    assert done.warnings[0].endswith("“good night” is not said")
    assert done.warnings[1].endswith("nothing is said there")


def test_a_break_is_pinned(say: Say, cast_of: Callable[..., Cast]) -> None:
    """A paragraph begins at the sentence nearest to the time, however short it makes one."""
    spoken = say(("S1", "We had tea. It was good. We had more tea. It was better."))
    cast = cast_of(host={"S1": "Maya Rao"})
    brief = told(Correction(break_at=ms(2_200)), Correction(break_at=ms(60_000)))
    post = pair(clean(spoken, "en"), cast, "en", overlay.pins(brief))
    assert post[0].question is not None
    assert [p.text for p in post[0].question.paragraphs] == [
        "We had tea. It was good.",
        "We had more tea. It was better.",
    ]
    (warning,) = overlay.unbroken(post, brief)
    assert "paragraph break at 01:00" in warning
