"""Text from recordings, names, files and people is hostile: in no sink may it be more than text."""

from __future__ import annotations

import io
import json
import re
from xml.etree import ElementTree

import html5lib
import pysubs2
import pytest
import webvtt
from example_episode import OURS, example, said
from markdown_it import MarkdownIt

from chaitime_audio.domain import text as escape
from chaitime_audio.domain.people import Link
from chaitime_audio.formats import render_all

HARMLESS = "plain words of somebody"
HOSTILE = {
    "script": "<script>alert(1)</script> </style></section></main><img src=x onerror=alert(1)>",
    "attribute": "\" onmouseover=\"alert(1) ' style='x",
    "javascript link": "javascript:alert(1)",
    "hidden javascript link": "java\tscript:alert(1)",
    "data link": "data:text/html,<script>alert(1)</script>",
    "markdown link": "[click](javascript:alert(1)) ![x](http://e.example/x.png) <http://e.example>",
    "markdown blocks": "# heading",
    "markdown list": "1. one",
    "markdown rule": "--- ***",
    "markdown emphasis": "**bold** _it_ __init__ `code` ~~gone~~ a|b|c",
    "markdown definition": "[a]: http://e.example",
    "arrow": "--> 00:00:01.000 --> 00:00:02.000",
    "captions": "WEBVTT NOTE STYLE {\\an8}<b>x</b> <v Somebody Else>not me",
    "colours": "\x1b[31mred\x1b[0m \x1b]0;title\x07 \x9b1m \x00\x08\x7f",
    "direction": "\u202egnp.exe\u202c \u2066x\u2069 \u200f",
    "line breaks": "one\n# two\r\n\u2028three\x85four",
    "template": "{{ page.title }} {% include 'x' %} {% raw %}",
    "yaml": "---\ntitle: x\n--- !!python/object:os.system",
    "entities": "&lt;b&gt; &#60;script&#62; &amp",
    "surrogate": "a\ud800b \ufffe",
}
MARKDOWN = (
    "transcript.md",
    "transcript.plain.md",
    "transcript.front.md",
    "show-notes.md",
    "notes/newsletter.md",
)
FRONT = re.compile(r"\A---\n.*?^---\n", re.DOTALL | re.MULTILINE)
CONTROL = re.compile(
    r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\u2028\u2029\ud800-\udfff]"
)


@pytest.fixture(scope="module", params=HOSTILE.values(), ids=HOSTILE.keys())
def texts(request: pytest.FixtureRequest) -> dict[str, str]:
    """Every file of an episode that says, is called, and links to the hostile text."""
    return render_all(said(example(), request.param, name=request.param), OURS, every=True)


@pytest.fixture(scope="module")
def harmless() -> dict[str, str]:
    """The same files with harmless words in all the same places."""
    return render_all(said(example(), HARMLESS, name=HARMLESS), OURS, every=True)


def html_shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
    return [(str(item.tag), tuple(sorted(item.attrib))) for item in tree.iter()]


def markdown_shape(text: str) -> list[str]:
    body = FRONT.sub("", text)
    tokens = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"]).parse(body)
    inner = [child for token in tokens for child in token.children or ()]
    return [item.type for item in [*tokens, *inner] if item.type not in ("text", "text_special")]


def test_no_control_character_gets_out(texts: dict[str, str]) -> None:
    """No file holds a control character, a terminal escape or a mark that turns the reading direction."""
    for text in texts.values():
        assert not CONTROL.search(text)
        assert text.encode("utf-8")


@pytest.mark.parametrize("name", ["transcript.html", "show-notes.html", "edits.html"])
def test_html_keeps_its_shape(texts: dict[str, str], harmless: dict[str, str], name: str) -> None:
    """A page has exactly the elements and attributes it has with harmless words, and parses strictly."""
    assert html_shape(texts[name]) == html_shape(harmless[name])


@pytest.mark.parametrize("name", ["notes/feed.html", "notes/apple.html", "notes/spotify.html"])
def test_notes_keep_their_shape(texts: dict[str, str], harmless: dict[str, str], name: str) -> None:
    """Notes for platforms hold exactly the elements they hold with harmless words."""
    whole = "<!DOCTYPE html><title>x</title>"
    assert html_shape(whole + texts[name]) == html_shape(whole + harmless[name])


@pytest.mark.parametrize("name", MARKDOWN)
def test_markdown_keeps_its_shape(texts: dict[str, str], harmless: dict[str, str], name: str) -> None:
    """Rendered Markdown has exactly the blocks, links and emphasis it has with harmless words."""
    assert markdown_shape(texts[name]) == markdown_shape(harmless[name])


def test_front_matter_keeps_its_keys(texts: dict[str, str], harmless: dict[str, str]) -> None:
    """No text adds a key to the front matter, ends it, or is anything but a string."""
    found, wanted = (FRONT.search(item["transcript.front.md"]) for item in (texts, harmless))
    assert found is not None
    assert wanted is not None
    rows, keys = found[0].splitlines(), [row.split('"')[0] for row in wanted[0].splitlines()]
    assert [row.split('"')[0] for row in rows] == keys
    values = [row[row.index('"') :] for row in rows if '"' in row]
    assert all(isinstance(json.loads(value), str) for value in values)


