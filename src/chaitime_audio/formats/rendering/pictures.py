"""Where the pictures of chapters lie: in out/, and on the show's own site."""

from __future__ import annotations

from hashlib import sha256
from pathlib import PurePosixPath
from urllib.parse import quote

from ...domain import text
from ...domain.episode import Episode
from ...domain.tags import Mark
from ...project.episode_folder import slug

FOLDER = "chapters"


def picture_name(picture: str) -> str:
    """The file in out/ that a chapter's picture is published as; two pictures never share one."""
    path = PurePosixPath(picture)
    return f"{FOLDER}/{slug(path.stem)}-{sha256(picture.encode()).hexdigest()[:6]}.jpg"


def picture_address(episode: Episode, mark: Mark) -> str:
    """The address of a chapter's picture; nothing without one, or when the show has no site of its own."""
    base = text.plain_url(episode.show.media_url).rstrip("/")
    return f"{base}/{quote(episode.slug)}/{picture_name(mark.picture)}" if base and mark.picture else ""
