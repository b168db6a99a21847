"""Names and terms of the show: what is rewritten, and what must not be."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from chaitime_audio.domain.correction import Term
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Segment, Transcript, Word
from chaitime_audio.editorial.corrections.glossary import glossed

DATA = Path(__file__).parents[1] / "data"
RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")
TERMS = (
    *map(Term, ("Kaggle", "PyTorch", "fast.ai", "Chai Time Data Science", "XGBoost", "Keras", "NumPy")),
    *map(Term, ("Kubernetes", "TensorFlow", "LibriSpeech", "pyannote", "Whisper", "Rust", "Swift", "Torch")),
    Term("Sanyam Bhutani", heard=("Sam Yutani", "San Yam Bootani"), kind="person"),
    Term("Ingrid Solberg", kind="person"),
    Term("Jean-François Puget", kind="person"),
    Term("Denver", kind="place"),
    Term("Fault Lines"),
    Term("Katrina Voss", kind="person"),
    Term("Julia"),
)
PEOPLE = (
    "Maya Rao",
    "Tom Ellery",
    "Renata Silva",
    "Colin Marsh",
    "Felix Okoro",
    "Harriet Sloane",
    "Dana Kowalski",
    "Gareth Lowell",
    "Alistair Finch",
)


def heard(text: str, language: str = "en") -> Transcript:
    words = tuple(Word(at, word, span(at * 300, at * 300 + 250), 0.9) for at, word in enumerate(text.split()))
    return Transcript(language, 1.0, (Segment(words, -0.1, 0.0, 1.0),))


def text_of(transcript: Transcript) -> str:
    return " ".join(word.text for word in transcript.words)


def cases() -> list[tuple[str, str]]:
    lines = (DATA / "misheard.tsv").read_text(encoding="utf-8").splitlines()
    return [tuple(line.split("\t")) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def everyday(language: str) -> list[str]:
    lines = (DATA / "everyday.txt").read_text(encoding="utf-8").splitlines()
    return [word for line in lines if line.startswith(f"{language} ") for word in line.split()[1:]]


@pytest.mark.parametrize(("said", "written"), cases(), ids=[said for said, _ in cases()])
def test_a_misheard_name_is_mended_and_another_is_left(said: str, written: str) -> None:
    """What looks and sounds like a term is written as the term; somebody else's name stays."""
    assert text_of(glossed(heard(said), TERMS, PEOPLE)[0]) == written


@pytest.mark.parametrize("language", ["en", "de"])
def test_words_of_every_day_never_change(language: str) -> None:
    """None of the everyday words changes: alone, with a capital, or before and behind a name."""
    words = everyday(language)
    assert len(words) >= 100 * (1 + (language == "en"))
    for word in words:
        for text in (word, word.capitalize(), f"the {word} Okoro and Ellery {word} is {word}."):
            assert text_of(glossed(heard(text, language), TERMS, PEOPLE)[0]) == text


@pytest.mark.parametrize("name", RECORDINGS)
def test_right_text_is_left_alone(name: str) -> None:
    """Over the true text of the recordings nothing is replaced, whoever is in the glossary."""
    turns = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))["turns"]
    assert glossed(heard(" ".join(turn["text"] for turn in turns)), TERMS, PEOPLE)[1] == ()


def test_ids_and_times_survive() -> None:
    """Fewer new words last until the old ones ended; of more new words the last holds the rest."""
    terms = (Term("PyTorch", heard=("pie torch",)), Term("Chai Time Data Science", heard=("Chai-Timing",)))
    made = glossed(heard("we use pie torch, at Chai-Timing. Yes."), terms, ())[0].words
    assert [(word.id, word.text) for word in made] == [
        (0, "we"),
        (1, "use"),
        (2, "PyTorch,"),
        (4, "at"),
        (5, "Chai Time Data Science."),
        (6, "Yes."),
    ]
    assert made[2].span == span(600, 1150)
    assert made[4].span == span(1500, 1750)


def test_every_replacement_is_reported() -> None:
    """What was replaced, by what, why, which words and when."""
    _, (first, second) = glossed(heard("Hello Sam Yutani, use Caggle."), TERMS, PEOPLE)
    assert (first.before, first.after, first.rule) == (
        "Sam Yutani,",
        "Sanyam Bhutani,",
        "glossary: heard as",
    )
    assert (first.word_ids, first.at_ms) == ((1, 2), 300)
    assert (second.before, second.after, second.rule) == ("Caggle.", "Kaggle.", "glossary: sounds like")


def test_what_may_be_two_terms_is_left() -> None:
    """Between two names that are about as likely nothing is chosen."""
    terms = (Term("Solberg", kind="person"), Term("Salberg", kind="person"))
    assert glossed(heard("with Sulberg"), terms, ())[1] == ()


def test_a_right_name_is_not_made_another_one() -> None:
    """A first name that is right for one person is not bent into a full name of another."""
    people = ("Karin Rao", "Karen Okoro")
    assert glossed(heard("with Karin Okoro"), (), people)[1] == ()
    assert text_of(glossed(heard("with Karen Akoro"), (), people)[0]) == "with Karen Okoro"


def test_words_a_person_corrected_are_held() -> None:
    """The glossary leaves alone what it is told to."""
    assert glossed(heard("with Ellerie"), (), PEOPLE, frozenset({1}))[1] == ()


def test_no_name_across_punctuation() -> None:
    """A name is not put together from the end of one sentence and the start of the next."""
    assert glossed(heard("It was in may. A rao, pie. Torch"), TERMS, PEOPLE)[1] == ()


def test_a_language_without_everyday_words_takes_only_what_is_listed() -> None:
    """Nothing is guessed in a language whose everyday words we do not know."""
    changed, made = glossed(heard("Ellerie Sam Yutani", "fi"), TERMS, PEOPLE)
    assert text_of(changed) == "Ellerie Sanyam Bhutani"
    assert len(made) == 1
