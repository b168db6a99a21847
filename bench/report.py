"""The measured figures as docs/benchmarks.md."""

from __future__ import annotations

import importlib.metadata
import os
import platform
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from .floors import FLOORS, multiple
from .results import load

Record = dict[str, Any]
PACKAGES = "openai-whisper torch pyannote.audio faster-whisper ctranslate2 jiwer pyannote.metrics".split()
BASELINES = {
    "short_two_voices": (1.9, 2.8),
    "british_men": (2.9, 4.0),
    "panel_three": (1.8, 5.4),
    "split_tracks": (0.8, 1.3),
}
STAGES = ("decoded", "activity", "transcript", "diarization", "master", "rest")
TITLES = {"decoded": "decode", "transcript": "ASR", "activity": "activity", "master": "mastering"}


def write(page: Path) -> None:
    """Write the page from whatever was measured."""
    sections = (_head, _words, _wrong, _speakers, _stages, _speechless, _speed, _long)
    page.parent.mkdir(exist_ok=True)
    page.write_text("\n".join(line for part in sections for line in part()) + "\n", encoding="utf-8")


def _table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> Iterator[str]:
    yield "| " + " | ".join(head) + " |"
    yield "|---" * len(head) + "|"
    for row in rows:
        yield "| " + " | ".join(row) + " |"
    yield ""


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
        "Text is compared after Whisper's English normaliser. *WER*: word error rate. *cpWER*: the same with",
        "words joined by speaker, best assignment; what it has more than WER went to the wrong person. *DER* =",
        "missed + false alarm + confusion, collar 0, overlap included. Dev voices and sample are synthetic, so",
        "real recordings are harder. *Overlapped* ones are made from them: turn starts moved 0.3–1.0 s into",
        "the turn before, listening noises laid over speech. The rest are real: read speech (d…) and meetings",
        "(ami…), of which only the speakers are known.",
        "",
    )


def _words() -> Iterator[str]:
    rows = [row for row in load("quality") if row["words"]]
    if not rows:
        return
    yield from ("## Words, and whose they are", "")
    lines = [_word_line(row) for row in rows]
    for kind, title in (("dev", "dev, pooled"), ("overlapped", "overlapped, pooled")):
        chosen = [row for row in rows if row["kind"] == kind]
        if chosen:
            lines.append([f"**{title}**", *_pooled(chosen), "", "", ""])
    head = ["recording", "words", "WER %", "cpWER %", "cpWER − WER", "coverage %", "misattributed"]
    yield from _table([*head, "baseline WER / cpWER"], lines)
    yield "Speaker count found out, not told. Baseline: Whisper base int8 greedy, each word to the turn it"
    yield from ("overlaps most, count known.", "")


def _word_line(row: Record) -> list[str]:
    base = BASELINES.get(row["name"])
    return [
        row["name"],
        *_pooled([row]),
        f"{100 * row['coverage']:.1f}",
        str(len(row["words"]["misattributed"])),
        f"{base[0]} / {base[1]}" if base else "",
    ]


def _pooled(rows: Sequence[Record]) -> list[str]:
    count, errors, mixed = (
        sum(row["words"][name] for row in rows) for name in ("count", "errors", "by_speaker")
    )
    wer, cpwer = 100 * errors / count, 100 * mixed / count
    return [str(count), f"{wer:.2f}", f"{cpwer:.2f}", f"{cpwer - wer:+.2f}"]


def _wrong() -> Iterator[str]:
    rows = [row for row in load("quality") if row["words"] and row["kind"] in ("dev", "sample")]
    if not rows:
        return
    yield from ("### Every misattributed word", "")
    for row in rows:
        found = row["words"]["misattributed"]
        yield f"- {row['name']}: {'none' if not found else ''}"
        yield from (f"  - {line}" for line in found)
    yield ""


def _speakers() -> Iterator[str]:
    rows = load("quality")
    if not rows:
        return
    yield from ("## Speakers", "")
    lines = []
    for row in rows:
        auto, known = row["auto"], row["known"]
        found = f"{row['found']} of {row['speakers']}"
        shares = [
            f"{part[name]:.2f}" for part in (auto, known) for name in ("missed", "false_alarm", "confusion")
        ]
        ders = [f"{sum(part.values()):.2f}" for part in (auto, known)]
        lines.append([row["name"], found, *shares[:3], ders[0], shares[5], ders[1]])
    head = ["recording", "found", "missed %", "false alarm %", "confusion %", "DER %"]
    yield from _table([*head, "confusion %, count known", "DER %, count known"], lines)


def _stages() -> Iterator[str]:
    rows = load("quality")
    if not rows:
        return
    yield from ("## What each stage costs", "")
    yield "CPU seconds per second of sound, one process, one thread; imports and model loads not counted."
    yield ""
    head = ["recording", *(TITLES.get(stage, stage) for stage in STAGES), "whole", "resident MB at most"]
    lines = [_cost_line(row["name"], [row], f"{row['peak_mb']:.0f}") for row in rows]
    yield from _table(head, [*lines, _cost_line("**all**", rows, ""), _floor_line(rows)])
    floors = ", ".join(f"{TITLES.get(name, name)} {floor:.4f}" for name, floor in FLOORS.items())
    yield f"Floor: the least arithmetic and memory traffic at 100 GFLOP/s and 20 GB/s ({floors})."
    yield ""


