"""K5: no rule takes a word away, or makes a name of it, on one sign alone."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Segment, Transcript, Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections.glossary import glossed

pytestmark = pytest.mark.pure


def words_of(text: str) -> tuple[Word, ...]:
    """Words of 400 ms each."""
    return tuple(Word(at, item, span(at * 400, at * 400 + 400), 0.9) for at, item in enumerate(text.split()))


def printed(text: str, language: str = "en") -> str:
    """A turn as the post prints it."""
    (turn,) = clean((Utterance("S1", words_of(text)),), language)
    return turn.text


def with_names(text: str, *people: str, language: str = "en") -> str:
    """What is left of a transcript when people of such names are known."""
    words = words_of(text)
    heard = Transcript(language, 1.0, (Segment(words, -0.2, 0.0, 1.0),))
    return " ".join(word.text for word in glossed(heard, (), people)[0].words)


@pytest.mark.parametrize(
    "text",
    [
        "The gap between the plates is 5 mm.",
        "We used a 35 mm lens for the whole film.",
        "It was 2 mm thick, and 50 mm wide.",
        "About five mm of rain fell.",
        "A few mm are enough.",
        "Dust of 5 um gets through.",
    ],
)
def test_units_behind_numbers_stay(text: str) -> None:
    """What measures something stays, though it is spelt like a hesitation."""
    kept = printed(text)
    for unit in ("mm", "um"):
        assert kept.split().count(unit) == text.split().count(unit)


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("I have two um ideas.", "I have two ideas."),
        ("It was, mm, a long day.", "It was a long day."),
        ("There were five, mm, six of them.", "There were five, six of them."),
    ],
)
def test_hesitations_still_go(text: str, left: str) -> None:
    """A hesitation that nothing makes a unit goes as before."""
    assert printed(text).replace(",", "") == left.replace(",", "")


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("To err is human, and we err on the side of caution.", "en"),
        ("Er kam um acht, um zu helfen.", "de"),
        ("The gap is 5 mm wide.", "de"),
    ],
)
def test_words_spelt_like_hesitations_stay(text: str, language: str) -> None:
    """A verb, a pronoun and a preposition stay (yazses#125, EnviousWispr#2259)."""
    assert printed(text, language).casefold().startswith(text.rstrip(".").casefold())


PAIRS = (
    "Tailor Taylor, Waiters Waters, Summons Simmons, Bonnet Bennett, Crater Carter, Welder Wilder, "
    "Putter Potter, Mailer Miller, Bottler Butler, Copper Cooper"
)


@pytest.mark.parametrize("pair", PAIRS.split(", "))
@pytest.mark.parametrize(
    "sentence", ["{} got expensive last year.", "It was {} again.", "They said so. {} came."]
)
def test_a_word_that_is_like_a_name_stays(pair: str, sentence: str) -> None:
    """A word of the language stays, at the start of a sentence, in it, and with a capital (minutes#388)."""
    word, name = pair.split()
    text = sentence.format(word)
    assert with_names(text, f"Anna {name}") == text
    low = text.replace(word, word.lower())
    assert with_names(low, f"Anna {name}") == low


@pytest.mark.parametrize(
    ("heard", "name"),
    [
        ("Thank you, Garrith.", "Gareth Lowell"),
        ("We asked Okora.", "Felix Okoro"),
        ("Ellerie said so.", "Tom Ellery"),
    ],
)
def test_a_misheard_name_that_is_no_word_is_mended(heard: str, name: str) -> None:
    """Likeness and no word of the language: two signs, and the name is written right."""
    assert any(part in with_names(heard, name) for part in name.split())
