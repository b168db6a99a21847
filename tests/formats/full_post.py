"""A whole interview on its way from spoken words to every kind of post: the golden files.

The words are those of the sample recording as if heard without a mistake, with small talk before
and behind, and one more question whose answer counts things up. ``tests/golden/`` holds what each
template makes of it.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

from example_episode import example

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.correction import Term
from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.people import Cast, Link, Person, Voice
from chaitime_audio.domain.sound import Timeline, span
from chaitime_audio.domain.speech import Utterance, Word
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.cleaning.edit_marks import marked_turns
from chaitime_audio.editorial.notes.annotate import annotate
from chaitime_audio.editorial.structure.chapters import chapters
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.small_talk import fold_small_talk

TESTS = Path(__file__).parents[1]
GOLDEN = TESTS / "golden"
NAMES = (
    "transcript.md",
    "transcript.html",
    "transcript.txt",
    "transcript.plain.md",
    "transcript.front.md",
    "edits.html",
)
MAYA = Person("Maya Rao", "host", links=(Link("@mayarao", "https://social.example/@mayarao"),))
TOM = Person(
    "Tom Ellery",
    "guest",
    bio="Tom Ellery looks after the forecasting models of a small energy company in Denver.",
    links=(Link("Tom's notes on baselines", "https://example.org/baselines"),),
    photo="https://example.org/tom.jpg",
)
TERMS = (
    Term("Quiet Failures in Deployed Forecasts", link="https://example.org/quiet-failures", kind="paper"),
    Term("Chai Time", link="https://example.org/chai"),
)
BEFORE = (("host", "Is it, um, is it recording? I see the red light."), ("guest", "It is."))
COUNTED = (
    ("host", "What are your three rules?"),
    (
        "guest",
        "I have three rules. First, plot it. Second, uh, write down what you expect. And third, wait a week.",
    ),
)
AFTER = (
    ("host", "Did we stop? I never know which button stops it, and I always ask."),
    ("guest", "Red one."),
)


def full_post() -> Episode:
    """The episode that the golden files print."""
    spoken = _spoken()
    cast = Cast((Voice("S1", MAYA, True, (), 40_000), Voice("S2", TOM, True, (), 100_000)))
    cleaned = clean(spoken, "en")
    post, small_talk = fold_small_talk(pair(cleaned, cast, "en"), cast, "en")
    base = example()
    master = replace(base.master, duration_ms=spoken[-1].words[-1].span.end_ms + 500)
    brief = Brief(title="Tom Ellery on dull baselines", number=1, people=(MAYA, TOM))
    found = chapters(post, master.duration_ms, "en", timeline=Timeline())
    return replace(
        base,
        show=replace(base.show, glossary=TERMS, media_url="https://example.org/chai"),
        brief=brief,
        cast=cast,
        spoken=spoken,
        post=post,
        small_talk=small_talk,
        chapters=found,
        notes=annotate(post, cast, found, brief, "en", terms=TERMS),
        edits=marked_turns(spoken, cleaned),
        master=master,
    )


def _spoken() -> tuple[Utterance, ...]:
    told = json.loads((TESTS / "data" / "short_two_voices.json").read_text(encoding="utf-8"))
    script = [(turn["speaker"], turn["text"]) for turn in sorted(told["turns"], key=lambda t: t["start"])]
    at = next(place for place, (_, text) in enumerate(script) if "find your notes" in text)
    lines = (*BEFORE, *script[:at], *COUNTED, *script[at:], *AFTER)
    out: list[Utterance] = []
    number, now_ms = 0, 0
    for who, text in lines:
        words = []
        for word in text.split():
            words.append(Word(number, word, span(now_ms, now_ms + 280), 1.0))
            number, now_ms = number + 1, now_ms + 320
        out.append(Utterance("S1" if who == "host" else "S2", tuple(words)))
        now_ms += 400
    return tuple(out)
