"""Sections on speed beside other systems, and on hours of sound."""

from __future__ import annotations

from collections.abc import Iterator

from .report_tables import Record, table
from .results import load
from .speed import NOTHING_NEW
from .systems import THREADS


def speed() -> Iterator[str]:
    """Whole processes beside each other."""
    rows = load("speed")
    if not rows:
        return
    yield from ("## Side by side", "")
    yield from (
        "Same weights, two threads or worker processes, the dev set over and over; whole processes, start-up",
        "included, medians. *Fixed*: imports, model loads, start of workers, by a run on 30 s of sound.",
        "Greedy decoding everywhere but in the whisper CLI, which runs as it comes. Other programs ran",
        "beside some rows: compare CPU seconds, not wall times.",
        "",
    )
    head = ["system", "sound s", "runs", "wall s", "wall s/s", "CPU s/s", "fixed CPU s", "CPU s/s without it"]
    known = {row["name"]: row for row in rows}
    nothing_new = known.pop(NOTHING_NEW, None)
    yield from table([*head, "WER %"], [_speed_line(row) for row in known.values()])
    yield from _ratios(known)
    if nothing_new:
        yield f"A second run that finds everything kept: {nothing_new['cpu_s']:.1f} CPU seconds."
        yield ""
    yield from _same_text(known)
    yield from _stage_walls(known.get("ours: chaitime process"))


def _speed_line(row: Record) -> list[str]:
    sound, wall, cpu = row["sound_s"], row["wall_s"], row["cpu_s"]
    figures = [f"{wall / sound:.3f}", f"{cpu / sound:.3f}", f"{row['fixed_cpu_s']:.1f}"]
    figures.append(f"{(cpu - row['fixed_cpu_s']) / sound:.3f}")
    wer = "" if row["wer"] is None else f"{row['wer']:.1f}"
    return [row["name"], f"{sound:.0f}", str(row["runs"]), f"{wall:.1f}", *figures, wer]


RATIOS = (
    ("our ASR is faster than the whisper CLI by", "whisper CLI", "ours: activity + ASR, 2 workers"),
    ("our ASR is faster than faster-whisper by", "faster-whisper batched", "ours: activity + ASR, 2 workers"),
    (
        "the complete process takes, of faster-whisper batched",
        "ours: chaitime process",
        "faster-whisper batched",
    ),
    ("the complete process takes, of WhisperX's ASR + VAD", "ours: chaitime process", "WhisperX ASR + VAD"),
)


def _ratios(rows: dict[str, Record]) -> Iterator[str]:
    lines = []
    for title, one, other in RATIOS:
        if one in rows and other in rows:
            a, b = rows[one], rows[other]
            times = a["cpu_s"] / a["sound_s"] / (b["cpu_s"] / b["sound_s"])
            lines.append([title, f"{times:.2f}×"])
    yield from table(["ratio", "CPU"], lines)


def _same_text(rows: dict[str, Record]) -> Iterator[str]:
    sums = {row["text_sha256"] for name, row in rows.items() if name.startswith("ours: activity + ASR")}
    if sums:
        yield f"Text on 1 and {THREADS} workers: {'identical' if len(sums) == 1 else '**different**'}."
        yield ""


def _stage_walls(row: Record | None) -> Iterator[str]:
    """Wall seconds of each stage of the complete process."""
    if row and row["stage_wall_s"]:
        parts = ", ".join(f"{name} {seconds:.1f}" for name, seconds in row["stage_wall_s"].items())
        yield f"Wall seconds of each stage of `chaitime process` (they overlap in time): {parts}."
        yield ""


def slots() -> Iterator[str]:
    """Our diarization beside pyannote's own scheme."""
    rows = load("slots")
    if not rows:
        return
    yield from ("## Diarization beside pyannote's slot scheme", "")
    yield "The same two networks, step 2.5 s, voices told, one thread; CPU seconds a second of sound."
    yield ""
    head = [
        "recording",
        "DER %, ours",
        "slots",
        "confusion %, ours",
        "slots",
        "CPU s/s, ours",
        "slots",
        "ratio",
    ]
    yield from table(head, [_slots_line(row) for row in rows])


def _slots_line(row: Record) -> list[str]:
    rates = [f"{row[name]:.2f}" for name in ("ours_der", "slots_der", "ours_confusion", "slots_confusion")]
    costs = [f"{row[name]:.3f}" for name in ("ours_cpu", "slots_cpu")]
    return [row["name"], *rates, *costs, f"{row['ours_cpu'] / row['slots_cpu']:.2f}"]


def memory() -> Iterator[str]:
    """What one worker's memory is made of."""
    rows = load("memory")
    if not rows:
        return
    yield from ("## Memory of one worker that does everything", "")
    yield "In order; what an earlier step has brought is not counted again. Sound is mapped, not held."
    yield ""
    lines = [[row["name"], f"{row['anon_mb']:.0f}", f"{row['file_mb']:.0f}"] for row in rows]
    yield from table(["step", "MB of its own", "MB of mapped files"], lines)


def long() -> Iterator[str]:
    """Hours of sound."""
    rows = load("long")
    if not rows:
        return
    yield from ("## Hours", "")
    yield "The whole `chaitime process`, default settings; memory is the sum of PSS over the process tree."
    yield ""
    head = ["sound", "wall s", "wall s/s", "CPU s/s", "peak MB", "of it heaps", "of it mapped files", "words"]
    lines = [_long_line(row) for row in sorted(rows, key=lambda row: float(row["sound_s"]))]
    yield from table([*head, "WER %", "voices", "drift ms, median / worst"], lines)
    yield from (f"{row['name']}: {row['note']}" for row in rows if row.get("note"))


def _long_line(row: Record) -> list[str]:
    sound = row["sound_s"]
    numbers = [f"{row['wall_s']:.0f}", f"{row['wall_s'] / sound:.3f}", f"{row['cpu_s'] / sound:.3f}"]
    numbers += [f"{row[name]:.0f}" for name in ("peak_mb", "peak_anon_mb", "peak_file_mb", "words")]
    drift = f"{row['drift_median_ms']:.0f} / {row['drift_worst_ms']:.0f} (round {row['rounds']})"
    return [row["name"], *numbers, f"{row['wer']:.1f}", str(row["voices"]), drift]


SECTIONS = (speed, slots, memory, long)
