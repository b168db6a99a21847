"""The measured figures as docs/benchmarks.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterator
from pathlib import Path

from . import (
    report_confidence,
    report_quality,
    report_recognisers,
    report_speed,
    report_talk,
    report_who,
)

PACKAGES = "openai-whisper torch pyannote.audio faster-whisper ctranslate2 jiwer pyannote.metrics".split()


def write(page: Path) -> None:
    """Write the page from whatever was measured."""
    measured = (report_quality, report_talk, report_confidence, report_who, report_recognisers, report_speed)
    sections = (_head, *(section for part in measured for section in part.SECTIONS))
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join(line for part in sections for line in part()) + "\n", encoding="utf-8")


def _head() -> Iterator[str]:
    versions = []
    for name in PACKAGES:
        try:
            versions.append(f"{name} {importlib.metadata.version(name)}")
        except importlib.metadata.PackageNotFoundError:
            continue
    machine = f"{os.cpu_count()} {platform.machine().removesuffix('_64')} cores"
    yield from (
        "# Benchmarks",
        "",
        "Made by `make bench` and `make bench-long`; nothing here is written by hand.",
        f"Whisper base on {machine}; Python {platform.python_version()}, {', '.join(versions)}.",
        "",
        "Text is compared after Whisper's English normaliser. *WER*: word error rate. *cpWER*: the same",
        "with words joined by speaker, best assignment; what it has more than WER went to the wrong person.",
        "*DER* = missed + false alarm + confusion, collar 0, overlap included. Dev voices and sample are",
        "synthetic, so real recordings are harder. *Overlapped* ones are made from them: turn starts moved",
        "0.3–1.0 s into the turn before, listening noises laid over speech. The rest are real: read speech",
        "(d…) and meetings (ami…), of which only the speakers are known, and conversations with their words.",
        "",
    )
