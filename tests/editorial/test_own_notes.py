"""Notes of a person's: they come before what is found; quotes and clips follow the words of their times."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.episode import Notes, Quote
from chaitime_audio.domain.own_notes import OwnClip, OwnNotes, OwnQuote
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.gate import sparse
from chaitime_audio.editorial.notes.own import apply_own_notes, find_quote
from chaitime_audio.editorial.structure.exchanges import pair

FOUND = Notes("found", ("a claim",), (Quote("x", "S2", (1,), span(0, 1)),), (Link("l", "https://e.org"),))
TALK = (
    ("S1", "How long did it take you?"),
    ("S2", "It took us six weeks. Then we threw it away. Alcova's law says you always do."),
    ("S1", "Did anybody notice?"),
    ("S2", "Nobody did. Not for years."),
)


@pytest.fixture
def post(say, cast_of):
    def make(*lines):
        spoken = say(*(lines or TALK))
        return pair(clean(spoken, "en"), cast_of(host={"S1": "Maya Rao"}, guest={"S2": "Tom"}), "en")

    return make


def place_of(post, text):
    found = find_quote(text, post)
    assert found is not None
    return found


def own(*quotes):
    return OwnNotes(quotes=quotes)


def test_nothing_written_changes_nothing(post) -> None:
    """As found, and nobody's."""
    assert apply_own_notes(FOUND, OwnNotes(), post()).notes is FOUND


def test_what_is_written_comes_before_what_is_found_and_says_so(post) -> None:
    """Each field alone; an empty one is wanted empty."""
    told = OwnNotes(summary="Mine.", titles=(), claims=("My claim.",), links=(Link("m", "https://m.org"),))
    notes = apply_own_notes(FOUND, told, post()).notes
    assert (notes.summary, notes.titles, notes.claims) == ("Mine.", (), ("My claim.",))
    assert notes.links == told.links
    assert notes.quotes == FOUND.quotes
    assert notes.own == ("summary", "titles", "claims", "links")


def test_a_quote_is_printed_as_the_post_has_it(post) -> None:
    """Of what was chosen only the letters count: marks and capitals are the post's, also of a part."""
    talk = post()
    there = place_of(talk, "Then we threw it away.")
    chosen = OwnQuote(there.span.start_ms, there.span.end_ms, "then we threw it away")
    part = OwnQuote(there.span.start_ms, there.span.end_ms, "threw it away alcovas law")
    found = apply_own_notes(FOUND, own(chosen, part), talk)
    assert [item.text for item in found.notes.quotes] == [
        "Then we threw it away.",
        "threw it away. Alcova’s law",
    ]
    assert found.notes.quotes[0].label == "S2"
    assert found.notes.quotes[0].word_ids == there.word_ids
    assert found.warnings == ()


def test_a_quote_whose_words_change_follows_its_span_and_is_named(post) -> None:
    """A correction inside it changes what is printed; the person is told what the quote now says."""
    there = place_of(post(), "It took us six weeks.")
    chosen = OwnQuote(there.span.start_ms, there.span.end_ms, there.text)
    changed = post(TALK[0], ("S2", TALK[1][1].replace("weeks", "months")), *TALK[2:])
    found = apply_own_notes(FOUND, own(chosen), changed)
    assert found.notes.quotes[0].text == "It took us six months."
    assert found.warnings == (
        "quote “It took us six weeks.” at 00:02 follows what is said there now: “It took us six months.”",
    )


def test_a_quote_moves_with_its_words(post) -> None:
    """Where another recogniser hears the same words some seconds off, they are found again."""
    there = place_of(post(), "Nobody did.")
    moved = OwnQuote(
        SourceMs(there.span.start_ms - 2_000), SourceMs(there.span.start_ms - 1_900), "Nobody did"
    )
    found = apply_own_notes(FOUND, own(moved), post())
    assert found.notes.quotes[0].span == there.span
    assert not found.warnings


def test_what_is_gone_is_named_and_never_lost_silently(post) -> None:
    """A quote and a clip at whose times nothing is printed are left out, each with a sentence."""
    told = OwnNotes(
        quotes=(OwnQuote(SourceMs(900_000), SourceMs(910_000), "Gone."),),
        clips=(OwnClip(SourceMs(900_000), SourceMs(930_000), "Gone, too"),),
    )
    found = apply_own_notes(FOUND, told, post())
    assert (found.notes.quotes, found.notes.soundbites) == ((), ())
    assert found.warnings == (
        "quote “Gone.” at 15:00 is left out: nothing is printed there any more",
        "clip “Gone, too” at 15:00 is left out: nothing is printed there",
    )


def test_a_clip_has_the_times_that_were_told(post) -> None:
    """Its title is the person's, or its first words; whose it is, is who says most of it."""
    talk = post()
    start, end = (
        place_of(talk, "It took us six weeks.").span.start_ms,
        place_of(talk, "Not for years.").span.end_ms,
    )
    told = OwnNotes(clips=(OwnClip(start, end, "All of it"), OwnClip(start, end)))
    first, second = apply_own_notes(FOUND, told, talk).notes.soundbites
    assert (first.title, first.label, first.span) == ("All of it", "S2", span(start, end))
    assert second.title == "It took us six weeks"


def test_quotes_of_scripts_without_blanks(post) -> None:
    """Characters are compared, not words parted by blanks; half a Latin word is no quote."""
    talk = post(("S1", "Was ist das?"), ("S2", "私たちは六週間かかりました。"))
    assert place_of(talk, "六週間").text == "六週間"
    assert find_quote("ist da", talk) is None


def test_a_person_may_want_few(post) -> None:
    """Where the lists are a person's, nobody is told that few were found."""
    notes = apply_own_notes(FOUND, OwnNotes(quotes=(), claims=()), post()).notes
    assert sparse(Notes(), 3_600_000)
    assert sparse(notes, 3_600_000) == ()
