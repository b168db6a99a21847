"""Show notes from the interview itself: extracted, never made up, the same on every run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ..model.brief import Brief
from ..model.episode import Chapter, Exchange, Notes, Quote
from ..model.people import Cast, Link
from ._introduction import introduction
from ._keywords import keywords
from ._mentions import mentions
from ._ranking import Point, guest_points, quote_points, spread
from ._titles import titles
from .language._reading import Reading, keys, reading_for

MOST_CLAIMS, MOST_QUOTES, MOST_KEYWORDS, TOPICS = 5, 5, 8, 3
FEWEST_QUOTE_WORDS, MOST_QUOTE_WORDS = 12, 40
WORDS_A_QUOTE = 400
LONGEST_HOOK_WORDS = 32
GOOD_TOPIC, FEWEST_TOPIC_WORDS = 1.6, 3
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
    runs = quote_points(exchanges, cast, (FEWEST_QUOTE_WORDS, MOST_QUOTE_WORDS), data)
    quotes = _quotes(runs, claims, sum(len(point.text.split()) for point in points))
    names = frozenset(part.casefold() for voice in cast.voices for part in voice.person.name.split())
    talk = [item for item in exchanges if item.asks] or list(exchanges)
    passages = [_flat(" ".join(remark.text for remark in item.remarks)) for item in talk]
    found = keywords(passages, data, MOST_KEYWORDS, names)
    links = _links(exchanges, brief)
    linked = frozenset(key for link in links for key in keys(link.title))
    return Notes(
        summary=_summary(exchanges, cast, chapters, brief, (data, found, claims)),
        claims=tuple(_claim(point, cast, data) for point in claims),
        quotes=quotes,
        links=links,
        keywords=found,
        mentions=mentions(passages, data, names | linked),
    )


def _flat(text: str) -> str:
    return " ".join(text.split())


def _claim(point: Point, cast: Cast, data: Reading) -> str:
    """A claim as a line of its own: no "So" before it, and who makes it where several guests talk."""
    said = point.text.split()
    while len(said) > 1 and said[0].casefold().rstrip(",") in data.joints:
        said = said[1:]
    text = " ".join(said)
    text = text[0].upper() + text[1:]
    return f"{cast.name(point.label)}: {text}" if len(cast.guests) > 1 else text


def _quotes(runs: Sequence[Point], claims: Sequence[Point], words: int) -> tuple[Quote, ...]:
    """The best runs of neighbouring sentences that no claim has, about one in 400 words."""
    used = {number for claim in claims for number in claim.word_ids}
    free = [run for run in runs if not used & set(run.word_ids)] or runs
    most = min(MOST_QUOTES, max(2, round(words / WORDS_A_QUOTE)))
    chosen: list[Point] = []
    for run in sorted(free, key=lambda item: (-item.score, item.span)):
        if len(chosen) < most and not any(run.exchange == other.exchange for other in chosen):
            chosen.append(run)
    ordered = sorted(chosen, key=lambda item: item.span)
    return tuple(Quote(run.text, run.label, run.word_ids, run.span) for run in ordered)


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
    called = _called(cast, words)
    lines = [introduction(name, exchanges, cast, brief, data) for name in called.guests]
    who = [line for line in lines if line]
    clause = len(who) == 1 and len(called.guests) == 1 and who[0].startswith(f"{called.guests[0]}, ")
    kind = "one" if clause or (not who and len(called.guests) == 1) else "with" if who else "many"
    guests = f"{who.pop()}," if clause else _listed(called.guests, words)
    topics, hosts = _topics(exchanges, chapters, keys_found, data), _listed(called.hosts, words)
    opening = words[kind].format(guests=guests, hosts=hosts, topics=topics) if topics and hosts else ""
    short = [point for point in claims if len(point.text.split()) <= LONGEST_HOOK_WORDS]
    hook = max(short, key=lambda point: point.score, default=None)
    closing = (
        words["hook"].format(name=called.name(hook.label), quote=_claim_text(hook, data)) if hook else ""
    )
    lines = [line for line in (" ".join(who), opening, closing) if line]
    return " ".join(line[0].upper() + line[1:] for line in lines)


def _called(cast: Cast, words: dict[str, str]) -> Cast:
    """The cast with "the guest" for a voice that nobody named."""
    return Cast(
        tuple(
            voice
            if voice.named
            else replace(voice, person=replace(voice.person, name=words[voice.person.role]))
            for voice in cast.voices
        )
    )


def _claim_text(point: Point, data: Reading) -> str:
    return _claim(point, Cast(()), data)


def _topics(
    exchanges: Sequence[Exchange], chapters: Sequence[Chapter], found: Sequence[str], data: Reading
) -> str:
    """What it is about: up to three topics that the host's questions name, else keywords.

    A question that opens a chapter counts for more.
    """
    opening = {chapter.start_ms for chapter in chapters}
    words = dict(data.summary)
    named: list[tuple[float, int, str]] = []
    for at, item in enumerate(exchanges):
        if item.question is not None and item.asks:
            options = titles(_flat(item.question.text), data.code, data)
            best = next((title for title in options if _names(title.text, data)), None)
            score = best.score + (item.question.span.start_ms in opening) if best else 0.0
            if best is not None and score >= GOOD_TOPIC:
                named.append((score, at, best.text))
    best_first = sorted(named, key=lambda topic: (-topic[0], topic[1]))[:TOPICS]
    in_order = [text for _, _, text in sorted(best_first, key=lambda topic: topic[1])]
    low = [text if text[1:2].isupper() else text[0].lower() + text[1:] for text in in_order]
    return _listed(low or found[:TOPICS], words)


def _names(title: str, data: Reading) -> bool:
    """Whether a heading names a topic: no question, nobody addressed, nothing said about it."""
    said = keys(title)
    bare = said[0] in data.determiners and len(said) < FEWEST_TOPIC_WORDS
    spoken = set(said) & (data.asking_words | data.verbs | data.addressed)
    return not (title.endswith("?") or spoken or bare or said[-1] in data.light or said[-1].endswith("ed"))


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
