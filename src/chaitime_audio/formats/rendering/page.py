"""The edited text of an episode as plain values: what templates print.

Texts are on one line and free of control characters, times are published ms, addresses not yet
checked (the ``link`` and ``url`` filters do that). A template gets one value, ``page``.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from ...domain.episode import Episode, Quote
from ...domain.people import Link, Role
from ...domain.scripts import right_to_left
from ...domain.sponsor import Sponsor
from ...domain.text import line, lines, plain_url, url
from ...domain.timecode import iso_duration
from ...editorial.languages.editing import editing_for
from ...editorial.languages.wording import worded
from ...editorial.notes.tags import chapter_marks
from .clock import published
from .page_turns import (
    PageChapter,
    PageQuote,
    PageTurn,
    chapter_at,
    turns,
    with_headings,
    with_links,
    with_quotes,
)
from .wordings import joined_names


@dataclass(frozen=True, slots=True)
class PagePerson:
    """Somebody who speaks."""

    name: str
    role: Role
    bio: tuple[str, ...]
    links: tuple[Link, ...]
    photo: str = ""


@dataclass(frozen=True, slots=True)
class PageSponsor:
    """Who pays, as a person wrote it; without a text the name alone stands for it."""

    name: str
    text: tuple[str, ...]
    link: Link | None


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
    """One episode, ready to be printed.

    ``summary`` and ``intro`` are never empty where people are known: ``intro`` is the summary and
    what else is known about the guests. ``links`` are those that no person has already. ``before`` and
    ``after`` are small talk that is folded, no part of ``turns``. ``address``
    and ``cover`` are where the show's site has them, empty while nobody said where that is.
    """

    slug: str
    title: str
    subtitle: str
    language: str
    direction: str
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
    intro: tuple[str, ...]
    claims: tuple[str, ...]
    quotes: tuple[PageQuote, ...]
    links: tuple[Link, ...]
    keywords: tuple[str, ...]
    chapters: tuple[PageChapter, ...]
    turns: tuple[PageTurn, ...]
    before: tuple[PageTurn, ...] = ()
    after: tuple[PageTurn, ...] = ()
    address: str = ""
    cover: str = ""
    sponsors: tuple[PageSponsor, ...] = ()


def page(episode: Episode) -> Page:
    """Make the values for templates out of an episode."""
    show, brief, notes = episode.show, episode.brief, episode.notes
    told = with_links(turns(episode), _known(episode))
    found = tuple(turn for turn in told if not turn.folded)
    opening = next((at for at, turn in enumerate(told) if not turn.folded), len(told))
    quotes = tuple(_quote(episode, item) for item in notes.quotes if episode.timeline.keeps(item.span))
    hosts, guests = _people(episode, "host"), _people(episode, "guest")
    summary = lines(notes.summary) or _who(hosts, guests, episode.language)
    taken = {link.url for person in (*hosts, *guests) for link in person.links}
    marks = chapter_marks(episode)
    chapters = tuple(chapter_at(mark, found) for mark in marks)
    listed = (*brief.links, *notes.links, *(Link(mark.title, mark.url) for mark in marks if mark.url))
    return Page(
        slug=episode.slug,
        title=line(episode.title),
        subtitle=line(brief.subtitle),
        language=line(episode.language) or "en",
        direction="rtl" if right_to_left(episode.language) else "ltr",
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
        hosts=hosts,
        guests=guests,
        summary=summary,
        intro=(
            *summary,
            *(text for person in guests for text in person.bio if text not in " ".join(summary)),
        ),
        claims=tuple(filter(None, map(line, notes.claims))),
        quotes=quotes,
        links=tuple(link for link in _links(listed) if link.url not in taken),
        keywords=tuple(filter(None, map(line, notes.keywords))),
        chapters=chapters,
        turns=with_quotes(with_headings(found, chapters), quotes),
        before=told[:opening],
        after=tuple(turn for turn in told[opening:] if turn.folded),
        address=_online(episode, quote(episode.slug), ""),
        cover=_online(episode, "cover.jpg"),
        sponsors=tuple(map(_sponsor, (one for one in brief.sponsor if one.name or one.text))),
    )


def _sponsor(told: Sponsor) -> PageSponsor:
    link = Link(line(told.name) or told.url, told.url) if url(told.url) else None
    return PageSponsor(line(told.name), lines(told.text), link)


def _online(episode: Episode, *parts: str) -> str:
    """An address under the show's own; nothing without one."""
    base = plain_url(episode.show.media_url).rstrip("/")
    return "/".join((base, *parts)) if base else ""


def _people(episode: Episode, role: Role) -> tuple[PagePerson, ...]:
    """Everybody of a role, each once, by first appearance; what the human wrote about them."""
    persons = {voice.person.name: voice.person for voice in episode.cast.voices if voice.person.role == role}
    told = {person.name: person for person in episode.brief.people}
    merged = [told.get(name, person) for name, person in persons.items()]
    return tuple(
        PagePerson(line(person.name), role, lines(person.bio), _links(person.links), url(person.photo))
        for person in merged
    )


def _known(episode: Episode) -> tuple[Link, ...]:
    """What may be linked where it is mentioned: glossary, the episode's own links, what the notes list."""
    terms = tuple(Link(term.spelling, term.link) for term in episode.show.glossary if term.link)
    people = tuple(link for person in episode.brief.people for link in person.links)
    return (*episode.notes.links, *people, *episode.brief.links, *terms)


def _links(found: Iterable[Link]) -> tuple[Link, ...]:
    """Links with an address, each address once."""
    once = {link.url.strip().rstrip("/").lower(): link for link in reversed(tuple(found)) if url(link.url)}
    return tuple(Link(line(link.title) or link.url, link.url) for link in reversed(once.values()))


def _who(hosts: tuple[PagePerson, ...], guests: tuple[PagePerson, ...], language: str) -> tuple[str, ...]:
    """A first sentence for an episode that nobody has summed up."""
    if not (hosts and guests):
        return ()
    asking, asked = (joined_names([one.name for one in people], language) for people in (hosts, guests))
    return (worded("{hosts} in conversation with {guests}.", language).format(hosts=asking, guests=asked),)


def _quote(episode: Episode, quote: Quote) -> PageQuote:
    start_ms = published(episode, quote.span.start_ms)
    return PageQuote(line(quote.text), line(episode.cast.name(quote.label)), start_ms)


def _part_line(episode: Episode) -> str:
    """``Part 3 of Interviews with ML heroes``; without a number only the tagline."""
    series = line(episode.show.tagline) or line(episode.show.name)
    number = episode.brief.number
    if not (number and series):
        return series
    return worded("Part {number} of {series}", episode.language).format(number=number, series=series)


def _spelled(episode: Episode) -> str:
    """``2 November 2026`` for an English episode; the ISO date where the language has no way of its own."""
    when = episode.date
    return editing_for(episode.language).print_date(when) if when else ""
