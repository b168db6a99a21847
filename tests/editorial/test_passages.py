"""No turn without words: which turns are heard again, and how what came of it joins the transcript."""

from __future__ import annotations

import random
from itertools import pairwise

import pytest

from chaitime_audio.domain.sound import Span, span
from chaitime_audio.domain.speech import Diarization, Passage, Passages, Segment, Transcript, Turn, Word
from chaitime_audio.editorial.passages import unheard, with_passages


def _segment(*words: tuple[str, int, int], first: int = 0) -> Segment:
    made = tuple(Word(first + at, text, span(start, end), 0.9) for at, (text, start, end) in enumerate(words))
    return Segment(made, -0.2, 0.01, 1.2)


def _turns(*places: Span) -> Diarization:
    turns = tuple(Turn(f"S{at % 2 + 1}", place) for at, place in enumerate(places))
    return Diarization(turns, turns)


HEARD = Transcript(
    "en",
    1.0,
    (
        _segment(("We", 0, 300), ("begin", 300, 900), ("Good", 4_000, 4_500)),
        _segment(("Bye", 9_000, 9_400), first=3),
    ),
)


def test_speech_without_words_is_found() -> None:
    """A turn without words is named whole, of another what lies 0.15 s from its words, if 0.8 s long."""
    talk = (span(0, 800), span(1_100, 1_850), span(1_900, 3_800), span(4_000, 8_000), span(8_100, 8_800))
    assert unheard(HEARD, _turns(*talk)) == (span(1_900, 3_800), span(4_650, 8_000))
    assert unheard(HEARD, _turns(span(0, 2_000))) == (span(1_050, 2_000),)
    assert unheard(HEARD, _turns(span(0, 1_800))) == ()
    assert unheard(HEARD, Diarization((), ())) == ()


@pytest.mark.parametrize("seed", range(8))
def test_what_is_found_is_clear_of_words_and_inside_turns(seed: int) -> None:
    """Whatever the words and turns: each stretch lies in one turn, is long enough, and touches no word."""
    chance = random.Random(seed)
    cuts = sorted(chance.sample(range(60_000), 40))
    words = tuple((f"w{a}", a, min(b, a + chance.choice((20, 300, 2_000)))) for a, b in pairwise(cuts[::2]))
    turns = _turns(*(span(a, b) for a, b in pairwise(sorted(chance.sample(range(60_000), 12)))))
    heard = Transcript("en", 1.0, (_segment(*words),))
    for one in unheard(heard, turns):
        assert one.duration_ms >= 800
        assert sum(turn.span.overlap_ms(one) for turn in turns.exclusive) == one.duration_ms
        assert all(word.span.gap_ms(one) >= 150 for word in heard.words)


def test_words_heard_afterwards_lie_where_they_were_said() -> None:
    """They come between those round them, all are numbered anew, and times never run backwards."""
    found = (
        Passage(span(1_900, 3_900), _segment(("Is", 2_000, 2_200), ("it?", 2_200, 2_600))),
        Passage(span(6_000, 8_000), _segment(("Yes.", 6_100, 6_500))),
    )
    whole = with_passages(HEARD, Passages(found))
    assert [word.text for word in whole.words] == ["We", "begin", "Is", "it?", "Good", "Yes.", "Bye"]
    assert [word.id for word in whole.words] == list(range(7))
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(whole.words))


def test_what_gave_nothing_changes_nothing() -> None:
    """Turns in which nothing sane was heard leave the transcript as it is."""
    assert with_passages(HEARD, Passages((Passage(span(1_900, 3_900)),))) is HEARD
