"""The whole feed of a show: RSS 2.0 with the iTunes and Podcasting 2.0 tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5
from xml.etree.ElementTree import Element

from ..domain.brief import Show
from ..domain.episode import Episode
from ..domain.text import plain_url
from ..formats import Templates
from ..formats.rendering import rss
from ..formats.rendering.rss_extra import WIDE_NAME, channel_tags
from ..formats.rendering.xml_elements import document, element
from .categories import split

NAMESPACE = UUID("ead4c236-bf58-58c6-a2c6-a6b28d128cb6")
FEED_NAME, COVER_NAME = "feed.xml", "cover.jpg"


def podcast_guid(feed_url: str) -> str:
    """The show's own id: UUIDv5 of the feed's address without scheme and trailing slashes.

    The rule and its namespace are published with the ``podcast:guid`` tag.
    """
    bare = feed_url.strip().partition("://")[2] or feed_url.strip()
    return str(uuid5(NAMESPACE, bare.rstrip("/")))


def feed(show: Show, episodes: Sequence[Episode], templates: Templates) -> str:
    """Return feed.xml: the channel, and one item an episode in the order given (newest first)."""
    items = (rss.item(episode, templates, show.media_url) for episode in episodes)
    channel = element("channel", "", *_told_of(show, episodes), *items)
    return document(element("rss", "", channel, version="2.0"), declared=True)


def address_of(show: Show) -> str:
    """Where the feed will lie; nothing when neither setting says it."""
    return plain_url(show.feed_url) or (rss.address(show.media_url, FEED_NAME) if show.media_url else "")


def guid_of(show: Show) -> str:
    """The show's own id: the one it brought along, else by its feed's address; nothing without one."""
    own = address_of(show)
    return show.podcast_guid.strip().lower() or (podcast_guid(own) if own else "")


def _told_of(show: Show, episodes: Sequence[Episode]) -> Iterator[Element]:
    """What the channel says of the show, in order; some elements may say nothing."""
    own, here = address_of(show), plain_url(show.media_url)
    author = show.author or show.host or show.name
    yield element("title", rss.short(show.name, rss.MOST_VALUE))
    yield element("link", plain_url(show.url) or here)
    yield element("description", rss.within(show.about or show.tagline or show.name))
    yield element("language", show.language or (episodes[0].language if episodes else "en"))
    yield element("copyright", show.copyright)
    yield element("lastBuildDate", rss.publication_date(episodes[0]) if episodes else "")
    yield element("generator", "chaitime")
    if own:
        yield element("atom:link", href=own, rel="self", type="application/rss+xml")
    yield element("itunes:author", rss.short(author, rss.MOST_VALUE))
    yield _owner(show)
    yield element("itunes:image", href=rss.address(here, COVER_NAME))
    yield _category(show.category)
    yield element("itunes:explicit", str(show.explicit).lower())
    yield element("itunes:type", "serial" if show.serial else "episodic")
    yield element("podcast:guid", guid_of(show))
    yield element("podcast:locked", "yes" if show.locked else "no", owner=show.owner_email)
    yield element("podcast:medium", "podcast")
    yield rss.person(show.host, "host")
    wide = rss.address(here, WIDE_NAME) if show.feed.wide else ""
    yield from channel_tags(show.feed, wide)


def _category(category: str) -> Element:
    """The directory's category, its subcategory inside it; it says nothing when none is named."""
    main, below = split(category)
    inside = element("itunes:category", text=below if main else "")
    return element("itunes:category", "", inside, text=main)


def _owner(show: Show) -> Element:
    name, mail = element("itunes:name", show.owner_name), element("itunes:email", show.owner_email)
    return element("itunes:owner", "", name, mail)
