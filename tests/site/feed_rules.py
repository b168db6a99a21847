"""The published rules of a feed, written down once more and apart from the code that writes it.

Sources: the RSS 2.0 specification, Apple's requirements for podcasts, the documentation of the
Podcasting 2.0 namespace, Podlove's Simple Chapters 1.2. `broken` names every rule that does not hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from email.utils import parsedate_to_datetime
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

ITUNES = "{http://www.itunes.com/dtds/podcast-1.0.dtd}"
PODCAST = "{https://podcastindex.org/namespace/1.0}"
ATOM = "{http://www.w3.org/2005/Atom}"
CONTENT = "{http://purl.org/rss/1.0/modules/content/}"
PSC = "{http://podlove.org/simple-chapters}"
ONE, ONE_OR_NONE, ANY = (1, 1), (0, 1), (0, 10_000)

CHANNEL = {
    **dict.fromkeys(("title", "link", "description", "language", "lastBuildDate", "generator"), ONE),
    **dict.fromkeys((f"{ITUNES}image", f"{ITUNES}category", f"{ITUNES}explicit", f"{ITUNES}author"), ONE),
    **dict.fromkeys((f"{ATOM}link", f"{PODCAST}guid", f"{PODCAST}locked", f"{PODCAST}medium"), ONE),
    **dict.fromkeys((f"{ITUNES}type", f"{ITUNES}owner", "copyright"), ONE_OR_NONE),
    **dict.fromkeys((f"{PODCAST}person", f"{PODCAST}funding", f"{PODCAST}image"), ANY),
    **dict.fromkeys((f"{PODCAST}location", f"{PODCAST}license", f"{PODCAST}podroll"), ONE_OR_NONE),
    f"{PODCAST}updateFrequency": ONE_OR_NONE,
    "item": ANY,
}
ITEM = {
    **dict.fromkeys(("title", "link", "guid", "pubDate", "description", "enclosure"), ONE),
    **dict.fromkeys((f"{ITUNES}duration", f"{ITUNES}explicit", f"{ITUNES}episodeType"), ONE),
    **dict.fromkeys((f"{ITUNES}title", f"{ITUNES}subtitle", f"{ITUNES}summary", f"{ITUNES}author"), (0, 1)),
    **dict.fromkeys((f"{ITUNES}image", f"{ITUNES}episode", f"{ITUNES}season", f"{CONTENT}encoded"), (0, 1)),
    **dict.fromkeys((f"{PODCAST}episode", f"{PODCAST}season", f"{PODCAST}chapters"), ONE_OR_NONE),
    **dict.fromkeys((f"{PODCAST}transcript", f"{PODCAST}person", f"{PODCAST}soundbite"), ANY),
    **dict.fromkeys((f"{PODCAST}contentLink", f"{PODCAST}socialInteract"), ANY),
    **dict.fromkeys((f"{PODCAST}alternateEnclosure", f"{PODCAST}txt"), ANY),
    f"{PSC}chapters": ONE_OR_NONE,
}
ADDRESS = re.compile(r"https?://[A-Za-z0-9.:\[\]-]+/[A-Za-z0-9/._~%&?=+:;,@!$*()-]*")
DATE = re.compile(r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}")
TRANSCRIPTS = {"text/vtt", "application/x-subrip", "application/json", "text/html", "text/plain"}
SHOWN = {"p", "br", "a", "ul", "ol", "li"}


def broken(text: str) -> list[str]:
    """Every rule that a feed breaks, in words; a text that is no XML breaks the first one."""
    try:
        root = ElementTree.fromstring(text.encode())
    except ElementTree.ParseError as problem:
        return [f"no XML: {problem}"]
    channel = root.find("channel")
    if root.tag != "rss" or root.get("version") != "2.0" or channel is None:
        return ["no RSS 2.0 with a channel"]
    items = channel.findall("item")
    found = [*_counted(channel, CHANNEL), *_channel(channel), *_show_tags(channel)]
    for item in items:
        found += [
            *_counted(item, ITEM),
            *_item(item),
            *_podcasting(item),
            *_chapters(item),
            *_episode_tags(item),
        ]
    guids = [item.findtext("guid") for item in items]
    files = [item.find("enclosure").get("url") for item in items if item.find("enclosure") is not None]  # type: ignore[union-attr]
    return [
        *found,
        *_failed("guids are unique", len(set(guids)) == len(guids)),
        *_failed("enclosures are unique", len(set(files)) == len(files)),
        *_failed("newest first", _times(items) == sorted(_times(items), reverse=True)),
        *(
            f"blanks at an end of {element.tag}"
            for element in root.iter()
            if not len(element) and (element.text or "").strip() != (element.text or "")
        ),
    ]


def _failed(rule: str, holds: bool) -> list[str]:
    return [] if holds else [rule]


def _counted(parent: Element, allowed: dict[str, tuple[int, int]]) -> Iterator[str]:
    names = [element.tag for element in parent]
    yield from (f"{parent.tag} must not hold {name}" for name in names if name not in allowed)
    for name, (least, most) in allowed.items():
        if not least <= names.count(name) <= most:
            yield f"{names.count(name)} times {name}"


def _times(items: list[Element]) -> list[float]:
    return [
        parsedate_to_datetime(item.findtext("pubDate", "")).timestamp()
        for item in items
        if _dated(item, "pubDate")
    ]


def _dated(parent: Element, name: str) -> bool:
    text = parent.findtext(name, "")
    if not DATE.fullmatch(text):
        return False
    return parsedate_to_datetime(text).strftime("%a") == text[:3]


def _at(text: str | None) -> bool:
    return bool(ADDRESS.fullmatch(text or ""))


def _channel(channel: Element) -> Iterator[str]:
    def get(name: str, attribute: str) -> str:
        element = channel.find(name)
        return (element.get(attribute) or "") if element is not None else ""

    self_link = channel.find(f"{ATOM}link")
    yield from _failed("link is an address", _at(channel.findtext("link", "") + "/"))
    yield from _failed("lastBuildDate is a date", _dated(channel, "lastBuildDate"))
    yield from _failed(
        "language is a code", bool(re.fullmatch(r"[a-z]{2,3}", channel.findtext("language", "")))
    )
    yield from _failed("description fits", 0 < len(channel.findtext("description", "").encode()) <= 4000)
    yield from _failed("image is an address of a picture", _at(get(f"{ITUNES}image", "href")))
    yield from _failed("image ends as its kind", get(f"{ITUNES}image", "href").endswith((".jpg", ".png")))
    yield from _failed("category has a text", bool(get(f"{ITUNES}category", "text")))
    yield from _failed("explicit is told", channel.findtext(f"{ITUNES}explicit") in ("true", "false"))
    yield from _failed("type is known", channel.findtext(f"{ITUNES}type") in (None, "episodic", "serial"))
    yield from _failed("self link", self_link is not None and self_link.get("rel") == "self")
    yield from _failed("self link is an address", _at(get(f"{ATOM}link", "href")))
    yield from _failed("self link has a type", get(f"{ATOM}link", "type") == "application/rss+xml")
    guid = channel.findtext(f"{PODCAST}guid", "")
    yield from _failed(
        "podcast:guid is a UUID", bool(re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", guid))
    )
    yield from _failed("locked is yes or no", channel.findtext(f"{PODCAST}locked") in ("yes", "no"))
    yield from (rule for person in channel.findall(f"{PODCAST}person") for rule in _person(person))


def _item(item: Element) -> Iterator[str]:
    def text(name: str) -> str:
        return item.findtext(name, "")

    sound = item.find("enclosure")
    given = dict(sound.attrib) if sound is not None else {}
    guid = item.find("guid")
    yield from _failed("link is an address", _at(text("link")))
    yield from _failed("pubDate is a date", _dated(item, "pubDate"))
    yield from _failed("guid is no link", guid is not None and guid.get("isPermaLink") == "false")
    yield from _failed("guid says something", bool(text("guid")))
    yield from _failed("enclosure is an address", _at(given.get("url")))
    yield from _failed(
        "enclosure has a length", given.get("length", "").isdecimal() and int(given["length"]) > 0
    )
    yield from _failed("enclosure has a type", given.get("type") in ("audio/mpeg", "audio/x-m4a"))
    yield from _failed("enclosure ends as its type", given.get("url", "").endswith((".mp3", ".m4a")))
    yield from _failed(
        "duration in seconds", text(f"{ITUNES}duration").isdecimal() and text(f"{ITUNES}duration") != "0"
    )
    yield from _failed("explicit is told", text(f"{ITUNES}explicit") in ("true", "false"))
    yield from _failed("episodeType is known", text(f"{ITUNES}episodeType") in ("full", "trailer", "bonus"))
    for name in ("episode", "season"):
        if item.find(f"{ITUNES}{name}") is not None:
            number = text(f"{ITUNES}{name}")
            yield from _failed(f"{name} is a number", bool(re.fullmatch(r"[1-9]\d*", number)))
            yield from _failed(f"{name} is told alike", number == text(f"{PODCAST}{name}"))
    for name in ("title", f"{ITUNES}title", f"{ITUNES}subtitle", f"{ITUNES}summary", f"{ITUNES}author"):
        yield from _failed(f"{name} fits", len(text(name)) <= 255)
    yield from _failed("title says something", bool(text("title")))
    yield from _failed("description fits", 0 < len(text("description").encode()) <= 4000)
    tags = {name.lower() for name in re.findall(r"</?([a-zA-Z][a-zA-Z0-9]*)", text("description"))}
    yield from _failed("description has only HTML that is shown", tags <= SHOWN)


def _podcasting(item: Element) -> Iterator[str]:
    kinds = [element.get("type") for element in item.findall(f"{PODCAST}transcript")]
    yield from _failed(
        "transcripts have known types, each once", set(kinds) <= TRANSCRIPTS and len(set(kinds)) == len(kinds)
    )
    for element in item.findall(f"{PODCAST}transcript"):
        yield from _failed("transcript is an address", _at(element.get("url")))
        yield from _failed("transcript is timed", element.get("rel") in (None, "captions"))
        yield from _failed(
            "transcript has a language", bool(re.fullmatch(r"[a-z]{2,3}", element.get("language", "")))
        )
    for element in item.findall(f"{PODCAST}chapters"):
        yield from _failed("chapters are an address", _at(element.get("url")))
        yield from _failed("chapters have their type", element.get("type") == "application/json+chapters")
    yield from (rule for person in item.findall(f"{PODCAST}person") for rule in _person(person))
    told = item.findtext(f"{ITUNES}duration", "")
    length_s = int(told) if told.isdecimal() else 0
    for bite in item.findall(f"{PODCAST}soundbite"):
        start_s, duration_s = float(bite.get("startTime", -1)), float(bite.get("duration", -1))
        yield from _failed("soundbite of 15 to 120 s", 15 <= duration_s <= 120)
        yield from _failed("soundbite inside", start_s >= 0 and start_s + duration_s <= length_s + 1)
        yield from _failed("soundbite has a title that fits", len(bite.text or "") <= 128)
    for note in item.findall(f"{PODCAST}txt"):
        fits = len(note.get("purpose", "")) <= 128 and 0 < len(note.text or "") <= 4000
        yield from _failed("txt fits", fits)
        if note.get("purpose") == "ai-content":
            yield from _failed("ai-content is true or false", note.text in ("true", "false"))


def _person(person: Element) -> Iterator[str]:
    yield from _failed("person has a name that fits", 0 < len(person.text or "") <= 128)
    yield from _failed("person is host or guest", person.get("role") in ("host", "guest"))
    yield from _failed("person is of the cast", person.get("group", "cast") == "cast")
    yield from _failed("person's picture is an address", person.get("img") is None or _at(person.get("img")))
    yield from _failed("person's page is an address", (person.get("href") or "http").startswith("http"))
    yield from _failed("person has nothing else", set(person.attrib) <= {"role", "group", "img", "href"})


def _chapters(item: Element) -> Iterator[str]:
    chapters = item.find(f"{PSC}chapters")
    if chapters is None:
        return
    yield from _failed("psc is version 1.2", chapters.get("version") == "1.2")
    yield from _failed(
        "psc has chapters", [row.tag for row in chapters] == [f"{PSC}chapter"] * max(1, len(chapters))
    )
    starts = [row.get("start", "") for row in chapters]
    clock: Callable[[str], bool] = lambda text: bool(re.fullmatch(r"\d\d:[0-5]\d:[0-5]\d\.\d{3}", text))  # noqa: E731
    yield from _failed("psc starts are clock times", all(map(clock, starts)))
    yield from _failed(
        "psc in order from zero", starts == sorted(set(starts)) and starts[:1] == ["00:00:00.000"]
    )
    for row in chapters:
        yield from _failed("psc chapter has a title", bool(row.get("title")))
        yield from _failed(
            "psc has only known attributes", set(row.attrib) <= {"start", "title", "href", "image"}
        )
        yield from _failed("psc picture is an address", row.get("image") is None or _at(row.get("image")))


LICENCES = re.compile(r"all-rights-reserved|cc0-1\.0|cc-by(-(sa|nd|nc|nc-sa|nc-nd))?-4\.0")
PROTOCOLS = {"disabled", "activitypub", "twitter", "lightning", "atproto", "nostr"}


def _only(element: Element, *names: str) -> bool:
    return set(element.attrib) <= set(names)


def _show_tags(channel: Element) -> Iterator[str]:
    for one in channel.findall(f"{PODCAST}funding"):
        yield from _failed("funding is an address", _at(one.get("url")) and _only(one, "url"))
        yield from _failed("funding says what for", 0 < len(one.text or "") <= 128)
    for one in channel.findall(f"{PODCAST}location"):
        yield from _failed("location has a name", 0 < len(one.text or "") <= 128)
        yield from _failed("location's geo is RFC 5870", (one.get("geo") or "geo:").startswith("geo:"))
        yield from _failed("location's rel is known", one.get("rel") in (None, "subject", "creator"))
        yield from _failed("location has no more", _only(one, "rel", "geo", "osm", "country"))
    for one in channel.findall(f"{PODCAST}license"):
        yield from _failed("license is known", bool(LICENCES.fullmatch(one.text or "")) and _only(one, "url"))
    for one in channel.findall(f"{PODCAST}updateFrequency"):
        yield from _failed("frequency is told in words", 0 < len(one.text or "") <= 128)
        rule = one.get("rrule")
        yield from _failed("frequency's rule is RFC 5545", rule is None or rule.startswith("FREQ="))
        yield from _failed("frequency has no more", _only(one, "rrule", "complete", "dtstart"))
    for one in channel.findall(f"{PODCAST}image"):
        yield from _failed("image is an address", _at(one.get("href")))
        yield from _failed("image tells its shape", one.get("aspect-ratio") == "16/9")
    for roll in channel.findall(f"{PODCAST}podroll"):
        yield from _failed("podroll names shows", len(roll) > 0 and not roll.attrib)
        for one in roll:
            uuid = re.fullmatch(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", one.get("feedGuid") or "")
            yield from _failed("podroll has guids", bool(uuid) and one.tag == f"{PODCAST}remoteItem")


def _episode_tags(item: Element) -> Iterator[str]:
    for one in item.findall(f"{PODCAST}contentLink"):
        yield from _failed("contentLink leads somewhere", _at(one.get("href")) and bool(one.text))
    for one in item.findall(f"{PODCAST}socialInteract"):
        yield from _failed("socialInteract's protocol is known", one.get("protocol") in PROTOCOLS)
        yield from _failed("socialInteract has an address", _at(one.get("uri")))
    for one in item.findall(f"{PODCAST}alternateEnclosure"):
        yield from _failed("alternate has a type", one.get("type") in ("audio/mp4", "audio/flac"))
        yield from _failed("alternate has a length", (one.get("length") or "").isdecimal())
        source, total = one.find(f"{PODCAST}source"), one.find(f"{PODCAST}integrity")
        yield from _failed("alternate has a source", source is not None and _at(source.get("uri")))
        sri = total is not None and re.fullmatch(r"sha256-[A-Za-z0-9+/]{43}=", total.get("value") or "")
        yield from _failed("alternate has a sum", bool(sri) and total.get("type") == "sri")  # type: ignore[union-attr]
