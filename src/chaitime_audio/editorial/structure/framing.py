"""What frames a talk and is no part of it: sponsors' messages, and what is said from the goodbye on.

A message is recognised by two signs: somebody announces it ("brought to you by", or the name of a sponsor in
episode.toml), and an offer or an address follows in the next sentences of the same voice. What a person
marked by times needs no sign. None of it is quoted, clipped or claimed, and it is no topic.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ...domain.editing import joined
from ...domain.episode import Exchange, Paragraph, Remark, Sentence
from ...domain.people import Cast
from ...domain.scripts import asks
from ...domain.sound import SourceMs, Span
from ...domain.sponsor import Sponsor
from ...domain.timecode import clock
from ..languages.framing import Framing, framing_for
from ..languages.naming import naming_for
from ..languages.reading import keys
from .titles import LONGEST_TITLE, few_words

LONGEST_READ_MS, NEAR_SENTENCES = 180_000, 4
"""The longest message, and within how many sentences an offer follows, and each thing said about it."""
EDGE_SENTENCES, EDGE_SHARE = 12, 0.25
OFFERS_ALONE = 2
"""Different offers that are as good as an announcement behind one."""


@dataclass(frozen=True, slots=True)
class Frame:
    """A stretch that is no part of the talk, in source time; for a message, whose, if a person named it."""

    title: str
    span: Span
    message: bool = False
    sponsor: Sponsor | None = None


def frames(
    post: Sequence[Exchange], cast: Cast, sponsors: Sequence[Sponsor], language: str
) -> tuple[Frame, ...]:
    """Return sponsors' messages and the goodbye, in order of time."""
    words = framing_for(language)
    spoken = [
        (remark.label, sentence)
        for item in post
        for remark in item.remarks
        for paragraph in remark.paragraphs
        for sentence in paragraph.sentences
    ]
    marked = tuple(
        Frame(_titled(words, one), one.span, True, one) for one in sponsors if one.span is not None
    )
    unplaced = [one for one in sponsors if one.span is None]
    found = tuple(
        one
        for one in _messages(spoken, unplaced, words, cast)
        if not any(one.span.overlap_ms(other.span) for other in marked)
    )
    end = _goodbye(spoken, cast, language, words)
    return tuple(sorted((*marked, *found, *end), key=lambda one: one.span))


def unnamed(aside: Sequence[Frame]) -> tuple[str, ...]:
    """Return what should be known of messages that were recognised and that nobody named."""
    return tuple(
        f"a sponsor's message at {clock(one.span.start_ms)}–{clock(one.span.end_ms)} is neither quoted nor "
        "clipped; [[sponsor]] with its name in episode.toml prints a block for it in the notes"
        for one in aside
        if one.message and one.sponsor is None
    )


def without(post: tuple[Exchange, ...], aside: Sequence[Span]) -> tuple[Exchange, ...]:
    """Return a post without the sentences that begin in some spans; what is left empty is gone."""
    if not aside:
        return post
    kept = ((_left(item.question, aside), item) for item in post)
    found = (
        Exchange(question, tuple(filter(None, (_left(one, aside) for one in item.answers))), item.asks)
        for question, item in kept
    )
    return tuple(item for item in found if item.remarks)


def _messages(
    spoken: Sequence[tuple[str, Sentence]], sponsors: Sequence[Sponsor], words: Framing, cast: Cast
) -> list[Frame]:
    found: list[Frame] = []
    at = 0
    while at < len(spoken):
        stop, sponsor = _message(spoken, at, sponsors, words)
        if stop > at and cast.role(spoken[at][0]) != "guest":
            span = Span(spoken[at][1].span.start_ms, spoken[stop - 1][1].span.end_ms)
            found.append(Frame(_titled(words, sponsor), span, True, sponsor))
        at = max(stop, at + 1)
    return found


def _message(
    spoken: Sequence[tuple[str, Sentence]], at: int, sponsors: Sequence[Sponsor], words: Framing
) -> tuple[int, Sponsor | None]:
    """Where a message that begins with a sentence ends, and whose it is; that very place when it is none."""
    label, first = spoken[at]
    sponsor = _named(first.text, sponsors)
    announced = _has(first.text, words.announcing)
    if not announced and sponsor is None:
        return at, None
    last, offers = at, set(_found(first.text, words.offering))
    for place in range(at + 1, len(spoken)):
        voice, sentence = spoken[place]
        long = sentence.span.end_ms - first.span.start_ms > LONGEST_READ_MS
        if voice != label or long or place - last > NEAR_SENTENCES:
            break
        if _has(sentence.text, words.returning):
            last = last if asks(sentence.text) else place
            break
        told = _found(sentence.text, words.offering)
        named = _named(sentence.text, sponsors)
        sponsor = sponsor or named
        if told or named or _has(sentence.text, words.announcing):
            last, offers = place, offers | set(told)
    needed = 1 if announced else OFFERS_ALONE
    return (last + 1, sponsor) if len(offers) >= needed else (at, None)


def _goodbye(
    spoken: Sequence[tuple[str, Sentence]], cast: Cast, language: str, words: Framing
) -> tuple[Frame, ...]:
    """From the host's last farewell near the end on: the phrase and its place are the two signs."""
    closing = naming_for(language).closing
    edge = len(spoken) - max(EDGE_SENTENCES, int(len(spoken) * EDGE_SHARE))
    for at in range(len(spoken) - 1, max(0, edge - 1), -1):
        label, sentence = spoken[at]
        if asks(sentence.text):
            break
        if cast.role(label) == "host" and _has(sentence.text, closing):
            end_ms = max(one.span.end_ms for _, one in spoken[at:])
            return (Frame(words.goodbye, Span(sentence.span.start_ms, end_ms)),)
    return ()


def _named(text: str, sponsors: Sequence[Sponsor]) -> Sponsor | None:
    """The sponsor whose name stands in a text."""
    return next((one for one in sponsors if one.name and _has(text, [" ".join(keys(one.name))])), None)


def _titled(words: Framing, sponsor: Sponsor | None) -> str:
    named = f"{words.sponsor}: {sponsor.name}" if sponsor and sponsor.name else words.sponsor
    return named if len(named) <= LONGEST_TITLE and few_words(named) else words.sponsor


def _found(text: str, phrases: Sequence[str]) -> list[str]:
    said = f" {' '.join(keys(text.replace('’', chr(39))))} "
    return [phrase for phrase in phrases if f" {phrase} " in said or (phrase[0] == "%" and phrase in text)]


def _has(text: str, phrases: Sequence[str]) -> bool:
    return bool(_found(text, phrases))


def _left(remark: Remark | None, aside: Sequence[Span]) -> Remark | None:
    if remark is None:
        return None
    paragraphs = tuple(filter(None, (_kept(one, aside) for one in remark.paragraphs)))
    return replace(remark, paragraphs=paragraphs) if paragraphs else None


def _kept(paragraph: Paragraph, aside: Sequence[Span]) -> Paragraph | None:
    """A paragraph without what is aside; None when nothing is left."""

    def inside(start_ms: SourceMs) -> bool:
        return any(one.start_ms <= start_ms < one.end_ms for one in aside)

    if not paragraph.sentences:
        return None if inside(paragraph.span.start_ms) else paragraph
    left = tuple(one for one in paragraph.sentences if not inside(one.span.start_ms))
    if len(left) == len(paragraph.sentences):
        return paragraph
    if not left:
        return None
    span = Span(left[0].span.start_ms, max(one.span.end_ms for one in left))
    ids = tuple(number for one in left for number in one.word_ids)
    return Paragraph(joined(one.text for one in left), ids, span, left)
