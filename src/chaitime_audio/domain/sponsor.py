"""A sponsor of an episode: what stands under ``[[sponsor]]`` in episode.toml."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

from .sound import SourceMs, Span


@dataclass(frozen=True, slots=True)
class Sponsor:
    """Who pays, where the message is read (source time, if it is), and what the notes print about it."""

    name: str = ""
    start: SourceMs | None = None
    end: SourceMs | None = None
    text: str = ""
    url: str = ""

    def __post_init__(self) -> None:
        if not self.name and self.start is None:
            raise ValueError('a sponsor needs name = "…", or start and end = "MM:SS" of the message')
        if (self.start is None) != (self.end is None):
            raise ValueError("a sponsor's message needs both start and end, or neither")
        if self.start is not None and self.end is not None and self.end <= self.start:
            raise ValueError("a sponsor's message ends behind its start")
        if self.url and urlsplit(self.url).scheme not in ("http", "https"):
            raise ValueError(
                f"url = “{self.url}” is not a web address; write it like https://example.org/page"
            )

    @property
    def span(self) -> Span | None:
        """Where the message is read; None when that is to be found."""
        return None if self.start is None or self.end is None else Span(self.start, self.end)
