"""Sections on words, speakers, what stages cost, and speechless sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .floors import FLOORS, multiple
from .report_tables import Record, table
from .results import load

BASELINES = {
    "short_two_voices": (1.9, 2.8),
    "british_men": (2.9, 4.0),
    "panel_three": (1.8, 5.4),
    "split_tracks": (0.8, 1.3),
}
TARGETS = {"transcript": 0.075, "diarization": 0.05, "master": 0.02, "rest": 0.005}
STAGES = ("decoded", "activity", "transcript", "diarization", "master", "rest")
TITLES = {"decoded": "decode", "transcript": "ASR", "activity": "activity", "master": "mastering"}


def words() -> Iterator[str]:
    """Error rates in words, and how many went to the wrong person."""
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
    yield from table([*head, "baseline WER / cpWER"], lines)
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


def wrong() -> Iterator[str]:
    """Every misattributed word of the dev files."""
    rows = [row for row in load("quality") if row["words"] and row["kind"] in ("dev", "sample")]
    if not rows:
        return
    yield from ("### Every misattributed word", "")
    for row in rows:
        found = row["words"]["misattributed"]
        yield f"- {row['name']}: {'none' if not found else ''}"
        yield from (f"  - {line}" for line in found)
    yield ""


def speakers() -> Iterator[str]:
    """Error rates in time by speaker."""
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
    yield from table([*head, "confusion %, count known", "DER %, count known"], lines)


def stages() -> Iterator[str]:
    """CPU time of every stage, as a multiple of its floor too."""
    rows = load("quality")
    if not rows:
        return
    yield from ("## What each stage costs", "")
    yield "CPU seconds per second of sound, one process, one thread; imports and model loads not counted."
    yield ""
    head = ["recording", *(TITLES.get(stage, stage) for stage in STAGES), "whole", "resident MB at most"]
    lines = [_cost_line(row["name"], [row], f"{row['peak_mb']:.0f}") for row in rows]
    yield from table(head, [*lines, _cost_line("**all**", rows, ""), _floor_line(rows), _target_line()])
    floors = ", ".join(f"{TITLES.get(name, name)} {floor:.4f}" for name, floor in FLOORS.items())
    yield f"Floor: the least arithmetic and memory traffic at 100 GFLOP/s and 20 GB/s ({floors})."
    yield "Aims: diarization's includes the activity pass, which both share; the rest's includes decoding."
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


def _target_line() -> list[str]:
    """What was aimed at; diarization's includes the activity pass, the rest's the decoding."""
    return ["*at most*", *(f"{TARGETS[stage]:.3f}" if stage in TARGETS else "" for stage in STAGES), "", ""]


def speechless() -> Iterator[str]:
    """Words heard where nobody speaks."""
    rows = load("nonspeech")
    if not rows:
        return
    yield from ("## Nobody speaks", "")
    head = ["sound", "minutes", "words heard", "texts dropped", "seconds taken for speech"]
    lines = [
        [r["name"], f"{r['minutes']:g}", str(r["words"]), str(r["dropped"]), f"{r['speech_s']:.1f}"]
        for r in rows
    ]
    yield from table(head, lines)


SECTIONS = (words, wrong, speakers, stages, speechless)
