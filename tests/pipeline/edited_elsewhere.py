"""An episode derived from words alone, its files in every format, and seeded edits of them."""

from __future__ import annotations

import json
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import groupby
from pathlib import Path

from whole_episode import MAYA, NORA, TERMS, whole

from chaitime_audio.domain.correction import Correction
from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.imported import EditedText
from chaitime_audio.domain.scripts import sentences
from chaitime_audio.domain.speech import Segment, Transcript
from chaitime_audio.domain.timecode import stamp
from chaitime_audio.editorial.cleaning.clean import clean
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.corrections.giving import give_turns
from chaitime_audio.editorial.structure.exchanges import pair
from chaitime_audio.editorial.structure.small_talk import fold_small_talk
from chaitime_audio.formats import Templates, render_one
from chaitime_audio.project.edited_prose import same_name
from chaitime_audio.project.edited_text import parsed

TERM_SPELLINGS = tuple(term.spelling for term in TERMS)
FILES = {
    "talk.vtt": "vtt",
    "talk.srt": "srt",
    "talk.transcript.json": "transcript_json",
    "transcript.md": "transcript_md",
    "transcript.plain.md": "transcript_plain_md",
    "transcript.front.md": "transcript_front_md",
    "transcript.txt": "transcript_txt",
}
SPOKEN = ("talk.vtt", "talk.srt", "talk.transcript.json")


def episode() -> Episode:
    """A conversation of 1,170 words, less the glossary: every word as it was heard."""
    found = whole()
    return replace(
        found, show=replace(found.show, glossary=(), host=""), brief=replace(found.brief, people=())
    )


def derived(base: Episode, more: tuple[Correction, ...]) -> Episode:
    """The episode with corrections, by the steps of `produce` from the corrections on."""
    brief = replace(base.brief, corrections=more)
    heard = Transcript("en", 1.0, tuple(Segment(item.words, -0.1, 0.0, 1.5) for item in base.spoken))
    words = overlay.words(heard, brief, base.show)
    by_id = {word.id: word for word in words.value.words}
    said = tuple(
        item
        for item in (
            replace(one, words=tuple(by_id[word.id] for word in one.words if word.id in by_id))
            for one in base.spoken
        )
        if item.words
    )
    turns = overlay.move_boundaries(said, brief)
    given = give_turns(turns.value, base.cast, base.diarization, brief)
    spoken, cast = given.value
    printed = overlay.drop_passages(spoken, brief, "en")
    kept = overlay.kept(printed.value, brief, "en")
    cleaned = clean(printed.value, "en", "clean", TERM_SPELLINGS, kept.value)
    paired = pair(cleaned, cast, "en", overlay.pins(brief))
    post, small_talk = fold_small_talk(paired, base.cast, "en")
    warnings = (*words.warnings, *turns.warnings, *given.warnings, *printed.warnings, *kept.warnings)
    warnings += overlay.unbroken(post, brief)
    now = replace(base, brief=brief, spoken=spoken, cast=cast, post=post)
    return replace(now, small_talk=small_talk, warnings=warnings)


@dataclass(frozen=True, slots=True)
class Unit:
    """A cue, or a sentence of a paragraph: who says it, its words, and when (ms, captions only).

    ``opens``: a cue or a paragraph begins with it.
    """

    name: str
    words: tuple[str, ...]
    opens: bool = True
    start_ms: int = 0


NAMES = frozenset(map(same_name, (MAYA.name, NORA.name)))
NEW_WORDS = ("lantern", "granite", "harbour", "copper", "meadow", "violin", "pepper", "ribbon", "saddle")
LEAST_WORDS = 6
Edit = Callable[[list[Unit], int, random.Random], list[Unit] | None]


def text_of(name: str, found: Episode) -> str:
    """The file of this name that an episode has."""
    return next(iter(render_one(FILES[name], found, Templates()).values()))


def units_of(name: str, text: str) -> list[Unit]:
    """What is said in a file, in pieces that can be edited."""
    read = parsed(text, Path(name).suffix, NAMES)
    assert isinstance(read, EditedText)
    if name in SPOKEN:
        return [Unit(one.name, tuple(one.text.split()), start_ms=one.start_ms or 0) for one in read.said]
    said = [one for one in read.said if "Transcribed by machine" not in one.text and "http" not in one.text]
    return [
        Unit(one.name, tuple(piece.split()), opens=not at)
        for one in said
        for at, piece in enumerate(sentences(one.text))
    ]


def edit(units: list[Unit], kinds: dict[str, int], seed: int) -> tuple[list[Unit], list[str]]:
    """Edit so many places of each kind, no two of them beside each other; says what was done."""
    chance, done = random.Random(seed), list[str]()
    free = [at for at, unit in enumerate(units) if len(unit.words) >= LEAST_WORDS and 0 < at < len(units) - 1]
    chance.shuffle(free)
    out, touched = {at: [unit] for at, unit in enumerate(units)}, set[int]()
    for kind, count in kinds.items():
        left = count
        for at in tuple(free):
            if not left:
                break
            made = None if {at - 1, at, at + 1} & touched else EDITS[kind](units, at, chance)
            if made is not None:
                out[at], left = made, left - 1
                touched.add(at)
                free.remove(at)
                done.append(f"{kind}: {' '.join(units[at].words)[:60]}")
    return [unit for at in range(len(units)) for unit in out[at]], done


def _middle(words: tuple[str, ...], chance: random.Random) -> int:
    """A word inside that carries no punctuation, nor does the one before it; 0 for none."""
    calm = [
        at
        for at in range(2, len(words) - 2)
        if words[at].isalpha() and words[at].islower() and words[at - 1].isalpha() and len(words[at]) > 3
    ]
    return chance.choice(calm) if calm else 0


