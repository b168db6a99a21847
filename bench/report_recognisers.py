"""Sections on recognisers alone, window borders, and voices known from before."""

from __future__ import annotations

from collections.abc import Iterator

from .report_tables import table
from .results import load


def variants() -> Iterator[str]:
    """Word errors and cost by engine."""
    rows = load("variants")
    if not rows:
        return
    names = list(rows[0]["wer"])
    yield from ("## Recognisers alone", "")
    yield "WER in %, speech found before; CPU seconds per second of sound on one thread, models loaded."
    yield "What telling names does stands under Names."
    yield ""
    lines = [
        [
            row["name"],
            *(f"{row['wer'][name]:.2f}" for name in names),
            f"{row['pooled_wer']:.2f}",
            f"{row['cpu_per_s']:.4f}",
            f"{100 * row['coverage']:.1f}",
        ]
        for row in rows
    ]
    yield from table(["recogniser", *names, "pooled", "CPU s/s", "least coverage %"], lines)


def borders() -> Iterator[str]:
    """Words lost or doubled where windows meet."""
    rows = load("borders")
    if not rows:
        return
    yield from ("## Window borders", "")
    yield "Stretches of 45 s moved over one talk, so that windows meet in many places; words within 4 s of"
    yield "a border, beside those of the whole talk. With pauses known, as in real use, and with every border"
    yield "forced into what passes for running speech."
    yield ""
    head = ["sweep", "stretches", "different borders", "lost", "doubled or invented", "heard differently"]
    kinds = ("lost", "doubled", "different")
    lines = [
        [row["name"], str(row["stretches"]), str(row["borders"]), *(str(len(row[kind])) for kind in kinds)]
        for row in rows
    ]
    yield from table(head, lines)
    for row in rows:
        for kind in ("lost", "doubled"):
            yield from (f"- {row['name']}, {kind}: {item}" for item in row[kind])
    yield ""


def voices() -> Iterator[str]:
    """Whether people enrolled from one recording are found in the others, and nobody else."""
    rows = [row for row in load("voices") if row["enrolled"]]
    if not rows:
        return
    meant, found = sum(row["meant"] for row in rows), sum(row["found"] for row in rows)
    yield from ("## Voices known from before", "")
    yield "All voices of one recording are enrolled, and every other recording is searched for them."
    least = min((row["least_cosine"] for row in rows if row["found"]), default=0.0)
    wrong, others = sum(len(row["mistaken"]) for row in rows), sum(row["others"] for row in rows)
    yield f"Found: **{found} of {meant}**, least cosine {least:.2f}."
    yield f"Others mistaken for somebody: **{wrong}** of {others}."
    yield ""
    head = ["enrolled from", "voices", "there again", "found", "other voices", "mistaken"]
    counts = ("enrolled", "meant", "found", "others")
    lines = [[row["name"], *(str(row[name]) for name in counts), str(len(row["mistaken"]))] for row in rows]
    yield from table(head, lines)


SECTIONS = (variants, borders, voices)
