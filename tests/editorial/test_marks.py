"""Marks: nothing that cleaning did stays hidden."""

from __future__ import annotations

import pytest

from chaitime_audio.domain.editing import EditMark, joined
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.cleaning.edit_marks import marks


def test_what_went_and_what_changed_is_shown(say):
    """Each stretch stands beside what was printed for it, under the rules' names."""
    utterances = say(
        ("S1", "Um, it fell by five percent."), ("S2", "Mm-hmm."), ("S1", "Twice, you know, twice over.")
    )
    (row,) = marks(utterances, clean(utterances, "en"))
    assert row[:4] == (
        EditMark("S1", "Um,", "", ("filler",)),
        EditMark("S1", "it fell by", "It fell by", ()),
        EditMark("S1", "five percent.", "5%.", ("percent",)),
        EditMark("S2", "Mm-hmm.", "", ("backchannel",)),
    )


@pytest.mark.parametrize("name", ["short_two_voices", "british_men", "panel_three", "split_tracks"])
@pytest.mark.parametrize("level", ["verbatim", "clean", "edited"])
def test_marks_hold_both_texts(truth, name, level):
    """The spoken sides together are all that was said; the printed sides are the post."""
    utterances, _ = truth(name)
    cleaned = clean(utterances, "en", level)
    rows = marks(utterances, cleaned)
    spoken = " ".join(mark.spoken for row in rows for mark in row)
    assert sorted(spoken.split()) == sorted(" ".join(item.text for item in utterances).split())
    for row, item in zip(rows, cleaned, strict=True):
        assert joined(mark.printed for mark in row if mark.printed) == item.text
