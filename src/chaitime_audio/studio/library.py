"""A folder of episodes: how each stands, what is dropped into it, and every word that is said in it."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any, Literal

from ..batch.search import Found
from ..batch.status import status_of
from ..domain.text import printable
from ..editorial.queue.build import queue_of
from ..errors import ChaitimeError, UsageError
from ..pipeline.checking import findings
from ..pipeline.run import RunOptions, open_episode, registry_for
from ..project import episode_file
from ..project.episode_file import Overrides
from ..project.episode_folder import EpisodeFolder, slug
from ..site.feed import FEED_NAME
from ..site.members import members
from ..site.publish_site import publish_site
from .fulltext import FullText, cache_file
from .jobs import Jobs
from .uploads import Uploads

Together = Literal["single", "tracks", "parts"]
TOGETHER: tuple[Together, ...] = ("single", "tracks", "parts")
KEPT = RunOptions(only_kept=True, unworded=True, unmastered=True, force=True)
WHOLE = RunOptions(only_kept=True, unworded=True, force=True)
SITE = "site"
MOST_NUMBER, MOST_NAME, MOST_FILES, MOST_NAMESAKES = 999_999, 200, 50, 1000


class Library:
    """What belongs to a folder of episodes; without a ``path`` the studio was opened on one episode."""

    def __init__(self, path: Path | None, config: Path | None) -> None:
        self.path, self.config = path, config
        self.jobs = Jobs(config)
        self.uploads = Uploads(path) if path else None
        self._index = FullText(cache_file(path), config) if path else None

    def close(self) -> None:
        """End what is under way, and remove what was dropped and belongs to no episode."""
        self.jobs.close()
        if self.uploads:
            self.uploads.clear()

    def search(self, text: str, folders: Mapping[str, EpisodeFolder]) -> list[dict[str, Any]]:
        """Return where all the words of a text are said (see `FullText`)."""
        return self._index.search(text, folders) if self._index else []

    def begin(self, tokens: list[str], together: str, guest: str, number: int) -> EpisodeFolder:
        """Make an episode folder of recordings that were dropped; they are moved into it, not copied.

        Raises UsageError for what cannot be meant, and what writing raises.
        """
        if self.path is None or self.uploads is None:
            raise UsageError("the studio was opened on one episode; open the folder it lies in")
        if together not in TOGETHER or (together == "single") != (len(tokens) == 1):
            raise UsageError("several recordings are one per person (tracks) or pieces of one (parts)")
        if not 0 <= number <= MOST_NUMBER or len(guest) > MOST_NAME or len(tokens) > MOST_FILES:
            raise UsageError(f"a number has at most {len(str(MOST_NUMBER))} digits")
        names = self.uploads.names(tokens)
        stem = guest.strip() or (Path(names[0]).stem if names else "")
        folder = self._free(f"{number:03d}-{stem}" if number else stem)
        self.uploads.hand_over(tokens, folder.source)
        guests = (guest.strip(),) if guest.strip() else ()
        arrangement = together if len(tokens) > 1 else None
        told = Overrides(number=number or None, guests=guests, arrangement=arrangement)
        episode_file.create(folder, told)
        return folder

    def _free(self, name: str) -> EpisodeFolder:
        assert self.path is not None
        stem = slug(name)
        for count in range(1, MOST_NAMESAKES):
            path = self.path / (stem if count == 1 else f"{stem}-{count}")
            if not path.exists():
                return EpisodeFolder(path)
        raise UsageError(f"there are a thousand episodes called {stem}")

    def write_feed(self) -> dict[str, Any]:
        """Write feed and site of the show beside the episodes, as ``chaitime feed`` does, and say what came.

        Raises UsageError without an episode that can be published, and what `publish_site` raises.
        """
        if self.path is None:
            raise UsageError("a feed is made of a folder of episodes; open that in the studio")
        found = members(self.path, self.config)
        site = publish_site(
            registry_for(EpisodeFolder(self.path), self.config), found, self.path.resolve().parent / SITE
        )
        left = [str(item) for item in found.left_out]
        told = {"feed": str(site.folder / FEED_NAME), "episodes": len(found.found), "changed": site.changed}
        return {**told, "notes": [*left, *site.notes]}

    def card(self, folder: EpisodeFolder) -> dict[str, Any]:
        """Return how an episode stands, what waits for an answer, and what stops it from being published.

        Derives from what is kept; raises nothing.
        """
        status = status_of(Found(folder), self.config)
        told: dict[str, Any] = {
            "state": status.phrase,
            "published": status.published,
            "badges": [],
            "stops": [],
        }
        try:
            registry = registry_for(folder, self.config)
            with open_episode(folder, registry, WHOLE if status.published else KEPT) as made:
                told["title"] = printable(made.episode.title, " ")
                queue = queue_of(made.episode)
                if queue.open:
                    told["badges"].append(f"{len(queue.open)} places to check")
                told["badges"] += made.episode.questions
                if status.published:
                    found = (item for items in findings(made).values() for item in items)
                    told["stops"] = [item.text for item in found if item.level == "fail"]
        except (ChaitimeError, OSError):
            told["stops"] = told["stops"] or [status.phrase]
        return told


def is_library(path: Path, folders: Mapping[str, EpisodeFolder]) -> bool:
    """Whether the studio was opened on a folder of episodes rather than on one."""
    return path.is_dir() and not any(folder.path == path for folder in folders.values())
