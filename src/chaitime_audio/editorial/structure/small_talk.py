"""Small talk: what is said before the greeting and after the goodbye, so that a page can fold it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ...domain.editing import joined
from ...domain.episode import Exchange, Paragraph, Remark, Sentence
from ...domain.people import Cast
from ...domain.scripts import QUESTION_MARKS, word_count
from ...domain.sound import SourceMs, Span
from ..languages.naming import naming_for
from ..languages.reading import keys

EDGE_SHARE, EDGE_SENTENCES = 0.25, 12
FAREWELL_WORDS, COURTESY_WORDS = 5, 15

SentencePosition = tuple[int, int, int]
"""Where a sentence stands: which remark, paragraph of it, and sentence of that."""


def fold_small_talk(
    post: tuple[Exchange, ...], cast: Cast, language: str
) -> tuple[tuple[Exchange, ...], tuple[Span, ...]]:
    """Return the post, its paragraphs parted at greeting and goodbye, and the spans outside of them.

    The greeting is the first sentence near the start in which a host says what hosts open with
    ("welcome to"), the goodbye the last one near the end ("thanks for listening"); short thanks
    and farewells that answer the goodbye belong to it. Without such a sentence nothing is folded.
    """
    data, remarks = naming_for(language), [remark for item in post for remark in item.remarks]
    spoken = [(place, sentence) for place, sentence in _sentences(remarks)]
    edge = max(EDGE_SENTENCES, int(len(spoken) * EDGE_SHARE))
    hosted = [at for at, (place, _) in enumerate(spoken) if cast.role(remarks[place[0]].label) == "host"]
    first = next((at for at in hosted if at < edge and _says(spoken[at][1], data.opening)), 0)
    near = [at for at in hosted if at >= len(spoken) - edge and at > first]
    last = next((at for at in reversed(near) if _says(spoken[at][1], data.closing)), None)
    stop = len(spoken) if last is None else _behind_courtesies(spoken, last, remarks)
    spans = []
    if first:
        spans.append(_over(spoken[:first]))
    if stop < len(spoken):
        spans.append(_over(spoken[stop:]))
    starts = {spoken[at][0] for at in (first, stop) if 0 < at < len(spoken)}
    return _parted(post, remarks, starts), tuple(spans)


def _sentences(remarks: Sequence[Remark]) -> list[tuple[SentencePosition, Sentence]]:
    return [
        ((at, part, place), sentence)
        for at, remark in enumerate(remarks)
        for part, paragraph in enumerate(remark.paragraphs)
        for place, sentence in enumerate(paragraph.sentences)
    ]


def _says(sentence: Sentence, phrases: Sequence[str]) -> bool:
    said = f" {' '.join(keys(sentence.text.replace('’', chr(39))))} "
    return any(f" {phrase} " in said for phrase in phrases)


def _behind_courtesies(
    spoken: Sequence[tuple[SentencePosition, Sentence]], last: int, remarks: Sequence[Remark]
) -> int:
    """The index behind the goodbye: the host's remark ends it, then each voice may answer in short."""
    at = last + 1
    while at < len(spoken) and spoken[at][0][0] == spoken[last][0][0]:
        if not _courteous(spoken[at][1].text, FAREWELL_WORDS):
            return at
        at += 1
    answered: set[str] = set()
    while at < len(spoken):
        remark = remarks[spoken[at][0][0]]
        if remark.label in answered or not _courteous(remark.text, COURTESY_WORDS):
            break
        answered.add(remark.label)
        here = spoken[at][0][0]
        while at < len(spoken) and spoken[at][0][0] == here:
            at += 1
    return at


def _courteous(text: str, most: int) -> bool:
    """Whether a text may still be part of the goodbye: short, and no question."""
    return word_count(text) <= most and not any(mark in text for mark in QUESTION_MARKS)


def _over(spoken: Sequence[tuple[SentencePosition, Sentence]]) -> Span:
    starts = [sentence.span.start_ms for _, sentence in spoken]
    return Span(SourceMs(min(starts)), SourceMs(max(sentence.span.end_ms for _, sentence in spoken)))


def _parted(
    post: tuple[Exchange, ...], remarks: Sequence[Remark], starts: set[SentencePosition]
) -> tuple[Exchange, ...]:
    """The post with a paragraph beginning at each of these sentences."""
    if not starts:
        return post
    cut = iter(
        replace(
            remark,
            paragraphs=tuple(
                piece
                for part, paragraph in enumerate(remark.paragraphs)
                for piece in _cut(paragraph, next((s for a, p, s in starts if (a, p) == (at, part)), 0))
            ),
        )
        for at, remark in enumerate(remarks)
    )
    return tuple(
        replace(
            item,
            question=next(cut) if item.question else None,
            answers=tuple(next(cut) for _ in item.answers),
        )
        for item in post
    )


def _cut(paragraph: Paragraph, at: int) -> tuple[Paragraph, ...]:
    if not at:
        return (paragraph,)
    return tuple(_of(part, paragraph.items) for part in (paragraph.sentences[:at], paragraph.sentences[at:]))


def _of(sentences: tuple[Sentence, ...], items: tuple[str, ...]) -> Paragraph:
    ids = tuple(number for sentence in sentences for number in sentence.word_ids)
    whole = Span(sentences[0].span.start_ms, max(sentence.span.end_ms for sentence in sentences))
    text = joined(sentence.text for sentence in sentences)
    kept = items if all(item in text for item in items) else ()
    return Paragraph(text, ids, whole, sentences, kept)
