"""Chapters: one list that Spotify, YouTube and Apple all accept, and the same one everywhere."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from itertools import pairwise

from ..domain.platform import Platform
from ._finding import CheckContext, Finding, finding_if

TITLE = "Chapters"
FEWEST, MOST_TITLE, SHORTEST_S, YOUTUBE_SHORTEST_S = 3, 40, 30, 10
SHORT_EPISODE_MS = 120_000
EDIT = "give [[chapters]] in episode.toml and run: chaitime process EPISODE"
_STAMP = re.compile(r"^(?:<[^>]+>)*(\(?(?:\d+:)?\d{1,2}:\d{2}\)?)\s+(.*?)(?:<[^>]+>)*$")
Places = list[tuple[float, str]]


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the chapters file, and the list in each text that has one."""
    raw = sight.text("{slug}.chapters.json")
    if raw is None:
        yield _none(sight)
        return
    places = _read(raw)
    if places is None:
        yield Finding("chapters-file", "fail", "the chapters file is not chapters JSON 1.2.0", EDIT)
        return
    yield from _rules(places, sight.episode.duration_ms / 1000)
    for platform in sight.platforms:
        text = sight.text(platform.file) if platform.lists_chapters else None
        if text is not None:
            yield _listed(platform, text, places)


def _none(sight: CheckContext) -> Finding:
    """No file: right for an episode that is short or has fewer than two places for one."""
    if sight.episode.duration_ms < SHORT_EPISODE_MS or len(sight.episode.chapters) < FEWEST:
        return Finding("chapters-file", "pass", "too short for chapters")
    return Finding("chapters-file", "fail", "the chapters file is missing", "run: chaitime process EPISODE")


def _read(raw: str) -> Places | None:
    try:
        document = json.loads(raw)
        places = [(float(item["startTime"]), str(item.get("title", ""))) for item in document["chapters"]]
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    whole = document.get("version") == "1.2.0" and all(math.isfinite(start) for start, _ in places)
    return places if whole else None


def _rules(places: Places, end_s: float) -> Iterator[Finding]:
    starts = [start for start, _ in places]
    first = starts[0] if starts else None
    late = (
        f"the first chapter starts at {first:g} s"
        if first
        else "there is no chapter"
        if first is None
        else ""
    )
    yield finding_if("chapters-first", late, "the first chapter starts at 00:00", EDIT)
    few = f"{len(places)} chapters" if len(places) < FEWEST else ""
    yield finding_if(
        "chapters-count", few, f"{len(places)} chapters", f"have {FEWEST} or more, or none; {EDIT}"
    )
    back = next((f"{b:g} s comes after {a:g} s" for a, b in pairwise(starts) if b <= a), "")
    yield finding_if("chapters-order", back, "in order of time", EDIT)
    lengths = [b - a for a, b in pairwise([*starts, end_s])]
    shortest = min(lengths, default=SHORTEST_S)
    brief = f"a chapter lasts {shortest:g} s"
    fix = f"leave {SHORTEST_S} s or more between chapters; {EDIT}"
    yield finding_if(
        "chapters-youtube-length",
        brief if shortest < YOUTUBE_SHORTEST_S else "",
        f"each lasts {YOUTUBE_SHORTEST_S} s or more, as YouTube wants",
        fix,
        platforms=("youtube",),
    )
    low = brief if YOUTUBE_SHORTEST_S <= shortest < SHORTEST_S else ""
    yield finding_if("chapters-length", low, f"each lasts {SHORTEST_S} s or more", fix, level="warn")
    yield from _titles([title for _, title in places])


def _titles(titles: list[str]) -> Iterator[Finding]:
    long = next((f"“{title}” has {len(title)} characters" for title in titles if len(title) > MOST_TITLE), "")
    yield finding_if("chapters-title-length", long, f"titles of at most {MOST_TITLE} characters", EDIT)
    odd = next((f"“{title}”" for title in titles if not title.strip() or _odd(title)), "")
    yield finding_if(
        "chapters-title-plain",
        odd and f"{odd} is not a plain title",
        "titles are plain text",
        f"no HTML or emoji; {EDIT}",
    )


def _odd(title: str) -> bool:
    return bool(re.search(r"</?[a-zA-Z]", title)) or any(
        ord(mark) >= 0x1F000 or ord(mark) == 0xFE0F for mark in title
    )


def _listed(platform: Platform, text: str, places: Places) -> Finding:
    """The list in a text must be the chapters file, to the second."""
    rows = [match for line in text.splitlines() if (match := _STAMP.match(line.strip()))]
    listed = [_seconds(row[1].strip("()")) for row in rows]
    bracketed = any(row[1].startswith("(") for row in rows) and platform.is_plain
    name, file = platform.name, platform.file
    broken = f"{file}: a time stands in brackets" if bracketed else ""
    if not listed:
        broken = f"{file} lists no chapters"
    elif not broken and listed != [int(start) for start, _ in places]:
        broken = f"{file} lists other times than the chapters file"
    fix = f"remove out/{file} and run: chaitime notes EPISODE --for {name}"
    return finding_if(f"chapters-in-{name}", broken, f"the list in {file} agrees", fix, platforms=(name,))


def _seconds(stamp: str) -> int:
    total = 0
    for piece in stamp.split(":"):
        total = total * 60 + int(piece)
    return total
