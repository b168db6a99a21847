"""The RSS item: rules of Apple and of the Podcasting 2.0 namespace, read back as XML."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

import pytest
from example_episode import OURS, example, said, with_cut

from chaitime_audio.domain.episode import Episode, Notes, Soundbite
from chaitime_audio.domain.sound import span
from chaitime_audio.formats import Templates, render_one
from chaitime_audio.formats.rendering.xml_elements import NAMESPACES

BASE = "https://pod.example/show"


def item(episode: Episode) -> ElementTree.Element:
    (text,) = render_one("item_xml", episode, OURS).values()
    return ElementTree.fromstring(text)


def based(episode: Episode, **show: object) -> Episode:
    return replace(episode, show=replace(episode.show, media_url=BASE, **show))  # type: ignore[arg-type]


def found(element: ElementTree.Element, name: str) -> list[ElementTree.Element]:
    return element.findall(name, NAMESPACES)


def one(element: ElementTree.Element, name: str) -> ElementTree.Element:
    (only,) = found(element, name)
    return only


def test_guid_and_date_are_the_humans() -> None:
    """GUID and publication time come from episode.toml, so that no app sees an old episode as new."""
    when = datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    episode = example()
    told = item(replace(episode, brief=replace(episode.brief, guid="a-guid", published=when)))
    assert one(told, "guid").text == "a-guid"
    assert one(told, "guid").get("isPermaLink") == "false"
    assert one(told, "pubDate").text == "Mon, 02 Nov 2026 08:30:00 +0000"


def test_the_enclosure_has_the_size_of_the_tagged_file() -> None:
    """The length is that of the MP3 that listeners get, tags and all."""
    sound = one(item(replace(based(example()), mp3_bytes=4711)), "enclosure")
    assert sound.attrib == {
        "url": f"{BASE}/001-tom-ellery/001-tom-ellery.mp3",
        "length": "4711",
        "type": "audio/mpeg",
    }


def test_three_transcripts_and_chapters_are_announced() -> None:
    """VTT, SRT and JSON with their types, and the chapters; what an episode has not is not announced."""
    told = item(based(example()))
    kinds = [element.get("type") for element in found(told, "podcast:transcript")]
    assert kinds == ["text/vtt", "application/x-subrip", "application/json"]
    assert one(told, "podcast:chapters").get("type") == "application/json+chapters"
    silent = item(replace(example(), spoken=(), chapters=()))
    assert not found(silent, "podcast:transcript")
    assert not found(silent, "podcast:chapters")
    assert not found(silent, "psc:chapters")


def test_host_and_guest_are_both_listed() -> None:
    """People of an item replace those of the channel, so the host is repeated; nobody unnamed is listed."""
    people = {element.text: element.get("role") for element in found(item(example()), "podcast:person")}
    assert people == {"Maya Rao": "host", "Dr. Tom Ellery": "guest"}
    episode = example()
    voices = tuple(replace(voice, named=False) for voice in episode.cast.voices)
    unnamed = item(replace(episode, cast=replace(episode.cast, voices=voices)))
    assert not found(unnamed, "podcast:person")


def test_a_soundbite_is_in_published_time() -> None:
    """A cut before a clip moves its start; a clip that a cut made too short is left out."""
    episode = replace(example(), master=replace(example().master, duration_ms=100_000))
    bite = Soundbite("A clip", "S2", (), span(40_000, 60_000))
    episode = replace(episode, notes=replace(episode.notes, soundbites=(bite,)))
    bites = found(item(with_cut(episode, span(1000, 5000))), "podcast:soundbite")
    assert [(element.get("startTime"), element.get("duration")) for element in bites] == [
        ("36.000", "20.000")
    ]
    assert not found(item(with_cut(episode, span(41_000, 59_000))), "podcast:soundbite")


def test_values_stay_within_apples_limits() -> None:
    """No title or summary is longer than 255 characters, no description than 4,000 bytes."""
    long = said(example(), "x", title="word " * 300)
    told = item(replace(long, notes=Notes(summary="Sentence of words. " * 400)))
    assert all(len(one(told, name).text or "") <= 255 for name in ("title", "itunes:title", "itunes:summary"))
    assert 0 < len((one(told, "description").text or "").encode()) <= 4000


@pytest.mark.parametrize("text", ["]]> <x>", "a\x00\x0b\ufffeb", "\x1b[31m & \ud800 <!--", "' \" > &amp;"])
def test_hostile_text_stays_text(text: str) -> None:
    """Markup, comments and characters that XML forbids change no element of the item."""

    def shape(episode: Episode) -> list[str]:
        return [element.tag for element in item(episode).iter()]

    assert shape(said(example(), text, name=text, title=text)) == shape(
        said(example(), "plain", name="plain", title="plain")
    )


def test_html_of_a_shows_own_template_is_text(tmp_path: Path) -> None:
    """HTML stands in the item as text, line by line, whatever CDATA or XML would make of it."""
    (tmp_path / "notes-feed.html.j2").write_text("<p>a &amp; b ]]> c\x0b\n\ufffe<br>d</p>", encoding="utf-8")
    (text,) = render_one("item_xml", example(), Templates(tmp_path)).values()
    assert one(ElementTree.fromstring(text), "content:encoded").text == "<p>a &amp; b ]]> c\n<br>d</p>"


def test_an_item_declares_the_usual_prefixes() -> None:
    """Prefixes are those that readers which know no namespaces look for; attributes keep their order."""
    (text,) = render_one("item_xml", based(example()), OURS).values()
    assert set(re.findall(r"<(\w+):", text)) == {"content", "itunes", "podcast", "psc"}
    assert re.findall(r"<enclosure ([a-z]+)=\S+ ([a-z]+)=\S+ ([a-z]+)=", text) == [("url", "length", "type")]


def test_writing_that_nobody_sees_is_gone() -> None:
    """Selectors that no letter needs, which can carry a text unseen, are left out; letters stay."""
    hidden = "Tea \U000e0101für 茶\u0301"
    assert one(item(said(example(), "x", title=hidden)), "title").text == "Tea für 茶\u0301"


def test_the_disclosure_follows_the_setting() -> None:
    """The feed answers the question about AI content as the show does, and not at all if it does not."""
    assert not item(example()).findall("podcast:txt", NAMESPACES)
    assert one(item(based(example(), ai_content=True)), "podcast:txt").text == "true"
    assert one(item(based(example(), ai_content=False)), "podcast:txt").text == "false"
