"""Another language inside a talk is told by two signs: neighbouring windows that are sure by themselves."""

from __future__ import annotations

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import OtherLanguage
from chaitime_audio.recognition.asr.windowed.batches import WindowResult, likeliest
from chaitime_audio.recognition.asr.windowed.other_languages import other_languages

SPEECH = SpeechActivity((span(0, 300_000),))


def _windows(*spoken: tuple[str, float]) -> list[WindowResult]:
    """A window of 20 s for each language and how sure it is."""
    return [
        WindowResult(
            span(20_000 * at, 20_000 * at + 20_000), (), -0.2, 0.0, 1.0, spoken=code, spoken_probability=sure
        )
        for at, (code, sure) in enumerate(spoken)
    ]


def test_two_sure_windows_in_a_row_are_told() -> None:
    """From the first to the last of them, once for each stretch; the talk's own language is none."""
    heard = _windows(("en", 0.9), ("fr", 0.9), ("fr", 0.95), ("en", 0.9), ("de", 0.9), ("de", 0.9))
    assert other_languages(heard, "en", SPEECH) == (
        OtherLanguage(span(20_000, 60_000), "fr"),
        OtherLanguage(span(80_000, 120_000), "de"),
    )
    assert other_languages(heard[::-1], "en", SPEECH) == other_languages(heard, "en", SPEECH)


def test_one_sign_is_not_enough() -> None:
    """One window, two that are not neighbours, of two languages, or unsure: nothing is told."""
    for spoken in (
        (("fr", 0.99),),
        (("fr", 0.99), ("en", 0.9), ("fr", 0.99)),
        (("fr", 0.99), ("de", 0.99)),
        (("fr", 0.79), ("fr", 0.99)),
        (("en", 1.0), ("en", 1.0)),
        (("", 0.0), ("", 0.0)),
    ):
        assert other_languages(_windows(*spoken), "en", SPEECH) == ()


def test_a_window_that_says_nothing_ends_no_stretch() -> None:
    """An unsure window, or one with hardly any speech, between two sure ones is part of it."""
    assert other_languages(_windows(("fr", 0.9), ("en", 0.5), ("fr", 0.9)), "en", SPEECH) == (
        OtherLanguage(span(0, 60_000), "fr"),
    )
    hardly = SpeechActivity((span(0, 20_000), span(21_000, 22_500), span(40_000, 60_000)))
    assert other_languages(_windows(("fr", 0.9), ("en", 0.99), ("fr", 0.9)), "en", hardly)
    assert other_languages(_windows(("fr", 0.9), ("fr", 0.99), ("en", 0.9)), "en", hardly) == ()


def test_the_likeliest_language_over_windows() -> None:
    """The mean decides; of equals the first by its code, whatever order they came in."""
    assert likeliest([{"en": 0.6, "fr": 0.4}, {"en": 0.1, "fr": 0.9}]) == ("fr", 0.65)
    assert likeliest([{"fr": 0.5, "en": 0.5}]) == ("en", 0.5)
