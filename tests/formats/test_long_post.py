"""A long conversation from spoken words to the printed post, held against the rules editors go by."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree.ElementTree import Element

import html5lib
import pytest
from example_episode import OURS
from markdown_it import MarkdownIt
from whole_episode import SPOKEN, whole

from chaitime_audio.formats import render_all

LABEL = re.compile(r"^\*\*(Maya Rao|Nora Lindqvist):\*\*", re.MULTILINE)


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """The post in every form."""
    return render_all(whole(), OURS, every=True)


@pytest.fixture(scope="module")
def talk(texts: dict[str, str]) -> str:
    """The turns alone, as Markdown."""
    return texts["transcript.md"].split("\n---\n")[1]


@pytest.fixture(scope="module")
def page(texts: dict[str, str]) -> Element:
    """The page, read by a parser that forgives nothing."""
    tree: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
        texts["transcript.html"]
    )
    return tree


def paragraphs(talk: str) -> list[str]:
    """Paragraphs and list items without labels and headings."""
    found = (LABEL.sub("", item).strip() for item in re.split(r"\n\n|\n(?=- )", talk))
    return [item for item in found if item and not item.startswith("##")]


def test_voices_take_turns_under_one_label_each(talk: str) -> None:
    """R1: two labels in a row are never the same; a listening noise makes no turn."""
    names = LABEL.findall(talk)
    assert all(one != following for one, following in pairwise(names))
    assert "Right." not in talk
    assert "a dropped pan. And the funny thing" in talk


def test_nothing_of_speech_but_what_was_meant(talk: str) -> None:
    """R4-R7: hesitations, stutters and empty phrases are gone; emphasis, "sort of", an answer stay."""
    assert not re.search(r"\b(um|uh|mm-hmm|you know|I mean|the the|not, is not)\b", talk, re.IGNORECASE)
    for kept in ("a very, very strange", "I sort of believe", "Yes. All the time.", "I would love to tell"):
        assert kept in talk


def test_written_forms(talk: str) -> None:
    """R17: years, money, shares, counts and addresses as print has them; small numbers stay words."""
    for form in ("in 2009", "€4,000", "$20", "12%", "92 steps", "40 church towers", "five or six", "in 1943"):
        assert form in talk


def test_paragraphs_can_be_read(talk: str) -> None:
    """R10: none over 150 words; a turn of more than 280 words has two or more."""
    assert max(len(item.split()) for item in paragraphs(talk)) <= 150
    for turn in LABEL.split(talk)[2::2]:
        assert len(turn.split()) <= 280 or len(paragraphs(turn)) >= 2


def test_steps_are_a_list(talk: str, page: Element) -> None:
    """R11: three counted steps are one list, in Markdown and on the page."""
    tokens = MarkdownIt("commonmark").parse(talk)
    assert sum(token.type == "list_item_open" for token in tokens) == 3
    assert [len(item.findall("li")) for item in page.findall(".//div[@class]//ul")] == [3]


def test_headings_divide_a_long_post(talk: str) -> None:
    """R14: a heading every so often, each before a turn of the host's, none before the greeting."""
    parts = re.split(r"^## .+$", talk, flags=re.MULTILINE)
    assert 2 <= len(parts) - 1 <= 6
    assert "Welcome to Chai Time" in parts[0]
    assert all(part.strip().startswith("**Maya Rao:**") for part in parts)


def test_pull_quotes_are_the_guests_words(page: Element, talk: str) -> None:
    """R15: about one per 1,000 words, 12 to 40 words long, letter for letter as in the text."""
    quotes = [item.text or "" for item in page.findall(".//blockquote")]
    assert len(quotes) == 1
    assert 12 <= len(quotes[0].split()) <= 40
    assert quotes[0] in talk


def test_links_are_known_ones_at_first_mention(talk: str) -> None:
    """R16: each term and address once, the first time it is said; nothing else is linked."""
    links = re.findall(r"\[([^]]+)\]\(([^)]+)\)", talk)
    assert links == [
        ("PyTorch", "https://pytorch.org/"),
        ("Audacity", "https://www.audacityteam.org/"),
        ("librosa", "https://librosa.org/"),
        ("example.org/towers", "https://example.org/towers"),
    ]
    assert "librosa" not in talk[: talk.index("[librosa]")]


def test_small_talk_is_folded(texts: dict[str, str], page: Element) -> None:
    """What is said before the greeting and behind the goodbye is out of the post, folded on the page."""
    assert "my coat" in SPOKEN.read_text(encoding="utf-8")
    assert "my coat" not in texts["transcript.md"]
    folded = " ".join("".join(item.itertext()) for item in page.iter("details"))
    assert "the light is red" in folded
    assert "my coat" in folded
