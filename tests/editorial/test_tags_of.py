"""What an MP3 says about itself follows from the episode, in published time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.episode import Chapter, Episode, Notes
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import Loudness, Master, SourceMs, Timeline, span
from chaitime_audio.domain.speech import Diarization, Utterance, Word
from chaitime_audio.editorial.notes.tags import LINE_CHARACTERS, chapter_marks, tags_of


@pytest.fixture
def episode() -> Episode:
    def voice(label: str, name: str, role: str) -> Voice:
        return Voice(label, Person(name, role), True, (), 1000)

    def said(label: str, text: str, start_ms: int) -> Utterance:
        words = tuple(
            Word(index, word, span(start_ms + 300 * index, start_ms + 300 * index + 250), 0.9)
            for index, word in enumerate(text.split())
        )
        return Utterance(label, words)

    loudness = Loudness(-16.0, -1.5, 4.0)
    return Episode(
        slug="tea",
        title="On tea",
        date=date(2024, 3, 9),
        language="en",
        show=Show("Tea Time", url="https://example.org", copyright="The authors", category="Arts"),
        brief=Brief(number=7, season=2, guid="abc", subtitle="A talk"),
        cast=Cast((voice("S1", "Maya Rao", "host"), voice("S2", "Tom Ellery", "guest"))),
        spoken=(
            said("S1", "Why four o'clock of all the hours that a day has to offer to anybody at all?", 1000),
            said("S2", "Because.", 10_000),
            said("S2", "And so.", 20_000),
        ),
        post=(),
        chapters=(
            Chapter("Welcome", SourceMs(0)),
            Chapter("Why", SourceMs(10_000)),
            Chapter("So", SourceMs(20_000)),
        ),
        notes=Notes(summary="They talk about tea.", keywords=("tea",)),
        diarization=Diarization((), ()),
        timeline=Timeline(),
        master=Master("", 0, 30_000, 44_100, 1, 96, loudness, loudness, -16.0),
    )


def test_who_what_and_when_come_from_the_episode(episode: Episode) -> None:
    """People, numbers, show and notes stand in the tags as the episode has them."""
    tags = tags_of(episode, "the text", b"jpeg")
    assert tags.artist == "Maya Rao with Tom Ellery"
    assert (tags.title, tags.show, tags.number, tags.season) == ("On tea", "Tea Time", 7, 2)
    assert (tags.date, tags.guid, tags.language) == (date(2024, 3, 9), "abc", "en")
    assert (tags.comment, tags.transcript, tags.cover) == ("They talk about tea.", "the text", b"jpeg")


@pytest.mark.parametrize(
    ("media_url", "feed_url", "page", "feed"),
    [
        ("", "", "https://example.org", ""),
        ("", "https://feeds.example/tea", "https://example.org", "https://feeds.example/tea"),
        ("https://pod.example/a/", "", "https://pod.example/a/tea/", "https://pod.example/a/feed.xml"),
        ("https://pod.example", "https://f.example/x", "https://pod.example/tea/", "https://f.example/x"),
    ],
)
def test_page_and_feed_have_their_addresses(
    episode: Episode, media_url: str, feed_url: str, page: str, feed: str
) -> None:
    """The page is the episode's on the show's site, else the show's; the feed is where the show says."""
    show = replace(episode.show, media_url=media_url, feed_url=feed_url)
    tags = tags_of(replace(episode, show=show), "", None)
    assert (tags.url, tags.feed_url) == (page, feed)


def test_chapters_have_no_gaps_and_end_with_the_episode(episode: Episode) -> None:
    """Each chapter ends where the next begins, the last with the MP3."""
    marks = chapter_marks(episode)
    assert [(mark.title, mark.start_ms, mark.end_ms) for mark in marks] == [
        ("Welcome", 0, 10_000),
        ("Why", 10_000, 20_000),
        ("So", 20_000, 30_000),
    ]


def test_an_intro_belongs_to_the_first_chapter(episode: Episode) -> None:
    """Five seconds of intro shift every chapter but the first, which starts at 0."""
    shifted = replace(episode, timeline=Timeline(5000))
    assert [mark.start_ms for mark in chapter_marks(shifted)] == [0, 15_000, 25_000]
    assert [line.at_ms for line in tags_of(shifted, "", None).lines][-1] == 25_000


def test_a_chapter_that_was_cut_out_is_gone(episode: Episode) -> None:
    """Of two chapters that fall on one point the later one stays; lines that were cut are left out."""
    cut = replace(episode, timeline=Timeline(0, (span(9_500, 20_000),)))
    assert [(mark.title, mark.start_ms) for mark in chapter_marks(cut)] == [("Welcome", 0), ("So", 9_500)]
    assert [line.text for line in tags_of(cut, "", None).lines][-1] == "Tom Ellery: And so."


def test_lines_are_short_named_and_in_order(episode: Episode) -> None:
    """A line fits a screen; the name stands where the voice changes."""
    lines = tags_of(episode, "", None).lines
    assert [line.at_ms for line in lines] == sorted(line.at_ms for line in lines)
    assert max(len(line.text) for line in lines) <= LINE_CHARACTERS
    assert lines[0].text.startswith("Maya Rao: Why")
    assert [line.text for line in lines[-2:]] == ["Tom Ellery: Because.", "And so."]
    assert lines[0].text.removeprefix("Maya Rao: ") + " " + lines[1].text == (
        "Why four o'clock of all the hours that a day has to offer to anybody at all?"
    )


def test_an_episode_without_chapters_has_none(episode: Episode) -> None:
    """No chapters, no marks."""
    assert chapter_marks(replace(episode, chapters=())) == ()