def _cost(rows: Sequence[Record], stage: str) -> float:
    seconds = sum(row["cpu_s"].get(stage, 0.0) for row in rows)
    if stage == "decoded":
        seconds += sum(row["cpu_s"].get("recording", 0.0) for row in rows)
    return float(seconds / sum(row["length_s"] for row in rows))


def _cost_line(name: str, rows: Sequence[Record], memory: str) -> list[str]:
    costs = [_cost(rows, stage) for stage in STAGES]
    return [name, *(f"{cost:.4f}" for cost in costs), f"{sum(costs):.4f}", memory]


def _floor_line(rows: Sequence[Record]) -> list[str]:
    return ["*times its floor*", *(multiple(stage, _cost(rows, stage)) for stage in STAGES), "", ""]


def _speechless() -> Iterator[str]:
    rows = load("nonspeech")
    if not rows:
        return
    yield from ("## Nobody speaks", "")
    head = ["sound", "minutes", "words heard", "texts dropped", "seconds taken for speech"]
    lines = [
        [r["name"], f"{r['minutes']:g}", str(r["words"]), str(r["dropped"]), f"{r['speech_s']:.1f}"]
        for r in rows
    ]
    yield from _table(head, lines)


def _speed() -> Iterator[str]:
    rows = load("speed")
    if not rows:
        return
    yield from ("## Side by side", "")
    yield from (
        "Same weights, two threads or worker processes, the dev set over and over; whole processes, start-up",
        "included, medians. *Fixed*: imports, model loads, start of workers, by a run on 20 s of sound.",
        "Greedy decoding everywhere but in the whisper CLI, which runs as it comes.",
        "",
    )
    head = ["system", "sound s", "runs", "wall s", "wall s/s", "CPU s/s", "fixed CPU s", "CPU s/s without it"]
    yield from _table([*head, "WER %"], [_speed_line(row) for row in rows])
    yield from _ratios({row["name"]: row for row in rows})


def _speed_line(row: Record) -> list[str]:
    sound, wall, cpu = row["sound_s"], row["wall_s"], row["cpu_s"]
    figures = [f"{wall / sound:.3f}", f"{cpu / sound:.3f}", f"{row['fixed_cpu_s']:.1f}"]
    figures.append(f"{(cpu - row['fixed_cpu_s']) / sound:.3f}")
    wer = "" if row["wer"] is None else f"{row['wer']:.1f}"
    return [row["name"], f"{sound:.0f}", str(row["runs"]), f"{wall:.1f}", *figures, wer]


RATIOS = (
    ("our ASR is faster than the whisper CLI by", "whisper CLI", "ours: activity + ASR, 2 workers"),
    ("our ASR is faster than faster-whisper by", "faster-whisper batched", "ours: activity + ASR, 2 workers"),
    ("the complete process takes, of WhisperX's ASR + VAD", "ours: chaitime process", "WhisperX ASR + VAD"),
)


def _ratios(rows: dict[str, Record]) -> Iterator[str]:
    lines = []
    for title, one, other in RATIOS:
        if one in rows and other in rows:
            a, b = rows[one], rows[other]
            wall, cpu = (a[n] / a["sound_s"] / (b[n] / b["sound_s"]) for n in ("wall_s", "cpu_s"))
            lines.append([title, f"{wall:.2f}×", f"{cpu:.2f}×"])
    yield from _table(["ratio", "wall", "CPU"], lines)


def _long() -> Iterator[str]:
    rows = load("long")
    if not rows:
        return
    yield from ("## Hours", "")
    yield "The whole `chaitime process`, default settings; memory is the sum of PSS over the process tree."
    yield ""
    head = ["sound", "wall s", "wall s/s", "CPU s/s", "peak MB", "of it heaps", "of it mapped files", "words"]
    lines = [_long_line(row) for row in sorted(rows, key=lambda row: float(row["sound_s"]))]
    yield from _table([*head, "WER %", "voices", "drift ms, median / worst"], lines)


def _long_line(row: Record) -> list[str]:
    sound = row["sound_s"]
    numbers = [f"{row['wall_s']:.0f}", f"{row['wall_s'] / sound:.3f}", f"{row['cpu_s'] / sound:.3f}"]
    numbers += [f"{row[name]:.0f}" for name in ("peak_mb", "peak_anon_mb", "peak_file_mb", "words")]
    drift = f"{row['drift_median_ms']:.0f} / {row['drift_worst_ms']:.0f} (round {row['rounds']})"
    return [row["name"], *numbers, f"{row['wer']:.1f}", str(row["voices"]), drift]
