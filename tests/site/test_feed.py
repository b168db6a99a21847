"""The feed of a show: the published rules, and what an independent reader makes of it."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import podcastparser
from example_episode import OURS, example, said

from chaitime_audio.domain.brief import Show
from chaitime_audio.domain.episode import Episode
from chaitime_audio.formats.rendering.xml_elements import NAMESPACES
from chaitime_audio.site.feed import feed, podcast_guid

BASE = "https://pod.example/chai"
SHOW = replace(
    example().show, media_url=BASE, host="Maya Rao", owner_name="Maya", owner_email="maya@pod.example"
)


def told(number: int, **brief: object) -> Episode:
    """Episode of that number, published that day of November."""
    when = datetime(2026, 11, number, 6, tzinfo=UTC)
    episode = replace(example(), slug=f"{number:03}-talk", show=SHOW, mp3_bytes=1000 + number)
    wished = {"number": number, "guid": f"guid-{number}", "published": when, **brief}
    return replace(episode, brief=replace(episode.brief, **wished))  # type: ignore[arg-type]


def parsed(text: str) -> dict[str, object]:
    found: dict[str, object] = podcastparser.parse(f"{BASE}/feed.xml", io.BytesIO(text.encode()))
    return found


def test_guid_of_a_show_follows_the_published_rule() -> None:
    """The published test vector, whatever the scheme and the trailing slash."""
    for address in ("podnews.net/rss", "https://podnews.net/rss", "http://podnews.net/rss/"):
        assert podcast_guid(address) == "9b024349-ccf0-5f69-a609-6b82873eab3c"


def test_an_independent_reader_understands_the_feed() -> None:
    """The parser of gPodder finds the show, every episode, its sound, length, chapters and people."""
    found = parsed(feed(SHOW, [told(2), told(1)], OURS))
    assert found["title"] == "Chai Time"
    assert found["itunes_owner"] == {"name": "Maya", "email": "maya@pod.example"}
    assert found["cover_url"] == f"{BASE}/cover.jpg"
    assert [item["guid"] for item in found["episodes"]] == ["guid-2", "guid-1"]  # type: ignore[attr-defined]
    newest = found["episodes"][0]  # type: ignore[index]
    assert newest["enclosures"][0]["url"] == f"{BASE}/002-talk/002-talk.mp3"
    assert newest["enclosures"][0]["file_size"] == 1002
    assert newest["total_time"] == 20
    assert newest["published"] == datetime(2026, 11, 2, 6, tzinfo=UTC).timestamp()
    assert [mark["start"] for mark in newest["chapters"]] == [0, 3, 15]


def test_the_channel_says_what_directories_ask_for() -> None:
    """Language, image, category, explicit, author, self link and guid are there, each once."""
    channel = ElementTree.fromstring(feed(SHOW, [told(1)], OURS)).find("channel")
    assert channel is not None
    for name in ("title", "link", "description", "language", "itunes:image", "itunes:category"):
        assert len(channel.findall(name, NAMESPACES)) == 1, name
    for name in ("itunes:explicit", "itunes:author", "atom:link", "podcast:guid"):
        assert len(channel.findall(name, NAMESPACES)) == 1, name
    assert channel.findtext("podcast:guid", "", NAMESPACES) == podcast_guid(f"{BASE}/feed.xml")


def test_a_feed_address_of_its_own_gives_the_guid() -> None:
    """``show.feed_url`` is the feed's address, wherever the files lie."""
    text = feed(replace(SHOW, feed_url="https://podnews.net/rss"), [], OURS)
    assert "9b024349-ccf0-5f69-a609-6b82873eab3c" in text


def test_hostile_words_leave_the_feed_well_formed() -> None:
    """Markup and control characters in titles, notes and the show's own words stay text."""
    nasty = "]]> </item><x> & \x00\x1b[31m \ud800"
    show = replace(SHOW, name=nasty, about=nasty, owner_name=nasty, category=nasty, host=nasty)
    episode = replace(said(told(1), nasty, name=nasty, title=nasty), show=show)
    root = ElementTree.fromstring(feed(show, [episode], OURS))
    assert len(list(root.iter("item"))) == 1
    assert not list(root.iter("x"))


def test_a_show_without_episodes_has_a_feed() -> None:
    """An empty channel is a feed too."""
    assert parsed(feed(Show("New", media_url=BASE), [], OURS))["episodes"] == []