def test_site_generators_see_no_commands(texts: dict[str, str]) -> None:
    """Jekyll, Hugo and MDX run over Markdown before it is Markdown: none finds its brackets."""
    for name in MARKDOWN:
        assert not re.search(r"\{\{|\{%|\{", texts[name])


def test_subrip_stays_cards(texts: dict[str, str]) -> None:
    """pysubs2 finds as many cards as there are numbers, and no markup in them."""
    text = texts["001-tom-ellery.srt"]
    events = pysubs2.SSAFile.from_string(text, format_="srt")
    assert len(events) == len(re.findall(r"^\d+\n\d\d:\d\d:\d\d,\d{3} --> ", text, re.MULTILINE)) > 0
    assert text.count("-->") == len(events)
    assert not re.search(r"[<{]", text)


def test_webvtt_stays_cues(texts: dict[str, str]) -> None:
    """webvtt-py finds as many cues as we wrote, each of one voice, and no tag but that."""
    text = texts["001-tom-ellery.vtt"]
    assert len(webvtt.from_buffer(io.StringIO(text))) == text.count(" --> ") > 0
    assert text.count("-->") == text.count("<") == text.count("<v ")


def test_json_is_json(texts: dict[str, str]) -> None:
    """JSON files parse, and the text in them is text."""
    for name in ("001-tom-ellery.transcript.json", "001-tom-ellery.chapters.json"):
        assert json.loads(texts[name])["version"]


def test_xml_is_xml(texts: dict[str, str]) -> None:
    """Simple chapters parse, and have three chapters whatever these are called."""
    assert len(ElementTree.fromstring(texts["001-tom-ellery.psc.xml"])) == 3


def test_ffmetadata_keeps_its_sections(texts: dict[str, str]) -> None:
    """No title opens a section or sets a key of ffmpeg's metadata."""
    found = texts["001-tom-ellery.ffmetadata.txt"].splitlines()
    keys = [re.split(r"(?<!\\)=", item)[0] for item in found[1:]]
    chapter = ["[CHAPTER]", "TIMEBASE", "START", "END", "title"]
    assert keys == ["title", "artist", "album", "date", "genre", *chapter * 3]


def test_youtube_has_no_angle_brackets(texts: dict[str, str]) -> None:
    """YouTube refuses a description that has one."""
    assert not re.search("[<>]", texts["notes/youtube.txt"])


def test_rttm_has_ten_fields(texts: dict[str, str]) -> None:
    """A name never adds a field or a line to RTTM."""
    found = texts["001-tom-ellery.rttm"].splitlines()
    assert len(found) == 5
    assert all(len(item.split()) == 10 for item in found)


def test_harmless_text_is_not_disfigured() -> None:
    """Ordinary writing passes the Markdown escape as it is."""
    text = "It's 10% of $5 (about 3–4) — “really”, e.g. x_y, #tag, A&B: yes!"
    assert escape.markdown(text) == text


@pytest.mark.parametrize(
    ("address", "safe"),
    [
        ("https://example.org/a_(b)?q=1&r=2#x", "https://example.org/a_(b)?q=1&r=2#x"),
        ("mailto:maya@example.org", "mailto:maya@example.org"),
        ('https://example.org/"><script>', "https://example.org/%22%3E%3Cscript%3E"),
        ("JavaScript:alert(1)", ""),
        (" \x01javascript:alert(1)", ""),
        ("https://example.org/a b", ""),
        ("https:///no-host", ""),
        ("file:///etc/passwd", ""),
        ("//example.org", ""),
        ("example.org", ""),
        ("https://[broken", ""),
    ],
)
def test_addresses(address: str, safe: str) -> None:
    """Only whole web and mail addresses are linked; nothing is guessed, what ends an address is encoded."""
    assert escape.url(address) == safe


def test_a_link_that_is_not_safe_is_only_its_title() -> None:
    """A reader still sees what was meant, but cannot click on it."""
    from dataclasses import replace

    episode = example()
    brief = replace(episode.brief, links=(Link("Read this", "javascript:alert(1)"),))
    texts = render_all(replace(episode, brief=brief), OURS)
    assert not any("javascript" in text for text in texts.values())


def test_a_longer_text_keeps_its_paragraphs_and_nothing_else() -> None:
    """A blank line parts paragraphs; each is one line, so none can become a heading or a list."""
    assert escape.lines("one\r\n\r\n# two\nthree\n\n\x1b[1m\n") == ("one", "# two three")


def test_yaml_values_are_strings() -> None:
    """A value for front matter is always one quoted string."""
    assert json.loads(escape.yaml('a: "b" # c\n- d')) == 'a: "b" # c - d'


def test_ffmetadata_is_escaped() -> None:
    """Characters that mean something to ffmpeg's metadata reader are escaped."""
    assert escape.ffmetadata("a=b;c#d\\e\nf") == r"a\=b\;c\#d\\e f"
    assert escape.ffmetadata("to be continued\\") == "to be continued"
