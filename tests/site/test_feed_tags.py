"""Podcasting 2.0's further tags: each a setting, a line, a check."""

from __future__ import annotations

import base64
import hashlib
import io
from dataclasses import replace
from xml.etree import ElementTree

import podcastparser
import pytest
from example_episode import OURS, example
from feed_rules import PODCAST, broken
from PIL import Image
from test_feed_rules import BASE, SHOW, told

from chaitime_audio.checks import CheckContext
from chaitime_audio.checks import feed as feed_checks
from chaitime_audio.domain.feed_tags import Alternate, Comments, FeedTags, Recommended
from chaitime_audio.domain.people import Link
from chaitime_audio.errors import ConfigError
from chaitime_audio.formats import item_xml
from chaitime_audio.project.settings import load
from chaitime_audio.site.feed import feed
from chaitime_audio.tagging.wide_cover import prepare_wide

pytestmark = pytest.mark.pure
GUID = "917393e3-1b1e-5cef-ace4-edaa54e1f810"
SUM = hashlib.sha256(b"sound").hexdigest()
ALL = FeedTags(
    funding=(
        Link("Support the show", "https://example.org/give?a=1&b=2"),
        Link("Shop", "https://example.org/shop"),
    ),
    podroll=(Recommended(GUID.upper(), "https://example.org/other.xml", "Other"),),
    place="Austin, TX",
    place_geo="geo:30.2672,-97.7431",
    place_osm="R113314",
    place_country="US",
    place_kind="creator",
    licence="cc-by-4.0",
    licence_url="https://creativecommons.org/licenses/by/4.0/",
    frequency="biweekly",
    wide="wide.png",
    wide_alt="Two cups of tea",
)


def whole(tags: FeedTags = ALL) -> str:
    episode = told(example())
    brief = replace(
        episode.brief,
        content_links=(Link("Watch on YouTube", "https://example.org/watch?v=1"),),
        comments=(Comments("https://example.social/@chai/1", "activitypub", "@chai@example.social"),),
    )
    others = (Alternate("m4a", 1234, SUM), Alternate("wav", 9, SUM), Alternate("flac", 99, SUM))
    show = replace(SHOW, feed=tags)
    return feed(show, [replace(episode, brief=brief, show=show, alternates=others)], OURS)


def test_every_tag_keeps_the_published_rules():
    """With all of them set the feed breaks no rule, and with none of them it is as it was."""
    assert broken(whole()) == []
    bare = ElementTree.fromstring(whole(FeedTags()))
    assert not [one for one in bare.find("channel") if one.tag in (f"{PODCAST}funding", f"{PODCAST}podroll")]


def test_each_setting_is_a_line():
    """Every value stands where the namespace's documentation puts it."""
    channel = ElementTree.fromstring(whole()).find("channel")

    def one(name: str) -> ElementTree.Element:
        return channel.find(f".//{PODCAST}{name}")

    assert [(two.get("url"), two.text) for two in channel.findall(f"{PODCAST}funding")] == [
        ("https://example.org/give?a=1&b=2", "Support the show"),
        ("https://example.org/shop", "Shop"),
    ]
    assert one("remoteItem").attrib == {
        "feedGuid": GUID,
        "feedUrl": "https://example.org/other.xml",
        "medium": "podcast",
        "title": "Other",
    }
    assert (one("location").text, one("location").get("geo")) == ("Austin, TX", "geo:30.2672,-97.7431")
    assert (one("license").text, one("license").get("url")[:26]) == (
        "cc-by-4.0",
        "https://creativecommons.or",
    )
    assert one("updateFrequency").get("rrule") == "FREQ=WEEKLY;INTERVAL=2"
    assert (one("image").get("href"), one("image").get("alt")) == (
        f"{BASE}/cover-wide.jpg",
        "Two cups of tea",
    )
    assert one("contentLink").get("href") == "https://example.org/watch?v=1"
    assert one("socialInteract").attrib == {
        "uri": "https://example.social/@chai/1",
        "protocol": "activitypub",
        "accountId": "@chai@example.social",
    }


