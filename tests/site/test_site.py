"""The pages of the site: every line knows its time, everything is inside or beside the page."""

from __future__ import annotations

import re
from base64 import b64encode
from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from itertools import pairwise

import html5lib
import pytest
from example_episode import OURS, example, said, with_cut, with_intro

from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.sound import span
from chaitime_audio.editorial.languages.wording import speaks
from chaitime_audio.site.pages import pages, speeches


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
    """Each line is a link into the sound, script or not, and has its time; the page has one player."""
    text = pages(example().show, [example()], OURS)["001-tom-ellery/index.html"]
    tree = html5lib.parse(text, namespaceHTMLElements=False)
    lines = [item for item in tree.iter("a") if item.get("class") == "line"]
    assert [round(float(item.get("data-start", "")) * 1000) for item in lines] == starts(example())
    assert all(item.get("href") == f"001-tom-ellery.mp3#t={item.get('data-start')}" for item in lines)
    assert [item.get("src") for item in tree.iter("audio")] == ["001-tom-ellery.mp3"]


def test_pages_need_nothing_from_elsewhere() -> None:
    """No script, style, picture or sound comes from another host, so pages work from a disk."""
    for name, text in pages(example().show, [example()], OURS).items():
        loaded = re.findall(r'(?:src|<link[^>]+href)="([^"]+)"', text)
        assert not [address for address in loaded if ":" in address or address.startswith("/")], name
        assert "@import" not in text


def test_only_the_script_that_is_named_may_run() -> None:
    """Each page's policy names the sum of its one script, and lets nothing in from elsewhere."""
    for name, text in pages(example().show, [example()], OURS).items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        (script,) = tree.iter("script")
        total = b64encode(sha256((script.text or "").encode()).digest()).decode()
        (policy,) = [item.get("content", "") for item in tree.iter("meta") if item.get("http-equiv")]
        assert f"script-src 'sha256-{total}';" in policy, name
        assert policy.startswith("default-src 'none';"), name
        assert "http" not in policy, name


@pytest.mark.parametrize("language", ["en", "de", "he"])
def test_a_page_is_built_as_readers_expect(language: str) -> None:
    """One h1, no level of headings left out, language and direction, one main part, a way past the top."""
    episode = replace(example(), language=language)
    for name, text in pages(replace(example().show, language=language), [episode], OURS).items():
        tree = html5lib.parse(text, namespaceHTMLElements=False)
        levels = [int(item.tag[1]) for item in tree.iter() if str(item.tag) in ("h1", "h2", "h3", "h4")]
        assert levels[0] == 1, name
        assert levels.count(1) == 1, name
        assert all(after - before <= 1 for before, after in pairwise(levels)), name
        assert (tree.get("lang"), tree.get("dir")) == (language, "rtl" if language == "he" else "ltr"), name
        assert len(list(tree.iter("main"))) == 1, name
        assert not [item for item in tree.iter("img") if item.get("alt") is None], name
        assert all(item.get("aria-label") for item in tree.iter("audio")), name
        english = [
            item for item in tree.iter() if item.get("lang") == "en" and item.tag not in ("html", "article")
        ]
        hints = name != "index.html" and language != "en"  # how to click a line is said in English alone
        assert bool(english) == (hints or not speaks(language)), name


def test_the_day_of_publication_stands_in_for_a_date() -> None:
    """An episode that nobody gave a date shows the day it was published."""
    when = datetime(2026, 11, 30, 6, tzinfo=UTC)
    episode = replace(example(), date=None, brief=replace(example().brief, published=when))
    for text in pages(example().show, [episode], OURS).values():
        assert '<time datetime="2026-11-30">30 November 2026</time>' in text


def test_people_are_found_where_they_say() -> None:
    """Links of guest and host are on the episode's page."""
    text = pages(example().show, [example()], OURS)["001-tom-ellery/index.html"]
    assert 'href="https://example.org/maya"' in text
    assert 'href="https://example.org/baselines_(old)"' in text


def test_a_serial_show_begins_with_its_first_episode() -> None:
    """The index of a show that is heard in order lists the oldest first."""
    other = replace(example(), slug="002-other")
    text = pages(replace(example().show, serial=True), [other, example()], OURS)["index.html"]
    assert text.index('href="001-tom-ellery/index.html"') < text.index('href="002-other/index.html"')


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
