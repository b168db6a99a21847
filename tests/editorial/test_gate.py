"""What may be printed large: whole sentences that stand alone and were surely heard."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.correction import Replacement
from chaitime_audio.domain.episode import Notes, Quote
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.certainty import Certainty, certainty_of
from chaitime_audio.editorial.languages.reading import reading_for
from chaitime_audio.editorial.notes.gate import gate_for, sparse
from chaitime_audio.editorial.notes.ranking import Point

GATE = gate_for("en")


@pytest.mark.parametrize(
    "text",
    [
        "The most expensive mistake goes first, and the rest has to wait.",
        "I look after models that drift before anybody notices.",
        "Nobody reads a report that is longer than a page.",
        "When a sensor breaks, it says so on the next morning.",
        "People who sell weather never say that they were wrong.",
        "We serve a model that drifts.",
        "Start with the thing you are most afraid of.",
        "If a listener wants one, they can write to us.",
        "The cheapest sensor we have has never failed.",
        "What we do is simple.",
        "The price changes every day.",
        "We read The Guardian every morning.",
        "The person who wrote the tool left, and the tool stayed.",
        "Most people never open the report we send.",
    ],
)
def test_a_sentence_that_says_something_by_itself_passes(text: str) -> None:
    """Whole, with a verb of its own, and with a noun before every pronoun."""
    assert GATE.stands(text)


@pytest.mark.parametrize(
    "text",
    [
        "In part, because such pumps break in a hot week.",
        "Is possible in part because the wells are deep.",
        "And the rest has to wait.",
        "So we built it twice.",
        "Which is why nobody came.",
        "Including teams that build the thing.",
        "It only does what it can prove.",
        "They drift before anybody notices.",
        "That was the whole point of the exercise.",
        "the rest of it goes last.",
        "The parts of the road being one of my favorite walks.",
        "Just a quick thing about the, what you say about the price.",
        "We wanted to go there but the",
        "We wanted to go there but…",
        "What do you do all week?",
        "The readers who want to become better.",
        "The lamp burned out while they drove home.",
        "If the prices were lower they would pay And they would come back.",
        "I’m honestly I read error reports.",
        "The things we measure.",
        "The person who wrote the tool.",
        "The error reports in the log.",
        "Depends on the price.",
        "Making it faster and still right, that’s the job.",
        "For the rest we’ve got five theories.",
        "The machine it belonged to was a bread oven.",
        "I don’t know what is.",
        "Used in 2013 by people who sell weather.",
        "When a sensor breaks.",
        "People who like to cook with.",
        "The one with the, yeah, the blue door opens first.",
        "",
    ],
)
def test_half_a_sentence_or_one_that_leans_does_not(text: str) -> None:
    """A torn beginning or end, a pronoun without its noun, no verb, or a search for words."""
    assert not GATE.stands(text)


def said(*words: tuple[str, float]) -> tuple[tuple[Utterance, ...], list[int]]:
    found = tuple(Word(at, text, span(300 * at, 300 * at + 250), p) for at, (text, p) in enumerate(words))
    return (Utterance("S2", found),), list(range(len(words)))


@pytest.mark.parametrize(
    ("title", "fits"),
    [
        ("The readers who want to become better", False),
        ("They drift", False),
        ("How do you test it?", False),
        ("And the price of it", False),
        ("A talk about the", False),
        ("A paper that changed how you work", True),
        ("The bug that you’re least proud of", True),
        ("Whose fault is it?", True),
        ("Correctness rather than speed", True),
    ],
)
def test_a_heading_leans_on_nothing(title: str, fits: bool) -> None:
    """No half sentence about somebody, no pronoun without its noun, nothing left hanging."""
    assert GATE.heads(title) is fits


def test_a_heading_has_only_words_that_were_surely_heard() -> None:
    """A word that was surely heard nowhere stands in no title of a chapter."""
    utterances, _ = said(("Osloos", 0.2), ("measures", 0.99), ("water.", 0.99))
    gate = gate_for("en", certainty_of(utterances))
    assert not gate.heads("Measuring osloos")
    assert gate.heads("Measuring water")
    assert gate.words("Osloos makes good water.")
    assert not gate.words("The city makes good water.")


SURE = [("The", 0.99), ("pump", 0.99), ("holds", 0.98), ("the", 0.99), ("water.", 0.99)]


def test_one_doubtful_word_keeps_a_line_small() -> None:
    """A word that may be wrong keeps its line from being printed large; a person's own word is sure."""
    data = reading_for("en")
    utterances, ids = said(*SURE)
    assert certainty_of(utterances).sure(ids, data)
    doubtful, ids = said(*SURE[:1], ("pomp", 0.3), *SURE[2:])
    assert not certainty_of(doubtful).sure(ids, data)
    mended = [Replacement("correction by Ada", "pomp", "pump", (1,), SourceMs(300))]
    assert certainty_of(doubtful, mended).sure(ids, data)
    assert certainty_of(doubtful, kept=frozenset({1})).sure(ids, data)


def test_many_half_sure_words_are_together_too_much() -> None:
    """Each may pass by itself; what they are worth together may not."""
    utterances, ids = said(*[(f"word{at}", 0.8) for at in range(40)])
    assert not certainty_of(utterances).sure(ids, reading_for("en"))


def test_words_that_nobody_doubts_are_sure() -> None:
    """A talk without probabilities, as from a person's own transcript, is printed as before."""
    assert Certainty().sure([1, 2, 3], reading_for("en"))


def test_a_word_that_was_never_surely_heard_is_no_topic() -> None:
    """A word with weight counts as doubtful until it was surely heard somewhere."""
    data = reading_for("en")
    once, _ = said(("Osloos", 0.2), ("measures", 0.99), ("water.", 0.99))
    assert "osloos" in certainty_of(once).doubtful(data)
    twice, _ = said(("Osloos", 0.2), ("measures", 0.99), ("osloos", 0.99))
    assert "osloos" not in certainty_of(twice).doubtful(data)


def test_a_clip_begins_and_ends_on_its_own() -> None:
    """What is cut out as sound may hold a doubtful word, and still begins and ends like a sentence."""

    def points(*texts: str) -> list[Point]:
        return [Point("S2", 0, text, (), span(0, 1), 1.0) for text in texts]

    assert GATE.clips(points("Nobody came.", "And then they left."))
    assert not GATE.clips(points("And then they left.", "Nobody came."))
    assert not GATE.clips(points("Nobody came.", "And then they…"))


def test_too_little_to_print_large_is_said() -> None:
    """Fewer than two quotes and two claims a quarter of an hour: a sentence says so."""
    quote = Quote("Words.", "S2", (1,), span(0, 1))
    rich = Notes(quotes=(quote,) * 2, claims=("a", "b"))
    assert not sparse(rich, 15 * 60_000)
    assert sparse(rich, 30 * 60_000)[0].startswith("2 quotes and 2 claims printed large: few sentences")
    assert sparse(Notes(quotes=(quote,)), 15 * 60_000)[0].startswith("1 quote and no claims printed large")
    assert not sparse(Notes(), 60_000)


def test_a_language_without_words_for_it_is_asked_less() -> None:
    """Where a language has no list of verbs no verb is asked for."""
    assert gate_for("sw").stands("Maji yanakuja kila siku.")
