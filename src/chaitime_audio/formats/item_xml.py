"""The episode as one RSS item, to put into a feed by hand or with `chaitime feed`."""

from __future__ import annotations

from ..domain.episode import Episode
from .rendering import rss
from .rendering.templates import Templates
from .rendering.xml_elements import document

FILE_NAME = "{slug}.item.xml"


def render(episode: Episode, templates: Templates) -> str:
    """Write one ``item`` with its namespaces; addresses are those under ``show.media_url``."""
    return document(rss.item(episode, templates, episode.show.media_url))
