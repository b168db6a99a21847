"""``python -m bench.voices``: people enrolled from one recording and looked for in all others."""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy comes

import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.people import KnownVoice
from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Diarization, VoicePrint
from chaitime_audio.editorial.speakers.enrolled import recognised
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import Engine
from chaitime_audio.workers.in_process import InProcess

from . import results
from .recordings import AUDIO, Recording, recordings


@dataclass(frozen=True, slots=True)
class Heard:
    """The prints of one recording, and who each label really is."""

    name: str
    prints: tuple[VoicePrint, ...]
    people: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One recording to enrol from: whom it was looked for in others, and what was found."""

    name: str
    enrolled: int
    meant: int
    found: int
    others: int
    mistaken: tuple[str, ...]
    least_cosine: float


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row per recording; each voice of it is known, and every other recording is searched."""
    all_heard = [heard(one) for kind in ("real", "dev") for one in recordings(audio, kind)]
    for source in all_heard:
        yield enrolled_from(source, [one for one in all_heard if one is not source])


def enrolled_from(source: Heard, others: list[Heard]) -> Row:
    """Make every voice of one recording known, and look for them in others."""
    known = tuple(
        KnownVoice(source.people[one.label], one.vector)
        for one in source.prints
        if one.label in source.people
    )
    names = {voice.name for voice in known}
    meant = found = strangers = 0
    mistaken, cosines = list[str](), list[float]()
    for other in others:
        named = recognised(other.prints, known)
        for one in other.prints:
            who = other.people.get(one.label, "nobody")
            said, cosine = named.get(one.label, ("", 0.0))
            if who in names:
                meant += 1
                found += said == who
                cosines += [cosine] if said == who else []
            else:
                strangers += 1
            if said and said != who:
                mistaken.append(f"{other.name}: {who} taken for {said} ({cosine:.2f})")
    return Row(source.name, len(known), meant, found, strangers, tuple(mistaken), min(cosines, default=0.0))


def heard(recording: Recording) -> Heard:
    """Diarize with the true count, and give each label to whoever it overlaps most."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        paths, target = (recording.path,), Path(place) / "decoded"
        made = decode(probe(paths), paths, target, lambda _share: None)
        sound = Sound(target, made.sample_count, made.sha256)
        context = EngineContext(InProcess(), None, lambda _share: None)
        everywhere = SpeechActivity((span(0, sound.duration_ms),))
        count = len(recording.truth.speakers)
        found = Engine().diarize(sound, everywhere, count, context)
    return Heard(recording.name, found.prints, _people(recording, found))


def _people(recording: Recording, found: Diarization) -> dict[str, str]:
    people = {}
    for label in {one.label for one in found.prints}:
        spoken = [turn.span for turn in found.turns if turn.label == label]
        shares: dict[str, int] = {}
        for turn in recording.truth.turns:
            said = span(round(turn.start_s * 1000), round(turn.end_s * 1000))
            shares[turn.speaker] = shares.get(turn.speaker, 0) + sum(said.overlap_ms(one) for one in spoken)
        if shares and max(shares.values()):
            who = max(shares, key=lambda one: shares[one])
            people[label] = who if recording.kind == "real" else f"{recording.name}/{who}"
    return people


if __name__ == "__main__":
    results.keep("voices", measure(AUDIO))
