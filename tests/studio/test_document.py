"""What the page gets of an episode."""

from __future__ import annotations

import json
from dataclasses import replace
from itertools import chain

import pytest
from example_episode import example

from chaitime_audio.studio.document import document

pytestmark = pytest.mark.pure

EPISODE = example()
FOUND = document(EPISODE, 60_000)


def test_every_word_that_was_said_is_there_once_and_in_order() -> None:
    """The page is a view of all that was said, whatever the post leaves out of it."""
    said = [word.id for item in EPISODE.spoken for word in item.words]
    assert [word[0] for paragraph in FOUND["paragraphs"] for word in paragraph["words"]] == said


def test_a_paragraph_has_one_voice_and_its_text_holds_its_words() -> None:
    """The page finds each word in the text by its letters, from left to right."""
    label = {word.id: item.label for item in EPISODE.spoken for word in item.words}
    for paragraph in FOUND["paragraphs"]:
        assert {label[word[0]] for word in paragraph["words"]} == {paragraph["label"]}
        at = 0
        for word in paragraph["words"]:
            at = paragraph["text"].index(word[1], at) + len(word[1])
        assert at == len(paragraph["text"])


def test_what_is_left_out_at_the_start_of_a_paragraph_stands_in_it() -> None:
    """A filler that opens a turn, or words cut there, are no paragraph of their own."""
    asked = EPISODE.post[0].question
    assert asked
    less = replace(asked.paragraphs[0], word_ids=asked.paragraphs[0].word_ids[1:])
    exchange = replace(EPISODE.post[0], question=replace(asked, paragraphs=(less, *asked.paragraphs[1:])))
    found = document(replace(EPISODE, post=(exchange, *EPISODE.post[1:])), 60_000)["paragraphs"]
    assert [item["text"] for item in found] == [item["text"] for item in FOUND["paragraphs"]]


def test_what_the_post_prints_is_not_marked_as_left_out() -> None:
    """A word is marked when no paragraph of the post was made from it, and only then."""
    printed = {
        number
        for exchange in EPISODE.post
        for remark in exchange.remarks
        for paragraph in remark.paragraphs
        for number in paragraph.word_ids
    }
    words = list(chain.from_iterable(paragraph["words"] for paragraph in FOUND["paragraphs"]))
    assert {word[0] for word in words if not word[5]} == printed & {word[0] for word in words}


def test_it_is_plain_json_without_control_characters() -> None:
    """What was said or tagged may hold anything; the page gets text that shows."""
    text = json.dumps(FOUND, ensure_ascii=False)
    assert json.loads(text) == FOUND
    assert not any(ord(char) < 32 for char in FOUND["title"] + FOUND["show"])
    assert {person["label"] for person in FOUND["people"]} == {v.label for v in EPISODE.cast.voices}
