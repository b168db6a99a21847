"""The page: valid, self-contained, and in the form that podcast apps read."""

from __future__ import annotations

import re
from xml.etree.ElementTree import Element

import html5lib
import pytest
from example_episode import OURS, example

from chaitime_audio.formats import render_one


@pytest.fixture(scope="module")
def text() -> str:
    return render_one("transcript_html", example(), OURS)["transcript.html"]


@pytest.fixture(scope="module")
def tree(text: str) -> Element:
    parsed: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return parsed


def test_nothing_is_loaded(tree: Element, text: str) -> None:
    """No element loads anything, the policy forbids it, and no style imports or fetches."""
    loading = {"script", "img", "link", "iframe", "object", "embed", "audio", "video", "source", "base"}
    assert loading.isdisjoint(str(item.tag) for item in tree.iter())
    assert not any(
        name in ("src", "srcset", "style") or name.startswith("on")
        for item in tree.iter()
        for name in item.attrib
    )
    policy = next(item.get("content") for item in tree.iter("meta") if item.get("http-equiv"))
    assert policy is not None
    assert policy.startswith("default-src 'none'; style-src 'unsafe-inline'")
    assert not re.search(r"@import|url\(", text)


def test_turns_have_name_time_and_paragraphs(tree: Element) -> None:
    """One ``cite`` with name and colon, one ``time``, and its paragraphs, for every turn."""
    turns = [item for item in tree.iter("div") if "turn" in (item.get("class") or "").split()]
    assert len(turns) == 4
    for turn in turns:
        assert len(list(turn.iter("cite"))) == len(list(turn.iter("time"))) == 1
        assert next(turn.iter("cite")).text in ("Maya Rao:", "Dr. Tom Ellery:")
        assert list(turn.iter("p"))


def test_chapters_lead_to_turns(tree: Element) -> None:
    """Every link of the chapter list has its target on the page, and ids are unique."""
    ids = [item.get("id") for item in tree.iter() if item.get("id")]
    targets = [(item.get("href") or "")[1:] for nav in tree.iter("nav") for item in nav.iter("a")]
    assert len(ids) == len(set(ids))
    assert len(targets) == 3
    assert set(targets) <= set(ids)


def test_one_heading_and_a_language(tree: Element) -> None:
    """One ``h1``, a language for screen readers, a title for the tab."""
    assert [item.text for item in tree.iter("h1")] == ["Tom Ellery on dull baselines"]
    assert tree.get("lang") == "en"
    assert [item.text for item in tree.iter("title")] == ["Tom Ellery on dull baselines · Chai Time"]
