"""The post as turns: one label each, chapters tied to them, headings, pull quotes and links laid in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby

from ...domain.episode import Episode, Paragraph, Remark
from ...domain.people import Link, Role
from ...domain.scripts import join_words, word_count
from ...domain.tags import Mark
from ...domain.text import line
from ...domain.timecode import iso_duration
from .clock import published
from .prose import FirstMentions, PageBlock, blocks_of

HEADINGS_FROM_WORDS = 1000
QUOTES_FROM_WORDS = 300


@dataclass(frozen=True, slots=True)
class PageTurn:
    """Everything one person says until another one answers.

    ``paragraphs`` is the running text; ``blocks`` the same with lists and links set.
    ``heading``: a section begins here. ``quote``: words of this turn worth printing large.
    ``folded``: small talk outside of the interview.
    """

    name: str
    role: Role
    start_ms: int
    paragraphs: tuple[str, ...]
    heading: str = ""
    quote: str = ""
    blocks: tuple[PageBlock, ...] = ()
    folded: bool = False

    @property
    def start_iso(self) -> str:
        """The start as HTML's ``time`` wants it."""
        return iso_duration(self.start_ms)


@dataclass(frozen=True, slots=True)
class PageQuote:
    """A guest's words as the post prints them."""

    text: str
    name: str
    start_ms: int


@dataclass(frozen=True, slots=True)
class PageChapter:
    """A chapter; ``turn`` is the number (from 1) of the first turn in it, ``short`` a title of few words."""

    title: str
    start_ms: int
    turn: int
    short: str = ""

    @property
    def start_iso(self) -> str:
        """The start as HTML's ``time`` wants it."""
        return iso_duration(self.start_ms)


def turns(episode: Episode) -> tuple[PageTurn, ...]:
    """The post's turns: one label each, passages that were cut left out."""
    out: list[PageTurn] = []
    for exchange in episode.post:
        for remark in exchange.remarks:
            for turn in _turns(episode, remark):
                if out and (out[-1].name, out[-1].folded) == (turn.name, turn.folded):
                    out[-1] = _longer(out[-1], turn)
                else:
                    out.append(turn)
    return tuple(out)


def plain(episode: Episode) -> str:
    """Only the turns, as the MP3's lyrics frame holds them: ``Full Name: text``, parted by blank lines."""
    return "\n\n".join(f"{turn.name}: " + "\n\n".join(turn.paragraphs) for turn in turns(episode))


def _turns(episode: Episode, remark: Remark) -> Iterator[PageTurn]:
    """One turn for a remark; more where small talk is part of it."""
    kept = [item for item in remark.paragraphs if episode.timeline.keeps(item.span) and line(item.text)]
    name, role = line(episode.cast.name(remark.label)), episode.cast.role(remark.label)
    for aside, group in groupby(kept, lambda item: _folded(episode, item)):
        here = list(group)
        start_ms = published(episode, here[0].span.start_ms)
        blocks = tuple(block for item in here for block in blocks_of(item))
        texts = tuple(line(item.text) for item in here)
        yield PageTurn(name, role, start_ms, texts, blocks=blocks, folded=aside)


def _folded(episode: Episode, item: Paragraph) -> bool:
    start_ms = item.span.start_ms
    return any(span.start_ms <= start_ms < span.end_ms for span in episode.small_talk)


def _longer(turn: PageTurn, more: PageTurn) -> PageTurn:
    return replace(turn, paragraphs=turn.paragraphs + more.paragraphs, blocks=turn.blocks + more.blocks)


def with_links(found: tuple[PageTurn, ...], links: Iterable[Link]) -> tuple[PageTurn, ...]:
    """Link the first mention of each title (R16)."""
    mentions = FirstMentions(links)
    return tuple(
        turn if turn.folded else replace(turn, blocks=tuple(map(mentions.block, turn.blocks)))
        for turn in found
    )


def chapter_at(mark: Mark, found: tuple[PageTurn, ...]) -> PageChapter:
    """Tie a chapter to the first turn that begins in it (2 s early counts: borders differ a little)."""
    near = [number for number, turn in enumerate(found, 1) if turn.start_ms >= mark.start_ms - 2000]
    turn = near[0] if near else len(found)
    return PageChapter(line(mark.title), mark.start_ms, turn, line(mark.short or mark.title))


def with_headings(found: tuple[PageTurn, ...], chapters: tuple[PageChapter, ...]) -> tuple[PageTurn, ...]:
    """Put chapter titles over the turns they begin with, in a long post; none before the greeting."""
    if _words(found) < HEADINGS_FROM_WORDS:
        return found
    titles = {chapter.turn: chapter.title for chapter in chapters[1:] if chapter.turn > 1}
    return tuple(replace(turn, heading=titles.get(number, "")) for number, turn in enumerate(found, 1))


def with_quotes(found: tuple[PageTurn, ...], quotes: tuple[PageQuote, ...]) -> tuple[PageTurn, ...]:
    """Mark about one pull quote per 1,000 words, in the turn that says it word for word."""
    room = max(1, _words(found) // 1000) if _words(found) >= QUOTES_FROM_WORDS else 0
    places = {
        number: quote.text
        for quote in quotes
        for number, turn in enumerate(found)
        if turn.name == quote.name and quote.text in join_words(turn.paragraphs)
    }
    chosen = dict(list(places.items())[:room])
    return tuple(replace(turn, quote=chosen.get(number, "")) for number, turn in enumerate(found))


def _words(found: tuple[PageTurn, ...]) -> int:
    return sum(word_count(text) for turn in found for text in turn.paragraphs)
