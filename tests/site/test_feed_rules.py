"""The feed against the published rules, and the rules against feeds that break them."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest
from example_episode import OURS, example, said, with_cut, with_intro
from feed_rules import broken

from chaitime_audio.domain.brief import Show
from chaitime_audio.domain.episode import Chapter, Episode, Notes, Soundbite
from chaitime_audio.domain.people import Cast, Person
from chaitime_audio.domain.sound import SourceMs, span
from chaitime_audio.formats.rendering.xml_elements import NAMESPACES
from chaitime_audio.site.feed import feed

pytestmark = pytest.mark.pure

BASE = "https://pod.example/chai"
SHOW = replace(
    example().show, media_url=BASE, host="Maya Rao", owner_name="Maya", owner_email="maya@pod.example"
)
NASTY = "]]> </item><x> & \x00\x1b[31m \ud800 \u202e " + "lang " * 2000


def told(episode: Episode, number: int = 1, **brief: object) -> Episode:
    """The episode as that number of the show, published that day of November."""
    when = datetime(2026, 11, number, 6, tzinfo=UTC)
    wished = {"number": number, "guid": f"guid-{number}", "published": when, **brief}
    return replace(
        episode,
        slug=f"{number:03}-talk",
        show=replace(episode.show, media_url=BASE),
        mp3_bytes=1000,
        brief=replace(episode.brief, **wished),  # type: ignore[arg-type]
    )


def rich() -> Episode:
    """One with everything an item can say: season, photo, clip, chapter with link and picture."""
    episode = example()
    people = tuple(
        replace(person, photo="https://example.org/Tom Ellery.jpg") for person in episode.brief.people
    )
    chapters = (
        episode.chapters[0],
        Chapter("Tea", SourceMs(3700), "https://example.org/?a=1&b=2", "a b.png"),
    )
    bite = Soundbite("A clip", "S2", (), span(40_000, 60_000))
    return replace(
        episode,
        show=replace(episode.show, ai_content=True),
        master=replace(episode.master, duration_ms=100_000),
        brief=replace(episode.brief, people=people, season=2, subtitle="Of wind"),
        chapters=chapters,
        notes=replace(episode.notes, soundbites=(bite,)),
    )


CASES = {
    "plain": example,
    "rich": rich,
    "behind an intro": lambda: with_intro(rich(), 5000),
    "cut": lambda: with_cut(rich(), span(1000, 59_000)),
    "hostile": lambda: said(example(), NASTY, name=NASTY, title=NASTY),
    "without speech": lambda: replace(
        example(), spoken=(), post=(), chapters=(), notes=Notes(), cast=Cast(()), edits=()
    ),
    "nothing but a title": lambda: replace(
        example(), notes=Notes(), cast=Cast(()), post=(), show=Show("Tea")
    ),
    "all cut": lambda: with_cut(example(), span(0, 19_000)),
    "chapters behind its end": lambda: replace(
        example(), chapters=(Chapter("Late", SourceMs(900_000)), Chapter("Later", SourceMs(950_000)))
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_no_rule_is_broken(case: str) -> None:
    """RSS, Apple, Podcasting 2.0 and Podlove: whatever the episode, its feed keeps their rules."""
    episodes = [told(example(), 9, season=3, kind="bonus"), told(CASES[case](), 2)]
    show = replace(SHOW, category="Society & Culture > Philosophy", serial=True, locked=True)
    assert broken(feed(show, episodes, OURS)) == []


def test_a_hostile_show_keeps_the_rules_too() -> None:
    """Names and descriptions of any length and any characters."""
    show = replace(SHOW, name=NASTY, about=NASTY, host=NASTY, owner_name=NASTY, category=NASTY)
    assert broken(feed(show, [told(rich())], OURS)) == []


@pytest.mark.parametrize("base", ["https://münchen.example/mein Kanal/", "http://[::1]:8000", BASE + "//"])
def test_addresses_are_plain_whatever_the_base(base: str) -> None:
    """Blanks, umlauts and slashes in the show's address end up as an address that apps can open."""
    show = replace(SHOW, media_url=base)
    text = feed(show, [replace(told(rich()), show=show)], OURS)
    assert broken(text) == []
    assert "//001-talk" not in text


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("</channel>", "", "no XML"),
        ("podcastindex.org/namespace/1.0", "podcastindex.org/namespace/2.0", "0 times"),
        ("<language>en</language>", "", "0 times language"),
        ("<guid ", "<guid isPermaLink='false'>x</guid><guid ", "2 times guid"),
        ("<link>", "<invented/><link>", "must not hold invented"),
        ("Sun, 01 Nov", "Mon, 01 Nov", "lastBuildDate is a date"),
        ("01 Nov 2026 06:00:00 +0000</pubDate>", "01 Nov 2026</pubDate>", "pubDate is a date"),
        ('length="1000"', 'length="0"', "enclosure has a length"),
        (f'<enclosure url="{BASE}', '<enclosure url="/chai', "enclosure is an address"),
        ("<itunes:duration>100", "<itunes:duration>1:40", "duration in seconds"),
        ("<itunes:season>2", "<itunes:season>0", "season is a number"),
        ('duration="20.000"', 'duration="14.000"', "soundbite of 15 to 120 s"),
        ('startTime="40.000"', 'startTime="95.000"', "soundbite inside"),
        ('type="text/vtt"', 'type="text/srt"', "transcripts have known types"),
        ("application/json+chapters", "application/json", "chapters have their type"),
        ('start="00:00:00.000"', 'start="00:00:01.000"', "psc in order from zero"),
        ('version="1.2"', 'version="1.1"', "psc is version 1.2"),
        ("<podcast:locked", "<podcast:locked>maybe</podcast:locked><podcast:locked", "2 times"),
        ("ai-content", "ai-content-" * 20, "txt fits"),
        ("<description>&lt;p", "<description>&lt;script&gt;x&lt;/script&gt;&lt;p", "only HTML that is shown"),
        ("<title>Tom", "<title> Tom", "blanks at an end"),
        (' role="guest"', ' role="speaker"', "person is host or guest"),
    ],
)
def test_every_rule_can_be_broken(old: str, new: str, rule: str) -> None:
    """The rules themselves: a feed damaged in one place breaks the one that is about it."""
    text = feed(SHOW, [told(rich())], OURS)
    assert broken(text) == []
    assert old in text
    assert any(rule in item for item in broken(text.replace(old, new, 1))), broken(text.replace(old, new, 1))


