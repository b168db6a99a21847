"""The episode as one RSS item, to put into a feed by hand or with `chaitime feed`."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering import rss
from .rendering.templates import Templates

FILE_NAME = "{slug}.item.xml"


def render(episode: Episode, templates: Templates) -> str:
    """Write one ``item`` with its namespaces; addresses are those under ``show.media_url``."""
    return item(episode, templates, episode.show.media_url, rss.declared())


def item(episode: Episode, templates: Templates, base_url: str, namespaces: str = "") -> str:
    """One ``item`` element; inside a feed the namespaces are declared already."""
    rows = [row for row in rss.lines_of(episode, templates, base_url) if row]
    opening = f"<item {namespaces}>" if namespaces else "<item>"
    return "\n".join([opening, *(f"  {row}" for row in rows), "</item>"]) + "\n"
