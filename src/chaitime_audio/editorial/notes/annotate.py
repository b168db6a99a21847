"""Show notes from the interview itself: extracted, never made up, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ...domain.brief import Brief
from ...domain.correction import Term
from ...domain.episode import Chapter, Exchange, Notes
from ...domain.people import Cast, Link
from ...domain.scripts import join_words, word_count
from ..certainty import CERTAIN, Certainty
from ..corrections.glossary import mentioned
from ..languages.reading import Reading, keys, reading_for
from .gate import gate_for
from .headlines import headlines
from .keywords import keywords
from .mentions import mentions
from .ranking import Point, guest_talk, quote_points, spread
from .sharing import share
from .soundbites import soundbites
from .summary import Talk, plain, summary

MOST_CLAIMS, MOST_KEYWORDS = 5, 8
FEWEST_QUOTE_WORDS, MOST_QUOTE_WORDS = 12, 40
_ADDRESS = re.compile(r"(?<![\w@.])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[\w./?=&%~#-]*[\w/])?(?![\w@])")


def annotate(
    exchanges: tuple[Exchange, ...],
    cast: Cast,
    chapters: tuple[Chapter, ...],
    brief: Brief,
    language: str,
    *,
    terms: tuple[Term, ...] = (),
    certainty: Certainty = CERTAIN,
) -> Notes:
    """Return summary, claims, quotes, links, keywords, and for the editor mentions, clips and titles.

    Claims are the guests' own sentences; quotes stand in the post word for word, 12 to 40 words;
    a link is one that was said, that the brief has, or of a term in ``terms`` that was mentioned. What is
    printed large passes the `Gate`; ``certainty`` is how sure the words are.
    """
    data, gate = reading_for(language), gate_for(language, certainty)
    guests = guest_talk(exchanges, cast, data)
    points = guests.points
    chosen = spread([one for one in points if gate.passes([one], one.text)], MOST_CLAIMS + 1, data)
    runs = quote_points(guests, (FEWEST_QUOTE_WORDS, MOST_QUOTE_WORDS), data)
    runs = [one for one in runs if gate.passes([one], one.text)]
    shared = share(chosen, runs, sum(word_count(point.text) for point in points))
    names = frozenset(part.casefold() for voice in cast.voices for part in voice.person.name.split())
    talk = [item for item in exchanges if item.asks] or list(exchanges)
    passages = [_flat(join_words(remark.text for remark in item.remarks)) for item in talk]
    found = keywords(passages, data, MOST_KEYWORDS, names | gate.doubtful)
    links = _links(exchanges, brief, terms)
    linked = frozenset(key for link in links for key in keys(link.title))
    notes = Notes(
        summary=summary(Talk(exchanges, cast, chapters, brief, gate), found, shared.hook),
        claims=tuple(_claim(point, cast, data) for point in shared.claims),
        quotes=shared.quotes,
        links=links,
        keywords=found,
        mentions=mentions(passages, data, names | linked),
        soundbites=soundbites(exchanges, points, shared.quotes, gate),
    )
    return replace(notes, titles=headlines(notes, cast, chapters))


def _flat(text: str) -> str:
    return " ".join(text.split())


def _claim(point: Point, cast: Cast, data: Reading) -> str:
    """A claim as a line of its own, and who makes it where several guests talk."""
    text = plain(point, data)
    return f"{cast.name(point.label)}: {text}" if len(cast.guests) > 1 else text


def _links(exchanges: Sequence[Exchange], brief: Brief, terms: Sequence[Term]) -> tuple[Link, ...]:
    """The brief's links, those of terms mentioned, then the addresses that were said; each once."""
    given = [*brief.links, *(link for person in brief.people for link in person.links)]
    given += mentioned(exchanges, terms)
    spoken = [
        match.group(0)
        for item in exchanges
        for remark in item.remarks
        for match in _ADDRESS.finditer(remark.text)
    ]
    out: dict[str, Link] = {}
    for link in given:
        out.setdefault(_bare(link.url), link)
    for address in spoken:
        url = address if address.startswith("http") else f"https://{address}"
        out.setdefault(_bare(address), Link(address, url))
    return tuple(out.values())


def _bare(url: str) -> str:
    return re.sub(r"^https?://(?:www\.)?", "", url.casefold()).rstrip("/")