def test_a_guid_twice_is_seen() -> None:
    """Two items that one app would take for one."""
    assert "guids are unique" in broken(feed(SHOW, [told(example()), told(example())], OURS))


def test_what_was_cut_out_whole_is_not_announced() -> None:
    """No link to captions or chapters that no file is written for."""
    for case in ("all cut", "chapters behind its end"):
        text = feed(SHOW, [told(CASES[case]())], OURS)
        assert ("podcast:transcript" in text, "podcast:chapters" in text) == (
            case != "all cut",
            case == "all cut",
        )


def test_a_persons_picture_and_page_are_told() -> None:
    """``photo`` and the first link of a person that is an address; role and group by the taxonomy."""
    text = feed(SHOW, [told(rich())], OURS)
    assert 'role="host" group="cast" img="https://example.org/Tom%20Ellery.jpg"' in text
    assert Person("x", "host").photo == ""


def test_the_channel_follows_the_settings() -> None:
    """Subcategory, serial order, lock with its owner, and an id that the show brought along."""
    guid = "9b024349-ccf0-5f69-a609-6b82873eab3c"
    show = replace(SHOW, category="Arts > Books", serial=True, locked=True, podcast_guid=guid.upper())
    text = feed(show, [told(example(), kind="trailer")], OURS)
    (outer,) = ElementTree.fromstring(text).findall("channel/itunes:category", NAMESPACES)
    assert [one.get("text") for one in outer.iter()] == ["Arts", "Books"]
    assert "<itunes:type>serial</itunes:type>" in text
    assert '<podcast:locked owner="maya@pod.example">yes</podcast:locked>' in text
    assert f"<podcast:guid>{guid}</podcast:guid>" in text
    assert "<itunes:episodeType>trailer</itunes:episodeType>" in text
