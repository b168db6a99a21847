"""The recognisers alone, with word errors and cost; what names do is measured by `names` and `lift`."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import jiwer

from chaitime_audio.domain.sound import SpeechActivity
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.recognition.asr.faster_whisper import Engine as Faster
from chaitime_audio.recognition.asr.whisper import Engine as Whisper

from .talks import Talk, bench, plain, talks


@dataclass(frozen=True, slots=True)
class Row:
    """One variant: WER in % per recording and pooled, CPU seconds a second, least coverage."""

    name: str
    wer: dict[str, float]
    pooled_wer: float
    cpu_per_s: float
    coverage: float


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row per variant; one thread, speech found before, models loaded before."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        said = talks(audio, Path(place))
        yield _row("faster-whisper, as shipped", Faster(), said)
        yield _row("openai-whisper, float32", Whisper(), said)


def _row(name: str, engine: Any, said: list[Talk]) -> Row:
    engine.transcribe(said[0].sound, SpeechActivity(said[0].activity.spans[:1]), bench)
    started = time.process_time()
    results = [engine.transcribe(talk.sound, talk.activity, bench) for talk in said]
    spent = time.process_time() - started
    hits = [_errors(talk.text, result) for talk, result in zip(said, results, strict=True)]
    return Row(
        name=name,
        wer={talk.recording.name: 100 * hit[0] / hit[1] for talk, hit in zip(said, hits, strict=True)},
        pooled_wer=100 * sum(wrong for wrong, _ in hits) / sum(words for _, words in hits),
        cpu_per_s=spent / sum(talk.sound.duration_ms / 1000 for talk in said),
        coverage=min(result.coverage for result in results),
    )


def _errors(text: str, result: Transcript) -> tuple[int, int]:
    found = jiwer.process_words(text, str(plain(" ".join(word.text for word in result.words))))
    wrong = found.substitutions + found.deletions + found.insertions
    return wrong, found.substitutions + found.deletions + found.hits
