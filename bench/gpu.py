"""A GPU, where one is at hand: speed and word errors of every installed Whisper, beside one CPU thread.

No figure of it stands anywhere: its makers had no GPU. ``python -m bench gpu`` measures nothing without one;
``--dry-run --model tiny.en`` goes the whole way on the CPU, on the first seconds of one recording, and
prints what it would have kept.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from chaitime_audio.errors import ChaitimeError
from chaitime_audio.model_files import resolve_whisper
from chaitime_audio.recognition.asr.faster_whisper import Engine as Faster
from chaitime_audio.recognition.asr.whisper import Engine as Whisper

from .overlapped import shortened
from .recordings import sample
from .talk import MACHINE_WRITTEN, Spoken, count_errors, decoded, normalised, real, synthetic
from .talks import bench

MODELS = ("base", "small", "turbo", "large-v3")
REHEARSED_S = 15.0


@dataclass(frozen=True, slots=True)
class Row:
    """One engine, model and device: words and errors by kind, wall seconds a second of sound.

    ``gpu_memory_mb`` is the most that was taken of the GPU's memory after a recording, by all programs.
    """

    name: str
    words: dict[str, int]
    errors: dict[str, int]
    wall_per_s: float
    gpu_memory_mb: float


def measure(audio: Path) -> Iterator[Row]:
    """Yield a row per engine, installed model and device; nothing without a GPU."""
    import torch

    if not torch.cuda.is_available():
        print("  no GPU here: nothing measured", file=sys.stderr)
        return
    chosen = [one for one in (*real(audio), *synthetic(audio, None)) if _pooled(one)]
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        yield from _rows(chosen, tuple(filter(_installed, MODELS)), ("cuda", "cpu"), Path(place))


def rehearse(model: str) -> Iterator[Row]:
    """Go the whole way on the CPU with one model, on the first seconds of the sample episode."""
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        short = shortened(sample(), REHEARSED_S, Path(place))
        said = " ".join(turn.text for turn in short.truth.turns)
        chosen = [Spoken(short.name, short.kind, short.path, said)]
        yield from _rows(chosen, (model,), ("cpu",), Path(place))


def _rows(chosen: list[Spoken], models: Sequence[str], devices: Sequence[str], room: Path) -> Iterator[Row]:
    sounds = []
    for number, one in enumerate(chosen):
        folder = room / str(number)
        folder.mkdir()
        sounds.append((one, *decoded(one.path, folder)))
    for model in models:
        for device in devices:
            for title, engine in (("CTranslate2", Faster()), ("openai-whisper", Whisper())):
                chosen_engine = replace(engine, model=model, device=device)
                yield _row(f"{title}, {model}, {device}", chosen_engine, sounds)


def _pooled(item: Spoken) -> bool:
    return item.language == "en" and not item.name.startswith(MACHINE_WRITTEN)


def _installed(model: str) -> bool:
    try:
        resolve_whisper(model)
    except ChaitimeError:
        return False
    return True


def _row(name: str, engine: Any, sounds: list[Any]) -> Row:
    """Measure one engine; what it hears first, to load and to choose its kernels, is not counted."""
    import torch

    _, sound, activity = sounds[0]
    engine.transcribe(sound, activity, bench)
    taken, words, errors, length_s = 0, dict[str, int](), dict[str, int](), 0.0
    began = time.perf_counter()
    for item, sound, activity in sounds:
        heard = engine.transcribe(sound, activity, bench)
        free, whole = torch.cuda.mem_get_info() if torch.cuda.is_available() else (0, 0)
        taken = max(taken, whole - free)
        text = " ".join(word.text for word in heard.words)
        words[item.kind] = words.get(item.kind, 0) + len(normalised(item.said, item.language))
        errors[item.kind] = errors.get(item.kind, 0) + count_errors(item, text)
        length_s += sound.duration_ms / 1000
    return Row(name, words, errors, (time.perf_counter() - began) / length_s, taken / 1e6)
