"""Notes for platforms: each inside its limit, of the tags it allows, with one list of chapters for all."""

from __future__ import annotations

import re
import subprocess
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import html5lib
import imageio_ffmpeg
import pytest
from example_episode import OURS, example

from chaitime_audio.domain.episode import Chapter, Episode
from chaitime_audio.domain.people import Link
from chaitime_audio.domain.sound import SourceMs
from chaitime_audio.formats import render_all

ALLOWED = {"p", "br", "a", "ul", "li"}
LIMITS = {
    "notes/feed.html": (4000, "bytes"),
    "notes/apple.html": (4000, "bytes"),
    "notes/spotify.html": (4000, "characters"),
    "notes/youtube.txt": (5000, "characters"),
}
CHAPTER = re.compile(r"(?:^|<p>|<br>\n?)(\d?\d:\d\d(?::\d\d)?) ([^<\n]+)", re.MULTILINE)


def length(text: str, unit: str) -> int:
    return len(text.encode()) if unit == "bytes" else len(text)


def three_hours(links: int = 12, summary: str = "") -> Episode:
    """A long talk: 30 chapters, long claims, a long bio, many links; letters of two and three bytes."""
    episode = example()
    chapters = tuple(
        Chapter(f"Über das Wetter von übermorgen, Teil {i}", SourceMs(i * 360_000)) for i in range(30)
    )
    notes = replace(
        episode.notes,
        summary=summary or episode.notes.summary,
        claims=tuple(f"Claim {i}: " + "many “words” – about – the – weather " * 5 for i in range(5)),
        links=tuple(
            Link(f"Page {i}", f"https://example.org/{i}/a-rather-long-address") for i in range(links)
        ),
    )
    master = replace(episode.master, duration_ms=3 * 3_600_000)
    return replace(episode, chapters=chapters, notes=notes, master=master)


@pytest.mark.parametrize("name", LIMITS)
@pytest.mark.parametrize("links", [0, 12, 300])
def test_limits_hold_for_three_hours(name: str, links: int) -> None:
    """However much there is to say, a platform's limit holds, and the summary stays."""
    text = render_all(three_hours(links), OURS, every=True)[name]
    most, unit = LIMITS[name]
    assert length(text, unit) <= most
    assert "Maya Rao talks with Dr. Tom Ellery" in text


@pytest.mark.parametrize("name", LIMITS)
def test_limits_hold_for_an_endless_summary(name: str) -> None:
    """A summary beyond the limit loses sentences from its end, never half a tag."""
    episode = three_hours(summary="First things first. " + "It goes on & on <and> on. " * 900)
    text = render_all(episode, OURS, every=True)[name]
    most, unit = LIMITS[name]
    assert 100 < length(text, unit) <= most
    assert text.rstrip().endswith((".</p>", "."))
    if name.endswith("html"):
        html5lib.HTMLParser(strict=True).parseFragment(text)


def test_blocks_go_in_a_fixed_order() -> None:
    """What a listener needs least goes first: about the show, quotes, links; chapters go last."""
    whole = render_all(three_hours(0), OURS, every=True)["notes/youtube.txt"]
    assert "Chai Time is a series" in whole
    fewer = render_all(three_hours(60), OURS, every=True)["notes/youtube.txt"]
    assert "Chai Time is a series" not in fewer
    assert len(CHAPTER.findall(fewer)) == 30


@pytest.mark.parametrize("name", [name for name in LIMITS if name.endswith("html")])
def test_only_allowed_tags(name: str) -> None:
    """Only what every app shows: p, br, a with nothing but an address, ul, li."""
    text = render_all(three_hours(), OURS, every=True)[name]
    tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parseFragment(text)
    inside = [item for item in tree.iter() if item is not tree]
    assert {item.tag for item in inside} <= ALLOWED
    assert {key for item in inside for key in item.attrib} <= {"href"}
    assert all(item.get("href", "https://").startswith("https://") for item in inside)


@pytest.mark.parametrize("name", [*LIMITS, "show-notes.md"])
def test_one_chapter_list_for_all(name: str) -> None:
    """Everywhere the same list: first 00:00, ascending, a plain title behind each time."""
    found = CHAPTER.findall(render_all(example(), OURS, every=True)[name])
    assert [(at, title.rstrip()) for at, title in found] == [
        ("00:00", "Introduction"),
        ("00:03", "What Tom does all week"),
        ("00:15", "Where to read more"),
    ]


def test_two_minutes_without_chapters() -> None:
    """A talk too short for chapters has no chapter list, no chapter files, and all its notes."""
    texts = render_all(replace(example(), chapters=()), OURS, every=True)
    assert not [name for name in texts if "chapters" in name or "psc" in name]
    for name in LIMITS:
        assert not CHAPTER.search(texts[name])
        assert "Maya Rao talks with" in texts[name]


def test_social_drafts_fit_everywhere() -> None:
    """Three drafts of at most 280 characters, the first one a whole quote with its time and the address."""
    drafts = render_all(example(), OURS, every=True)["notes/social.txt"].strip().split("\n\n---\n\n")
    assert len(drafts) == 3
    assert all(len(draft) <= 280 for draft in drafts)
    assert example().notes.quotes[0].text in drafts[0]
    assert drafts[0].endswith("at 00:07 https://example.org/chai")


def test_simple_chapters_parse() -> None:
    """Podlove's element and namespace, a start of HH:MM:SS.mmm and a title for each chapter."""
    root = ElementTree.fromstring(render_all(example(), OURS, every=True)["001-tom-ellery.psc.xml"])
    assert root.tag == "{http://podlove.org/simple-chapters}chapters"
    assert root.get("version") == "1.2"
    assert [item.get("start") for item in root] == ["00:00:00.000", "00:00:03.700", "00:00:15.000"]


@pytest.mark.integration
def test_ffmpeg_reads_its_metadata(tmp_path: Path) -> None:
    """The tool itself gives back title and chapters, also those with signs that mean something to it."""
    title = "a=b; c#d \\ e"
    episode = replace(example(), title=title)
    path = tmp_path / "in.txt"
    path.write_text(render_all(episode, OURS, every=True)["001-tom-ellery.ffmetadata.txt"])
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-v", "error", "-f", "ffmetadata", "-i", str(path)]
    done = subprocess.run([*command, "-f", "ffmetadata", "-"], capture_output=True, check=True, text=True)
    assert "title=a\\=b\\; c\\#d \\\\ e" in done.stdout
    assert done.stdout.count("[CHAPTER]") == 3
    assert "START=3700" in done.stdout
