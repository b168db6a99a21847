"""Settings of the feed's further tags (Podcasting 2.0)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from ..domain.feed_tags import Frequency, Licence, PlaceKind, Recommended
from ..domain.people import Link
from ..domain.text import plain_url
from .setting import setting

GEO = re.compile(r"geo:-?\d{1,2}(\.\d+)?,-?\d{1,3}(\.\d+)?(,-?\d+(\.\d+)?)?(;u=\d+(\.\d+)?)?")
OSM = re.compile(r"[NWR]\d+(#\d+)?")
MOST_TEXT = 128


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """The feed: what it says beyond the usual (Podcasting 2.0)."""

    funding: tuple[Link, ...] = setting(
        (), "Where listeners can give: { title = “Support us”, url = … }, titles of 128 characters at most."
    )
    podroll: tuple[Recommended, ...] = setting(
        (), "Shows you recommend: { guid = their podcast:guid, url = their feed, title = … }."
    )
    place: str = setting("", "Name of the place the show is about or made at, such as “Austin, TX”.")
    place_geo: str = setting("", "Where that is, as geo:30.2672,-97.7431.")
    place_osm: str = setting("", "Its OpenStreetMap object: N, W or R and its number, such as R113314.")
    place_country: str = setting("", "Its country, as two capital letters.")
    place_kind: PlaceKind = setting("", "Whether the show is about it (subject) or made there (creator).")
    licence: Licence = setting(
        "",
        "Licence of the episodes: all-rights-reserved, cc0-1.0, cc-by-4.0, cc-by-sa-4.0 or another of CC.",
    )
    licence_url: str = setting("", "Page with the licence's text.")
    frequency: Frequency = setting(
        "", "How often an episode comes: daily, weekly, biweekly, monthly, or complete when none follows."
    )
    wide: str = setting("", "A 16:9 picture for apps, 1280 pixels wide or more; relative to this file.")
    wide_alt: str = setting("", "What that picture shows, for those who cannot see it.")
    alternates: bool = setting(
        True, "Whether the feed offers the M4A and FLAC of audio.extra_formats beside the MP3."
    )


def unfit(feed: FeedSettings) -> Iterator[str]:
    """Yield the names of settings whose values make no sense."""
    fits = {
        "funding": all(
            plain_url(one.url) and 0 < len(one.title.strip()) <= MOST_TEXT for one in feed.funding
        ),
        "podroll": all(_is_guid(one.guid) and (not one.url or plain_url(one.url)) for one in feed.podroll),
        "place": len(feed.place) <= MOST_TEXT,
        "place_geo": not feed.place_geo or bool(GEO.fullmatch(feed.place_geo)),
        "place_osm": not feed.place_osm or bool(OSM.fullmatch(feed.place_osm)),
        "place_country": not feed.place_country or bool(re.fullmatch("[A-Z]{2}", feed.place_country)),
        "licence_url": not feed.licence_url or bool(plain_url(feed.licence_url)),
    }
    yield from (name for name, fine in fits.items() if not fine)


def _is_guid(text: str) -> bool:
    try:
        return bool(UUID(text.strip()))
    except ValueError:
        return False
