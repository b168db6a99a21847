"""The whole feed of a show: RSS 2.0 with the iTunes and Podcasting 2.0 tags."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from uuid import UUID, uuid5

from ..domain.brief import Show
from ..domain.episode import Episode
from ..domain.text import plain_url
from ..formats import Templates
from ..formats.item_xml import item
from ..formats.rendering import rss
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
    rows = [f"  {row}\n" for row in _channel(show, episodes) if row]
    items = (item(episode, templates, show.media_url) for episode in episodes)
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0" {rss.declared()}>\n<channel>\n'
    return f"{head}{''.join(rows)}{''.join(items)}</channel>\n</rss>\n"


def address_of(show: Show) -> str:
    """Where the feed will lie; nothing when neither setting says it."""
    return plain_url(show.feed_url) or (rss.address(show.media_url, FEED_NAME) if show.media_url else "")


def guid_of(show: Show) -> str:
    """The show's own id: the one it brought along, else by its feed's address; nothing without one."""
    own = address_of(show)
    return show.podcast_guid.strip().lower() or (podcast_guid(own) if own else "")


def _channel(show: Show, episodes: Sequence[Episode]) -> Iterator[str]:
    own, here = address_of(show), plain_url(show.media_url)
    author = show.author or show.host or show.name
    yield rss.tag("title", rss.short(show.name, rss.MOST_VALUE))
    yield rss.tag("link", plain_url(show.url) or here)
    yield rss.tag("description", rss.within(show.about or show.tagline or show.name))
    yield rss.tag("language", show.language or (episodes[0].language if episodes else "en"))
    yield rss.tag("copyright", show.copyright)
    yield rss.tag("lastBuildDate", rss.publication_date(episodes[0]) if episodes else "")
    yield rss.tag("generator", "chaitime")
    yield rss.tag("atom:link", href=own, rel="self", type="application/rss+xml") if own else ""
    yield rss.tag("itunes:author", rss.short(author, rss.MOST_VALUE))
    yield _owner(show)
    yield rss.tag("itunes:image", href=rss.address(here, COVER_NAME))
    yield _category(show.category)
    yield rss.tag("itunes:explicit", str(show.explicit).lower())
    yield rss.tag("itunes:type", "serial" if show.serial else "episodic")
    yield rss.tag("podcast:guid", guid_of(show))
    yield rss.tag("podcast:locked", "yes" if show.locked else "no", owner=show.owner_email)
    yield rss.tag("podcast:medium", "podcast")
    yield rss.person_tag(show.host, "host")


def _category(category: str) -> str:
    """The directory's category, its subcategory inside it; nothing when none is named."""
    main, below = split(category)
    inside = rss.tag("itunes:category", text_=below) if main else ""
    return rss.tag("itunes:category", inside=inside, text_=main)


def _owner(show: Show) -> str:
    name, mail = rss.tag("itunes:name", show.owner_name), rss.tag("itunes:email", show.owner_email)
    return rss.tag("itunes:owner", inside=name + mail)
