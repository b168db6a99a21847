"""Scores: every kind of mistake counts once, where it belongs."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.scoring import Said
from chaitime_audio.editorial.scoring import bare, score

THEIRS = (
    Said("Maya Rao", "Welcome, I'm Maya Rao.", 0),
    Said("Tom Ellery", "Thanks, Maya. It's 5% of the grid.", 3_000),
    Said("Maya Rao", "Why?", 7_000),
)


def test_the_same_text_scores_nought() -> None:
    """Case, punctuation and typographic apostrophes are no mistakes; all names are found."""
    ours = (
        Said("Maya Rao", "welcome I’m maya rao"),
        Said("Tom Ellery", "THANKS MAYA it’s 5% of the grid"),
        Said("Maya Rao", "why"),
    )
    found = score(ours, THEIRS, ["Maya Rao", "Tom Ellery"], "spoken")
    assert (found.wer, found.cpwer, found.name_recall, found.differences) == (0, 0, 100, ())
    assert found.words == 12


def test_a_word_given_to_the_wrong_person_counts_for_cpwer_alone() -> None:
    """The words are all there, so WER is 0; the one that changed hands counts twice in cpWER."""
    ours = (
        Said("A", "Welcome, I'm Maya Rao. Thanks,"),
        Said("B", "Maya. It's 5% of the grid."),
        Said("A", "Why?"),
    )
    found = score(ours, THEIRS, [], "spoken")
    assert found.wer == 0
    assert found.cpwer == pytest.approx(100 * 2 / 12)
    assert found.name_recall is None


def test_wrong_missing_and_invented_words_count_once_each() -> None:
    """One substitution, one deletion and one insertion are three mistakes, shown longest first."""
    ours = (
        Said("Maya Rao", "Welcome, I'm Mya Rao."),
        Said("Tom Ellery", "Thanks, Maya. 5% of the whole grid."),
        Said("Maya Rao", "Why?"),
    )
    found = score(ours, THEIRS, ["Maya Rao"], "spoken")
    assert found.wer == pytest.approx(100 * 3 / 12)
    assert {(item.theirs, item.ours) for item in found.differences} == {
        ("maya", "mya"),
        ("it's", ""),
        ("", "whole"),
    }
    assert found.name_recall == 0


def test_borders_are_compared_where_the_words_agree() -> None:
    """A noted change of speaker is compared with our start of the same word; the first one is none."""
    ours = (
        Said("M", "Welcome I'm Maya Rao", 0, (100, 400, 800, 1_200)),
        Said(
            "T", "Thanks Maya It's 5% of the grid", 3_250, (3_250, 3_600, 4_000, 4_300, 4_600, 4_800, 5_000)
        ),
        Said("M", "Why", 6_900, (6_900,)),
    )
    found = score(ours, THEIRS, [], "spoken")
    assert found.borders == 2
    assert found.border_median_ms == pytest.approx(175)


def test_a_text_without_words_is_refused() -> None:
    """There is nothing to compare with, and no figure is made up."""
    with pytest.raises(ValueError, match="no words"):
        score(THEIRS, (Said("A", "… —"),), [], "edited")


def test_bare_words_keep_what_is_said() -> None:
    """Signs that are spoken stay, punctuation goes."""
    assert (
        bare("“Well—yes,” he’d say: 3.5% at example.org/x!")
        == "well yes he'd say 3.5% at example.org/x".split()
    )
