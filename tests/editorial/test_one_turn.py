"""One turn derived alone: the very same as the whole derivation has for it."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.correction import Correction, Term
from chaitime_audio.domain.speech import Segment, Transcript
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.one_turn import one_turn, talk_of
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.paragraphs import NO_PINS, Pins

DATA = Path(__file__).parents[1] / "data"
RECORDINGS = ("short_two_voices", "british_men", "panel_three", "split_tracks")
SHOW = Show(name="Chai Time", host="Maya Rao", glossary=(Term("PyTorch", heard=("pie torch",)),))
VOCABULARY = ("PyTorch",)


def rules(say, voices):
    """Every example of the cleaning rules as a turn, by so many voices: noises, repeats, interruptions."""
    rows = [row.split("\t") for row in (DATA / "cleaning_rules.tsv").read_text(encoding="utf-8").splitlines()]
    texts = [cell for row in rows for cell in row if len(cell.split()) > 1]
    return say(*((f"S{at * at % voices}", text) for at, text in enumerate(texts)))


def recognised(utterances):
    """A transcript of what was said, a segment an utterance."""
    return Transcript("en", 1.0, tuple(Segment(item.words, -0.1, 0.0, 1.5) for item in utterances))


def as_corrected(utterances, words):
    """The utterances with these words."""
    by_id = {word.id: word for word in words}
    found = (
        replace(item, words=tuple(by_id[word.id] for word in item.words if word.id in by_id))
        for item in utterances
    )
    return tuple(item for item in found if item.words)


def whole(utterances, cast, level, pins=NO_PINS):
    """All turns of the whole derivation by the words they print or left out, and all remarks by theirs."""
    turns, remarks = {}, {}
    cleaned = clean(utterances, "en", level, VOCABULARY)
    for item in cleaned:
        turns |= {number: item for edit in item.edits for number in edit.word_ids if number not in turns}
    for item in cleaned:
        turns |= {number: item for piece in item.pieces for number in piece.word_ids}
    for exchange in pair(cleaned, cast, "en", pins):
        for remark in exchange.remarks:
            remarks |= {number: remark for part in remark.paragraphs for number in part.word_ids}
    return turns, remarks


def holds(talk, number, turns, remarks, brief=None):
    """Whether the turn of a word is as the whole derivation has it."""
    alone = one_turn(talk, number, brief)
    printed = [one for piece in alone.cleaned.pieces for one in piece.word_ids]
    expected = remarks[printed[0]].paragraphs if printed else ()
    return alone.cleaned == turns[number] and alone.paragraphs == expected


@pytest.mark.parametrize("level", ["verbatim", "clean", "edited"])
@pytest.mark.parametrize("name", RECORDINGS)
def test_every_turn_of_a_script_is_the_same_alone(truth, name, level):
    """At every level: what is printed, the edits and the paragraphs, for a word of each utterance."""
    utterances, cast = truth(name)
    turns, remarks = whole(utterances, cast, level)
    talk = talk_of(recognised(utterances), utterances, Brief(), SHOW, level)
    numbers = [item.words[len(item.words) // 2].id for item in utterances]
    assert [number for number in numbers if not holds(talk, number, turns, remarks)] == []


@pytest.mark.parametrize("voices", [2, 3])
def test_turns_full_of_noises_and_interruptions_are_the_same_alone(say, cast_of, voices):
    """Also where turns end inside a sentence, are taken up again, or answer with a noise: every fourth."""
    utterances, cast = rules(say, voices), cast_of(host={"S0": "Maya Rao"})
    turns, remarks = whole(utterances, cast, "clean")
    talk = talk_of(recognised(utterances), utterances, Brief(), SHOW)
    numbers = [item.words[0].id for item in utterances[::4]]
    assert [number for number in numbers if not holds(talk, number, turns, remarks)] == []


@pytest.mark.parametrize("text", ["pie torch", "and that?", "", "Mm-hmm."])
@pytest.mark.parametrize("name", ["short_two_voices", "panel_three", "rules"])
def test_a_turn_that_a_person_corrects_is_the_same_alone(truth, say, cast_of, name, text):
    """A word replaced, asked, left out or made a noise: the turn as a whole run would print it then."""
    utterances, cast = truth(name) if name != "rules" else (rules(say, 2), cast_of(host={"S0": "Maya Rao"}))
    heard, chance, different = recognised(utterances), random.Random(name + text), []
    first = overlay.words(heard, Brief(), SHOW).value
    talk = talk_of(heard, as_corrected(utterances, first.words), Brief(), SHOW)
    for item in chance.sample(utterances, 4):
        word = chance.choice(item.words)
        brief = Brief(corrections=(Correction(find=word.text, replace=text, at=word.span.start_ms),))
        now = as_corrected(utterances, overlay.words(heard, brief, SHOW).value.words)
        turns, remarks = whole(now, cast, "clean")
        if word.id in turns and not holds(talk, word.id, turns, remarks, brief):
            different.append((item.text, word.text))
    assert different == []


def test_a_correction_that_makes_two_turns_one_is_seen(say, cast_of):
    """“Right.” before a question is an answer; before a statement it goes, and the turns round it are one."""
    lines = (("S1", "I tried it for a year."), ("S2", "Right."), ("S1", "Does it work at all now."))
    utterances, cast = say(("S2", "Tell us about it."), *lines), cast_of(host={"S2": "Maya Rao"})
    word = utterances[3].words[0]
    brief = Brief(corrections=(Correction(find="Does it work", replace="It works", at=word.span.start_ms),))
    heard = recognised(utterances)
    now = as_corrected(utterances, overlay.words(heard, brief, SHOW).value.words)
    turns, remarks = whole(now, cast, "clean")
    assert len(turns[word.id].pieces) > len(lines[0][1].split())
    talk = talk_of(heard, utterances, Brief(), SHOW)
    assert holds(talk, word.id, turns, remarks, brief)


def test_a_break_that_a_person_sets_is_made(truth):
    """A paragraph begins where a person wants one, in the turn alone as in the whole post."""
    utterances, cast = truth("panel_three")
    longest = max(utterances, key=lambda item: len(item.words))
    at = longest.words[len(longest.words) // 2].span.start_ms
    turns, remarks = whole(utterances, cast, "clean", Pins(breaks=(at,)))
    talk = talk_of(recognised(utterances), utterances, Brief(), SHOW)
    brief = Brief(corrections=(Correction(break_at=at),))
    assert holds(talk, longest.words[0].id, turns, remarks, brief)


def test_a_turn_that_a_correction_empties_has_no_paragraphs(say):
    """A turn whose only word goes is empty, under the voice that spoke it."""
    utterances = say(("S1", "So how do you test it?"), ("S2", "Slowly."), ("S1", "And then?"))
    heard = recognised(utterances)
    word = utterances[1].words[0]
    brief = Brief(corrections=(Correction(find="Slowly", replace="", at=word.span.start_ms),))
    alone = one_turn(talk_of(heard, utterances, Brief(), SHOW), word.id, brief)
    assert (alone.cleaned.label, alone.cleaned.pieces, alone.paragraphs) == ("S2", (), ())


def test_a_word_of_no_turn_is_refused(say):
    """An id that no word of the post has is a KeyError."""
    utterances = say(("S1", "Hello there."))
    with pytest.raises(KeyError):
        one_turn(talk_of(recognised(utterances), utterances, Brief(), SHOW), 99)
