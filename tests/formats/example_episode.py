"""A small episode made by hand: two people, three questions, one listening noise, one link."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.editing import EditMark, MarkedTurn
from chaitime_audio.domain.episode import (
    Chapter,
    Episode,
    Exchange,
    Notes,
    Paragraph,
    Quote,
    Remark,
    Soundbite,
)
from chaitime_audio.domain.people import Cast, Link, Person, Voice
from chaitime_audio.domain.sound import Loudness, Master, SourceMs, Span, Timeline, span
from chaitime_audio.domain.speech import Diarization, Turn, Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.cleaning.edit_marks import marked_turns
from chaitime_audio.formats import Templates

OURS = Templates()
MAYA = Person("Maya Rao", "host", links=(Link("Maya's page", "https://example.org/maya"),))
TOM = Person(
    "Dr. Tom Ellery",
    "guest",
    bio="Tom Ellery forecasts the weather for a small energy company.",
    links=(Link("Notes on baselines", "https://example.org/baselines_(old)"),),
)
SPOKEN = (
    ("S1", 1000, "Welcome, Tom, and, uh, thank you for coming. What do you do all week?"),
    ("S2", 6000, "Mostly I forecast the wind. The dull baseline wins more often than anybody admits,"),
    ("S1", 11800, "Right."),
    ("S2", 12200, "and I have about 200 plots to prove it."),
    ("S1", 15000, "Where can people read more?"),
    ("S2", 17000, "At example dot org slash baselines."),
)
WORD_MS = 300


def utterances(lines: tuple[tuple[str, int, str], ...] = SPOKEN) -> tuple[Utterance, ...]:
    """Words of 280 ms every 300 ms from each line's start."""
    out, count = [], 0
    for label, start_ms, text in lines:
        words = []
        for place, item in enumerate(text.split()):
            at_ms = start_ms + place * WORD_MS
            words.append(Word(count, item, span(at_ms, at_ms + 280), 0.9))
            count += 1
        out.append(Utterance(label, tuple(words), backchannel=text == "Right."))
    return tuple(out)


def remark(label: str, *paragraphs: tuple[str, int, int]) -> Remark:
    """A remark of (text, start_ms, end_ms)."""
    return Remark(label, tuple(Paragraph(text, (), span(start, end)) for text, start, end in paragraphs))


POST = (
    Exchange(
        remark(
            "S1",
            ("Welcome, Tom, and thank you for coming.", 1000, 3400),
            ("What do you do all week?", 3700, 5500),
        ),
        (
            remark(
                "S2",
                (
                    "Mostly I forecast the wind. The dull baseline wins more often than anybody admits, and "
                    "I have about 200 plots to prove it.",
                    6000,
                    14900,
                ),
            ),
        ),
    ),
    Exchange(
        remark("S1", ("Where can people read more?", 15000, 16500)),
        (remark("S2", ("At example.org/baselines.", 17000, 18500)),),
    ),
)
NOTES = Notes(
    summary="Maya Rao talks with Dr. Tom Ellery, who forecasts the wind, about dull baselines.",
    claims=("The dull baseline wins more often than anybody admits.",),
    quotes=(
        Quote(
            "The dull baseline wins more often than anybody admits, and I have about 200 plots to prove it.",
            "S2",
            (),
            span(7500, 14900),
        ),
    ),
    links=(Link("example.org/baselines", "https://example.org/baselines"),),
    keywords=("baselines", "wind"),
    mentions=("Ingrid Solberg", "Quiet Failures in Deployed Forecasts"),
    soundbites=(Soundbite("The dull baseline wins", "S2", (), span(7500, 22500)),),
    titles=("“The dull baseline wins” — Dr. Tom Ellery", "Dull baselines — Dr. Tom Ellery"),
)
TURNS = (
    Turn("S1", span(1000, 5400)),
    Turn("S2", span(6000, 14900)),
    Turn("S1", span(11800, 12100)),
    Turn("S1", span(15000, 16500)),
    Turn("S2", span(17000, 18800)),
)


def example() -> Episode:
    """The episode as it is without intro and cuts: 20 s long."""
    return Episode(
        slug="001-tom-ellery",
        title="Tom Ellery on dull baselines",
        date=date(2026, 11, 2),
        language="en",
        show=Show(
            "Chai Time",
            tagline="Interviews with people who build things that learn",
            about="Chai Time is a series of conversations.\n\nEvery one appears as text and as a podcast.",
            url="https://example.org/chai",
            copyright="© Chai Time",
            links=(Link("RSS", "https://example.org/feed.xml"),),
        ),
        brief=Brief(title="Tom Ellery on dull baselines", number=1, people=(MAYA, TOM)),
        cast=Cast(
            (
                Voice("S1", MAYA, named=True, evidence=(), talk_ms=6200),
                Voice("S2", TOM, named=True, evidence=(), talk_ms=10700),
            )
        ),
        spoken=utterances(),
        post=POST,
        chapters=(
            Chapter("Introduction", SourceMs(0)),
            Chapter("What Tom does all week", SourceMs(3700)),
            Chapter("Where to read more", SourceMs(15000)),
        ),
        notes=NOTES,
        diarization=Diarization(TURNS, TURNS),
        timeline=Timeline(),
        master=_master(20_000),
        edits=marked_turns(utterances(), clean(utterances(), "en")),
    )


def _master(duration_ms: int) -> Master:
    loudness = Loudness(-16.0, -1.2, 5.0)
    return Master("0" * 64, 240_000, duration_ms, 44_100, 1, 96, loudness, loudness, -16.0)


def with_intro(episode: Episode, intro_ms: int) -> Episode:
    """The same talk behind an intro."""
    longer = _master(episode.master.duration_ms + intro_ms)
    return replace(episode, timeline=Timeline(intro_ms), master=longer)


def with_cut(episode: Episode, cut: Span) -> Episode:
    """The same talk with one passage cut out."""
    shorter = _master(episode.master.duration_ms - cut.duration_ms)
    return replace(episode, timeline=Timeline(0, (cut,)), master=shorter)


def said(episode: Episode, text: str, *, name: str = "", title: str = "") -> Episode:
    """The episode with a text put everywhere text can stand: speech, post, notes, names, titles, links."""
    guest = replace(TOM, name=name or TOM.name, bio=text, links=(Link(text, text), *TOM.links))
    voices = tuple(
        replace(voice, person=guest) if voice.label == "S2" else voice for voice in episode.cast.voices
    )
    post = tuple(
        replace(
            exchange,
            answers=tuple(
                remark(item.label, (text, item.span.start_ms, item.span.end_ms)) for item in exchange.answers
            ),
        )
        for exchange in episode.post
    )
    chapters = tuple(replace(chapter, title=text) for chapter in episode.chapters)
    quotes = tuple(replace(quote, text=text) for quote in episode.notes.quotes)
    notes = Notes(text, (text,), quotes, (Link(text, text), *episode.notes.links), (text,))
    return replace(
        episode,
        title=title or text,
        show=replace(episode.show, name=text, tagline=text, about=text, copyright=text, url=text),
        brief=replace(episode.brief, people=(MAYA, guest), subtitle=text),
        cast=Cast(voices),
        spoken=utterances(tuple((label, start, text) for label, start, _ in SPOKEN)),
        edits=(
            MarkedTurn(
                "S2", SourceMs(6000), (EditMark("S1", text, text, (text,)), EditMark("S2", text, "", ()))
            ),
        ),
        post=post,
        chapters=chapters,
        notes=notes,
    )
