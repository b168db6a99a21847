"""Who is speaking, on made, read and real talk: people, sureness, errors, names; beside the slot scheme.

What the networks say of a recording, and its transcript, are kept in ``CHAITIME_BENCH_CACHE`` (by
default a folder of the system's temporary one), so that trying another search takes seconds.
"""

from __future__ import annotations

import os
import pickle
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.brief import Brief, Show
from chaitime_audio.domain.sound import Decoded, SpeechActivity
from chaitime_audio.domain.speech import Diarization, Transcript
from chaitime_audio.editorial.speakers.attribute import attribute
from chaitime_audio.editorial.speakers.naming import name as named_cast
from chaitime_audio.model_files import find
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.project.settings import Settings
from chaitime_audio.recognition.activity.pyannote import Engine as Detector
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.recognition.diarization.pyannote import EMBEDDING, Engine, segment_task
from chaitime_audio.recognition.diarization.steps.embed import EmbedTask, Points, embed
from chaitime_audio.recognition.diarization.steps.frames import Frames
from chaitime_audio.recognition.diarization.steps.segment import segment
from chaitime_audio.recognition.diarization.steps.voices import voices
from chaitime_audio.recognition.diarization.tracks import Engine as Tracks
from chaitime_audio.workers.in_process import InProcess

from .score import score_turns, score_words
from .truth import Truth, from_json, from_rttm

CACHE = Path(os.environ.get("CHAITIME_BENCH_CACHE", Path(tempfile.gettempdir()) / "chaitime-bench"))
SOUNDS = (".flac", ".wav", ".mp3", ".mp4", ".wma")
Kept = TypeVar("Kept")


@dataclass(frozen=True, slots=True)
class Row:
    """One recording. ``people`` is empty where the number is not known, ``2+`` where it is at least so.

    Error rates in percent are None where the truth does not say; ``names`` are those printed.
    """

    name: str
    kind: str
    people: str
    found: int
    sureness: float | None
    der: float | None
    slots_found: int | None
    slots_der: float | None
    wer: float | None
    cpwer: float | None
    names: tuple[str, ...]
    maybe: tuple[str, ...]
    search_cpu_s: float


def measure(audio: Path, only: tuple[str, ...], *, quick: bool) -> Iterator[Row]:
    """Yield a row per recording of dev/, real/ and talk/; nothing where the folder is absent.

    With ``quick`` the slot scheme, which takes eight times as long, is shown only where it is kept.
    """
    CACHE.mkdir(parents=True, exist_ok=True)
    for kind in ("dev", "real", "talk"):
        for path in sorted((audio / kind).rglob("*")):
            wanted = not only or any(part in path.stem for part in only)
            if path.suffix in SOUNDS and wanted:
                yield _row(path, kind, quick=quick)


def _row(path: Path, kind: str, *, quick: bool) -> Row:
    sound, decoded = _decoded(path)
    began = time.process_time()
    found = _diarized(path, sound, decoded)
    search_s = time.process_time() - began
    passed_over = quick and not (CACHE / f"{path.stem}.slots.pickle").exists()
    slots = None if passed_over else _kept(path, "slots", lambda: _by_slots(sound))
    turns, words = _truths(path)
    heard = _kept(path, "words", lambda: _transcribed(sound))
    spoken = attribute(heard, found)
    cast = named_cast(spoken, found, Brief(), Show(""), heard.language)
    scored = score_words(words, spoken) if words else None
    length_s = sound.duration_ms / 1000
    return Row(
        name=path.stem,
        kind=kind,
        people=_people(path),
        found=len(found.labels),
        sureness=found.sureness,
        der=score_turns(turns, found.turns, length_s).der if turns else None,
        slots_found=len(slots.labels) if slots else None,
        slots_der=score_turns(turns, slots.turns, length_s).der if turns and slots else None,
        wer=scored.wer if scored else None,
        cpwer=scored.cpwer if scored else None,
        names=tuple(voice.person.name for voice in cast.voices if voice.named),
        maybe=tuple(" or ".join(voice.maybe) for voice in cast.voices if voice.maybe),
        search_cpu_s=search_s,
    )


