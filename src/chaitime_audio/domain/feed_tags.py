"""What a show says in its feed beyond the usual: Podcasting 2.0's tags for money, friends, place, licence."""

from __future__ import annotations

import base64
from dataclasses import dataclass
from typing import Literal

from .people import Link

Licence = Literal[
    "",
    "all-rights-reserved",
    "cc0-1.0",
    "cc-by-4.0",
    "cc-by-sa-4.0",
    "cc-by-nd-4.0",
    "cc-by-nc-4.0",
    "cc-by-nc-sa-4.0",
    "cc-by-nc-nd-4.0",
]
Frequency = Literal["", "daily", "weekly", "biweekly", "monthly", "complete"]
Protocol = Literal["activitypub", "atproto", "lightning", "nostr", "twitter", "disabled"]
PlaceKind = Literal["", "subject", "creator"]


@dataclass(frozen=True, slots=True)
class Recommended:
    """Another show: its ``podcast:guid``, and what is known of it besides."""

    guid: str
    url: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Comments:
    """Where an episode is talked about: an address, by a protocol."""

    url: str
    protocol: Protocol = "activitypub"
    account: str = ""


@dataclass(frozen=True, slots=True)
class Alternate:
    """The episode in another kind of file in out/ (``m4a``, ``flac``): its size and sha256 (hex)."""

    name: str
    size_bytes: int
    sha256: str

    @property
    def integrity(self) -> str:
        """Its sum as W3C's Subresource Integrity writes it."""
        return integrity(self.sha256)


@dataclass(frozen=True, slots=True)
class FeedTags:
    """The channel's further tags; what is empty is not said. ``wide`` is a 16:9 picture's file, if any."""

    funding: tuple[Link, ...] = ()
    podroll: tuple[Recommended, ...] = ()
    place: str = ""
    place_geo: str = ""
    place_osm: str = ""
    place_country: str = ""
    place_kind: PlaceKind = ""
    licence: Licence = ""
    licence_url: str = ""
    frequency: Frequency = ""
    wide: str = ""
    wide_alt: str = ""
    alternates: bool = True


def integrity(sha256: str) -> str:
    """A sum (hex) as W3C's Subresource Integrity writes it."""
    return f"sha256-{base64.b64encode(bytes.fromhex(sha256)).decode()}"
