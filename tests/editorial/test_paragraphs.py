"""Paragraphs: where a turn is broken, and lists that were spoken."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chaitime_audio.domain.editing import Piece, joined
from chaitime_audio.domain.sound import span
from chaitime_audio.editorial.structure.paragraphs import paragraphs


def pieces(text, pauses=()):
    """Pieces of a printed text; ``pauses`` maps the index of a word to a pause before it in ms."""
    out, now, extra = [], 0, dict(pauses)
    for number, word in enumerate(text.split()):
        now += extra.get(number, 0)
        out.append(Piece(word, (number,), span(now, now + 300)))
        now += 320
    return tuple(out)


def sentence(count, mark="."):
    return " ".join(["Word", *["word"] * (count - 2), "end" + mark])


def counts(found):
    return [len(p.text.split()) for p in found]


def test_short_turn_is_one_paragraph():
    """A turn under 40 words is left whole."""
    assert counts(paragraphs(pieces(" ".join([sentence(10)] * 3)), "en")) == [30]


def test_no_pieces_no_paragraphs():
    """Nothing said, nothing printed."""
    assert paragraphs((), "en") == ()


@pytest.mark.parametrize("total", [160, 281, 500, 900, 2000])
def test_long_turn_is_broken_between_15_and_150_words(total):
    """R10: no paragraph over 150 words, none under 15; most between 40 and 120."""
    found = counts(paragraphs(pieces(" ".join([sentence(10)] * (total // 10))), "en"))
    assert max(found) <= 150
    assert min(found) >= 15
    assert sum(40 <= count <= 120 for count in found) >= 0.9 * len(found)


def test_break_stands_before_a_word_that_opens_a_thought():
    """R10: of several places the one before "Now" is taken."""
    text = " ".join([*[sentence(11)] * 6, "Now " + sentence(10), *[sentence(11)] * 6])
    assert [p.text.split()[0] for p in paragraphs(pieces(text), "en")] == ["Word", "Now"]


@pytest.mark.parametrize("at", [50, 60, 80, 90])
def test_break_stands_at_a_long_pause(at):
    """R10: of several places the one behind a pause over 1.2 s is taken."""
    found = paragraphs(pieces(" ".join([sentence(10)] * 14), pauses=((at, 1500),)), "en")
    assert [p.word_ids[0] for p in found] == [0, at]


def test_sentence_without_end_is_broken_at_a_comma():
    """One sentence of 400 words still gives paragraphs of at most 150."""
    text = " ".join(["word, word word word word"] * 80)
    assert max(counts(paragraphs(pieces(text), "en"))) <= 150


def test_no_break_inside_a_quotation():
    """R10: what stands between quotation marks stays together."""
    quote = "“" + " ".join([sentence(10)] * 6) + "”"
    found = paragraphs(pieces(" ".join([*[sentence(10)] * 6, quote, *[sentence(10)] * 6])), "en")
    assert all(p.text.count("“") == p.text.count("”") for p in found)


LIST = "There are three reasons. First, nobody can guess. Second, it takes years. And third, it has to work."


def test_spoken_enumeration_is_a_list():
    """R11: first, second, third: three items, the announcement before them, all of it still in the text."""
    (found,) = paragraphs(pieces(f"{LIST} That was it."), "en")
    assert found.items == (
        "First, nobody can guess.",
        "Second, it takes years.",
        "And third, it has to work.",
    )
    assert (found.intro, found.rest) == ("There are three reasons.", "That was it.")
    assert joined((found.intro, *found.items, found.rest)) == found.text


def test_announced_items_are_a_list():
    """R11: "Three ways." and three sentences built alike."""
    text = "Three ways. We keep every program. We generate new ones. And we ask a solver. It is good."
    (found,) = paragraphs(pieces(text), "en")
    assert found.items == ("We keep every program.", "We generate new ones.", "And we ask a solver.")


@pytest.mark.parametrize(
    "text",
    [
        "First, we tried. Second, we failed.",
        "The first one was a quarry. The second one was a match. That was all.",
        "Three ways. We tried. They failed. It rained.",
        "One of them broke. Two of them held. Three of them bent.",
        "There are three reasons. I know them all by heart.",
    ],
)
def test_less_than_three_items_is_no_list(text):
    """R11: two items, or sentences that only sound like some, stay prose."""
    assert all(not p.items for p in paragraphs(pieces(text), "en"))


def test_no_break_inside_a_list():
    """R10: a list and its announcement stay in one paragraph."""
    text = " ".join([*[sentence(10)] * 9, LIST, *[sentence(10)] * 9])
    found = paragraphs(pieces(text), "en")
    assert [len(p.items) for p in found if p.items] == [3]
    assert any("three reasons" in p.text and p.items for p in found)


def test_sentences_are_the_paragraph():
    """Sentences cover their paragraph in order, ids and text alike; initials and titles end none."""
    (found,) = paragraphs(
        pieces("Dr. J. Solberg wrote it at 5 p.m. on Monday. Did it hurt? “A bit.” Yes… no."), "en"
    )
    assert [s.text for s in found.sentences] == [
        "Dr. J. Solberg wrote it at 5 p.m. on Monday.",
        "Did it hurt?",
        "“A bit.”",
        "Yes… no.",
    ]
    assert tuple(n for s in found.sentences for n in s.word_ids) == found.word_ids
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(found.sentences))


def test_no_paragraph_begins_inside_brackets():
    """What stands in brackets stays with what is before it."""
    aside = "(" + " ".join([sentence(10)] * 6) + ")"
    found = paragraphs(pieces(" ".join([*[sentence(10)] * 6, aside, *[sentence(10)] * 6])), "en")
    assert len(found) > 1
    assert all(p.text.count("(") == p.text.count(")") for p in found)
