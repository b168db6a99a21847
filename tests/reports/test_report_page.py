"""The page of the report plays: places are links into the MP3, and nothing hostile gets in."""

from __future__ import annotations

import re
import sys
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[1] / "formats"))
sys.path.insert(0, str(Path(__file__).parent))

from example_episode import example, said
from good_report import GOOD

from chaitime_audio.domain.episode import Chapter
from chaitime_audio.domain.quality import VoiceLoudness
from chaitime_audio.domain.sound import PublishedMs, SourceMs, Timeline, span
from chaitime_audio.domain.speech import Turn, Utterance, Word
from chaitime_audio.domain.text import line
from chaitime_audio.reports.people import people
from chaitime_audio.reports.places import chapter_places, fault_places
from chaitime_audio.reports.quality_page import MOST_PLACES, page

SILENCE = (PublishedMs(9000), PublishedMs(13_500))


class Page(HTMLParser):
    """Links with their times, the tags of a page, and what it loads or plays."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[tuple[str, str]] = []
        self.tags: list[str] = []
        self.sources: list[str] = []
        self.addresses: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        self.tags.append(tag)
        told = found if tag != "a" or "data-start" in found else {}
        self.addresses += [told[name] or "" for name in ("href", "src") if name in told]
        if "data-start" in found:
            self.links.append((found["href"] or "", found["data-start"] or ""))
        if "src" in found:
            self.sources.append(found["src"] or "")


def test_places_are_those_of_the_mp3() -> None:
    """Clipping is found at its published time, near places as one, what was cut is left out; silences too."""
    episode = replace(example(), timeline=Timeline(4000, (span(6000, 8000),)))
    bad = replace(
        GOOD,
        clipped=(span(1000, 1010), span(1900, 1904), span(7000, 7005), span(12_000, 12_079)),
        silences=(SILENCE,),
    )
    assert [(place.at_ms, place.text, place.from_ms) for place in fault_places(episode, bad)] == [
        (5000, "clipped, 2 times in 0.9 s", 4000),
        (9000, "silence, 4.5 s", 8000),
        (14_000, "clipped, 79 ms", 13_000),
    ]


def test_a_place_at_the_beginning_is_heard_from_the_beginning() -> None:
    """There is nothing before 0."""
    (place,) = fault_places(replace(example(), timeline=Timeline()), replace(GOOD, clipped=(span(300, 310),)))
    assert place.from_ms == 0


def test_every_place_is_a_link_into_the_mp3() -> None:
    """Chapters and faults, in order, each with its time in the address, to be heard without script too."""
    bad = replace(GOOD, silences=(SILENCE,))
    found = Page(page(example(), bad))
    mp3 = f"{example().slug}.mp3"
    starts = [place.from_ms for place in (*chapter_places(example()), *fault_places(example(), bad))]
    assert len(starts) >= 2
    assert found.links == [(f"{mp3}#t={start / 1000:g}", f"{start / 1000:g}") for start in starts]
    assert found.sources == [mp3]


def test_the_page_loads_nothing_else() -> None:
    """What it loads is the MP3 beside the page; only a link that a reader follows leads elsewhere."""
    text = page(example(), replace(GOOD, silences=(SILENCE,)))
    found = Page(text)
    mp3 = f"{example().slug}.mp3"
    assert {address.partition("#")[0] for address in found.addresses} == {mp3}
    assert not re.search(r"@import|url\(|fetch\(|XMLHttpRequest", text)


@pytest.mark.parametrize("slug", ['a"b onerror="alert(1)', "a<script>b", "a&b c#d?e", "ü é"])
def test_a_strange_folder_name_stays_an_address(slug: str) -> None:
    """The name of the folder is part of addresses and text, never markup."""
    found = Page(page(replace(example(), slug=slug), GOOD))
    assert found.tags.count("script") == 1
    assert len(found.sources) == 1
    assert re.fullmatch(r"[\w%.~-]+", found.sources[0])


def test_titles_of_chapters_stay_text() -> None:
    """Markup in a chapter is shown, not obeyed."""
    chapter = Chapter("</a><script>alert(1)</script>", SourceMs(0))
    found = Page(page(replace(example(), chapters=(chapter,)), GOOD))
    assert found.tags.count("script") == 1


@pytest.mark.parametrize(
    "text", ['"><script>alert(1)</script>', "' onload='x", "{{ 7 * 7 }}", "a\u202eb\x1b[31mc"]
)
def test_text_of_others_stays_text(text: str) -> None:
    """A title and a name are escaped by the template: the page has the tags of one with plain words."""
    voices = tuple(VoiceLoudness(voice.label, -22.0, -16.1) for voice in example().cast.voices)
    bad = replace(GOOD, voices=voices)
    hostile = page(replace(said(example(), "words", name=text), title=text), bad)
    plain = page(replace(said(example(), "words", name="Ada"), title="Ada"), bad)
    assert Page(hostile).tags == Page(plain).tags
    assert not [mark for mark in "\x1b\u202e" if mark in hostile]
    assert line(text) in unescape(hostile)


def test_more_places_than_anybody_listens_to_are_counted() -> None:
    """The list ends after so many and says how many more there are."""
    clipped = tuple(span(3000 * at, 3000 * at + 5) for at in range(MOST_PLACES + 7))
    episode = replace(example(), timeline=Timeline(), chapters=())
    text = page(episode, replace(GOOD, clipped=clipped))
    assert len(Page(text).links) == MOST_PLACES
    assert "and 7 more" in text


def test_without_places_there_is_no_heading() -> None:
    """Nothing found, nothing listed."""
    text = page(replace(example(), chapters=()), GOOD)
    assert "Chapters</h2>" not in text
    assert "Listen to</h2>" not in text


def test_the_page_tells_who_spoke_how_much() -> None:
    """Shares of the talk add up, a question counts for who asked it, and what was cut is left out."""
    maya, tom = people(example(), GOOD)
    assert maya.share + tom.share == pytest.approx(1)
    assert (maya.questions, tom.questions) == (2, 0)
    assert maya.words_a_minute is None  # too little talk for a rate
    cut = people(replace(example(), timeline=Timeline(4000, (span(0, 6000),))), GOOD)
    assert cut[0].talk_ms < maya.talk_ms
    assert cut[1].talk_ms == tom.talk_ms


def test_words_a_minute_are_words_over_talk() -> None:
    """100 words in 30 s of a person's own turns are 200 a minute."""
    spoken = Utterance("S1", tuple(Word(at, "tea", span(300 * at, 300 * at + 280), 1.0) for at in range(100)))
    turns = (Turn("S1", span(0, 30_000)),)
    voices = replace(example().diarization, exclusive=turns)
    episode = replace(example(), spoken=(spoken,), diarization=voices, timeline=Timeline())
    assert people(episode, GOOD)[0].words_a_minute == 200


def test_the_page_holds_notes_and_post() -> None:
    """A page that was sent alone still has the summary, the quotes and the whole conversation."""
    text = unescape(page(example(), GOOD))
    shown = example()
    assert shown.notes.summary in text
    assert all(quote.text in text for quote in shown.notes.quotes)
    assert all(f"<cite>{shown.cast.name(remark.label)}:</cite>" in text for remark in shown.post[0].remarks)
    assert "Where can people read more?" in text
