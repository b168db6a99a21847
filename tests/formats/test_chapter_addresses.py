"""Links and pictures of chapters in every text: addresses that apps can open, and nothing else."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest
from example_episode import OURS, example

from chaitime_audio.domain.episode import Chapter, Episode
from chaitime_audio.formats import render_all, render_one
from chaitime_audio.formats.rendering.pictures import picture_name
from chaitime_audio.formats.rendering.xml_elements import NAMESPACES

LINK = "https://example.org/tea?a=1&b=2"
BASE = "https://pod.example/show"


def linked(url: str = LINK, picture: str = "art/Tea Pot.png", base: str = BASE) -> Episode:
    """Return the example, its second chapter with link and picture."""
    episode = example()
    first, second, *rest = episode.chapters
    ours = Chapter(second.title, second.start_ms, url, picture)
    show = replace(episode.show, media_url=base)
    return replace(episode, show=show, chapters=(first, ours, *rest))


def chapters_of(episode: Episode) -> list[dict[str, object]]:
    (text,) = render_one("chapters_json", episode, OURS).values()
    return json.loads(text)["chapters"]


def podlove_of(episode: Episode) -> list[dict[str, str]]:
    (text,) = render_one("psc_xml", episode, OURS).values()
    return [row.attrib for row in ElementTree.fromstring(text)]


def test_link_and_picture_stand_with_their_chapter() -> None:
    """The chapters file and Podlove's element say the same, of one chapter only."""
    address = f"{BASE}/001-tom-ellery/{picture_name('art/Tea Pot.png')}"
    first, ours, last = chapters_of(linked())
    assert (ours["url"], ours["img"]) == (LINK, address)
    assert not {"url", "img"} & {*first, *last}
    rows = podlove_of(linked())
    assert (rows[1]["href"], rows[1]["image"]) == (LINK, address)
    assert not {"href", "image"} & {*rows[0], *rows[2]}


def test_the_item_has_them_too() -> None:
    """Podlove's chapters inside the feed's item carry the same attributes."""
    (text,) = render_one("item_xml", linked(), OURS).values()
    rows = ElementTree.fromstring(text).findall("psc:chapters/psc:chapter", NAMESPACES)
    assert [row.get("href") for row in rows] == [None, LINK, None]
    assert [row.get("image") is not None for row in rows] == [False, True, False]


def test_without_a_site_there_is_no_address_of_a_picture() -> None:
    """A relative address is of no use to an app: the picture is left out, the link stays."""
    ours = chapters_of(linked(base=""))[1]
    assert ours["url"] == LINK
    assert "img" not in ours
    assert "image" not in podlove_of(linked(base=""))[1]


@pytest.mark.parametrize("picture", ["a b/四時.png", "é/“x”.jpg", "x" * 300 + ".png", ".png", "a/../b.png"])
def test_any_name_of_a_picture_makes_a_plain_address(picture: str) -> None:
    """ASCII, short, one file in the one folder, and another file for another picture."""
    name = picture_name(picture)
    assert re.fullmatch(r"chapters/[a-z0-9-]{1,90}\.jpg", name)
    assert name != picture_name(f"other/{picture}")


def test_the_link_stands_among_those_of_the_notes() -> None:
    """Show notes list it under the chapter's title; lists of chapters stay plain, as platforms read them."""
    texts = render_all(linked(), OURS, asked=frozenset({"show-notes.html"}))
    title = linked().chapters[1].title
    assert f"[{title}]({LINK})" in texts["show-notes.md"]
    assert re.search(rf"^00:0\d {title}\s*$", texts["show-notes.md"], re.MULTILINE)
    assert f'href="{LINK.replace("&", "&amp;")}"' in texts["show-notes.html"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "https://a b", 'https://e.org/"><script>x</script>'])
def test_no_address_breaks_out(url: str) -> None:
    """What is no safe address is left out or encoded, whoever put it there."""
    texts = render_all(linked(url), OURS, asked=frozenset({"001-tom-ellery.psc.xml"}))
    assert not [name for name, text in texts.items() if "<script>x" in text or "javascript:alert" in text]
    assert all(str(item.get("url", "https://")).startswith("https://") for item in chapters_of(linked(url)))
    podlove_of(linked(url))
