"""What the human writes: the show (config/chaitime.toml) and the episode (episode.toml)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import PureWindowsPath
from typing import Literal
from urllib.parse import urlsplit

from .correction import Correction, Term
from .feed_tags import Comments, FeedTags
from .own_notes import FOUND, OwnNotes
from .people import Link, Person
from .sound import SourceMs, Span
from .sponsor import Sponsor


@dataclass(frozen=True, slots=True)
class Show:
    """The series an episode belongs to. ``ai_content`` is None as long as nobody answered."""

    name: str
    tagline: str = ""
    about: str = ""
    host: str = ""
    language: str = ""
    category: str = "Technology"
    url: str = ""
    artwork: str = ""
    copyright: str = ""
    explicit: bool = False
    author: str = ""
    owner_name: str = ""
    owner_email: str = ""
    media_url: str = ""
    feed_url: str = ""
    podcast_guid: str = ""
    serial: bool = False
    locked: bool = False
    ai_content: bool | None = None
    timezone: str = ""
    media_version: bool = False
    links: tuple[Link, ...] = ()
    vocabulary: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()
    feed: FeedTags = field(default_factory=FeedTags)


@dataclass(frozen=True, slots=True)
class ChapterWish:
    """What the human wants of one chapter: a title at a time, the question at a time, or none.

    ``at`` is source time. With ``drop`` the chapter at ``at``, or called ``title``, is left out;
    without a title the question at ``at`` gives it one. ``url`` is a link that players show with the
    chapter, ``picture`` a file relative to the episode's folder.
    """

    at: SourceMs | None = None
    title: str = ""
    drop: bool = False
    url: str = ""
    picture: str = ""

    def __post_init__(self) -> None:
        if self.at is None and not (self.drop and self.title):
            raise ValueError('a chapter needs at = "MM:SS" (or drop = true with its title)')
        if self.drop and self.at is not None and self.title:
            raise ValueError("to drop a chapter, give its time or its title, not both")
        if self.title and not any(char.isalnum() for char in self.title):
            raise ValueError(f"“{self.title}” is no title for a chapter")
        if self.drop and (self.url or self.picture):
            raise ValueError("a chapter that is dropped has no link and no picture")
        if self.url and not _is_web_address(self.url):
            raise ValueError(
                f"url = “{self.url}” is not a web address; write it like https://example.org/page"
            )
        if self.picture and not _is_inside(self.picture):
            raise ValueError(f"picture = “{self.picture}” is not in the episode's folder; copy it there")


def _is_web_address(url: str) -> bool:
    try:
        parts = urlsplit(url)
        known = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
    return known and not any(char.isspace() for char in url)


def _is_inside(path: str) -> bool:
    """Whether a path stays in the folder it is relative to, on any system."""
    windows = PureWindowsPath(path)
    return not windows.anchor and ".." not in windows.parts


@dataclass(frozen=True, slots=True)
class Brief:
    """One episode as its human describes it; every field may be left out.

    ``guid`` and ``published`` are written once at creation and never change after. ``published`` has an
    offset, unless it was just read; it is None where the day that was told is all that is known.
    ``content_links`` are other places of the episode (its film, say), ``comments`` where it is talked about.
    ``speakers`` is 0 when the count is to be found out. ``arrangement`` says how several
    recordings in source/ belong together; empty: one, or parts by their numbered names. ``notes`` come
    before the notes that are found.
    """

    title: str = ""
    number: int = 0
    season: int = 0
    kind: Literal["full", "trailer", "bonus"] = "full"
    date: date | None = None
    guid: str = ""
    published: datetime | None = None
    subtitle: str = ""
    language: str = ""
    speakers: int = 0
    arrangement: Literal["", "single", "parts", "tracks"] = ""
    people: tuple[Person, ...] = ()
    links: tuple[Link, ...] = ()
    cuts: tuple[Span, ...] = ()
    corrections: tuple[Correction, ...] = ()
    chapters: tuple[ChapterWish, ...] = ()
    notes: OwnNotes = FOUND
    sponsor: tuple[Sponsor, ...] = ()
    content_links: tuple[Link, ...] = ()
    comments: tuple[Comments, ...] = ()
