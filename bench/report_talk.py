"""The section on real conversations."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .names import WAYS as NAMED_WAYS
from .report_tables import Record, table
from .results import load
from .second_hearing import LARGE, SMALL
from .talk import MACHINE_WRITTEN, SYSTEMS


def conversations() -> Iterator[str]:
    """Word errors per recording beside faster-whisper by itself, and pooled by kind."""
    rows = load("talk")
    if not rows:
        return
    yield from ("## Real conversations", "")
    yield "WER in % (errors) and CPU seconds a second of sound on one thread, ours with the search for speech"
    yield "counted in. faster-whisper by itself, with the same weights in int8: batched and greedy with its"
    yield "own search for speech, and in sequence with five beams. Brackets in a reference were spoken; other"
    yield "languages than English are compared after Whisper's basic normaliser. A recording whose reference"
    yield "another recogniser wrote is shown and not pooled."
    yield ""
    lines = [_line(row["name"], [row]) for row in rows]
    for kind in ("real", "dev", "overlapped"):
        chosen = [row for row in rows if row["kind"] == kind and not row["name"].startswith(MACHINE_WRITTEN)]
        if chosen:
            lines.append(_line(f"**{kind}, pooled**", chosen))
    titles = ("ours", "faster-whisper, batched", "faster-whisper, in sequence")
    yield from table(["recording", "words", *titles, "CPU s/s: ours", "batched", "in sequence"], lines)


def _line(title: str, rows: Sequence[Record]) -> list[str]:
    words, length_s = sum(row["words"] for row in rows), sum(row["length_s"] for row in rows)
    errors = [sum(row["errors"][name] for row in rows) for name in SYSTEMS]
    costs = [sum(row["cpu_per_s"][name] * row["length_s"] for row in rows) / length_s for name in SYSTEMS]
    shown = [f"{100 * wrong / words:.2f} ({wrong})" for wrong in errors]
    return [title, str(words), *shown, *(f"{cost:.3f}" for cost in costs)]


def names() -> Iterator[str]:
    """Word errors and names spelled right, told or not, put right or not."""
    rows = load("names")
    if not rows:
        return
    yield from ("## Names", "")
    yield "WER in % (errors) and names spelled right, of those said: nothing told; put right by the"
    yield "glossary afterwards; told as a prompt; both. Names: dev the people, real those in the reference."
    yield ""
    lines = [_names_line(row["name"], [row]) for row in rows]
    for kind in ("real", "dev", "overlapped"):
        chosen = [row for row in rows if row["kind"] == kind]
        if chosen:
            lines.append(_names_line(f"**{kind}, pooled**", chosen))
    yield from table(["recording", "words", "names said", *NAMED_WAYS], lines)


def _names_line(title: str, rows: Sequence[Record]) -> list[str]:
    words, said = (sum(row[what] for row in rows) for what in ("words", "said"))
    shown = []
    for way in NAMED_WAYS:
        errors, right = (sum(row[what][way] for row in rows) for what in ("errors", "right"))
        shown.append(f"{100 * errors / words:.2f} ({errors}), {right} right")
    return [title, str(words), str(said), *shown]


def second_hearing() -> Iterator[str]:
    """What it costs and brings to hear doubted windows again with a larger model."""
    rows = load("second-hearing")
    if not rows:
        return
    yield from ("## Doubted windows heard again", "")
    yield f"`{SMALL}` first, then `{LARGE}` for the windows whose words are least sure (calibrated), up to a"
    yield "share of all speech: a stand-in for better pairs. CPU seconds a second of sound, no search"
    yield "for speech counted."
    yield ""
    lines = [
        [
            row["kind"],
            f"{row['share']:.0%}",
            f"{100 * row['errors'] / row['words']:.2f} ({row['errors']})",
            f"{row['cpu_per_s']:.3f}",
        ]
        for row in rows
    ]
    yield from table(["recordings", "heard again", "WER % (errors)", "CPU s/s"], lines)


def with_gpu() -> Iterator[str]:
    """Speed and errors on a GPU, once somebody has measured them."""
    rows = load("gpu")
    yield from ("## On a GPU", "")
    if not rows:
        yield from ("Not measured yet: `python -m bench gpu` does it on a machine with a GPU.", "")
        yield from ("Its whole way is gone on the CPU by a test and by `--dry-run --model tiny.en`.", "")
        return
    yield "Real English conversations and dev; wall seconds a second of sound, one process, warmed up."
    yield ""
    lines = []
    for row in rows:
        shown = [f"{100 * row['errors'][kind] / row['words'][kind]:.2f}" for kind in ("real", "dev")]
        lines.append([row["name"], *shown, f"{row['wall_per_s']:.4f}", f"{row['gpu_memory_mb']:.0f}"])
    yield from table(["engine, model, device", "WER % real", "dev", "wall s/s", "GPU memory MB"], lines)


SECTIONS = (conversations, names, second_hearing, with_gpu)
