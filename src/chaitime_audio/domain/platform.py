"""What a platform takes into the form for an episode's notes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Platform:
    """One platform: at most ``most`` characters or bytes of notes, tags counted, in ``file`` of out/.

    ``is_plain``: it takes no markup, and refuses angle brackets; else HTML of a few tags.
    ``lists_chapters``: it makes chapters of the times in the notes. ``reads_feed``: what it shows of
    an episode comes from the show's feed.
    """

    name: str
    file: str
    most: int
    unit: Literal["characters", "bytes"] = "characters"
    is_plain: bool = False
    lists_chapters: bool = False
    reads_feed: bool = False

    def size(self, text: str) -> int:
        """How much of the limit a text takes."""
        return len(text.encode()) if self.unit == "bytes" else len(text)
