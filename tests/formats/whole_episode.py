"""A whole conversation of 1,170 words as people speak, derived as the pipeline derives one."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from example_episode import MAYA, example
from example_episode import utterances as timed

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.correction import Term
from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.people import Cast, Link, Person, Voice
from chaitime_audio.domain.speech import Utterance
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.small_talk import fold_small_talk

SPOKEN = Path(__file__).parents[1] / "data" / "bell_tower.txt"
NORA = Person(
    "Nora Lindqvist",
    "guest",
    bio="Nora Lindqvist looks after the sound archive of forty church towers.",
    links=(Link("The tower archive", "https://example.org/towers"),),
    photo="https://example.org/nora.jpg",
)
TERMS = (
    Term("PyTorch", link="https://pytorch.org/"),
    Term("librosa", link="https://librosa.org/"),
    Term("Audacity", link="https://www.audacityteam.org/"),
)
WORD_MS, PAUSE_MS = 300, 600


def spoken() -> tuple[Utterance, ...]:
    """The conversation with a time for every word."""
    now, lines = 1000, []
    for row in SPOKEN.read_text(encoding="utf-8").splitlines():
        label, _, text = row.partition(": ")
        lines.append((label, now, text))
        now += WORD_MS * len(text.split()) + PAUSE_MS
    return timed(tuple(lines))


def whole() -> Episode:
    """The episode that the pipeline would make of it, with small talk to fold."""
    base, said = example(), spoken()
    voices = (Voice("S1", MAYA, True, (), 0), Voice("S2", NORA, True, (), 0))
    cast, end_ms = Cast(voices), said[-1].words[-1].span.end_ms
    duration_ms = int(end_ms) + 1000
    paired = pair(clean(said, "en", "clean", tuple(term.spelling for term in TERMS)), cast, "en")
    post, small_talk = fold_small_talk(paired, cast, "en")
    master = replace(base.master, duration_ms=duration_ms)
    brief = Brief(title="Nora Lindqvist on bells and wind", number=2, people=(MAYA, NORA))
    found = chapters(post, master.duration_ms, "en", timeline=base.timeline)
    return replace(
        base,
        slug="002-nora-lindqvist",
        title=brief.title,
        date=date(2026, 11, 9),
        show=replace(base.show, glossary=TERMS, media_url="https://example.org/chai/"),
        brief=brief,
        cast=cast,
        spoken=said,
        post=post,
        chapters=found,
        notes=annotate(post, cast, found, brief, "en", terms=TERMS),
        master=master,
        edits=(),
        small_talk=small_talk,
    )
