"""Clips and titles to choose from: whole sentences of one answer, nothing that was not said."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chaitime_audio.domain.brief import Brief
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair

RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")


def notes_of(utterances, cast):
    exchanges = pair(clean(utterances, "en"), cast, "en")
    found = chapters(exchanges, utterances[-1].span.end_ms + 1_000, "en")
    return annotate(exchanges, cast, found, Brief(), "en"), exchanges


@pytest.mark.parametrize("name", RECORDINGS)
def test_clips_are_whole_sentences_of_one_answer(truth, name):
    """A clip lasts 15 to 120 s, starts and ends with a sentence of a guest, and never overlaps another."""
    utterances, cast = truth(name)
    notes, exchanges = notes_of(utterances, cast)
    assert notes.soundbites
    answers = [
        [sentence for paragraph in remark.paragraphs for sentence in paragraph.sentences]
        for item in exchanges
        for remark in item.answers
    ]
    for clip in notes.soundbites:
        assert 15_000 <= clip.span.duration_ms <= 120_000
        assert cast.role(clip.label) == "guest"
        assert 0 < len(clip.title) <= 80
        ids = set(clip.word_ids)
        held = [s for answer in answers for s in answer if set(s.word_ids) <= ids]
        assert {number for s in held for number in s.word_ids} == ids
        assert clip.span.start_ms == held[0].span.start_ms
        assert held[-1].span.end_ms <= clip.span.end_ms <= held[-1].span.end_ms + 200
        starts = [s.span.start_ms for answer in answers for s in answer]
        assert all(clip.span.end_ms <= at for at in starts if at >= held[-1].span.end_ms)
    spans = [clip.span for clip in notes.soundbites]
    assert all(before.end_ms <= after.start_ms for before, after in pairwise(spans))


@pytest.mark.parametrize("name", RECORDINGS)
def test_titles_to_choose_from(truth, name):
    """Three to five distinct titles of at most 70 characters, each with every guest's name."""
    utterances, cast = truth(name)
    notes, _ = notes_of(utterances, cast)
    assert 3 <= len(notes.titles) <= 5
    assert len({title.casefold() for title in notes.titles}) == len(notes.titles)
    for title in notes.titles:
        assert len(title) <= 70
        assert all(guest in title for guest in cast.guests)


def test_no_title_for_a_nobody(say, cast_of):
    """Without a guest there is nothing to call it after."""
    spoken = say(("S1", "Today I talk alone about tea."))
    assert notes_of(spoken, cast_of(host={"S1": "Dana"}))[0].titles == ()
