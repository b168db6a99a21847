"""What a feed lacks for directories to take it, each in a sentence with the setting that mends it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ..domain.brief import Show
from ..domain.episode import Episode
from ..project.settings import ShowSettings
from .categories import objection
from .feed import address_of

MOST_LISTED = 3


def advice(show: Show, episodes: Sequence[Episode]) -> Iterator[str]:
    """Look at the show, then at its episodes together."""
    if not address_of(show):
        yield "its addresses are relative, which no app takes: set show.media_url, or say --base-url"
    if show.name == ShowSettings().name:
        yield "the show has no name yet: set show.name"
    if not (show.about or show.tagline):
        yield "the show is described by its name alone: set show.about"
    if not show.owner_email:
        yield "no mail address, which Spotify and other directories write to: set show.owner_email"
    if found := objection(show.category):
        yield f"{found}: set show.category"
    yield from _numbers(show, episodes)


def _numbers(show: Show, episodes: Sequence[Episode]) -> Iterator[str]:
    """A number twice; in a serial show none."""
    full = [episode for episode in episodes if episode.brief.kind == "full"]
    places: dict[tuple[int, int], list[str]] = {}
    for episode in full:
        places.setdefault((episode.brief.season, episode.brief.number), []).append(episode.slug)
    for (_, number), slugs in sorted(places.items()):
        if number and len(slugs) > 1:
            yield f"{_listed(slugs)} have the same number {number}: change number (or season) in episode.toml"
    bare = [episode.slug for episode in full if not episode.brief.number]
    if show.serial and bare:
        verb = "has" if len(bare) == 1 else "have"
        yield f"{_listed(bare)} {verb} no number, which a serial show needs: set number in episode.toml"


def _listed(slugs: Sequence[str]) -> str:
    more = len(slugs) - MOST_LISTED
    return ", ".join(slugs[:MOST_LISTED]) + (f" and {more} more" if more > 0 else "")
