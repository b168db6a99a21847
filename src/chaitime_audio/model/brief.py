"""What the human writes: the show (config/chaitime.toml) and the episode (episode.toml)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from .correction import Correction, Term
from .people import Link, Person
from .sound import Span


@dataclass(frozen=True, slots=True)
class Show:
    """The series an episode belongs to."""

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
    links: tuple[Link, ...] = ()
    vocabulary: tuple[str, ...] = ()
    glossary: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Brief:
    """One episode as its human describes it; every field may be left out.

    ``guid`` and ``published`` are written once at creation and never change after.
    ``speakers`` is 0 when the count is to be found out. ``arrangement`` says how several
    recordings in source/ belong together; empty: one, or parts by their numbered names.
    """

    title: str = ""
    number: int = 0
    season: int = 0
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
