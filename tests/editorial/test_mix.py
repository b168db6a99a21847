"""What is cut from the sound: from the talk, back into it, and joined."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from chaitime_audio.domain.sound import Span, span
from chaitime_audio.editorial.structure.mix import joined, with_what_was_cut, without_cuts

pytestmark = pytest.mark.pure


def test_what_was_cut_comes_back_where_it_was_said(say) -> None:
    """Whatever is cut, all words are there again in order, each of whom it was."""
    turns = say(("S1", "one two three"), ("S2", "four five six"), ("S1", "seven"))
    chance = random.Random(4)
    ends = sorted(word.span.end_ms for item in turns for word in item.words)
    for _ in range(50):
        start, end = sorted(chance.sample(ends, 2))
        spoken = without_cuts(turns, (span(start, end),))
        found = with_what_was_cut(spoken, turns)
        told = [(item.label, word.text) for item in found for word in item.words]
        assert told == [(item.label, word.text) for item in turns for word in item.words]


def test_a_word_that_was_cut_goes_with_its_turn_to_whom_that_was_given(say) -> None:
    """The turn was given to somebody else since: the cut word in it is theirs, too."""
    turns = say(("S1", "one two three"), ("S2", "four"))
    cut = span(*(getattr(turns[0].words[1].span, name) for name in ("start_ms", "end_ms")))
    spoken = without_cuts(turns, (cut,))
    given = (replace(spoken[0], label="S3"), *spoken[1:])
    found = with_what_was_cut(given, turns)
    assert [(item.label, len(item.words)) for item in found] == [("S3", 3), ("S2", 1)]


def test_cuts_that_touch_or_overlap_are_one() -> None:
    """In any order; a cut inside another adds nothing."""
    cuts = [span(500, 900), span(0, 100), span(100, 200), span(600, 700)]
    assert joined(cuts) == (Span(0, 200), Span(500, 900))
