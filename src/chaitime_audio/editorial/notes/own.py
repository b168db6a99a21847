"""What a person wants in the notes, over what was found; quotes and clips follow the words of their times."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ...domain.episode import Exchange, Notes, Paragraph, Quote, Remark, Sentence, Soundbite
from ...domain.own_notes import OwnClip, OwnNotes, OwnQuote
from ...domain.scripts import blank_between, join_words
from ...domain.sound import Span
from ...domain.sound import span as stretch
from ...domain.text import quoted
from ...domain.timecode import clock
from ..corrections.swap import letters

NEAR_MS = 5_000
"""So far from its times the words of a quote are looked for."""
LONGEST_TITLE, SHOWN = 80, 60


@dataclass(frozen=True, slots=True)
class Owned:
    """The notes as they are wanted, and what a person should know of it."""

    notes: Notes
    warnings: tuple[str, ...] = ()


def apply_own_notes(notes: Notes, own: OwnNotes, post: Sequence[Exchange]) -> Owned:
    """Return the notes with a person's in the place of what was found.

    A quote is printed as the post prints it: where its text is still printed near its times, that; else
    the sentences that are said there now, and it is named. A quote or a clip at whose times
    nothing is printed any more is left out, and named.
    """
    if not own.told:
        return Owned(notes)
    talk, warnings = _Talk(post), list[str]()
    quotes = tuple(talk.quotes(own.quotes or (), warnings))
    clips = tuple(talk.clips(own.clips or (), warnings))
    return Owned(
        replace(
            notes,
            summary=notes.summary if own.summary is None else own.summary,
            titles=notes.titles if own.titles is None else own.titles,
            claims=notes.claims if own.claims is None else own.claims,
            links=notes.links if own.links is None else own.links,
            quotes=notes.quotes if own.quotes is None else quotes,
            soundbites=notes.soundbites if own.clips is None else clips,
            own=own.told,
        ),
        tuple(warnings),
    )


def find_quote(text: str, post: Sequence[Exchange]) -> Quote | None:
    """The first place of the post that reads as a text, as it is printed there; one person's words."""
    return _printed(text, _Talk(post).said)


@dataclass(frozen=True, slots=True)
class _Said:
    """A sentence of the post, and where it stands."""

    label: str
    paragraph: Paragraph
    sentence: Sentence


class _Talk:
    """Finds what the post prints at a time."""

    def __init__(self, post: Sequence[Exchange]) -> None:
        remarks = [remark for exchange in post for remark in exchange.remarks]
        self.said = [one for remark in remarks for one in _sentences(remark)]

    def quotes(self, wanted: Sequence[OwnQuote], warnings: list[str]) -> Iterator[Quote]:
        """The quotes that stand, in the order they were given."""
        for item in wanted:
            there = self._near(item.span)
            found = _printed(item.text, there) if item.text else None
            if found is None:
                found = _whole(self._in(item.span))
                if found is None:
                    warnings.append(f"{_named(item)} is left out: nothing is printed there any more")
                    continue
                if item.text:
                    warnings.append(f"{_named(item)} follows what is said there now: {_short(found.text)}")
            yield found

    def clips(self, wanted: Sequence[OwnClip], warnings: list[str]) -> Iterator[Soundbite]:
        """The clips that stand, in the order they were given."""
        for item in wanted:
            there = self._in(item.span)
            if not there:
                shown = f" {quoted(item.title)}" if item.title else ""
                warnings.append(f"clip{shown} at {clock(item.start)} is left out: nothing is printed there")
                continue
            labels = [one.label for one in there]
            ids = sorted({number for one in there for number in one.sentence.word_ids})
            title = item.title or _start(there[0].sentence.text)
            yield Soundbite(title, max(labels, key=labels.count), tuple(ids), item.span)

    def _near(self, span: Span) -> list[_Said]:
        near = stretch(max(0, span.start_ms - NEAR_MS), span.end_ms + NEAR_MS)
        return [one for one in self.said if one.sentence.span.overlap_ms(near)]

    def _in(self, span: Span) -> list[_Said]:
        """The sentences whose middle lies in a span; else the one that has most of it."""
        inside = [one for one in self.said if one.sentence.span.middle_ms in span]
        if inside:
            return inside
        over = [one for one in self.said if one.sentence.span.overlap_ms(span)]
        return [max(over, key=lambda one: one.sentence.span.overlap_ms(span))] if over else []


def _sentences(remark: Remark) -> Iterator[_Said]:
    for paragraph in remark.paragraphs:
        whole = Sentence(paragraph.text, paragraph.word_ids, paragraph.span)
        for sentence in paragraph.sentences or (whole,):
            yield _Said(remark.label, paragraph, sentence)


def _printed(wanted: str, near: Sequence[_Said]) -> Quote | None:
    """A text that is printed among some sentences, exactly as the post has it; one person's words."""
    longest = len(letters(wanted))
    for first, start in enumerate(near):
        length = 0
        for stop in range(first + 1, len(near) + 1):
            run = near[first:stop]
            if run[-1].label != start.label or (stop - first > 2 and length > longest):
                break
            length += len(letters(run[-1].sentence.text)) if stop - first > 1 else 0
            text = join_words(one.sentence.text for one in run)
            part = _stretch(text, wanted)
            if part:
                return _quote(run, part)
    return None


def _stretch(text: str, wanted: str) -> str:
    """The part of a text that reads as wanted, with its punctuation, as it stands there; else empty."""
    bare, read, places = letters(wanted), "", list[int]()
    for at, char in enumerate(text):
        one = letters(char)
        read += one
        places += [at] * len(one)
    begin = read.find(bare) if bare else -1
    while begin >= 0:
        start, stop = places[begin], places[begin + len(bare) - 1] + 1
        if _parted(text, start) and _parted(text, stop):
            while start and not text[start - 1].isspace() and not text[start - 1].isalnum():
                start -= 1
            while stop < len(text) and not text[stop].isspace() and not text[stop].isalnum():
                stop += 1
            return text[start:stop]
        begin = read.find(bare, begin + 1)
    return ""


def _parted(text: str, at: int) -> bool:
    """Whether words may be parted at a place of a text."""
    if not 0 < at < len(text) or not (text[at - 1].isalnum() and text[at].isalnum()):
        return True
    return not blank_between(text[at - 1], text[at])


def _whole(run: Sequence[_Said]) -> Quote | None:
    """The sentences of a run that the one says who says most of them."""
    if not run:
        return None
    label = max((one.label for one in run), key=[one.label for one in run].count)
    own = [one for one in run if one.label == label]
    return _quote(own, join_words(one.sentence.text for one in own))


def _quote(run: Sequence[_Said], text: str) -> Quote:
    ids = tuple(sorted({number for one in run for number in one.sentence.word_ids}))
    whole = Span(run[0].sentence.span.start_ms, max(one.sentence.span.end_ms for one in run))
    return Quote(text, run[0].label, ids, whole)


def _named(item: OwnQuote) -> str:
    shown = f" {_short(item.text)}" if item.text else ""
    return f"quote{shown} at {clock(item.start)}"


def _short(text: str) -> str:
    return quoted(text if len(text) <= SHOWN else f"{text[:SHOWN].rstrip()}…")


def _start(text: str) -> str:
    words = text.split()
    while len(" ".join(words)) > LONGEST_TITLE - 1:
        words.pop()
    return " ".join(words).rstrip(",;:.")
