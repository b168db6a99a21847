"""Three drafts for social networks, each short enough for any of them (280 characters), quotes never cut."""

from __future__ import annotations

from collections.abc import Iterator

from ..domain.episode import Episode
from ..domain.text import quoted
from ..domain.timecode import clock
from .rendering.page import Page, page
from .rendering.templates import Templates

FILE_NAME = "notes/social.txt"
ON_REQUEST = True
DRAFTS, MOST_CHARACTERS = 3, 280


def render(episode: Episode, templates: Templates) -> str:
    """Fill in ``templates/notes-social.txt.j2`` with the first drafts that are short enough."""
    values = page(episode)
    link = values.show.url
    short = [text for text in _drafts(values) if len(text) + len(link) + 1 <= MOST_CHARACTERS]
    drafts = tuple(f"{text} {link}".strip() for text in short[:DRAFTS])
    return templates.render("notes-social.txt", {"page": values, "drafts": drafts}) if drafts else ""


def _drafts(values: Page) -> Iterator[str]:
    """Two quotes with their times, who talks about what, then what else was said."""
    show, guests = values.show.name, " and ".join(person.name for person in values.guests)
    quotes = [
        f"{quoted(item.text)} — {item.name} on {show}, at {clock(item.start_ms)}" for item in values.quotes
    ]
    yield from quotes[:2]
    news = f"New on {show}: {values.title}" + (f", with {guests}" if guests not in values.title else "")
    topics = " · ".join(chapter.title for chapter in values.chapters[1:4])
    yield f"{news}. {topics}" if topics else news
    yield from quotes[2:]
    yield from (f"{quoted(claim)} — {guests} on {show}" for claim in values.claims)
