"""The pages of the site: every line knows its time, everything is inside or beside the page."""

from __future__ import annotations

import re
from dataclasses import replace

import html5lib
import pytest
from example_episode import OURS, example, said, with_cut, with_intro

from chaitime_audio.model.episode import Episode
from chaitime_audio.model.sound import span
from chaitime_audio.show.site import pages, speeches


def starts(episode: Episode) -> list[int]:
    found = (speech.paragraphs for speech in speeches(episode))
    return [line.start_ms for paragraphs in found for lines in paragraphs for line in lines]


def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return [(str(item.tag), tuple(sorted(item.attrib))) for item in tree.iter()]


def test_lines_are_in_published_time() -> None:
    """An intro moves every line; a cut moves those behind it and takes away its own."""
    plain = starts(example())
    assert plain == sorted(plain)
    assert starts(with_intro(example(), 5000)) == [at + 5000 for at in plain]
    cut = starts(with_cut(example(), span(6000, 14_900)))
    assert len(cut) < len(plain)
    assert cut[-1] == plain[-1] - 8900


def test_every_line_can_be_clicked_and_linked() -> None:
    """Each line is a link to its time and carries it for the player; the page has one player."""
    text = pages(example().show, [example()], OURS)["001-tom-ellery/index.html"]
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    lines = [item for item in tree.iter("a") if item.get("class") == "line"]
    assert [round(float(item.get("data-start", "")) * 1000) for item in lines] == starts(example())
    assert all(item.get("href") == f"#t={item.get('data-start')}" for item in lines)
    assert [item.get("src") for item in tree.iter("audio")] == ["001-tom-ellery.mp3"]


def test_pages_need_nothing_from_elsewhere() -> None:
    """No script, style, picture or sound comes from another host, so pages work from a disk."""
    for name, text in pages(example().show, [example()], OURS).items():
        loaded = re.findall(r'(?:src|<link[^>]+href)="([^"]+)"', text)
        assert not [address for address in loaded if ":" in address or address.startswith("/")], name
        assert "@import" not in text


def test_the_index_lists_every_episode() -> None:
    """Each episode has a link and a player, in the order given."""
    other = replace(example(), slug="002-other")
    text = pages(example().show, [other, example()], OURS)["index.html"]
    assert text.index('href="002-other/index.html"') < text.index('href="001-tom-ellery/index.html"')
    assert text.count("<audio ") == 2


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script></style>", '" onclick="x', "{{ page }}", "a \x1b[31m\u202e\ud800", "-->"],
)
def test_hostile_text_stays_text(text: str) -> None:
    """Words, names and titles that look like markup change no element of any page."""
    hostile, plain = (said(example(), words, name=words, title=words) for words in (text, "plain"))
    for name, printed in pages(hostile.show, [hostile], OURS).items():
        assert shape(printed) == shape(pages(plain.show, [plain], OURS)[name])
