"""The post of whole scripts, as if heard without a mistake: labels, paragraphs, lists, listening noises."""

from __future__ import annotations

from itertools import pairwise

import pytest

from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.structure.exchanges import pair

RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")


def post_of(truth, name):
    """The remarks of a script's post, and its cast."""
    utterances, cast = truth(name)
    post = pair(clean(utterances, "en"), cast, "en")
    return [remark for exchange in post for remark in exchange.remarks], cast


@pytest.mark.parametrize("name", RECORDINGS)
def test_every_turn_has_one_label(truth, name):
    """R1: no two remarks in a row carry the same name."""
    remarks, cast = post_of(truth, name)
    assert len(remarks) > 1
    assert all(cast.name(a.label) != cast.name(b.label) for a, b in pairwise(remarks))


@pytest.mark.parametrize("name", RECORDINGS)
def test_paragraphs_are_of_readable_length(truth, name):
    """R10: none over 150 words, none under 15 unless it is the whole turn."""
    for remark in post_of(truth, name)[0]:
        counts = [len(item.text.split()) for item in remark.paragraphs]
        assert max(counts) <= 150
        assert len(counts) == 1 or min(counts) >= 15


@pytest.mark.parametrize("name", RECORDINGS)
def test_a_long_script_of_one_voice_is_broken_as_well(truth, say, name):
    """R10: also where one voice says everything a script holds."""
    utterances, cast = truth(name)
    whole = say(("S1", " ".join(item.text for item in utterances)))
    (exchange,) = pair(clean(whole, "en"), cast, "en")
    counts = [len(item.text.split()) for remark in exchange.remarks for item in remark.paragraphs]
    assert max(counts) <= 150
    assert min(counts) >= 15


def test_listening_noises_are_gone_from_the_post_and_stand_with_the_host(truth):
    """R6: "Right." was said by the host, and is in no remark; the guest's turn round it is one."""
    utterances, cast = truth("short_two_voices")
    noises = [item for item in utterances if item.text in ("Mm-hmm.", "Right.")]
    assert [cast.role(item.label) for item in noises] == ["host", "host"]
    remarks, _ = post_of(truth, "short_two_voices")
    printed = {number for remark in remarks for item in remark.paragraphs for number in item.word_ids}
    assert not printed & {word.id for item in noises for word in item.words}
    assert len(remarks) == len(utterances) - 2 * len(noises)


def test_a_spoken_list_is_found(truth):
    """R11: the panel's three ways are the items of one list."""
    remarks, _ = post_of(truth, "panel_three")
    (items,) = [item.items for remark in remarks for item in remark.paragraphs if item.items]
    assert len(items) == 3
    assert items[0].startswith("We keep every program")
