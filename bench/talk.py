"""Real conversations: our recogniser's word errors beside faster-whisper by itself, on the same machine.

faster-whisper gets the file and does everything its own way: batched and greedy with its search for
speech, and in sequence with five beams. Text is compared after Whisper's normaliser: the English one, or
the basic one for other languages. What stands in brackets in a reference was spoken.
"""

from __future__ import annotations

import functools
import json
import re
import tempfile
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import jiwer

from chaitime_audio.domain.sound import SpeechActivity
from chaitime_audio.domain.speech import Transcript, Word
from chaitime_audio.project.serialization import from_json
from chaitime_audio.recognition.context import Sound

from .overlapped import overlapped, shortened
from .recordings import recordings, sample

PROCESSES = 2
WARM_UP_S = 15.0
SOUNDS = (".wav", ".mp3", ".wma", ".mp4", ".flac", ".m4a", ".ogg")
MACHINE_WRITTEN = ("pt_",)
"""Recordings whose reference is another recogniser's: shown, not pooled."""
SYSTEMS = ("ours", "batched", "sequential")


@dataclass(frozen=True, slots=True)
class Spoken:
    """A recording and the words that were said in it."""

    name: str
    kind: str
    path: Path
    text: str
    language: str = "en"

    @property
    def said(self) -> str:
        """What was said: brackets are taken away and what they hold stays."""
        return re.sub(r"[\[\]()]", " ", self.text)


@dataclass(frozen=True, slots=True)
class Row:
    """One recording: words said, and per system word errors and CPU seconds a second of sound."""

    name: str
    kind: str
    length_s: float
    words: int
    errors: dict[str, int]
    cpu_per_s: dict[str, float]


def measure(audio: Path, names: tuple[str, ...] = ()) -> Iterator[Row]:
    """Yield a row per recording with words: real ones, dev, overlapped; nothing where there are none.

    Two recordings are under way at a time, each in a process with one thread.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        chosen = [
            item
            for item in (*real(audio), *synthetic(audio, Path(place)))
            if not names or any(name in item.name for name in names)
        ]
        if chosen:
            count = min(PROCESSES, len(chosen))
            with ProcessPoolExecutor(count, get_context("spawn"), initializer=_warm_up) as pool:
                yield from pool.map(row, chosen)


def _warm_up() -> None:
    """Import and load everything, so that no recording pays for it."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        short = shortened(sample(), WARM_UP_S, Path(place))
        row(Spoken(short.name, short.kind, short.path, short.truth.turns[0].text))


def real(audio: Path) -> Iterator[Spoken]:
    """The conversations whose words are known: ID/ID.json beside ID/ID.wav or another sound."""
    for folder in sorted((audio / "talk").glob("*/")):
        written = folder / f"{folder.name}.json"
        sounds = [folder / f"{folder.name}{ending}" for ending in SOUNDS]
        found = [path for path in sounds if path.is_file()]
        if written.is_file() and found:
            turns = json.loads(written.read_text(encoding="utf-8"))["turns"]
            text = " ".join(turn["text"] for turn in turns)
            before, _, _ = folder.name.partition("_")
            yield Spoken(folder.name, "real", found[0], text, before if len(before) == 2 else "en")


def synthetic(audio: Path, room: Path | None) -> Iterator[Spoken]:
    """The dev recordings, and (with a ``room`` for them) overlapped ones made from them."""
    dev = list(recordings(audio, "dev"))
    for item in (*dev, *(overlapped(one, room) for one in dev if room)):
        yield Spoken(item.name, item.kind, item.path, " ".join(turn.text for turn in item.truth.turns))


def row(item: Spoken) -> Row:
    """Let every system hear one recording."""
    errors, cost, length_s = {}, {}, 1.0
    for name in SYSTEMS:
        before = time.process_time()
        text, length_s = _ours(item.path) if name == "ours" else (_theirs(item.path, name), length_s)
        cost[name] = (time.process_time() - before) / length_s
        errors[name] = count_errors(item, text)
    return Row(item.name, item.kind, length_s, len(normalised(item.said, item.language)), errors, cost)


def normalised(text: str, language: str) -> list[str]:
    """The words of a text as they are compared."""
    return str(normaliser(language)(text)).split()


def count_errors(item: Spoken, text: str) -> int:
    """Words to change, to add and to take away until what was heard is what was said."""
    said, given = normalised(item.said, item.language), normalised(text, item.language)
    if not given:
        return len(said)
    found = jiwer.process_words(" ".join(said), " ".join(given))
    return int(found.substitutions + found.deletions + found.insertions)


@functools.cache
def normaliser(language: str) -> Any:
    """Whisper's normaliser for a language: the English one, or the basic one."""
    from whisper.normalizers import BasicTextNormalizer, EnglishTextNormalizer

    return EnglishTextNormalizer() if language == "en" else BasicTextNormalizer()


def _ours(path: Path) -> tuple[str, float]:
    transcript, length_s = heard(path)
    return " ".join(word.text for word in transcript.words), length_s


def heard(path: Path) -> tuple[Transcript, float]:
    """One recording with our default recogniser, and its length in seconds."""
    from .talks import bench

    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        sound, activity = decoded(path, Path(place))
        transcript: Transcript = recogniser().transcribe(sound, activity, bench)
    return transcript, sound.duration_ms / 1000


def decoded(path: Path, place: Path) -> tuple[Sound, SpeechActivity]:
    """One recording as our recogniser gets it, its sound in the folder ``place``."""
    from chaitime_audio.audio.decode import decode
    from chaitime_audio.audio.probe import probe
    from chaitime_audio.recognition.activity.pyannote import Engine as Detector

    from .talks import bench

    made = decode(probe((path,)), (path,), place / "decoded.s16", lambda _share: None)
    sound = Sound(place / "decoded.s16", made.sample_count, made.sha256)
    return sound, Detector().detect(sound, bench)


def known_words(path: Path, episodes: Path | None) -> Sequence[Word]:
    """The words of a recording: those of the finished episode of its name in ``episodes``, or heard now."""
    kept = episodes / path.stem / "facts" / "transcript.json" if episodes else None
    if kept and kept.is_file():
        return from_json(Transcript, kept.read_bytes()).words
    return heard(path)[0].words


@functools.cache
def recogniser() -> Any:
    """Our default recogniser, on one thread."""
    import torch

    from chaitime_audio.project.discovery import load_module
    from chaitime_audio.recognition import asr

    torch.set_num_threads(1)
    return load_module(asr.__name__, asr.choose()).Engine()


def _theirs(path: Path, way: str) -> str:
    """The words of one recording as faster-whisper hears it, ``batched`` or ``sequential``."""
    from faster_whisper import BatchedInferencePipeline

    if way == "batched":
        whole = BatchedInferencePipeline(_model())
        segments, _ = whole.transcribe(str(path), batch_size=8, beam_size=1, word_timestamps=True)
    else:
        segments, _ = _model().transcribe(str(path), beam_size=5)
    return "".join(segment.text for segment in segments)


@functools.cache
def _model() -> Any:
    from faster_whisper import WhisperModel

    from .ctranslate2_model import model_folder

    return WhisperModel(str(model_folder()), device="cpu", compute_type="int8", cpu_threads=1)
