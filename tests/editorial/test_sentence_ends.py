"""Sentence ends: a full stop in the middle goes, a missing one comes, a question is marked as one."""

from __future__ import annotations

from dataclasses import replace

import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Utterance
from chaitime_audio.editorial.cleaning.clean import Manner, clean, cleaned_in
from chaitime_audio.editorial.structure.paragraphs import paragraphs


def heard(say, text, *, pause_ms=0, chance=1.0, language="en"):
    """What is printed of a text: at ``|`` a window of the recogniser ends.

    The pause there, and how sure the word behind it is, are given.
    """
    (turn,) = say(("S1", text.replace(" |", "")))
    edge = text.split().index("|")
    words = []
    for at, word in enumerate(turn.words):
        later = pause_ms * (at >= edge)
        when = span(word.span.start_ms + later, word.span.end_ms + later)
        words.append(replace(word, span=when, probability=chance if at == edge else 1.0))
    return " ".join(item.text for item in cleaned_in((Utterance("S1", tuple(words)),), Manner(language)))


def test_a_full_stop_before_an_unsure_small_letter_becomes_a_comma(say):
    """Two signs: the next window begins with a small letter, and its first word is unsure."""
    text = "We hired people who were just starting out. | and they learned a lot."
    assert (
        heard(say, text, chance=0.5) == "We hired people who were just starting out, and they learned a lot."
    )
    assert ". And they" in heard(say, text, chance=0.95)
    assert ". And they" in heard(say, text, chance=0.5, pause_ms=1_500)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "There are many of them. | Including teams that failed.",
            "There are many of them, including teams that failed.",
        ),
        ("We tried the. | Old model first.", "We tried the old model first."),
        ("We bought a lot and. | They sold it.", "We bought a lot and they sold it."),
    ],
)
def test_half_a_sentence_goes_on_with_the_one_before(say, text, expected):
    """Words that open no sentence, and words that end none, show that a full stop tears one."""
    assert heard(say, text) == expected


def test_a_capital_behind_a_pause_that_opens_a_clause_gets_a_full_stop(say):
    """Two signs: a small word has a capital, and there was a pause or the word was unsure."""
    text = "I had a glass of wine at dinner | And they liked it."
    wanted = "I had a glass of wine at dinner. And they liked it."
    assert heard(say, text, pause_ms=600) == wanted
    assert heard(say, text, chance=0.4) == wanted
    assert heard(say, text) == "I had a glass of wine at dinner And they liked it."


def test_a_capital_in_the_middle_of_a_clause_becomes_a_small_letter(say):
    """Behind a word that ends no clause, the capital is only that of a window; a title keeps its own."""
    assert (
        heard(say, "People do this with | Not much money.", pause_ms=900)
        == "People do this with not much money."
    )
    assert (
        heard(say, "We were listening to | The Quiet Sky.", chance=0.4)
        == "We were listening to The Quiet Sky."
    )
    text = "They think of the future, | And they fear it."
    assert heard(say, text, chance=0.4) == "They think of the future, and they fear it."
    text = "Das sage ich | Ihnen gern."
    assert heard(say, text, chance=0.3, language="de") == "Das sage ich Ihnen gern."


@pytest.mark.parametrize(
    ("said", "printed"),
    [
        ("So how did you find the reason.", "So how did you find the reason?"),
        ("And can such a cheap thing compete.", "And can such a cheap thing compete?"),
        ("Have you ever seen it.", "Have you ever seen it?"),
        ("Do it at home.", "Do it at home."),
        ("Which is why we left.", "Which is why we left."),
        ("Have a nice day.", "Have a nice day."),
        ("What is… I mean the old one.", "What is… I mean the old one."),
    ],
)
def test_a_question_by_its_order_ends_in_a_question_mark(say, said, printed):
    """Two signs: the order of its words, and that another voice speaks next; orders and relatives stay."""
    found = clean(say(("S1", said), ("S2", "It was cold there.")), "en")
    assert found[0].text == printed


def test_a_very_long_sentence_is_divided_before_a_clause(say):
    """Over 100 words: it ends before an "and" that opens a clause, and no paragraph is torn there."""
    clause = "and they walk along the quiet river under old green trees"
    text = "We go out " + " ".join([clause] * 14) + "."
    (turn,) = clean(say(("S1", text)), "en")
    assert all(len(part.text.split()) <= 120 for part in paragraphs(turn.pieces, "en"))
    assert all(part.text.startswith(("We", "And they")) for part in paragraphs(turn.pieces, "en"))
    assert turn.text.replace(". And they", " and they") == text


def test_verbatim_keeps_every_mark_and_each_change_is_an_edit(say):
    """Level verbatim sets type only; otherwise each change is in the edit report under its own rule."""
    spoken = say(("S1", "There are many. Including teams that failed."))
    assert clean(spoken, "en", "verbatim")[0].text == "There are many. Including teams that failed."
    assert [(edit.rule, edit.before, edit.after) for edit in clean(spoken, "en")[0].edits] == [
        ("sentence end", "many. Including", "many, including")
    ]
