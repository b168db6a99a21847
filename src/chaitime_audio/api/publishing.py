"""The feed and the site of a show, for a program."""

from __future__ import annotations

from pathlib import Path

from ..pipeline.run import registry_for
from ..project.episode_folder import EpisodeFolder
from ..site.members import members
from ..site.publish_site import PublishedSite, publish_site
from .foreign_errors import ours
from .making import StrPath


def build_site(
    episodes: StrPath, out: StrPath, *, base_url: str = "", config: StrPath | None = None
) -> PublishedSite:
    """Write feed.xml and a static site from the episode folders below ``episodes``; what is the same stays.

    ``base_url`` is the address that ``out`` will have on the web, by default ``show.media_url``. Episodes
    are taken as they were made. ``lost`` of the result names those that are broken and should be in the
    feed, ``notes`` what a person should know.

    Raises UsageError when there is no episode to publish or an address is none, DestinationError when ``out``
    cannot be written.
    """
    with ours():
        folder, named = Path(episodes), Path(config) if config else None
        found = members(folder, named)
        return publish_site(registry_for(EpisodeFolder(folder), named), found, Path(out), base_url)
