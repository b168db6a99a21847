"""From an episode to what its MP3 says about itself, in published time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...domain.episode import Chapter, Episode
from ...domain.scripts import blank_between, columns, join_words
from ...domain.sound import PublishedMs
from ...domain.speech import UNKNOWN, Utterance, Word
from ...domain.tags import Mark, Tags, TimedLine

LINE_CHARACTERS = 72
FEED_NAME = "feed.xml"


def tags_of(
    episode: Episode,
    transcript_text: str,
    cover: bytes | None,
    pictures: tuple[tuple[str, bytes], ...] = (),
) -> Tags:
    """Return the tags of an episode.

    ``transcript_text`` is the plain Q&A text, ``cover`` a JPEG, ``pictures`` those of chapters by name.
    """
    brief, show = episode.brief, episode.show
    site = show.media_url.strip().rstrip("/")
    summary = episode.notes.summary or brief.subtitle
    return Tags(
        title=episode.title,
        show=show.name,
        subtitle=brief.subtitle,
        hosts=episode.cast.hosts,
        guests=episode.cast.guests,
        number=brief.number,
        season=brief.season,
        date=episode.date,
        comment=summary,
        description=summary,
        keywords=episode.notes.keywords,
        category=show.category,
        language=episode.language,
        copyright=show.copyright,
        url=f"{site}/{episode.slug}/" if site else show.url,
        feed_url=show.feed_url or (f"{site}/{FEED_NAME}" if site else ""),
        guid=brief.guid,
        transcript=transcript_text,
        lines=tuple(_lines(episode)),
        chapters=chapter_marks(episode),
        cover=cover,
        pictures=pictures,
    )


def chapter_marks(episode: Episode) -> tuple[Mark, ...]:
    """Return the chapters in published time: the first from 0 (an intro is part of it), no gaps.

    A chapter that was cut out whole is left out. The last one ends with the episode.
    """
    end_ms, intro_ms = episode.duration_ms, episode.timeline.intro_ms
    starts: dict[PublishedMs, Chapter] = {}
    for chapter in episode.chapters:
        at_ms = episode.timeline.published(chapter.start_ms)
        opens = not starts or at_ms <= intro_ms
        if at_ms < end_ms:
            starts[PublishedMs(0) if opens else at_ms] = chapter
    points = [*sorted(starts), end_ms]
    return tuple(_mark(starts[start], start, following) for start, following in pairwise(points))


def _mark(chapter: Chapter, start_ms: PublishedMs, end_ms: PublishedMs) -> Mark:
    short = chapter.short or chapter.title
    return Mark(chapter.title, start_ms, end_ms, chapter.url, chapter.picture, short)


def _lines(episode: Episode) -> Iterator[TimedLine]:
    """The spoken text by line, a name in front where the voice changes; what was cut is left out."""
    before = ""
    for utterance in episode.spoken:
        words = [word for word in utterance.words if episode.timeline.keeps(word.span)]
        prefix = _prefix(episode, utterance) if utterance.label != before else ""
        for line in _wrapped(words, len(prefix)):
            text = prefix + join_words(word.text for word in line)
            yield TimedLine(episode.timeline.published(line[0].span.start_ms), text)
            prefix, before = "", utterance.label


def _prefix(episode: Episode, utterance: Utterance) -> str:
    return "" if utterance.label == UNKNOWN else f"{episode.cast.name(utterance.label)}: "


def _wrapped(words: list[Word], used: int) -> Iterator[list[Word]]:
    """Words in lines of at most `LINE_CHARACTERS`, the first one shorter by what stands before it."""
    line: list[Word] = []
    for word in words:
        blank = len(blank_between(line[-1].text, word.text)) if line else 0
        if line and used + blank + columns(word.text) > LINE_CHARACTERS:
            yield line
            line, used, blank = [], 0, 0
        line.append(word)
        used += blank + columns(word.text)
    if line:
        yield line
