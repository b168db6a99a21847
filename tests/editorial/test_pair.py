"""Pair: questions and what answers them."""

from __future__ import annotations

import pytest

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.questions import asks


@pytest.fixture
def paired(say, cast_of):
    def make(*turns, guests=("S2", "S3"), hosts=("S1",), language="en"):
        cast = cast_of(host={h: f"Host {h}" for h in hosts}, guest={g: f"Guest {g}" for g in guests})
        return pair(clean(say(*turns), language), cast, language)

    return make


@pytest.mark.parametrize(
    "text",
    [
        "Why basements?",
        "So how do you test an optimizer",
        "And what does a normal week look like for you",
        "Do you still do that",
        "Felix, tell us about the first time it broke.",
        "I was wondering if you could say more about that.",
        "Let me ask about warnings.",
        "Walk me through a normal day.",
        "I'm curious how that came about.",
        "That's right? Really?",
        "How faint are the signals",
        "Is it the future or a fashion",
        "It's hard. Does it pay?",
    ],
)
def test_question_is_recognised(text):
    """A remark asks with or without its mark, by its order of words, or by inviting an answer."""
    assert asks(text, "en")


@pytest.mark.parametrize(
    "text",
    [
        "Welcome to the show. It's lovely to have you here.",
        "Welcome. How are you?",
        "And how's it going today, Daniel?",
        "What we record is a voltage.",
        "When it rains, we go home.",
        "How they did it is a mystery.",
        "That must have been embarrassing.",
        "Thank you so much for joining me.",
        "See you next week.",
        "",
    ],
)
def test_statement_greeting_and_farewell_do_not_ask(text):
    """A greeting does not ask, even where it has the form of a question."""
    assert not asks(text, "en")


@pytest.mark.parametrize(
    "text", ["Wie ist das passiert", "Erzähl uns davon.", "Warum Keller?", "Haben Sie das gesehen"]
)
def test_german_question_is_recognised(text):
    """Questions are known by the language's own words."""
    assert asks(text, "de")


def test_without_rules_for_a_language_the_mark_decides():
    """A language without a file: only the question mark asks."""
    assert asks("Pourquoi ?", "fr")
    assert not asks("Comment allez-vous", "fr")


def test_host_opens_and_guests_answer(paired):
    """Each remark of the host opens an exchange; a panel's answers follow it in order."""
    exchanges = paired(
        ("S1", "Is it right?"), ("S2", "Yes."), ("S3", "I half agree."), ("S1", "Why?"), ("S3", "Rain.")
    )
    assert [x.question.text for x in exchanges] == ["Is it right?", "Why?"]
    assert [[(r.label, r.text) for r in x.answers] for x in exchanges] == [
        [("S2", "Yes."), ("S3", "I half agree.")],
        [("S3", "Rain.")],
    ]
    assert all(x.asks for x in exchanges)


def test_greeting_does_not_ask(paired):
    """A host's remark that asks nothing still opens an exchange, marked so."""
    first, second = paired(
        ("S1", "Welcome to the show."), ("S2", "Hello."), ("S1", "Who are you?"), ("S2", "Tom.")
    )
    assert (first.asks, second.asks) == (False, True)


def test_guest_who_opens_has_no_question(paired):
    """What a guest says before any host stands in an exchange without a question."""
    first, second = paired(("S2", "Is this on? I am Tom."), ("S1", "It is. Who are you?"), ("S2", "Tom."))
    assert first.question is None
    assert not first.asks
    assert second.question.label == "S1"


def test_question_of_several_paragraphs_keeps_one_label(paired):
    """A host's long question is one remark; its asking may be anywhere in it."""
    long = " ".join(["We talked about the old machine in the cellar for a long while." for _ in range(18)])
    (exchange,) = paired(("S1", f"{long} What broke?"), ("S2", "All."))
    assert len(exchange.question.paragraphs) > 1
    assert exchange.asks


def test_neighbouring_remarks_of_one_voice_are_one(paired):
    """One label a turn, also when only a listening noise stood between."""
    (exchange,) = paired(("S1", "Why?"), ("S2", "It rained."), ("S1", "Mm-hmm."), ("S2", "For days."))
    assert [r.text for r in exchange.answers] == ["It rained. For days."]


def test_without_a_known_host_questions_open(paired):
    """Where nobody is known as a host, whoever asks opens an exchange."""
    exchanges = paired(
        ("S1", "Hello."), ("S2", "Hi."), ("S1", "Why did it break?"), ("S2", "Rain."), hosts=(), guests=()
    )
    assert [x.question and x.question.text for x in exchanges] == [None, "Why did it break?"]


def test_unknown_voice_answers(paired):
    """A voice that belongs to nobody is an answer, never a question."""
    (exchange,) = paired(("S1", "Why?"), ("unknown", "Because of rain?"))
    assert [r.label for r in exchange.answers] == ["unknown"]


@pytest.mark.parametrize("name", ["short_two_voices", "british_men", "panel_three", "split_tracks"])
def test_post_holds_every_printed_word_once(truth, name):
    """Pairing and paragraphs lose no word and change no order."""
    utterances, cast = truth(name)
    cleaned = clean(utterances, "en")
    paragraphs = [p for x in pair(cleaned, cast, "en") for r in x.remarks for p in r.paragraphs]
    assert [n for p in paragraphs for n in p.word_ids] == [
        n for item in cleaned for piece in item.pieces for n in piece.word_ids
    ]
    assert " ".join(p.text for p in paragraphs) == " ".join(item.text for item in cleaned if item.pieces)
