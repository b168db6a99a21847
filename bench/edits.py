"""What an edit of one word costs, from the decision to the new turn, and a decision by how many there are.

A word is corrected as the studio does it: `decide` writes it, with the journal, what stands in the files is
read, and the turn is derived alone. No engine runs, and nothing but the two files of decisions is written.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from chaitime_audio.domain.correction import Correction
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.one_turn import one_turn, talk_of
from chaitime_audio.editorial.speakers.attribute import attribute
from chaitime_audio.project.corrections_text import corrections_of
from chaitime_audio.project.decisions import decide
from chaitime_audio.project.episode_file import CORRECTIONS_NAME

from .derive import kept
from .long_talk import talk

EDITS = 40
STANDING = (1_000, 0)


@dataclass(frozen=True, slots=True)
class Row:
    """Milliseconds of an edit: CPU (median, most) and wall time (median, most); of it the decision's CPU."""

    words: int
    standing: int
    cpu_ms: float
    most_cpu_ms: float
    wall_ms: float
    most_wall_ms: float
    decide_ms: float
    written: tuple[str, ...]


def measure(size: int = 30_000) -> Iterator[Row]:
    """Yield a row for each number of corrections that stand already."""
    for standing in STANDING:
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            yield _row(size, standing, Path(place))


def _row(size: int, standing: int, place: Path) -> Row:
    told = talk(size)
    folder, registry = kept(told, place)
    heard, show = told.facts["transcript"], registry.show()
    words = overlay.words(heard, told.brief, show).value
    spoken = overlay.move_boundaries(attribute(words, told.facts["diarization"]), told.brief).value
    printed = overlay.drop_passages(spoken, told.brief, heard.language).value
    around = talk_of(heard, printed, told.brief, show)
    folder.brief.write_text('title = "A long talk"\n', encoding="utf-8")
    if standing:
        decide(folder, [_of(item.words[0], "earlier") for item in printed[:standing]], "bench")
    before = {path: path.stat().st_mtime_ns for path in folder.path.rglob("*") if path.is_file()}
    spent = []
    for at in range(0, len(printed), max(1, len(printed) // EDITS)):
        word = printed[at].words[-1]
        cpu, wall = time.process_time(), time.perf_counter()
        done = decide(folder, [_of(word, "edited")], "bench")
        decided = time.process_time() - cpu
        more = corrections_of(done.seen.texts[CORRECTIONS_NAME], CORRECTIONS_NAME)
        brief = replace(told.brief, corrections=(*told.brief.corrections, *more))
        one_turn(around, word.id, brief)
        spent.append((time.process_time() - cpu, time.perf_counter() - wall, decided))
    after = {path: path.stat().st_mtime_ns for path in folder.path.rglob("*") if path.is_file()}
    names = sorted(path.name for path in after if after[path] != before.get(path))
    cpus, walls, decisions = ([1000 * one for one in column] for column in zip(*spent, strict=True))
    return Row(
        len(heard.words),
        standing,
        statistics.median(cpus),
        max(cpus),
        statistics.median(walls),
        max(walls),
        statistics.median(decisions),
        tuple(names),
    )


def _of(word: object, text: str) -> Correction:
    said, span = word.text, word.span  # type: ignore[attr-defined]
    return Correction(find=said, replace=text, at=span.start_ms)


if __name__ == "__main__":
    for row in measure():
        print(row)
