"""Tags of the MP3: version, frames, and chapters that players find."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ._finding import CheckContext, Finding, finding_if

TITLE = "Tags"
NEEDED = ("TIT2", "TPE1", "TALB", "TCON")
TOP_LEVEL_ORDERED = 0x03
UTF16 = 1
AGAIN = "remove the MP3 from out/ and run: chaitime process EPISODE"


def findings(sight: CheckContext) -> Iterator[Finding]:
    """Judge the tag of the MP3 in out/."""
    tag = sight.tag()
    if tag is None:
        yield Finding("tag", "fail", f"{sight.mp3.name} has no ID3 tag", AGAIN)
        return
    version = ".".join(map(str, tag.version[:2]))
    yield finding_if("tag-version", "" if version == "2.3" else f"ID3v{version}", "ID3v2.3", AGAIN)
    missing = [name for name in NEEDED if not tag.getall(name)]
    yield finding_if(
        "tag-frames", f"no {', '.join(missing)}" if missing else "", "all frames are there", AGAIN
    )
    other = sorted({f.FrameID for f in tag.values() if f.FrameID.startswith("T") and f.encoding != UTF16})
    said = f"{', '.join(other)} not in UTF-16" if other else ""
    yield finding_if("tag-encoding", said, "text in UTF-16", AGAIN)
    titles = [text for frame in tag.getall("TIT2") for text in frame.text]
    wrong = f"title “{titles[0]}”, the episode's is “{sight.episode.title}”" if titles else ""
    same = sight.episode.title in titles
    yield finding_if("tag-title", "" if same else wrong, "titled as the episode", AGAIN)
    yield from _chapters(sight, tag)


def _chapters(sight: CheckContext, tag: Any) -> Iterator[Finding]:
    chapters, tables = tag.getall("CHAP"), tag.getall("CTOC")
    starts = sorted(int(item.start_time) for item in chapters)
    yield finding_if("tag-contents", _contents(chapters, tables), "the table of contents is whole", AGAIN)
    try:
        listed = json.loads(sight.text("{slug}.chapters.json") or '{"chapters": []}')["chapters"]
        wanted = [round(item["startTime"] * 1000) for item in listed]
    except (ValueError, KeyError, TypeError, OverflowError):
        return
    said = (
        ""
        if starts == wanted
        else f"{len(starts)} chapters in the tag, {len(wanted)} in the file, or other times"
    )
    yield finding_if("tag-chapters", said, "the chapters of the chapters file", AGAIN)


def _contents(chapters: list[Any], tables: list[Any]) -> str:
    """What is wrong with the table without which Apple and others show no chapter; empty when nothing is."""
    if not chapters:
        return "a table of contents without chapters" if tables else ""
    tops = [item for item in tables if int(item.flags) == TOP_LEVEL_ORDERED]
    if len(tops) != 1:
        return f"{len(tops)} tables of contents that are top-level and ordered, one wanted"
    if sorted(tops[0].child_element_ids) != sorted(item.element_id for item in chapters):
        return "the table of contents does not list every chapter"
    if "TIT2" not in tops[0].sub_frames or any("TIT2" not in item.sub_frames for item in chapters):
        return "a chapter or the table of contents has no title"
    return ""