def _rewritten(fresh: Callable[[str, random.Random], tuple[str, ...]]) -> Edit:
    """An edit that writes something else for one word."""

    def made(units: list[Unit], at: int, chance: random.Random) -> list[Unit] | None:
        words = units[at].words
        place = _middle(words, chance)
        text = (*words[:place], *fresh(words[place], chance), *words[place + 1 :])
        return [replace(units[at], words=text)] if place else None

    return made


def _ended(units: list[Unit], at: int, _chance: random.Random) -> list[Unit] | None:
    """A sentence ends with another mark."""
    *words, last = units[at].words
    return [replace(units[at], words=(*words, f"{last[:-1]}!"))] if last[-1] == "." else None


def _struck(units: list[Unit], at: int, _chance: random.Random) -> list[Unit] | None:
    """A sentence, or a cue, goes; not one that opens a paragraph of several."""
    alone = units[at].opens and units[at + 1].opens
    return [] if not units[at].opens or alone else None


def _given(units: list[Unit], at: int, _chance: random.Random) -> list[Unit] | None:
    """What is said beside a change of speaker is the other one's."""
    own = units[at].name
    before, behind = units[at - 1].name != own, units[at + 1].name != own
    if before == behind:
        return None
    return [replace(units[at], name=units[at - 1].name if before else units[at + 1].name)]


def _handed(units: list[Unit], at: int, _chance: random.Random) -> list[Unit] | None:
    """What is said inside a turn is the other one's."""
    own = units[at].name
    if {units[at - 1].name, units[at + 1].name} != {own}:
        return None
    return [replace(units[at], name=next(name for name in (MAYA.name, NORA.name) if name != own))]


def _begun(units: list[Unit], at: int, _chance: random.Random) -> list[Unit] | None:
    """A paragraph begins at a sentence inside one."""
    return None if units[at].opens else [replace(units[at], opens=True)]


EDITS: dict[str, Edit] = {
    "replaced": _rewritten(lambda _, chance: (chance.choice(NEW_WORDS),)),
    "two for one": _rewritten(lambda _, chance: tuple(chance.sample(NEW_WORDS, 2))),
    "removed": _rewritten(lambda *_: ()),
    "inserted": _rewritten(lambda word, chance: (chance.choice(NEW_WORDS), word)),
    "mark": _ended,
    "struck": _struck,
    "given": _given,
    "handed": _handed,
    "begun": _begun,
}
IN_CAPTIONS = {"given": 4, "struck": 3, "mark": 3, "replaced": 8, "two for one": 4}
IN_CAPTIONS |= {"removed": 4, "inserted": 4}
IN_PROSE = {"begun": 4, "given": 3, "struck": 3, "mark": 4, "replaced": 6}
IN_PROSE |= {"two for one": 4, "removed": 3, "inserted": 3}


def written(name: str, units: list[Unit], original: str) -> str:
    """A file of this name that says this, with what stands round the talk in the original."""
    if name == "talk.vtt":
        cues = (_vtt_cue(one) for one in units)
        return "\n\n".join(("WEBVTT", *cues)) + "\n"
    if name == "talk.srt":
        return "\n".join(_srt_cues(units))
    if name.endswith(".json"):
        rows = [{"speaker": one.name, "startTime": one.start_ms / 1000, "body": said(one)} for one in units]
        return json.dumps({"version": "1.0.0", "segments": rows})
    talk = "\n\n".join(paragraphs(units, "**{}:** {}" if name.endswith(".md") else "{}: {}"))
    if name.endswith(".md"):
        head, _, _ = original.rpartition("\n---\n")[0].rpartition("\n---\n")
        return f"{head}\n---\n\n{talk}\n\n---\n{original.rpartition(chr(10) + '---' + chr(10))[2]}"
    first = f"{units[0].name}: "
    tail = original[original.index("\n\nNora Lindqvist\n") :]
    return f"{original[: original.index(first)]}{talk}{tail}"


def said(unit: Unit) -> str:
    """The words of a unit."""
    return " ".join(unit.words)


def _vtt_cue(one: Unit) -> str:
    return f"{stamp(one.start_ms)} --> {stamp(one.start_ms + 900)}\n<v {one.name}>{said(one)}"


def _srt_cues(units: list[Unit]) -> Iterator[str]:
    name = ""
    for number, one in enumerate(units, 1):
        text = said(one) if one.name == name else f"{one.name}: {said(one)}"
        name = one.name
        yield f"{number}\n{stamp(one.start_ms, ',')} --> {stamp(one.start_ms + 900, ',')}\n{text}\n"


def paragraphs(units: list[Unit], named: str) -> Iterator[str]:
    """Paragraphs of a text, the first of each turn with a name."""
    for name, group in groupby(units, key=lambda one: one.name):
        own, waiting, first = list(group), list[str](), True
        for at, unit in enumerate(own):
            waiting.append(said(unit))
            if at + 1 == len(own) or own[at + 1].opens:
                text = " ".join(waiting)
                yield named.format(name, text) if first else text
                waiting, first = [], False


def told(units: list[Unit]) -> list[tuple[str, str]]:
    """Every word with who says it, whatever quotes it has."""
    return [(one.name, word.replace("’", "'")) for one in units for word in one.words]


def breaks(units: list[Unit]) -> set[int]:
    """Before which words a paragraph begins inside a turn."""
    found, at = set[int](), 0
    for before, one in zip([None, *units], units, strict=False):
        if before is not None and one.opens and before.name == one.name:
            found.add(at)
        at += len(one.words)
    return found
