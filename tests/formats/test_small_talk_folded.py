"""Folded small talk: hidden on the page until clicked, left out of the post with a note."""

from __future__ import annotations

from dataclasses import replace

import html5lib
from example_episode import OURS, example

from chaitime_audio.domain.sound import span
from chaitime_audio.formats import render_all
from chaitime_audio.formats.rendering.page_turns import plain

FOLDED = replace(example(), small_talk=(span(1000, 3400), span(17000, 18500)))


def test_the_page_folds_it() -> None:
    """What is folded stands in a closed details element before and after the turns; the page is valid."""
    text = render_all(FOLDED, OURS)["transcript.html"]
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    asides = tree.findall(".//details")
    assert [item.find("summary").text for item in asides] == ["Before the interview", "After the goodbye"]
    assert "Welcome, Tom" in "".join(asides[0].itertext())
    assert "open" not in asides[0].attrib
    assert len(tree.findall(".//div[@id]")) == 3


def test_the_post_leaves_it_out_and_says_so() -> None:
    """Markdown and plain text hold the interview alone, with a note; the other turns keep one label."""
    for name, text in render_all(FOLDED, OURS, every=True).items():
        if name in ("transcript.md", "transcript.txt", "transcript.plain.md", "transcript.front.md"):
            assert "Welcome, Tom" not in text
            assert "What do you do all week?" in text
            assert "Small talk outside of the interview was left out." in text


def test_the_lyrics_keep_everything_that_is_heard() -> None:
    """The MP3 still has the small talk, so its text has it, too."""
    assert "Welcome, Tom" in plain(FOLDED)


def test_nothing_folded_nothing_said() -> None:
    """An episode without folded talk has neither fold nor note."""
    for text in render_all(example(), OURS, every=True).values():
        assert "<details" not in text
        assert "Small talk" not in text
