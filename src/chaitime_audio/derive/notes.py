"""Show notes from the interview itself: extracted, never made up, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..model.brief import Brief
from ..model.episode import Chapter, Exchange, Notes, Quote
from ..model.people import Cast, Link
from ..model.sound import Span
from ._introduction import introduction
from ._keywords import keywords
from ._ranking import Point, guest_points, spread
from .language._reading import Reading, reading_for

MOST_CLAIMS, MOST_QUOTES, MOST_KEYWORDS, TOPICS = 5, 5, 8, 3
FEWEST_QUOTE_WORDS, MOST_QUOTE_WORDS = 12, 40
WORDS_A_QUOTE = 400
LONGEST_HOOK_WORDS = 24
_ADDRESS = re.compile(r"(?<![\w@.])(?:https?://)?(?:[\w-]+\.)+[a-z]{2,}(?:/[\w./?=&%~#-]*[\w/])?(?![\w@])")


def annotate(
    exchanges: tuple[Exchange, ...],
    cast: Cast,
    chapters: tuple[Chapter, ...],
    brief: Brief,
    language: str,
) -> Notes:
    """Return summary, claims, quotes, links and keywords.

    Claims are the guests' own sentences; quotes stand in the post word for word, 12 to 40 words;
    a link is one that was said, or that the brief has.
    """
    data = reading_for(language)
    points = guest_points(exchanges, cast, data)
    claims = spread(points, MOST_CLAIMS, data)
    quotes = _quotes(points, claims)
    names = frozenset(part.casefold() for voice in cast.voices for part in voice.person.name.split())
    passages = [_flat(" ".join(remark.text for remark in item.remarks)) for item in exchanges]
    found = keywords(passages, data, MOST_KEYWORDS, names)
    return Notes(
        summary=_summary(exchanges, cast, chapters, brief, (data, found, claims)),
        claims=tuple(_claim(point, cast, data) for point in claims),
        quotes=quotes,
        links=_links(exchanges, brief),
        keywords=found,
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _claim(point: Point, cast: Cast, data: Reading) -> str:
    """A claim as a line of its own: no "So" before it, and who makes it where several guests talk."""
    said = point.text.split()
    while len(said) > 1 and said[0].strip(",").casefold() in data.lead_ins:
        said = said[1:]
    text = " ".join(said)
    text = text[0].upper() + text[1:]
    return f"{cast.name(point.label)}: {text}" if len(cast.guests) > 1 else text


def _quotes(points: Sequence[Point], claims: Sequence[Point]) -> tuple[Quote, ...]:
    """The best runs of neighbouring sentences of 12 to 40 words that no claim has."""
    used = {number for claim in claims for number in claim.word_ids}
    runs = [run for run in _runs(points) if not used & set(run.word_ids)] or _runs(points)
    words = sum(len(point.text.split()) for point in points)
    most = min(MOST_QUOTES, max(2, round(words / WORDS_A_QUOTE)))
    chosen: list[Point] = []
    for run in sorted(runs, key=lambda item: (-item.score, item.span)):
        if len(chosen) < most and not any(set(run.word_ids) & set(other.word_ids) for other in chosen):
            chosen.append(run)
    ordered = sorted(chosen, key=lambda item: item.span)
    return tuple(Quote(run.text, run.label, run.word_ids, run.span) for run in ordered)


def _runs(points: Sequence[Point]) -> list[Point]:
    """Every run of up to three neighbouring sentences that has a quote's length."""
    runs = []
    for start in range(len(points)):
        for stop in range(start + 1, min(start + 4, len(points) + 1)):
            part = points[start:stop]
            if any(item.label != part[0].label or item.exchange != part[0].exchange for item in part):
                break
            text = " ".join(item.text for item in part)
            if FEWEST_QUOTE_WORDS <= len(text.split()) <= MOST_QUOTE_WORDS:
                ids = tuple(number for item in part for number in item.word_ids)
                whole = Span(part[0].span.start_ms, part[-1].span.end_ms)
                score = sum(item.score for item in part) / len(part) + 0.25 * min(len(part), 2)
                runs.append(Point(part[0].label, part[0].exchange, text, ids, whole, score))
    return runs


def _summary(
    exchanges: Sequence[Exchange],
    cast: Cast,
    chapters: Sequence[Chapter],
    brief: Brief,
    found: tuple[Reading, tuple[str, ...], list[Point]],
) -> str:
    """Two or three sentences: who it is, what about and with whom, and one line to come for."""
    data, keys_found, claims = found
    words = dict(data.summary)
    if not words or not cast.guests:
        return ""
    lines = [introduction(name, exchanges, cast, brief, data) for name in cast.guests]
    who = [line for line in lines if line]
    topics = _topics(chapters, keys_found, words)
    opening = words["with"].format(
        guests=_listed(cast.guests, words), hosts=_listed(cast.hosts, words), topics=topics
    )
    clause = len(who) == 1 and len(cast.guests) == 1 and who[0].startswith(f"{cast.guests[0]}, ")
    if clause:
        opening = opening.replace(cast.guests[0], who[0].rstrip(".") + ",", 1)
        who = []
    hook = max(
        (p for p in claims if len(p.text.split()) <= LONGEST_HOOK_WORDS), key=lambda p: p.score, default=None
    )
    closing = words["hook"].format(name=cast.name(hook.label), quote=_claim_text(hook, data)) if hook else ""
    return " ".join(line for line in (" ".join(who), opening, closing) if line)


def _claim_text(point: Point, data: Reading) -> str:
    return _claim(point, Cast(()), data)


def _topics(chapters: Sequence[Chapter], found: Sequence[str], words: dict[str, str]) -> str:
    """Up to three topics: chapter titles that name one, then keywords."""
    named = [
        c.title for c in chapters[1:] if not c.title.endswith("?") and not re.search(r"\byou\b", c.title)
    ]
    low = [title[0].lower() + title[1:] for title in named]
    extra = [key for key in found if not any(key.split()[-1].casefold() in title for title in low)]
    return _listed((*low, *extra)[:TOPICS], words)


def _listed(names: Sequence[str], words: dict[str, str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return f"{', '.join(names[:-1])} {words['and']} {names[-1]}"


def _links(exchanges: Sequence[Exchange], brief: Brief) -> tuple[Link, ...]:
    """The brief's links, then the addresses that were said and are not among them."""
    given = [*brief.links, *(link for person in brief.people for link in person.links)]
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
