"""Chapters: valid everywhere, at the host's questions, with headings made of their words."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.languages.reading import reading_for
from chaitime_audio.editorial.structure.chapters import ChapterLimits, chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.titles import titles

RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")


def words(text):
    return set(re.findall(r"[\w']+", text.casefold().replace("’", "'")))


def outline(utterances, cast, language="en"):
    exchanges = pair(clean(utterances, language), cast, language)
    return chapters(exchanges, utterances[-1].span.end_ms + 1_000, language), exchanges


@pytest.mark.parametrize("name", RECORDINGS)
def test_chapters_suit_every_platform(truth, name):
    """At least three, the first at 0, ascending, 30 s or more each; titles distinct, 40 letters at most."""
    utterances, cast = truth(name)
    found, _ = outline(utterances, cast)
    assert len(found) >= 3
    assert (found[0].start_ms, found[0].title) == (0, "Introduction")
    borders = [*[c.start_ms for c in found], utterances[-1].span.end_ms + 1_000]
    assert all(later - earlier >= 30_000 for earlier, later in pairwise(borders))
    assert len({c.title.casefold() for c in found}) == len(found)
    assert all(0 < len(c.title) <= 40 for c in found)


@pytest.mark.parametrize("name", RECORDINGS)
def test_chapter_starts_at_a_question_and_uses_its_words(truth, name):
    """Each chapter but the first starts where a host asks, titled in that question's own words."""
    utterances, cast = truth(name)
    found, _ = outline(utterances, cast)
    asked = {u.span.start_ms: u.text for u in utterances if cast.role(u.label) == "host"}
    for chapter in found[1:]:
        assert "?" in asked[chapter.start_ms]
        assert words(chapter.title) <= words(asked[chapter.start_ms])


def test_chapters_of_the_sample(truth):
    """What the sample's chapters are, read and found good by a person."""
    found, _ = outline(*truth("short_two_voices"))
    assert [c.title for c in found] == [
        "Introduction",
        "Choosing the right architecture",
        "A paper that changed how you work",
    ]


@pytest.fixture
def talk(say, cast_of):
    """An interview with the given questions, each answered by a hundred words on a matter of its own."""

    def make(questions):
        turns = [("S1", "Welcome to the show."), ("S2", "Thanks, good to be here.")]
        for number, question in enumerate(questions):
            answer = " ".join(
                f"The matter{number} of part{number} came up again and it held." for _ in range(10)
            )
            turns += [("S1", question), ("S2", answer)]
        return say(*turns), cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"})

    return make


@pytest.mark.parametrize(
    ("question", "title"),
    [
        ("Why basements?", "Why basements?"),
        ("And how faint are the signals?", "How faint are the signals?"),
        ("Felix, how do you test an optimizer?", "How do you test an optimizer?"),
        (
            "What does a radio telescope actually sound like when you stand next to it?",
            "What does a radio telescope sound like?",
        ),
        ("Let's talk about joining telescopes together. Why not?", "Joining telescopes together"),
        ("Is there a paper that changed how you work?", "A paper that changed how you work"),
        ("Why should anybody still learn how to write a compiler?", "Why learn how to write a compiler?"),
        ("What about the bug that you're least proud of?", "The bug that you’re least proud of"),
        (
            "I'd like to ask you both about machine learning inside compilers.",
            "Machine learning inside compilers",
        ),
        (
            "How do the volunteers feel about having a sensor that listens all day long?",
            "How do the volunteers feel?",
        ),
        (
            "Your group published a catalogue of what you call flickering sources. What are they?",
            "Flickering sources",
        ),
    ],
)
def test_title_is_a_heading(talk, question, title):
    """A question becomes a heading in its own words: lead-in gone, no clipped clause."""
    utterances, cast = talk(["What broke the oldest machine?", question, "Who mended the tall ladder?"])
    found, _ = outline(utterances, cast)
    assert title in [c.title for c in found]


def test_equal_questions_get_distinct_titles(talk):
    """Two questions of the same words never give two chapters of one title."""
    found, _ = outline(*talk(["Who mended the tall ladder?"] * 5))
    assert len({c.title for c in found}) == len(found)


def test_short_recording_has_no_chapters(say, cast_of):
    """Under two minutes: too short for chapters."""
    utterances = say(*[("S1", "Who mended the ladder?"), ("S2", "It was me. " * 20)] * 2)
    cast = cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom Ellery"})
    assert utterances[-1].span.end_ms < 120_000
    assert outline(utterances, cast)[0] == ()


def test_too_few_questions_give_no_chapters(talk):
    """With fewer than two places to start one there are no chapters."""
    assert (
        outline(*talk(["Who mended the tall ladder?", "I see.", "That is a story.", "Indeed it is."]))[0]
        == ()
    )
    assert chapters((), 600_000, "en") == ()


def test_long_talk_has_a_readable_number_of_chapters(talk):
    """Three hours give no more chapters than a listener can overlook, spread over the whole talk."""
    things = "ladder engine river bridge cable window garden camera mirror market".split()
    questions = [f"Who mended the {thing} number {n}?" for n in range(26) for thing in things]
    utterances, cast = talk(questions)
    found, _ = outline(utterances, cast)
    assert 10 <= len(found) <= 30
    gaps = [b.start_ms - a.start_ms for a, b in pairwise(found)]
    assert max(gaps) < 4 * utterances[-1].span.end_ms / len(found)


def test_show_sets_limits(talk):
    """The show's shortest length, greatest number and first title hold."""
    utterances, cast = talk(
        [
            f"Who mended the {thing}?"
            for thing in "ladder engine river bridge cable window mirror market".split()
        ]
    )
    exchanges = pair(clean(utterances, "en"), cast, "en")
    limits = ChapterLimits(shortest_ms=60_000, most=3, opening="Hello")
    found = chapters(exchanges, utterances[-1].span.end_ms, "en", limits)
    assert (len(found), found[0].title) == (3, "Hello")
    assert all(b.start_ms - a.start_ms >= 60_000 for a, b in pairwise(found))


def test_a_lone_what_in_a_talk_of_another_language_is_no_trouble() -> None:
    """“What, what?” in a German talk ends no run: it makes a heading or none."""
    assert all(item.text for item in titles("What, what?", "de", reading_for("de")))
