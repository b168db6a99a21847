"""Sixty window borders swept over a known text: words lost or doubled at a border."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.recognition.asr.faster_whisper import Engine
from chaitime_audio.recognition.asr.windowed.windows import windows

from .talks import Talk, bench, plain, talks

BORDERS, STRETCH_MS, NEAR_MS, EDGE_MS = 60, 45_000, 4_000, 1_500
Timed = list[tuple[str, int]]


@dataclass(frozen=True, slots=True)
class Row:
    """One sweep; each difference reads ``time: [before] → [after]``."""

    name: str
    stretches: int
    borders: int
    lost: tuple[str, ...]
    doubled: tuple[str, ...]
    different: tuple[str, ...]


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row with pauses known, as in real use, and one where every border is a forced cut."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        talk = talks(audio, Path(place))[0]
        known = _timed(Engine(language="en").transcribe(talk.sound, talk.activity, bench))
        for pauses in (True, False):
            yield _sweep(talk, known, pauses=pauses)


def _sweep(talk: Talk, known: Timed, *, pauses: bool) -> Row:
    """Move 45 s stretches over one talk; compare what is heard round their first border."""
    found: dict[str, set[str]] = {"delete": set(), "insert": set(), "replace": set()}
    room, borders = talk.sound.duration_ms - STRETCH_MS, set()
    for start_ms in range(0, room // BORDERS * BORDERS, room // BORDERS):
        stretch = _stretch(talk, start_ms, pauses=pauses)
        border = int(windows(talk.sound, stretch)[0].end_ms)
        borders.add(border)
        cut = _timed(Engine(language="en").transcribe(talk.sound, stretch, bench))
        for kind, before, after in _edits(_from(known, start_ms), _from(cut, start_ms), border):
            found[kind].add(f"{border / 1000:.1f} s: [{before}] → [{after}]")
    return Row(
        name=f"{talk.recording.name}, {'pauses known' if pauses else 'all borders forced'}",
        stretches=BORDERS,
        borders=len(borders),
        lost=tuple(sorted(found["delete"])),
        doubled=tuple(sorted(found["insert"])),
        different=tuple(sorted(found["replace"])),
    )


def _stretch(talk: Talk, start_ms: int, *, pauses: bool) -> SpeechActivity:
    """The speech of a stretch; without ``pauses`` all of it passes for running speech."""
    whole = span(start_ms, start_ms + STRETCH_MS)
    if not pauses:
        return SpeechActivity((whole,))
    return SpeechActivity(
        tuple(
            span(max(one.start_ms, whole.start_ms), min(one.end_ms, whole.end_ms))
            for one in talk.activity.spans
            if one.overlap_ms(whole)
        )
    )


def _from(words: Timed, start_ms: int) -> Timed:
    return [word for word in words if word[1] > start_ms + EDGE_MS]


def _timed(result: Transcript) -> Timed:
    """Plain words with the middle of each."""
    return [
        (bare, int(word.span.middle_ms)) for word in result.words for bare in str(plain(word.text)).split()
    ]


def _edits(known: Timed, cut: Timed, border: int) -> Iterator[tuple[str, str, str]]:
    """What differs within four seconds of a border."""
    before = [word for word in known if abs(word[1] - border) < 2 * NEAR_MS]
    after = [word for word in cut if abs(word[1] - border) < 2 * NEAR_MS]
    matcher = SequenceMatcher(None, [word for word, _ in before], [word for word, _ in after])
    for kind, a, b, c, d in matcher.get_opcodes():
        times = [at for _, at in (*before[a:b], *after[c:d])]
        if kind != "equal" and any(abs(at - border) < NEAR_MS for at in times):
            yield kind, " ".join(word for word, _ in before[a:b]), " ".join(word for word, _ in after[c:d])
