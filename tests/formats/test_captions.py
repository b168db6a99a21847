"""Captions: what players and platforms ask of cards, and that readers we did not write agree."""

from __future__ import annotations

import io
import random
from itertools import pairwise

import pysubs2
import pytest
import webvtt
from example_episode import OURS, example, utterances

from chaitime_audio.formats import srt, vtt
from chaitime_audio.formats.rendering.cards import Card, Shape, cards
from chaitime_audio.formats.rendering.clock import PublishedWord, SpeakerRun

SHAPES = (srt.SHAPE, vtt.SHAPE)


def talk(seed: int) -> list[SpeakerRun]:
    """A made-up conversation: odd word lengths, overlaps of 0 ms words, long pauses, very long names."""
    dice = random.Random(seed)
    names = ["Maya Rao", "Professor Maximiliane von Hohenberg-Lichtenstein", "Bo"]
    out, at_ms = [], 0
    for turn in range(60):
        words = []
        for _ in range(dice.choice((1, 2, 9, 40))):
            text = "a" * dice.choice((1, 2, 3, 4, 5, 6, 8, 12, 40, 90)) + dice.choice(
                ("", "", "", ",", ".", "?")
            )
            length_ms = dice.choice((0, 120, 300, 700))
            words.append(PublishedWord(text, at_ms, at_ms + length_ms))
            at_ms += length_ms + dice.choice((0, 0, 40, 3000))
        out.append(SpeakerRun(names[turn % 3], tuple(words)))
    return out


@pytest.fixture(params=range(6))
def conversation(request: pytest.FixtureRequest) -> list[SpeakerRun]:
    return talk(request.param)


def made(runs: list[SpeakerRun], shape: Shape) -> tuple[Card, ...]:
    return cards(runs, shape, runs[-1].words[-1].end_ms)


def test_a_card_fits(conversation: list[SpeakerRun]) -> None:
    """No line is wider and no card has more lines than its shape allows, long words and names included."""
    for shape in SHAPES:
        for card in made(conversation, shape):
            assert 1 <= len(card.lines) <= shape.lines
            assert all(0 < len(line) <= shape.width for line in card.lines)


def test_cards_keep_every_letter_in_order(conversation: list[SpeakerRun]) -> None:
    """Nothing said is lost, doubled or moved."""
    said = "".join(word.text for run in conversation for word in run.words)
    assert "".join("".join(card.lines).replace(" ", "") for card in made(conversation, vtt.SHAPE)) == said


def test_cards_never_overlap(conversation: list[SpeakerRun]) -> None:
    """Starts ascend, a card ends before the next begins, and the last inside the episode."""
    for shape in SHAPES:
        found = made(conversation, shape)
        assert all(card.start_ms < card.end_ms for card in found)
        assert all(a.end_ms <= b.start_ms for a, b in pairwise(found))
        assert found[-1].end_ms <= conversation[-1].words[-1].end_ms


def test_no_card_stands_too_long(conversation: list[SpeakerRun]) -> None:
    """A card is gone after its longest time, even when a pause follows."""
    for shape in SHAPES:
        assert all(card.end_ms - card.start_ms <= shape.max_ms for card in made(conversation, shape))


def test_a_word_with_a_silly_length_does_not_hold_its_card() -> None:
    """A recogniser may say that one word lasts 20 s: its card still goes after the longest time."""
    runs = [SpeakerRun("Bo", (PublishedWord("Well.", 0, 20_000),))]
    assert made(runs, srt.SHAPE)[0].end_ms == srt.SHAPE.max_ms


def test_a_short_card_stands_a_second_when_there_is_room() -> None:
    """A reader gets at least a second, unless the next card needs the place."""
    runs = [
        SpeakerRun("Bo", (PublishedWord("Yes.", 1000, 1150),)),
        SpeakerRun("Al", (PublishedWord("No.", 5000, 5100),)),
    ]
    assert made(runs, srt.SHAPE)[0].end_ms >= 2000


def test_a_card_belongs_to_one_speaker(conversation: list[SpeakerRun]) -> None:
    """A new card at every change of speaker, opened with the name in SubRip."""
    found = made(conversation, srt.SHAPE)
    assert [card.name for card in found if card.opens] == [run.name for run in conversation]
    assert all(card.lines[0].startswith(("Maya", "Professor", "Bo:")) for card in found if card.opens)


def test_a_long_name_leaves_room_for_words() -> None:
    """A name wider than a line is shortened, so that the first card still says something."""
    name = "Professor Maximiliane von Hohenberg-Lichtenstein"
    first = made(
        [SpeakerRun(name, (PublishedWord("Hello", 0, 300), PublishedWord("there.", 300, 600)))], srt.SHAPE
    )[0]
    assert "…:" in " ".join(first.lines)
    assert "Hello" in " ".join(first.lines)


def test_cards_break_at_sentences() -> None:
    """Two sentences that do not fit on one card are parted where the first one ends."""
    text = "We went there on a cold morning. Nobody had brought a map, of course."
    words = tuple(PublishedWord(item, i * 300, i * 300 + 280) for i, item in enumerate(text.split()))
    assert made([SpeakerRun("Bo", words)], srt.SHAPE)[0].lines[-1].endswith("morning.")


def test_a_long_pause_parts_cards() -> None:
    """Words before and behind 3 s of silence are not shown together."""
    words = (PublishedWord("Well", 0, 300), PublishedWord("yes.", 3300, 3600))
    assert [card.lines for card in made([SpeakerRun("Bo", words)], vtt.SHAPE)] == [("Well",), ("yes.",)]


def test_pysubs2_reads_the_subrip_file() -> None:
    """pysubs2 finds as many cards as we wrote, in order, with their text."""
    text = srt.render(example(), OURS)
    events = pysubs2.SSAFile.from_string(text, format_="srt")
    assert len(events) == text.count(" --> ")
    assert [event.start for event in events] == sorted(event.start for event in events)
    assert events[0].plaintext == "Maya Rao: Welcome, Tom, and,\nuh, thank you for coming."


def test_webvtt_reads_voices() -> None:
    """webvtt-py finds the speaker of every cue, by real name."""
    captions = webvtt.from_buffer(io.StringIO(vtt.render(example(), OURS)))
    assert [caption.voice for caption in captions][:3] == ["Maya Rao", "Dr. Tom Ellery", "Maya Rao"]
    assert captions[0].text.replace("\n", " ").startswith("Welcome, Tom, and, uh, thank you")


def test_spoken_text_keeps_what_the_post_drops() -> None:
    """Captions print what is heard: fillers and listening noises stay, with the one who made them."""
    text = srt.render(example(), OURS)
    assert "uh," in text
    assert "Maya Rao: Right." in text


def test_no_speech_no_captions() -> None:
    """An episode in which nobody speaks has no caption files, rather than empty ones."""
    from dataclasses import replace

    silent = replace(example(), spoken=utterances(()))
    assert srt.render(silent, OURS) == vtt.render(silent, OURS) == ""
