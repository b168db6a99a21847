"""The edited text of an episode as plain values: what templates print.

Texts are on one line and free of control characters, times are published ms, addresses not yet
checked (the ``link`` and ``url`` filters do that). A template gets one value, ``page``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..derive.tags import chapter_marks
from ..model.episode import Episode, Quote, Remark
from ..model.people import Link, Role
from ..model.tags import Mark
from ._clock import iso_duration, published
from ._escape import line, lines, url

HEADINGS_FROM_WORDS = 1000
MONTHS = "January February March April May June July August September October November December".split()


@dataclass(frozen=True, slots=True)
class PagePerson:
    """Somebody who speaks."""

    name: str
    role: Role
    bio: tuple[str, ...]
    links: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Everything one person says until another one answers. ``heading``: a section begins here."""

    name: str
    role: Role
    start_ms: int
    paragraphs: tuple[str, ...]
    heading: str = ""

    @property
    def start_iso(self) -> str:
        """The start as HTML's ``time`` wants it."""
        return iso_duration(self.start_ms)


@dataclass(frozen=True, slots=True)
class PageQuote:
    """A guest's words as the post prints them."""

    text: str
    name: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class PageChapter:
    """A chapter; ``turn`` is the number (from 1) of the first turn in it."""

    title: str
    start_ms: int
    turn: int

    @property
    def start_iso(self) -> str:
        """The start as HTML's ``time`` wants it."""
        return iso_duration(self.start_ms)


@dataclass(frozen=True, slots=True)
class PageShow:
    """The series."""

    name: str
    tagline: str
    about: tuple[str, ...]
    url: str
    links: tuple[Link, ...]
    copyright: str


@dataclass(frozen=True, slots=True)
class Page:
    """One episode, ready to be printed."""

    slug: str
    title: str
    subtitle: str
    language: str
    number: int
    season: int
    date: str
    date_iso: str
    duration_ms: int
    duration_iso: str
    part_line: str
    show: PageShow
    hosts: tuple[PagePerson, ...]
    guests: tuple[PagePerson, ...]
    summary: tuple[str, ...]
    claims: tuple[str, ...]
    quotes: tuple[PageQuote, ...]
    links: tuple[Link, ...]
    keywords: tuple[str, ...]
    chapters: tuple[PageChapter, ...]
    turns: tuple[PageTurn, ...]


def page(episode: Episode) -> Page:
    """Make the values for templates out of an episode."""
    show, brief, notes = episode.show, episode.brief, episode.notes
    found = turns(episode)
    chapters = tuple(_chapter(mark, found) for mark in chapter_marks(episode))
    return Page(
        slug=episode.slug,
        title=line(episode.title),
        subtitle=line(brief.subtitle),
        language=line(episode.language) or "en",
        number=brief.number,
        season=brief.season,
        date=_spelled(episode),
        date_iso=episode.date.isoformat() if episode.date else "",
        duration_ms=episode.duration_ms,
        duration_iso=iso_duration(episode.duration_ms),
        part_line=_part_line(episode),
        show=PageShow(
            name=line(show.name),
            tagline=line(show.tagline),
            about=lines(show.about),
            url=url(show.url),
            links=_links(show.links),
            copyright=line(show.copyright),
        ),
        hosts=_people(episode, "host"),
        guests=_people(episode, "guest"),
        summary=lines(notes.summary),
        claims=tuple(filter(None, map(line, notes.claims))),
        quotes=tuple(_quote(episode, quote) for quote in notes.quotes if episode.timeline.keeps(quote.span)),
        links=_links((*brief.links, *notes.links)),
        keywords=tuple(filter(None, map(line, notes.keywords))),
        chapters=chapters,
        turns=_with_headings(found, chapters),
    )


def turns(episode: Episode) -> tuple[PageTurn, ...]:
    """The post's turns: one label each, passages that were cut left out."""
    out: list[PageTurn] = []
    for exchange in episode.post:
        for remark in exchange.remarks:
            turn = _turn(episode, remark)
            if not turn.paragraphs:
                continue
            if out and out[-1].name == turn.name:
                out[-1] = replace(out[-1], paragraphs=out[-1].paragraphs + turn.paragraphs)
            else:
                out.append(turn)
    return tuple(out)


def _turn(episode: Episode, remark: Remark) -> PageTurn:
    kept = [item for item in remark.paragraphs if episode.timeline.keeps(item.span) and line(item.text)]
    start_ms = published(episode, kept[0].span.start_ms) if kept else 0
    name, role = line(episode.cast.name(remark.label)), episode.cast.role(remark.label)
    return PageTurn(name, role, start_ms, tuple(line(item.text) for item in kept))


def _chapter(mark: Mark, found: tuple[PageTurn, ...]) -> PageChapter:
    """Tie a chapter to the first turn that begins in it (2 s early counts: borders differ a little)."""
    near = [number for number, turn in enumerate(found, 1) if turn.start_ms >= mark.start_ms - 2000]
    return PageChapter(line(mark.title), mark.start_ms, near[0] if near else len(found))


def _with_headings(found: tuple[PageTurn, ...], chapters: tuple[PageChapter, ...]) -> tuple[PageTurn, ...]:
    """Put chapter titles over the turns they begin with, in a long post; none before the greeting."""
    words = sum(len(text.split()) for turn in found for text in turn.paragraphs)
    if words < HEADINGS_FROM_WORDS:
        return found
    titles = {chapter.turn: chapter.title for chapter in chapters[1:] if chapter.turn > 1}
    return tuple(replace(turn, heading=titles.get(number, "")) for number, turn in enumerate(found, 1))


def _people(episode: Episode, role: Role) -> tuple[PagePerson, ...]:
    """Everybody of a role, each once, by first appearance; what the human wrote about them."""
    persons = {voice.person.name: voice.person for voice in episode.cast.voices if voice.person.role == role}
    told = {person.name: person for person in episode.brief.people}
    merged = [told.get(name, person) for name, person in persons.items()]
    return tuple(
        PagePerson(line(person.name), role, lines(person.bio), _links(person.links)) for person in merged
    )


def _links(found: Iterable[Link]) -> tuple[Link, ...]:
    """Links with an address, each address once."""
    once = {link.url.strip().rstrip("/").lower(): link for link in reversed(tuple(found)) if url(link.url)}
    return tuple(Link(line(link.title) or link.url, link.url) for link in reversed(once.values()))


def _quote(episode: Episode, quote: Quote) -> PageQuote:
    start_ms = published(episode, quote.span.start_ms)
    return PageQuote(line(quote.text), line(episode.cast.name(quote.label)), start_ms)


def _part_line(episode: Episode) -> str:
    """``Part 3 of Interviews with ML heroes``; without a number only the tagline."""
    series = line(episode.show.tagline) or line(episode.show.name)
    number = episode.brief.number
    return f"Part {number} of {series}" if number and series else series


def _spelled(episode: Episode) -> str:
    """``2 November 2026`` for an English episode, else the ISO date."""
    when = episode.date
    if not when:
        return ""
    if not episode.language.lower().startswith("en"):
        return when.isoformat()
    return f"{when.day} {MONTHS[when.month - 1]} {when.year}"
