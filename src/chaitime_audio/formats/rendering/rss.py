"""RSS 2.0 items with the iTunes and Podcasting 2.0 tags: one episode as every app wants it.

Rules after the Podcasting 2.0 namespace documentation (podcastindex.org) and Apple's podcast
requirements. Addresses follow the site's layout: ``BASE/SLUG/FILE``; without a base they are relative.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time
from email.utils import format_datetime
from urllib.parse import quote
from zoneinfo import ZoneInfo

from ...domain import text as escape
from ...domain.episode import Episode
from ...domain.people import Person
from ...editorial.notes.tags import chapter_marks
from .. import psc_xml
from .clock import published, sounds
from .templates import Templates

NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "podcast": "https://podcastindex.org/namespace/1.0",
    "psc": psc_xml.NAMESPACE,
}
TRANSCRIPTS = (
    ("vtt", "text/vtt"),
    ("srt", "application/x-subrip"),
    ("transcript.json", "application/json"),
)
MOST_TITLE, MOST_NAME, MOST_VALUE, MOST_BYTES = 128, 128, 255, 4000
SHORTEST_BITE_MS, LONGEST_BITE_MS = 15_000, 120_000


def declared() -> str:
    """All namespaces as attributes."""
    return " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())


def tag(name: str, text: object = "", *, inside: str = "", **attributes: object) -> str:
    """One element, escaped; nothing when it would say nothing. An attribute without value is left out.

    ``inside`` are elements made before.
    """
    given = [
        f' {key.rstrip("_")}="{escape.xml(str(value))}"' for key, value in attributes.items() if value != ""
    ]
    content = escape.xml(str(text)) + inside
    if not content and not given:
        return ""
    return f"<{name}{''.join(given)}>{content}</{name}>" if content else f"<{name}{''.join(given)}/>"


def html(name: str, markup: str) -> str:
    """An element with HTML in it, as CDATA."""
    safe = markup.strip().replace("]]>", "]]&gt;")
    return f"<{name}><![CDATA[{safe}]]></{name}>" if safe else ""


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


def lines_of(episode: Episode, templates: Templates, base_url: str) -> Iterator[str]:
    """The elements inside ``item``, in order; empty ones among them."""
    from .length_limits import BLOCKS, fitted, utf8_bytes
    from .page import page

    brief, show = episode.brief, episode.show
    home = (base_url, episode.slug)
    values = page(episode)
    full = templates.render("notes-feed.html", {"page": values, "blocks": BLOCKS})
    short_notes = fitted(templates, "notes-feed.html", values, MOST_BYTES, utf8_bytes)
    yield tag("title", short(episode.title, MOST_VALUE))
    yield tag("link", address(*home, "") if base_url else "")
    yield tag("guid", brief.guid or episode.slug, isPermaLink="false")
    yield tag("pubDate", publication_date(episode))
    yield html("description", short_notes)
    yield html("content:encoded", full)
    sound = address(*home, episode.media_name or f"{episode.slug}.mp3")
    yield tag(
        "enclosure", url=sound, length=episode.mp3_bytes or episode.master.size_bytes, type="audio/mpeg"
    )
    yield tag("itunes:title", short(episode.title, MOST_VALUE))
    yield tag("itunes:subtitle", short(brief.subtitle, MOST_VALUE))
    yield tag("itunes:summary", short(episode.notes.summary or brief.subtitle, MOST_VALUE))
    yield tag("itunes:author", short(show.author or ", ".join(episode.cast.hosts) or show.host, MOST_VALUE))
    yield tag("itunes:duration", max(1, round(episode.duration_ms / 1000)))
    yield tag("itunes:episodeType", brief.kind)
    yield tag("itunes:explicit", str(show.explicit).lower())
    yield tag("itunes:image", href=address(base_url, "cover.jpg") if base_url else "")
    for name, number in (("episode", brief.number), ("season", brief.season)):
        if number:
            yield tag(f"itunes:{name}", number)
            yield tag(f"podcast:{name}", number)
    yield from _podcasting(episode, base_url)
    yield psc_xml.render(episode, templates).replace(f' xmlns:psc="{psc_xml.NAMESPACE}"', "").strip()


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


def _podcasting(episode: Episode, base_url: str) -> Iterator[str]:
    """Transcripts, chapters, people, soundbites and the disclosure."""
    home = (base_url, episode.slug)
    if _is_heard(episode):
        for ending, kind in TRANSCRIPTS:
            file = address(*home, f"{episode.slug}.{ending}")
            yield tag("podcast:transcript", url=file, type=kind, language=episode.language, rel="captions")
    if chapter_marks(episode):
        chapters = address(*home, f"{episode.slug}.chapters.json")
        yield tag("podcast:chapters", url=chapters, type="application/json+chapters")
    yield from _people(episode)
    yield from _soundbites(episode)
    if (answer := episode.show.ai_content) is not None:
        yield tag("podcast:txt", str(answer).lower(), purpose="ai-content")


def _is_heard(episode: Episode) -> bool:
    """Whether a word is left that captions can print."""
    words = (word for utterance in episode.spoken for word in utterance.words)
    return any(escape.line(word.text) and sounds(episode.timeline, word.span) for word in words)


def _people(episode: Episode) -> Iterator[str]:
    """Everybody who is named: an item's people replace those of the channel, so the host comes again."""
    told = {person.name: person for person in episode.brief.people}
    known = {voice.person.name: voice.person for voice in episode.cast.voices if voice.named}
    for name, person in known.items():
        chosen: Person = told.get(name, person)
        links = filter(None, (escape.url(link.url) for link in chosen.links))
        yield person_tag(name, person.role, escape.plain_url(chosen.photo), next(links, ""))


def person_tag(name: str, role: str, img: str = "", href: str = "") -> str:
    """Somebody of the cast; nothing for a name of which nothing is left."""
    shown = short(name, MOST_NAME)
    return tag("podcast:person", shown, role=role, group="cast", img=img, href=href) if shown else ""


def _soundbites(episode: Episode) -> Iterator[str]:
    """Clips that stand alone, in published time, within the length that apps play."""
    for bite in episode.notes.soundbites:
        start_ms, end_ms = (published(episode, at) for at in (bite.span.start_ms, bite.span.end_ms))
        if SHORTEST_BITE_MS <= end_ms - start_ms <= LONGEST_BITE_MS:
            yield tag(
                "podcast:soundbite",
                short(bite.title, MOST_TITLE),
                startTime=f"{start_ms / 1000:.3f}",
                duration=f"{(end_ms - start_ms) / 1000:.3f}",
            )
