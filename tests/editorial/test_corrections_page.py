"""docs/corrections.md: every kind of correction has an example, and each does what the page shows."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import pytest

from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.correction import KINDS
from chaitime_audio.domain.people import Cast, Person, Voice
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Diarization, Segment, Transcript, Turn, Utterance, Word
from chaitime_audio.domain.timecode import parse_clock
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.corrections.giving import give_turns
from chaitime_audio.editorial.corrections.matching import matching
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.mix import mix_plan, without_cuts
from chaitime_audio.project.serialization import from_plain

PAGE = (Path(__file__).parents[2] / "docs" / "corrections.md").read_text(encoding="utf-8")
WORD_MS = 400
LABELS = {"Maya Rao": "S1", "Tom Ellery": "S2", "Speaker 3": "S3"}
NOTE = "note: "


class Example(NamedTuple):
    """What is written into episode.toml, and what becomes of the talk by it."""

    brief: Brief
    shown: tuple[str, ...]


def talk() -> tuple[Utterance, ...]:
    """The talk at the top of the examples: a line is a turn, a word is heard every 0.4 s."""
    found, number = [], 0
    (lines,) = re.findall(r"```text\n(00:00 .*?)```", PAGE, re.DOTALL)
    for line in lines.splitlines():
        start, person, text = re.fullmatch(r"(\S+) +([^:]+): (.*)", line).groups()  # type: ignore[union-attr]
        words = []
        for at, one in enumerate(text.split()):
            start_ms = parse_clock(start) + at * WORD_MS
            words.append(Word(number + at, one, span(start_ms, start_ms + WORD_MS), 0.9))
        found.append(Utterance(LABELS[person], tuple(words)))
        number += len(words)
    return tuple(found)


def examples() -> list[Example]:
    """Every example: a block of TOML and, behind it, the block of what it changes."""
    found = re.findall(r"```toml\n(.*?)```\n```diff\n(.*?)```", PAGE, re.DOTALL)
    return [
        Example(from_plain(Brief, tomllib.loads(toml), "docs/corrections.md"), tuple(shown.splitlines()))
        for toml, shown in found
    ]


def post(brief: Brief) -> tuple[list[str], list[str]]:
    """The talk as the post has it, a paragraph a line, and what is noted; steps as in `produce`."""
    said = talk()
    turns = tuple(Turn(item.label, item.span) for item in said)
    heard = Transcript("en", 1.0, tuple(Segment(item.words, -0.1, 0.0, 1.0) for item in said))
    merged = overlay.merge_speakers(Diarization(turns, turns), brief)
    as_read = overlay.words(heard, brief, Show("Chai Time")).value.words
    holding = matching(brief, lambda: heard.words, lambda: as_read)
    brief = holding.value
    voices = merged.value
    words = overlay.words(heard, brief, Show("Chai Time"))
    by_id = {word.id: word for word in words.value.words}
    owned = (
        Utterance(turn.label, tuple(by_id[word.id] for word in item.words if word.id in by_id))
        for turn, item in zip(voices.exclusive, said, strict=True)
    )
    moved = overlay.move_boundaries(tuple(item for item in owned if item.words), brief)
    spoken = without_cuts(moved.value, mix_plan(voices, brief).cuts)
    given = give_turns(spoken, cast(voices), voices, brief)
    dropped = overlay.drop_passages(given.value[0], brief, "en")
    kept = overlay.kept(dropped.value, brief, "en")
    exchanges = pair(clean(dropped.value, "en", kept=kept.value), given.value[1], "en", overlay.pins(brief))
    lines = [
        f"{given.value[1].name(remark.label)}: {paragraph.text}"
        for exchange in exchanges
        for remark in exchange.remarks
        for paragraph in remark.paragraphs
    ]
    steps = (merged, holding, words, moved, given, dropped, kept)
    notes = [note for step in steps for note in step.warnings]
    return lines, [*notes, *overlay.unbroken(exchanges, brief)]


def cast(voices: Diarization) -> Cast:
    """The people of the talk that have a voice."""
    people = {label: name for name, label in LABELS.items()}
    return Cast(
        tuple(
            Voice(label, Person(people[label], "host" if label == "S1" else "guest"), True, (), 1000)
            for label in voices.labels
        )
    )


def changed(brief: Brief) -> tuple[str, ...]:
    """Lines that went with "- ", those that came with "+ ", and notes."""
    before, _ = post(replace(brief, corrections=()))
    after, notes = post(brief)
    rows: list[str] = []
    for what, a, b, c, d in difflib.SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what != "equal":
            rows += [*("- " + line for line in before[a:b]), *("+ " + line for line in after[c:d])]
    return (*rows, *(NOTE + note for note in notes))


@pytest.mark.parametrize("number", range(len(examples())))
def test_an_example_does_what_the_page_shows(number: int) -> None:
    """The post changes in the lines shown and in no others; what is not made is noted as shown."""
    example = examples()[number]
    assert changed(example.brief) == example.shown


def test_every_kind_has_an_example_that_is_made() -> None:
    """No kind of correction is missing from the page, and of each one example at least changes the talk."""
    shown = {
        item.kind
        for example in examples()
        for item in example.brief.corrections
        if example.shown[0][:2] in ("- ", "+ ")
    }
    assert shown == {kind for kind, _, _ in KINDS.values()}


def test_an_example_of_the_page_is_tried_or_is_no_correction() -> None:
    """Whatever TOML with corrections the page has stands above what it changes, so that it is tried."""
    blocks = [
        block for block in re.findall(r"```toml\n(.*?)```", PAGE, re.DOTALL) if "[[corrections]]" in block
    ]
    assert len(blocks) == len(examples())
