"""What the bench of word confidence counts as right."""

from __future__ import annotations

from pathlib import Path

import pytest

from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Word


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # Whisper leaves a file open
@pytest.mark.parametrize(
    ("heard", "said", "right"),
    [
        ("I like tea", "I like tea.", [True, True, True]),
        ("I like key", "I like tea", [True, True, False]),
        ("I do like tea", "I like tea", [True, False, True, True]),
        ("I tea", "I like tea", [True, True]),
        ("uh I like tea", "I like tea", [None, True, True, True]),
        ("in twenty three years", "in 23 years", [True, True, True, True]),
        ("in twenty four years", "in 23 years", [True, False, False, True]),
        ("I'm here", "I am here", [True, True]),
    ],
)
def test_a_word_is_right_where_the_reference_has_it(
    heard: str, said: str, right: list[bool | None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Substituted and added words are wrong; what normalising joins is right or wrong together."""
    monkeypatch.syspath_prepend(str(Path(__file__).parents[2]))
    from bench.confidence import marks

    words = [Word(at, text, span(at, at + 1), 0.9) for at, text in enumerate(heard.split())]
    assert list(marks(words, said, "en")) == right
