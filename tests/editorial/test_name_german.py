"""German names in speech: addressed by name, and nouns that look like names."""

from __future__ import annotations

import pytest

from .test_name import Talk, cast_of, named

ADDRESSED: Talk = (
    ("S1", "Willkommen bei der Teestunde, ich bin Jana Krüger."),
    ("S2", "Ich baue Orgeln. Das macht mir Freude."),
    ("S1", "Was war das Schwerste daran?"),
    ("S2", "Die Pfeifen."),
)


@pytest.mark.parametrize(
    "noun", ["Physiker", "Berlinerin", "Deutscher", "Professorin", "Fan", "Amerikaner", "Ärztin"]
)
def test_what_somebody_is_names_nobody(noun: str) -> None:
    """“Ich bin Physiker” says what somebody is: German nouns are capitalised and no names alone."""
    talk = (*ADDRESSED[:1], ("S2", f"Ich bin {noun}. Das macht mir Freude."), *ADDRESSED[2:])
    assert noun not in {one for one, _ in named(cast_of(talk, language="de")).values()}


@pytest.mark.parametrize(
    "thanks",
    [
        "Schön, dass du da bist, Emil Vogt.",
        "Emil Vogt, schön, dass du da bist.",
        "Vielen Dank, Emil Vogt.",
        "Emil Vogt, was hat dich dazu gebracht?",
    ],
)
def test_a_name_called_out_is_the_other_ones(thanks: str) -> None:
    """Whoever is spoken to by name is the other voice, never the one that says it."""
    talk = (("S1", f"{ADDRESSED[0][1]} {thanks}"), *ADDRESSED[1:])
    found = named(cast_of(talk, language="de"))
    assert found["S1"] == ("Jana Krüger", "host")
    assert found["S2"] == ("Emil Vogt", "guest")
