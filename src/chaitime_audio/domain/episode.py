"""The finished episode: everything a format needs, and nothing it must work out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from .brief import Brief, Show
from .correction import Replacement
from .editing import MarkedTurn
from .feed_tags import Alternate
from .own_notes import NoteField
from .people import Cast, Link
from .sound import Master, PublishedMs, SourceMs, Span, Timeline
from .speech import NOTHING_LOST, Diarization, Lost, Transcript, Utterance


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a paragraph as printed, and the ids of the words it was made from (ascending)."""

    text: str
    word_ids: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Edited text, and the ids of the words it was made from (ascending).

    ``text`` is always the whole running text. Where the voice counts things up, ``items`` are
    the parts of it that may be printed as a list; `intro` stands before them, `rest` behind.
    ``sentences`` are its parts in order.
    """

    text: str
    word_ids: tuple[int, ...]
    span: Span
    sentences: tuple[Sentence, ...] = ()
    items: tuple[str, ...] = ()

    @property
    def intro(self) -> str:
        """The text before the list; all of it when there is none."""
        return self.text[: self.text.index(self.items[0])].rstrip() if self.items else self.text

    @property
    def rest(self) -> str:
        """The text behind the list; empty when there is none."""
        if not self.items:
            return ""
        return self.text[self.text.rindex(self.items[-1]) + len(self.items[-1]) :].lstrip()


@dataclass(frozen=True, slots=True)
class Remark:
    """Everything one person says until another one answers, as edited text: one label, paragraphs."""

    label: str
    paragraphs: tuple[Paragraph, ...]

    @property
    def span(self) -> Span:
        """From the first paragraph's start to the last one's end."""
        return Span(self.paragraphs[0].span.start_ms, self.paragraphs[-1].span.end_ms)

    @property
    def text(self) -> str:
        """All paragraphs, a blank line between them."""
        return "\n\n".join(paragraph.text for paragraph in self.paragraphs)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A question and what answers it. ``question`` is None where a guest opens.

    ``asks`` is True when the host's remark really asks something (a greeting does not).
    """

    question: Remark | None
    answers: tuple[Remark, ...]
    asks: bool = True

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Question and answers in order of speaking."""
        return (*((self.question,) if self.question else ()), *self.answers)


@dataclass(frozen=True, slots=True)
class Chapter:
    """A titled point in source time, with a link and a picture (a file in the episode) if it has them.

    ``short`` is a form of the title for where there is little room, of at most five words; empty when the
    title is that short, or a person's.
    """

    title: str
    start_ms: SourceMs
    url: str = ""
    picture: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Quote:
    """A guest's words exactly as the post prints them."""

    text: str
    label: str
    word_ids: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Soundbite:
    """A clip of 15 to 120 s that stands alone: what it says, who says it, and the words in it."""

    title: str
    label: str
    word_ids: tuple[int, ...]
    span: Span


@dataclass(frozen=True, slots=True)
class Notes:
    """Show notes in pieces; each format picks and orders them.

    For the editor alone: ``mentions``, people, papers and projects that were named and have no
    link; ``soundbites``, clips to cut; ``titles``, what the episode could be called. ``own`` names what of it
    is a person's (`OwnNotes`), not found.
    """

    summary: str = ""
    claims: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()
    links: tuple[Link, ...] = ()
    keywords: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    soundbites: tuple[Soundbite, ...] = ()
    titles: tuple[str, ...] = ()
    own: tuple[NoteField, ...] = ()


@dataclass(frozen=True, slots=True)
class Recorded:
    """All that was said in the recording, for an editor: nothing is cut from it, nothing masked.

    ``transcript`` has the words as they were recognised; ``utterances`` those as they stand: corrected, each
    with its speaker; ``lost`` is what may be missing among them.
    """

    transcript: Transcript
    utterances: tuple[Utterance, ...]
    lost: Lost = NOTHING_LOST


@dataclass(frozen=True, slots=True)
class Episode:
    """One interview, ready to be written out.

    ``spoken`` is the recognised text (captions, JSON, USLT of times); ``post`` the edited
    text (Q&A post, notes, quotes). Times inside are source time; ``timeline`` maps them.
    ``show_number`` and friends live in ``brief``; ``title`` is never empty. ``mp3_bytes`` is the
    size of the tagged MP3 in out/, 0 before it was written. ``small_talk`` holds source spans whose
    paragraphs the post folds. ``questions`` are what only a person can say about
    the voices, each with the command that answers it. ``media_name`` is the MP3's
    name in a feed, empty for ``SLUG.mp3``; ``alternates`` are the other kinds of file in out/.
    ``recorded`` is what an editor shows; None where nobody edits.
    """

    slug: str
    title: str
    date: date | None
    language: str
    show: Show
    brief: Brief
    cast: Cast
    spoken: tuple[Utterance, ...]
    post: tuple[Exchange, ...]
    chapters: tuple[Chapter, ...]
    notes: Notes
    diarization: Diarization
    timeline: Timeline
    master: Master
    warnings: tuple[str, ...] = ()
    questions: tuple[str, ...] = ()
    replacements: tuple[Replacement, ...] = ()
    edits: tuple[MarkedTurn, ...] = ()
    small_talk: tuple[Span, ...] = ()
    mp3_bytes: int = 0
    media_name: str = ""
    recorded: Recorded | None = None
    alternates: tuple[Alternate, ...] = ()

    @property
    def duration_ms(self) -> PublishedMs:
        """Length of the published MP3."""
        return PublishedMs(self.master.duration_ms)
