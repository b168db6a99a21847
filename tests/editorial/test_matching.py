"""Corrections by times hold for the words they were made for; a program's yield to a person's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.contradictions import contradicted
from chaitime_audio.domain.correction import Correction
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Word
from chaitime_audio.editorial.corrections.matching import matching, said_now, with_said

TEXT = (
    "So what do you do all week? I look after models. They drift, um, and then I mend them. Nobody notices."
)
OTHER = "The weather was fine on Sunday and we walked to the lake with all of our children and their dogs."


def heard(text: str = TEXT, shift_ms: int = 0) -> tuple[Word, ...]:
    """A word every 0.4 s."""
    return tuple(
        Word(at, one, span(at * 400 + shift_ms, at * 400 + 380 + shift_ms), 0.9)
        for at, one in enumerate(text.split())
    )


def ms(value: int) -> SourceMs:
    return SourceMs(value)


BY_TIME = (
    Correction(border=ms(2_800), to=ms(2_000)),
    Correction(give=ms(2_800), speaker="Tom"),
    Correction(give=ms(2_800), until=ms(4_000), speaker="Tom"),
    Correction(split_at=ms(4_400)),
    Correction(break_at=ms(4_400)),
    Correction(join_at=ms(2_800)),
    Correction(drop=("00:02.8", "00:04.4")),
    Correction(keep=("00:02.8", "00:07.6")),
    Correction(cut=(ms(2_800), ms(7_600))),
)
BY_WORDS = (
    Correction(find="week", replace="day", at=ms(2_400)),
    Correction(spelling="Okafor", heard=("Alcova",)),
    Correction(drop=("So what", "all week")),
    Correction(keep=("um",)),
    Correction(merge=(ms(1), ms(2))),
)


def holds(item: Correction, words: Sequence[Word], corrected: Sequence[Word] | None = None) -> str:
    """Empty where a correction is made, else the warning."""
    found = matching(Brief(corrections=(item,)), lambda: words, lambda: corrected or words)
    assert bool(found.value.corrections) != bool(found.warnings)
    return "".join(found.warnings)


@pytest.mark.parametrize("item", BY_TIME)
def test_what_is_by_times_carries_its_words_and_holds_for_them_alone(item: Correction) -> None:
    """The same words, some tenths of a second off, or one of them heard otherwise: made. Others: named."""
    (made,) = with_said([item], heard())
    assert made.said
    assert not holds(made, heard())
    assert not holds(made, heard(shift_ms=150))
    warning = holds(made, heard(OTHER))
    assert f"it was made for “{made.said}”" in warning
    assert "is said there now" in warning
    assert holds(made, heard(OTHER), heard()) == ""  # what a correction made of it counts as well
    assert "nothing is said there now" in holds(made, ())


@pytest.mark.parametrize("item", BY_WORDS)
def test_what_is_by_words_needs_none(item: Correction) -> None:
    """Who names words is not tied to a place twice."""
    assert with_said([item], heard()) == (item,)


def test_without_words_a_time_is_a_time() -> None:
    """What a person writes by hand holds wherever it points."""
    for item in BY_TIME:
        assert not holds(item, heard(OTHER))


def test_a_long_passage_is_told_by_its_ends() -> None:
    """So that a cut of ten minutes does not carry ten minutes of text."""
    item = Correction(cut=(ms(0), ms(60_000)))
    assert said_now(item, heard()) == "So what do you do all … then I mend them. Nobody notices."


def test_no_words_are_asked_for_where_none_are_carried() -> None:
    """The sound does not wait for the recogniser for nothing."""

    def never() -> Sequence[Word]:
        raise AssertionError

    brief = Brief(corrections=(*BY_TIME, *BY_WORDS))
    assert matching(brief, never, never).value is brief


MINE = (
    Correction(border=ms(10_000), to=ms(9_000)),
    Correction(give=ms(20_000), speaker="Maya Rao"),
    Correction(split_at=ms(30_000), speaker="Maya Rao"),
    Correction(join_at=ms(40_000)),
    Correction(break_at=ms(50_000)),
)
AGAINST = (
    Correction(border=ms(9_100), to=ms(11_000)),
    Correction(give=ms(20_400), speaker="Tom Ellery"),
    Correction(give=ms(30_000), speaker="Tom Ellery", through="change"),
    Correction(break_at=ms(40_200)),
    Correction(join_at=ms(50_000)),
)
BESIDE = (
    Correction(border=ms(19_100), to=ms(21_000)),
    Correction(border=ms(10_000), to=ms(9_000)),
    Correction(give=ms(20_400), speaker="maya  rao"),
    Correction(give=ms(20_400), speaker="00:10"),
    Correction(give=ms(60_000), speaker="Tom Ellery"),
    Correction(split_at=ms(50_000)),
    Correction(join_at=ms(60_000)),
    Correction(find="a", replace="b"),
)


@pytest.mark.parametrize("item", AGAINST)
def test_a_program_yields_to_a_person_whichever_came_first(item: Correction) -> None:
    """What episode.toml says of a place stands; the other one is named with what stands."""
    assert contradicted(item, MINE) is not None
    found = matching(Brief(corrections=(*MINE, replace(item, id="c1", author="studio"))), heard, heard)
    assert found.value.corrections == MINE
    assert len(found.warnings) == 1
    assert "(by studio) was not made: episode.toml says otherwise: " in found.warnings[0]


@pytest.mark.parametrize("item", BESIDE)
def test_what_says_the_same_or_is_elsewhere_is_made(item: Correction) -> None:
    """Only another decision of the same place is one against it; a person may contradict themselves."""
    assert contradicted(item, MINE) is None
    both = Brief(corrections=(*MINE, *AGAINST))
    assert matching(both, heard, heard).value is both


@given(st.lists(st.sampled_from(BY_TIME), max_size=6), st.integers(-300, 300))
def test_what_was_made_for_a_talk_holds_in_it(items: list[Correction], shift_ms: int) -> None:
    """Whatever is decided, and however a little later it is heard: nothing lapses by itself."""
    made = with_said(items, heard())
    found = matching(Brief(corrections=made), lambda: heard(shift_ms=shift_ms), heard)
    assert found.value.corrections == made
