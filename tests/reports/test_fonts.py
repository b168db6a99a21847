"""Letters: what can be drawn everywhere is drawn as it is, what cannot is left out."""

from __future__ import annotations

import pytest

from chaitime_audio.reports.fonts import drawable, font, runs_leftwards


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Plain words, kept!", "Plain words, kept!"),
        ("Žižek & Søn – “ça va?” 5 €", "Žižek & Søn – “ça va?” 5 €"),
        ("Чай и Καλημέρα", "Чай и Καλημέρα"),
        ("茶 Time 🎙️ now", "Time now"),
        ("हिन्दी", ""),
        ("a\x00\x1b[31m\u202e\ud800b", "a[31mb"),
        ("\u0301 \ufe0f", ""),
        (" two\n lines\t", "two lines"),
    ],
)
def test_what_is_left_can_be_drawn(text: str, left: str) -> None:
    """Accents and other alphabets stay; scripts without letters here, emoji and controls go."""
    assert drawable(text) == left


def test_every_letter_that_is_left_has_a_shape() -> None:
    """No letter looks like one that no typeface has."""
    for text in ("Plain", "Žižek Söß", "Чай", "שלום", "الشاي"):
        chosen = font(40, text)
        assert all(bytes(chosen.getmask(mark)) != bytes(chosen.getmask("\uffff")) for mark in text)


def test_direction_is_that_of_the_first_letter() -> None:
    """Digits and marks do not decide."""
    assert runs_leftwards("12: الشاي time")
    assert not runs_leftwards("Time الشاي")
    assert not runs_leftwards("12")
