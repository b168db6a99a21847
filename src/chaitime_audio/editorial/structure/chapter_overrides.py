"""What the human says about chapters, over what was found: titles, more of them, fewer of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ...domain.brief import ChapterWish
from ...domain.episode import Chapter, Exchange
from ...domain.sound import SourceMs
from ...domain.timecode import clock
from ..languages.reading import Reading, reading_for
from .titles import short_title, titles

NEAR_MS, CLOSEST_MS = 3000, 30_000


@dataclass(frozen=True, slots=True)
class OverriddenChapters:
    """The chapters as they are wanted, and which wishes could not be granted."""

    chapters: tuple[Chapter, ...]
    warnings: tuple[str, ...] = ()


def apply_chapter_overrides(
    found: tuple[Chapter, ...],
    wishes: tuple[ChapterWish, ...],
    exchanges: Sequence[Exchange],
    language: str,
) -> OverriddenChapters:
    """Return the chapters with the human's own: dropped, renamed, added; the first stays at 0.

    A wish meets the chapter or the question that starts within 3 s of its time, and takes its
    exact start; one that meets neither is a chapter at that very time. A found chapter less than
    30 s from one that was wished for gives way to it. Link and picture go with the chapter a wish
    meets; a wish that says no title leaves the title that is there.
    """
    if not wishes:
        return OverriddenChapters(found)
    data, left, warnings = reading_for(language), list(found), list[str]()
    for wish in (item for item in wishes if item.drop):
        gone = [item for item in left if _meets(wish, item)]
        left = [item for item in left if item not in gone]
        if not gone:
            warnings.append(f"no chapter to drop {_where(wish)}; see the list in show-notes.md")
    pinned: dict[SourceMs, Chapter] = {}
    for wish in (item for item in wishes if not item.drop):
        chapter = _chapter(wish, left, exchanges, data)
        if chapter is None:
            warnings.append(f"no question {_where(wish)} that could give the chapter a title; write one")
        else:
            pinned[chapter.start_ms] = _joined(pinned.get(chapter.start_ms), chapter, wish)
    kept = [item for item in left if not item.start_ms or not _crowded(item, tuple(pinned))]
    whole = {item.start_ms: item for item in kept} | pinned
    if whole and 0 not in whole:
        whole[SourceMs(0)] = Chapter(data.opening, SourceMs(0))
    return OverriddenChapters(tuple(whole[start] for start in sorted(whole)), tuple(warnings))


def _meets(wish: ChapterWish, chapter: Chapter) -> bool:
    if wish.at is not None:
        return abs(chapter.start_ms - wish.at) <= NEAR_MS
    return chapter.title.casefold() == wish.title.casefold()


def _chapter(
    wish: ChapterWish, found: Sequence[Chapter], exchanges: Sequence[Exchange], data: Reading
) -> Chapter | None:
    """The chapter a wish stands for; None when nothing gives it a title."""
    assert wish.at is not None
    met = min((item for item in found if _meets(wish, item)), key=lambda item: item.start_ms, default=None)
    if met is not None:
        short = "" if wish.title else met.short
        return Chapter(wish.title or met.title, met.start_ms, wish.url, wish.picture, short)
    for item in exchanges:
        if item.question is not None and abs(item.question.span.start_ms - wish.at) <= NEAR_MS:
            options = titles(" ".join(item.question.text.split()), data.code, data)
            if wish.title or options:
                title = wish.title or options[0].text
                short = "" if wish.title else short_title(options, title, data)
                return Chapter(title, item.question.span.start_ms, wish.url, wish.picture, short)
    return Chapter(wish.title, wish.at, wish.url, wish.picture) if wish.title else None


def _joined(earlier: Chapter | None, chapter: Chapter, wish: ChapterWish) -> Chapter:
    """A chapter that was wished for before keeps what this wish does not say."""
    if earlier is None:
        return chapter
    url, picture = chapter.url or earlier.url, chapter.picture or earlier.picture
    short = "" if wish.title else earlier.short
    return Chapter(wish.title or earlier.title, chapter.start_ms, url, picture, short)


def _crowded(chapter: Chapter, pinned: Sequence[SourceMs]) -> bool:
    return any(abs(chapter.start_ms - at) < CLOSEST_MS for at in pinned)


def _where(wish: ChapterWish) -> str:
    return f"at {clock(wish.at)}" if wish.at is not None else f"called “{wish.title}”"