def test_other_files_are_offered_with_their_sums():
    """M4A and FLAC are offered with address, size and sum; a WAV is not; the setting turns them off."""
    found = ElementTree.fromstring(whole()).findall(f".//{PODCAST}alternateEnclosure")
    kinds = [(one.get("type"), one.get("length")) for one in found]
    assert kinds == [("audio/mp4", "1234"), ("audio/flac", "99")]
    assert found[0].find(f"{PODCAST}source").get("uri") == f"{BASE}/001-talk/001-talk.m4a"
    value = found[0].find(f"{PODCAST}integrity").get("value")
    assert value == f"sha256-{base64.b64encode(hashlib.sha256(b'sound').digest()).decode()}"
    assert "alternateEnclosure" not in whole(replace(ALL, alternates=False))


def test_a_file_that_is_another_than_announced_fails_the_check(tmp_path):
    """`chaitime check` compares each offered file with its sum, and looks at the other addresses."""
    episode = told(example())
    brief = replace(episode.brief, content_links=(Link("Watch", "no address"),))
    episode = replace(episode, brief=brief, alternates=(Alternate("m4a", 5, SUM),))
    (tmp_path / f"{episode.slug}.item.xml").write_text(item_xml.render(episode, OURS), encoding="utf-8")
    path = tmp_path / f"{episode.slug}.m4a"
    for data, level in ((b"sound", "pass"), (b"other", "fail")):
        path.write_bytes(data)
        rules = {one.rule: one.level for one in feed_checks.findings(CheckContext(episode, tmp_path))}
        assert rules["feed-alternate"] == level
    assert rules["feed-places"] == "fail"


def test_another_reader_takes_the_feed():
    """podcastparser, which is not ours, still finds the episode, its MP3 and the funding address."""
    parsed = podcastparser.parse(f"{BASE}/feed.xml", io.BytesIO(whole().encode()))
    assert [one["enclosures"][0]["mime_type"] for one in parsed["episodes"]] == ["audio/mpeg"]
    assert parsed.get("funding_url", "https://example.org/give?a=1&b=2").startswith("https://example.org/")


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ('licence = "cc-by-5"', "cc-by-4.0"),
        ('frequency = "hourly"', "biweekly"),
        ('place_kind = "near"', "creator"),
        ('place_geo = "30,97"', "geo:30.2672"),
        ('place_osm = "113314"', "R113314"),
        ('place_country = "usa"', "two capital letters"),
        ('podroll = [{ guid = "no" }]', "podcast:guid"),
        ('funding = [{ title = "Give", url = "give" }]', "Where listeners can give"),
        ('licence_url = "javascript:1"', "licence's text"),
    ],
)
def test_unknown_values_are_refused_with_what_is_allowed(tmp_path, line, said):
    """A value that means nothing stops the run, naming the setting and what it may be."""
    path = tmp_path / "chaitime.toml"
    path.write_text(f"[feed]\n{line}\n", encoding="utf-8")
    with pytest.raises(ConfigError) as refused:
        load(path)
    assert line.partition(" ")[0] in str(refused.value)
    assert said in str(refused.value)


def test_a_picture_of_another_shape_is_refused(tmp_path):
    """feed.wide takes 16:9 alone, makes it small enough, and says what is wrong with others."""
    for size, said in (((1500, 1500), "not 16:9"), ((800, 450), "1280 x 720")):
        Image.new("RGB", size).save(tmp_path / "a.png")
        with pytest.raises(ConfigError, match=said):
            prepare_wide(tmp_path / "a.png")
    Image.new("RGB", (3840, 2160), "#336699").save(tmp_path / "a.png")
    with Image.open(io.BytesIO(prepare_wide(tmp_path / "a.png"))) as made:
        assert (made.size, made.format) == ((1920, 1080), "JPEG")
