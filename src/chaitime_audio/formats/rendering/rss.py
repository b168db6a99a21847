"""RSS 2.0 items with the iTunes and Podcasting 2.0 tags: one episode as every app wants it.

Rules after the Podcasting 2.0 namespace documentation (podcastindex.org) and Apple's podcast
requirements. Addresses follow the site's layout: ``BASE/SLUG/FILE``; without a base they are relative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import quote
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from ...domain import text as escape
from ...domain.episode import Episode
from ...domain.people import Person
from ...editorial.notes.tags import chapter_marks
from .. import psc_xml
from .clock import published, sounds
from .rss_extra import item_tags
from .templates import Templates
from .xml_elements import element, html_element

TRANSCRIPTS = (
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("transcript.json", "application/json"),
)
MOST_TITLE, MOST_NAME, MOST_VALUE, MOST_BYTES = 128, 128, 255, 4000
SHORTEST_BITE_MS, LONGEST_BITE_MS = 15_000, 120_000


def short(text: str, most: int) -> str:
    """The text on one line, at most so many characters."""
    cleaned = escape.line(text)
    return cleaned if len(cleaned) <= most else cleaned[: most - 1].rstrip() + "…"


def within(text: str, most: int = MOST_BYTES) -> str:
    """The text on one line, at most so many bytes in UTF-8, cut between words where that can be."""
    cleaned = escape.line(text)
    if len(cleaned.encode()) <= most:
        return cleaned
    kept = cleaned.encode()[: most - 3].decode(errors="ignore")
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def address(base_url: str, *parts: str) -> str:
    """An address under the base in plain ASCII; relative without a base."""
    path = "/".join(quote(part) for part in parts)
    base = escape.plain_url(base_url).rstrip("/")
    return f"{base}/{path}" if base else path


def item(episode: Episode, templates: Templates, base_url: str) -> Element:
    """One ``item``; its addresses are those under ``base_url``."""
    return element("item", "", *_elements_of(episode, templates, base_url))


def _elements_of(episode: Episode, templates: Templates, base_url: str) -> Iterator[Element]:
    """The elements inside ``item``, in order; some may say nothing."""
    from .length_limits import BLOCKS, fitted, utf8_bytes
    from .page import page

    brief, show = episode.brief, episode.show
    home = (base_url, episode.slug)
    values = page(episode)
    full = templates.render("notes-feed.html", {"page": values, "blocks": BLOCKS})
    short_notes = fitted(templates, "notes-feed.html", values, MOST_BYTES, utf8_bytes)
    yield element("title", short(episode.title, MOST_VALUE))
    yield element("link", address(*home, "") if base_url else "")
    yield element("guid", brief.guid or episode.slug, isPermaLink="false")
    yield element("pubDate", publication_date(episode))
    yield html_element("description", short_notes)
    yield html_element("content:encoded", full)
    sound = address(*home, episode.media_name or f"{episode.slug}.mp3")
    yield element(
        "enclosure", url=sound, length=episode.mp3_bytes or episode.master.size_bytes, type="audio/mpeg"
    )
    yield element("itunes:title", short(episode.title, MOST_VALUE))
    yield element("itunes:subtitle", short(brief.subtitle, MOST_VALUE))
    yield element("itunes:summary", short(episode.notes.summary or brief.subtitle, MOST_VALUE))
    yield element(
        "itunes:author", short(show.author or ", ".join(episode.cast.hosts) or show.host, MOST_VALUE)
    )
    yield element("itunes:duration", max(1, round(episode.duration_ms / 1000)))
    yield element("itunes:episodeType", brief.kind)
    yield element("itunes:explicit", str(show.explicit).lower())
    yield element("itunes:image", href=address(base_url, "cover.jpg") if base_url else "")
    for name, number in (("episode", brief.number), ("season", brief.season)):
        if number:
            yield element(f"itunes:{name}", number)
            yield element(f"podcast:{name}", number)
    yield from _podcasting(episode, base_url)
    yield psc_xml.chapters(episode)


def publication_date(episode: Episode) -> str:
    """Publication time as RFC 2822 wants it, or nothing."""
    when = published_at(episode)
    return format_datetime(when) if when else ""


def published_at(episode: Episode) -> datetime | None:
    """When it was published (UTC), else noon of its date where the show is at home, else None."""
    when, zone = episode.brief.published, ZoneInfo(episode.show.timezone or "UTC")
    if when is None and episode.date:
        when = datetime.combine(episode.date, time(12), zone)
    if when is None:
        return None
    return (when if when.tzinfo else when.replace(tzinfo=zone)).astimezone(UTC)


def _podcasting(episode: Episode, base_url: str) -> Iterator[Element]:
    """Transcripts, chapters, people, soundbites and the disclosure."""
    home = (base_url, episode.slug)
    if _is_heard(episode):
        for ending, kind in TRANSCRIPTS:
            file = address(*home, f"{episode.slug}.{ending}")
            yield element(
                "podcast:transcript", url=file, type=kind, language=episode.language, rel="captions"
            )
    if chapter_marks(episode):
        chapters = address(*home, f"{episode.slug}.chapters.json")
        yield element("podcast:chapters", url=chapters, type="application/json+chapters")
    yield from _people(episode)
    yield from _soundbites(episode)
    if (answer := episode.show.ai_content) is not None:
        yield element("podcast:txt", str(answer).lower(), purpose="ai-content")
    yield from item_tags(episode, address(*home) if base_url else "")


def _is_heard(episode: Episode) -> bool:
    """Whether a word is left that captions can print."""
    words = (word for utterance in episode.spoken for word in utterance.words)
    return any(escape.line(word.text) and sounds(episode.timeline, word.span) for word in words)


def _people(episode: Episode) -> Iterator[Element]:
    """Everybody who is named: an item's people replace those of the channel, so the host comes again."""
    told = {one.name: one for one in episode.brief.people}
    known = {voice.person.name: voice.person for voice in episode.cast.voices if voice.named}
    for name, cast in known.items():
        chosen: Person = told.get(name, cast)
        links = filter(None, (escape.url(link.url) for link in chosen.links))
        yield person(name, cast.role, escape.plain_url(chosen.photo), next(links, ""))


def person(name: str, role: str, img: str = "", href: str = "") -> Element:
    """Somebody of the cast; it says nothing for a name of which nothing is left."""
    shown = short(name, MOST_NAME)
    told = {"role": role, "group": "cast", "img": img, "href": href} if shown else {}
    return element("podcast:person", shown, **told)


def _soundbites(episode: Episode) -> Iterator[Element]:
    """Clips that stand alone, in published time, within the length that apps play."""
    for bite in episode.notes.soundbites:
        start_ms, end_ms = (published(episode, at) for at in (bite.span.start_ms, bite.span.end_ms))
        if SHORTEST_BITE_MS <= end_ms - start_ms <= LONGEST_BITE_MS:
            yield element(
                "podcast:soundbite",
                short(bite.title, MOST_TITLE),
                startTime=f"{start_ms / 1000:.3f}",
                duration=f"{(end_ms - start_ms) / 1000:.3f}",
            )