def _diarized(path: Path, sound: Sound, decoded: Decoded) -> Diarization:
    """As the product does it: tracks where there are any, else the search on what the networks said."""
    if decoded.tracks:
        listened = Sound(sound.path, sound.sample_count, sound.sha256, tracks=decoded.tracks)
        return Tracks().diarize(listened, _kept(path, "activity", lambda: _activity(sound)), 0, _bench())
    frames, points = _kept(path, "networks", lambda: _networks(sound))
    return voices(frames, points, 0, sound.duration_ms)


def _networks(sound: Sound) -> tuple[Frames, Points]:
    weights = find(EMBEDDING)
    frames = segment(segment_task("cpu"), sound, _bench(), lambda _share: None)
    task = EmbedTask(weights.path, weights.sha256, "cpu")
    return frames, embed(task, sound, frames, _bench(), lambda _share: None)


def _by_slots(sound: Sound) -> Diarization:
    return Engine(model="slots", device="cpu").diarize(sound, _everywhere(sound), 0, _bench())


def _transcribed(sound: Sound) -> Transcript:
    return Registry(Settings()).transcriber(Brief()).engine.transcribe(sound, _activity(sound), _bench())


def _activity(sound: Sound) -> SpeechActivity:
    return Detector().detect(sound, _bench())


def _decoded(path: Path) -> tuple[Sound, Decoded]:
    target = CACHE / f"{path.stem}.s16"
    made = _kept(path, "decoded", lambda: decode(probe((path,)), (path,), target, lambda _share: None))
    return Sound(target, made.sample_count, made.sha256), made


def _kept(path: Path, what: str, make: Callable[[], Kept]) -> Kept:
    """What was made before, or make it; only this bench writes and reads these files."""
    target = CACHE / f"{path.stem}.{what}.pickle"
    if not target.exists():
        target.write_bytes(pickle.dumps(make()))
    kept: Kept = pickle.loads(target.read_bytes())
    return kept


def _bench() -> EngineContext:
    return EngineContext(InProcess(), _Memory(), lambda _share: None)


class _Memory:
    """Batches kept in memory."""

    def __init__(self) -> None:
        self._batches: dict[str, bytes] = {}

    def get(self, key: str) -> bytes | None:
        return self._batches.get(key)

    def put(self, key: str, data: bytes) -> None:
        self._batches[key] = data


def _everywhere(sound: Sound) -> SpeechActivity:
    from chaitime_audio.domain.sound import span

    return SpeechActivity((span(0, sound.duration_ms),))


def _truths(path: Path) -> tuple[Truth | None, Truth | None]:
    """Turns with times, and words with speakers, as far as they lie beside the recording."""
    stem = path.with_name(path.name.split(".")[0])
    labelled, written = stem.with_suffix(".rttm"), stem.with_suffix(".json")
    turns = from_rttm(labelled) if labelled.is_file() else None
    if not written.is_file() or not turns:
        return turns, None
    try:
        return turns, from_json(written)
    except (KeyError, TypeError):  # a turn without times
        return turns, None


def _people(path: Path) -> str:
    """The number of people by source.md beside the recording, else by its truth."""
    note = path.parent / "source.md"
    if note.is_file():
        lines = note.read_text(encoding="utf-8").splitlines()
        return next((line.partition(":")[2].strip() for line in lines if line.startswith("- people:")), "")
    turns, _ = _truths(path)
    return str(len(turns.speakers)) if turns else ""


def right(row: dict[str, Any]) -> bool:
    """Whether the number of people is right; 2+ and 3+ are when two or more were found."""
    people, found = str(row["people"]), int(row["found"])
    return found >= 2 if people.endswith("+") else str(found) == people
