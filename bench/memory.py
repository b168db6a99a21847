"""What the memory of one worker is made of: imports, weights, activations, mapped sound."""

from __future__ import annotations

import multiprocessing
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .children import pss_mb
from .recordings import sample
from .stages import load, make, peak_mb


@dataclass(frozen=True, slots=True)
class Row:
    """Megabytes that one step added, in order; ``file`` is what of it can be dropped and read again."""

    name: str
    anon_mb: float
    file_mb: float


def measure() -> Iterator[Row]:
    """Yield a row per step, measured in a fresh process."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        yield from pool.submit(_steps).result()


def _steps() -> list[Row]:
    rows, kept = list[Row](), list[Any]()
    for name, step in STEPS.items():
        before = pss_mb("self")
        kept.append(step())
        after = pss_mb("self")
        rows.append(Row(name, after["anon"] - before["anon"], after["file"] - before["file"]))
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        before = pss_mb("self")
        with peak_mb() as peak:
            made = make(sample().path, Path(place))
        length_mb = made.decoded.sample_count * 2 / 1e6
    whole = before["anon"] + before["file"]
    rows.append(Row("activations and what is left over, at most", peak[0] - whole - length_mb, 0.0))
    rows.append(Row("mapped sound, for every hour", 0.0, 16_000 * 2 * 3600 / 1e6))
    return rows


def _import_torch() -> Any:
    import torch

    return torch


def _import_ctranslate2() -> Any:
    import ctranslate2

    return ctranslate2


def _import_pyannote() -> Any:
    from chaitime_audio.recognition.diarization.steps.torchaudio_guard import import_pyannote

    return import_pyannote()


def _load_segmentation() -> Any:
    from chaitime_audio.recognition.diarization.pyannote import segment_task

    return load(segment_task("auto"))


def _load_whisper() -> Any:
    from chaitime_audio.recognition.asr.faster_whisper import Engine

    return load(Engine()._task())


def _load_embedding() -> Any:
    from chaitime_audio.model_files import find
    from chaitime_audio.recognition.diarization.pyannote import EMBEDDING
    from chaitime_audio.recognition.diarization.steps.embed import EmbedTask

    found = find(EMBEDDING)
    return load(EmbedTask(found.path, found.sha256, "auto"))


STEPS: dict[str, Callable[[], Any]] = {
    "import torch": _import_torch,
    "import ctranslate2": _import_ctranslate2,
    "import pyannote.audio (one worker only)": _import_pyannote,
    "weights of the segmentation": _load_segmentation,
    "weights of Whisper base, int8": _load_whisper,
    "weights of the embedding": _load_embedding,
}
