"""What the site was before: a feed that loses an episode or its own id must not do so unsaid."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from xml.etree import ElementTree

from ..domain.text import line
from ..formats.rendering.xml_elements import NAMESPACES


@dataclass(frozen=True, slots=True)
class PreviousFeed:
    """The feed as it was written the last time: titles by guid, and the show's own id."""

    titles: Mapping[str, str] = field(default_factory=dict)
    podcast_guid: str = ""


def read_previous_feed(feed_path: Path) -> PreviousFeed:
    """Read a feed that lies there; what is missing or cannot be read was nothing."""
    try:
        raw = feed_path.read_text(encoding="utf-8")
        if "<!DOCTYPE" in raw or "<!ENTITY" in raw:
            return PreviousFeed()
        root = ElementTree.fromstring(raw)  # noqa: S314  (entities are refused above)
    except (OSError, ValueError, ElementTree.ParseError):
        return PreviousFeed()
    items = root.findall("channel/item")
    titles = {item.findtext("guid", ""): line(item.findtext("title", "")) for item in items}
    return PreviousFeed(titles, root.findtext("channel/podcast:guid", "", NAMESPACES))


def news(was: PreviousFeed, now: Mapping[str, str], podcast_guid: str) -> Iterator[str]:
    """What a listener's app will notice: episodes that are gone, and a show that has another id."""
    for guid, title in was.titles.items():
        if guid not in now:
            yield f"“{title}” was in the feed and is gone"
    if was.podcast_guid and podcast_guid and podcast_guid != was.podcast_guid:
        changed = f"the feed's podcast:guid was {was.podcast_guid} and is {podcast_guid} now"
        yield f"{changed}; to keep the old one: show.podcast_guid"


def orphans(site: Path, slugs: frozenset[str]) -> Iterator[str]:
    """Folders of episodes that are on the site and no more of the show; they are the person's to remove."""
    for page in sorted(site.glob("*/index.html")):
        name = page.parent.name
        if name not in slugs and (page.parent / f"{name}.mp3").is_file():
            yield f"{page.parent} is no longer part of the show; remove it here and on your web host"
