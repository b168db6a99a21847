"""Podcasting 2.0's further tags: of a show funding, podroll, place, licence; of an episode other places."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ...domain.text import line, plain_url
from .xml_elements import element

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

    from ...domain.episode import Episode
    from ...domain.feed_tags import FeedTags

MOST_TEXT = 128
RULES = {
    "daily": "FREQ=DAILY",
    "weekly": "FREQ=WEEKLY",
    "biweekly": "FREQ=WEEKLY;INTERVAL=2",
    "monthly": "FREQ=MONTHLY",
}
KINDS = {"m4a": "audio/mp4", "flac": "audio/flac"}
"""Kinds of files that are offered beside the MP3; a WAV is for studios, not for listeners."""
WIDE_NAME = "cover-wide.jpg"


def channel_tags(tags: FeedTags, wide_address: str) -> Iterator[Element]:
    """The show's tags, in order; ``wide_address`` is where its 16:9 picture lies, empty for none."""
    for link in tags.funding:
        yield element("podcast:funding", line(link.title)[:MOST_TEXT], url=plain_url(link.url))
    yield element(
        "podcast:location",
        line(tags.place)[:MOST_TEXT],
        **(
            {
                "rel": tags.place_kind,
                "geo": tags.place_geo,
                "osm": tags.place_osm,
                "country": tags.place_country,
            }
            if tags.place
            else {}
        ),
    )
    if tags.licence:
        yield element("podcast:license", tags.licence, url=plain_url(tags.licence_url))
    if tags.frequency == "complete":
        yield element("podcast:updateFrequency", "complete", complete="true")
    elif tags.frequency:
        yield element("podcast:updateFrequency", tags.frequency, rrule=RULES[tags.frequency])
    if wide_address:
        alt = {"alt": line(tags.wide_alt)}
        yield element(
            "podcast:image", href=wide_address, **alt, **{"aspect-ratio": "16/9"}, type="image/jpeg"
        )
    yield element("podcast:podroll", "", *_podroll(tags))


def _podroll(tags: FeedTags) -> Iterator[Element]:
    for show in tags.podroll:
        yield element(
            "podcast:remoteItem",
            feedGuid=show.guid.strip().lower(),
            feedUrl=plain_url(show.url),
            medium="podcast",
            title=line(show.title),
        )


def item_tags(episode: Episode, home: str) -> Iterator[Element]:
    """An episode's tags, in order: where else it is, where it is talked about, its other files."""
    for link in episode.brief.content_links:
        yield element("podcast:contentLink", line(link.title)[:MOST_TEXT], href=plain_url(link.url))
    for number, place in enumerate(episode.brief.comments, 1):
        yield element(
            "podcast:socialInteract",
            uri=plain_url(place.url),
            protocol=place.protocol,
            accountId=line(place.account),
            priority=number if len(episode.brief.comments) > 1 else "",
        )
    for other in episode.alternates if episode.show.feed.alternates else ():
        if other.name in KINDS:
            file = f"{episode.slug}.{other.name}"
            yield element(
                "podcast:alternateEnclosure",
                "",
                element("podcast:source", uri=f"{home}/{file}" if home else file),
                element("podcast:integrity", type="sri", value=other.integrity),
                type=KINDS[other.name],
                length=other.size_bytes,
                title="lossless" if other.name == "flac" else "AAC",
            )
