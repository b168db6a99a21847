"""What is written into the MP3, in plain values and published time; no ID3 here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date as Date  # noqa: N812  (a field is called date)

from .sound import PublishedMs


@dataclass(frozen=True, slots=True)
class Mark:
    """A chapter in published time: each ends where the next begins. ``picture`` names a file.

    ``short`` is the title for where there is little room; never empty unless the title is.
    """

    title: str
    start_ms: PublishedMs
    end_ms: PublishedMs
    url: str = ""
    picture: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of the transcript and when it begins."""

    at_ms: PublishedMs
    text: str


@dataclass(frozen=True, slots=True)
class Tags:
    """Everything an MP3 says about itself. What is empty is not written.

    ``language`` is a two-letter code; ``cover`` the bytes of a JPEG, as ``prepare_cover``
    makes them; ``pictures`` those of chapters by their names; ``number`` and ``season`` are 0
    when there is none.
    """

    title: str
    show: str = ""
    subtitle: str = ""
    hosts: tuple[str, ...] = ()
    guests: tuple[str, ...] = ()
    number: int = 0
    season: int = 0
    date: Date | None = None
    genre: str = "Podcast"
    comment: str = ""
    description: str = ""
    keywords: tuple[str, ...] = ()
    category: str = ""
    language: str = ""
    copyright: str = ""
    url: str = ""
    feed_url: str = ""
    guid: str = ""
    transcript: str = ""
    lines: tuple[TimedLine, ...] = ()
    chapters: tuple[Mark, ...] = ()
    cover: bytes | None = None
    pictures: tuple[tuple[str, bytes], ...] = ()

    @property
    def artist(self) -> str:
        """Who is heard: ``Host with Guest``."""
        people = [" & ".join(self.hosts), " & ".join(self.guests)]
        return " with ".join(part for part in people if part)
