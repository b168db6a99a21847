"""A static site: an index with players, and a page an episode whose transcript follows the sound.

Pages are whole by themselves (styles and script inside), link to one another relatively, and so
work from a folder on disk as well as from any web host.
"""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from zoneinfo import ZoneInfo

from ..domain.brief import Show
from ..domain.episode import Episode, Paragraph
from ..domain.scripts import right_to_left
from ..domain.text import line, lines
from ..formats import Templates
from ..formats.rendering.clock import published
from ..formats.rendering.page import Page, page
from ..formats.rendering.rss import published_at

SMALL_COVER_NAME = "cover-small.jpg"
POLICY = (
    "default-src 'none'; img-src 'self' file:; media-src 'self' file:; style-src 'unsafe-inline'; "
    "script-src 'sha256-{sum}'; base-uri 'none'; form-action 'none'"
)


@dataclass(frozen=True, slots=True)
class PostLine:
    """A sentence of the post and when it is said in the MP3, in ms."""

    text: str
    start_ms: int

    @property
    def seconds(self) -> str:
        """The start as the player counts."""
        return f"{self.start_ms / 1000:.2f}"


@dataclass(frozen=True, slots=True)
class Speech:
    """What one person says until another answers: paragraphs of lines."""

    name: str
    role: str
    paragraphs: tuple[tuple[PostLine, ...], ...]


def pages(show: Show, episodes: Sequence[Episode], templates: Templates) -> dict[str, str]:
    """Each page's text by its path in the site."""
    shown = [page(_dated(episode)) for episode in episodes]
    script = templates.render("site.js", {}).strip()
    total = b64encode(sha256(script.encode()).digest()).decode()
    shared: dict[str, object] = {"script": script, "policy": POLICY.format(sum=total)}
    listed = shown[::-1] if show.serial else shown
    head: dict[str, object] = {"show": _head(show, shown), "pages": listed}
    texts = {"index.html": templates.render("site-index.html", shared | head)}
    for episode, printed in zip(episodes, shown, strict=True):
        values = {"page": printed, "speeches": tuple(speeches(episode))}
        texts[f"{episode.slug}/index.html"] = templates.render("site-episode.html", shared | values)
    return texts


def speeches(episode: Episode) -> Iterator[Speech]:
    """The post by speaker, every sentence with its time; what was cut is left out."""
    for exchange in episode.post:
        for remark in exchange.remarks:
            found = (tuple(_lines(episode, paragraph)) for paragraph in remark.paragraphs)
            paragraphs = tuple(lines for lines in found if lines)
            if paragraphs:
                name, role = line(episode.cast.name(remark.label)), episode.cast.role(remark.label)
                yield Speech(name, role, paragraphs)


def _lines(episode: Episode, paragraph: Paragraph) -> Iterator[PostLine]:
    """Its sentences; the whole paragraph where it has none."""
    for piece in paragraph.sentences or (paragraph,):
        text = line(piece.text)
        if text and episode.timeline.keeps(piece.span):
            yield PostLine(text, published(episode, piece.span.start_ms))


def _dated(episode: Episode) -> Episode:
    """With the day it was published where nobody gave it a date."""
    when = published_at(episode)
    here = when.astimezone(ZoneInfo(episode.show.timezone or "UTC")) if when else None
    return replace(episode, date=episode.date or (here.date() if here else None))


def _head(show: Show, shown: Sequence[Page]) -> dict[str, object]:
    """What the index prints about the show."""
    language = line(show.language) or (shown[0].language if shown else "en")
    return {
        "name": line(show.name),
        "tagline": line(show.tagline),
        "about": lines(show.about),
        "url": show.url,
        "links": show.links,
        "copyright": line(show.copyright),
        "language": language,
        "direction": "rtl" if right_to_left(language) else "ltr",
        "address": f"{show.media_url}/" if show.media_url else "",
    }
