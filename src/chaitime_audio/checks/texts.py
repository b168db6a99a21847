"""Title and notes: lengths, the HTML that platforms show, links that lead somewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from html.parser import HTMLParser

from ..domain.platform import Platform
from ..domain.scripts import join_words
from ._finding import CheckContext, Finding, finding_if

TITLE = "Title and notes"
MOST_TITLE = 255
ALLOWED = frozenset("p br a ul ol li".split())
PLACEHOLDERS = re.compile(r"\b(?:lorem ipsum|TODO|TBD|FIXME|My Show|example episode)\b")


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the title, then the notes of each platform that lie in out/."""
    yield from _title(sight)
    for platform in sight.platforms:
        name, text = platform.name, sight.text(platform.file)
        if text is not None:
            yield from _notes(platform, text)
        elif sight.platform == name:
            made = f"chaitime notes EPISODE --for {name}"
            yield Finding(
                f"notes-{name}", "warn", f"out/{platform.file} is not there", f"run: {made}", (name,)
            )
    yield _post(sight)


def _title(sight: CheckContext) -> Iterator[Finding]:
    title, fix = sight.episode.title, "set title in episode.toml"
    long = f"the title has {len(title)} characters" if len(title) > MOST_TITLE else ""
    yield finding_if("title-length", long, f"title of at most {MOST_TITLE} characters", fix)
    show = sight.episode.show.name
    held = f"the title “{title}” repeats the show or the number" if _repeats(title, show) else ""
    fix = "leave them out of title in episode.toml; Apple shows both beside it"
    yield finding_if(
        "title-plain", held, "no show name or number in it", fix, level="warn", platforms=("apple", "feed")
    )


def _repeats(title: str, show: str) -> bool:
    return (bool(show) and show.casefold() in title.casefold()) or bool(
        re.match(r"(?:#|(?:ep(?:isode)?|folge)\b\.?)\s*\d+", title, re.IGNORECASE)
    )


def _notes(platform: Platform, text: str) -> Iterator[Finding]:
    name, most, unit, size = platform.name, platform.most, platform.unit, platform.size(text)
    again = f"shorten it, or remove it and run: chaitime notes EPISODE --for {name}"
    only = (name,)
    long = f"{size} {unit}, {most} allowed" if size > most else ""
    yield finding_if(f"notes-{name}-length", long, f"{size} of {most} {unit}", again, platforms=only)
    if platform.is_plain:
        angle = "an angle bracket, which is refused there" if re.search("[<>]", text) else ""
        yield finding_if(f"notes-{name}-plain", angle, "plain text", again, platforms=only)
        urls = [word for word in text.split() if "://" in word]
    else:
        reader = _Reader()
        reader.feed(text)
        bad = sorted(reader.tags - ALLOWED)
        said = f"tag <{bad[0]}> is not shown" if bad else ""
        fix = f"use only {', '.join(sorted(ALLOWED))}"
        yield finding_if(f"notes-{name}-tags", said, "only tags that are shown", fix, platforms=only)
        urls = reader.links
    wrong = next((url for url in urls if not re.match(r"\(?https?://[^\s/]+", url)), "")
    yield finding_if(
        f"notes-{name}-links",
        f"link “{wrong}” is not a web address" if wrong else "",
        "links are web addresses",
        "write links as https://… in episode.toml",
        platforms=only,
    )


def _post(sight: CheckContext) -> Finding:
    """Nothing that was to be filled in is left in what people read; what somebody said may stand."""
    said = join_words(word.text for item in sight.episode.spoken for word in item.words).casefold()
    for name in ("show-notes.md", "transcript.md", *(platform.file for platform in sight.platforms)):
        for match in PLACEHOLDERS.finditer(unescape(sight.text(name) or "")):
            if match[0].casefold() not in said:
                return Finding(
                    "placeholders", "fail", f"{name} says “{match[0]}”", "fill it in, or take it out"
                )
    return Finding("placeholders", "pass", "no placeholders left in the texts")


class _Reader(HTMLParser):
    """Collects tags and the addresses of links."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take one opening tag."""
        self.tags.add(tag)
        self.links += [value or "" for name, value in attrs if name == "href"]
