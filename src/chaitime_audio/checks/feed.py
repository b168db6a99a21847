"""The RSS item: what a feed needs to say about this episode, and that it fits the files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING

from ..domain.feed_tags import integrity
from ..project.files import file_sha256
from ._finding import CheckContext, Finding, finding_if

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

TITLE = "Feed"
MOST_DESCRIPTION = 4000
ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
AGAIN = "remove the item from out/ and run: chaitime process EPISODE"


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge ``SLUG.item.xml``."""
    name = f"{sight.episode.slug}.item.xml"
    readers = tuple(platform.name for platform in sight.platforms if platform.reads_feed)
    raw = sight.text(name)
    item = _parsed(raw) if raw is not None else None
    if item is None:
        said = f"{name} is missing" if raw is None else f"{name} cannot be read as XML"
        fix = "run: chaitime process EPISODE" if raw is None else AGAIN
        yield Finding("feed-item", "fail", said, fix, readers)
        return
    for rule, broken, good, fix in (
        *_identity(sight, item),
        *_enclosure(sight, item),
        *_apple(sight, item),
        *_further(sight, item),
    ):
        yield finding_if(rule, broken, good, fix, platforms=readers)


def _parsed(raw: str) -> Element | None:
    """The item; None for broken XML and for any that declares entities."""
    from xml.etree import ElementTree

    if "<!DOCTYPE" in raw or "<!ENTITY" in raw:
        return None
    try:
        return ElementTree.fromstring(raw)  # noqa: S314  (entities are refused above)
    except ElementTree.ParseError:
        return None


Row = tuple[str, str, str, str]


def _identity(sight: CheckContext, item: Element) -> Iterator[Row]:
    guid, wanted = _said(item, "guid"), sight.episode.brief.guid
    other = "no guid" if not guid else "the guid differs from episode.toml" if guid != wanted else ""
    yield "feed-guid", other, "the guid of episode.toml", f"a guid never changes after publication; {AGAIN}"
    yield "feed-date", _bad_date(_said(item, "pubDate")), "date as RFC 2822 wants it", AGAIN
    size = len(_said(item, "description").encode())
    long = f"description of {size} bytes" if size > MOST_DESCRIPTION else "" if size else "no description"
    fix = f"{MOST_DESCRIPTION} bytes at most; {AGAIN}"
    yield "feed-description", long, f"description of {size} bytes", fix


def _bad_date(text: str) -> str:
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, TypeError):
        return f"pubDate “{text}” is not a date"
    return "pubDate has no time zone" if moment.tzinfo is None else ""


def _enclosure(sight: CheckContext, item: Element) -> Iterator[Row]:
    found = item.findall("enclosure")
    one = found[0].attrib if len(found) == 1 else {}
    yield "feed-enclosure", "" if one else f"{len(found)} enclosures, one wanted", "one enclosure", AGAIN
    size = sight.mp3.stat().st_size if sight.mp3.is_file() else 0
    length = one.get("length", "")
    said = f"enclosure length {length or 'missing'}, the MP3 has {size} bytes"
    yield "feed-enclosure-length", "" if length == str(size) else said, "length is the MP3's size", AGAIN
    kind = one.get("type", "")
    yield "feed-enclosure-type", "" if kind == "audio/mpeg" else f"type “{kind}”", "audio/mpeg", AGAIN
    url = one.get("url", "")
    plain = re.fullmatch(r"[A-Za-z0-9:/._~%?=&-]+", url)
    good = "address in plain ASCII" + ("" if "://" in url else ", relative until show.media_url is set")
    yield "feed-enclosure-url", "" if plain else f"address “{url}”", good, AGAIN


def _apple(sight: CheckContext, item: Element) -> Iterator[Row]:
    explicit, wanted = _said(item, f"{ITUNES}explicit"), str(sight.episode.show.explicit).lower()
    said = f"explicit is “{explicit}”, the show says {wanted}" if explicit != wanted else ""
    yield "feed-explicit", said, f"explicit: {explicit}", f"true or false, as show.explicit; {AGAIN}"
    seconds, real = _said(item, f"{ITUNES}duration"), sight.episode.duration_ms / 1000
    near = seconds.isdecimal() and abs(int(seconds) - real) <= 1
    yield "feed-duration", "" if near else f"“{seconds}”, really {real:.0f} s", f"{seconds} s", AGAIN
    kinds = {element.get("type", "") for element in item.findall(f"{PODCAST}transcript")}
    said = "" if "text/vtt" in kinds or not sight.episode.spoken else "no VTT transcript"
    yield "feed-transcript", said, "transcript in VTT, the one Apple takes names from", AGAIN
    people = {(element.text or "").strip() for element in item.findall(f"{PODCAST}person")}
    missing = [host for host in sight.episode.cast.hosts if host not in people]
    fix = f"an item's list replaces the channel's, so name the host on each; {AGAIN}"
    yield "feed-people", f"{missing[0]} is not listed" if missing else "", "hosts are listed", fix


def _further(sight: CheckContext, item: Element) -> Iterator[Row]:
    """Podcasting 2.0's tags that an episode may have: other files, other places, comments."""
    for other in item.findall(f"{PODCAST}alternateEnclosure"):
        source, total = other.find(f"{PODCAST}source"), other.find(f"{PODCAST}integrity")
        name = (source.get("uri", "") if source is not None else "").rpartition("/")[2]
        path = sight.out / name
        told = total.get("value", "") if total is not None else ""
        real = integrity(file_sha256(path)) if name and path.is_file() else ""
        wrong = "" if real and told == real else f"{name or 'a file'} is missing or another than announced"
        yield "feed-alternate", wrong, f"{name} is the file that was announced", AGAIN
    places = [
        *((one.get("href", ""), "contentLink") for one in item.findall(f"{PODCAST}contentLink")),
        *((one.get("uri", ""), "socialInteract") for one in item.findall(f"{PODCAST}socialInteract")),
    ]
    for address, tag in places:
        fine = address.startswith(("https://", "http://"))
        fix = f"put a web address into episode.toml; {AGAIN}"
        yield "feed-places", "" if fine else f"{tag} has no address", f"{tag} leads to {address}", fix


def _said(item: Element, name: str) -> str:
    return (item.findtext(name) or "").strip()
