"""The sections on word confidence, with its picture, and on the edges of words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from chaitime_audio.editorial import confidence
from chaitime_audio.reports.shapes import Area, Drawing, Label, Line, box
from chaitime_audio.reports.svg import style, svg

from .confidence import ALL, DEV
from .recordings import ROOT
from .report_tables import Record, table
from .results import load

PICTURE = ROOT / "docs" / "pictures" / "confidence.svg"
LEFT, TOP, SIDE, GAP = 56.0, 34.0, 260.0, 90.0
TOLD = "Share of words that are right by the probability they were given, before and after calibration"


def word_confidence() -> Iterator[str]:
    """How far a word's probability can be believed, before and after calibration; draws the picture."""
    rows = load("confidence")
    if not rows:
        return
    pooled = {row["name"]: row for row in rows if row["name"] in (ALL, DEV)}
    PICTURE.write_text(_picture([pooled[name] for name in (ALL, DEV) if name in pooled]), encoding="utf-8")
    yield from ("## Word confidence", "")
    yield "How likely a recognised word is right, by Whisper's own probability and calibrated by two more"
    yield "constants: the log-odds of the word and the mean of those beside it. Each real recording is judged"
    yield "by a fit on the others, dev by the fit on all real ones. *Brier*: mean squared error, *ECE*: mean"
    yield "distance of probability and share right over ten groups of equal size (both: less is better);"
    yield "*AUC*: how often a right word gets more than a wrong one, of 1. Left out: references that another"
    yield "recogniser wrote."
    yield ""
    head = ["recording", "words", "wrong", "Brier raw", "fitted", "ECE raw", "fitted", "AUC raw", "fitted"]
    yield from table(head, [_line(row) for row in rows])
    yield f"![{TOLD}](pictures/{PICTURE.name})"
    yield ""
    found, kept = pooled[ALL]["constants"], (confidence.INTERCEPT, confidence.OWN, confidence.BESIDE)
    yield f"Fitted on all real recordings: {_constants(found)}; in use: {_constants(kept)}"
    yield "(`editorial/confidence.py`)."
    yield ""


def _constants(values: Sequence[float]) -> str:
    return ", ".join(f"{value:.3f}" for value in values)


def _line(row: Record) -> list[str]:
    parts = [row["raw"], row["fitted"]]
    shown = [f"{part[name]:.4f}" for name in ("brier", "ece") for part in parts]
    ranks = ["" if part["auc"] is None else f"{part['auc']:.3f}" for part in parts]
    name = f"**{row['name']}**" if row["name"] in (ALL, DEV) else row["name"]
    return [name, str(row["words"]), str(row["wrong"]), *shown, *ranks]


def _picture(rows: Sequence[Record]) -> str:
    """One square per pool: probability from left to right, share right from below."""
    shapes = [shape for at, row in enumerate(rows) for shape in _square(row, LEFT + at * (SIDE + GAP))]
    width = LEFT + len(rows) * (SIDE + GAP) - GAP / 2
    drawn = svg(Drawing(width, TOP + SIDE + 62, tuple(shapes)), TOLD)
    return drawn.replace(">", f"><style>{style()}</style>", 1) + "\n"


def _square(row: Record, left: float) -> Iterator[Area | Line | Label]:
    bottom, right = TOP + SIDE, left + SIDE
    yield Label(left, TOP - 14, f"{row['name']}: {row['words']} words, {row['wrong']} wrong", size=12)
    for tenth in range(0, 11, 2):
        x, y = left + SIDE * tenth / 10, bottom - SIDE * tenth / 10
        yield Line(((left, y), (right, y)), "grid")
        yield Label(left - 6, y + 4, f"{10 * tenth}%", anchor="end")
        yield Label(x, bottom + 16, f"{10 * tenth}%", anchor="middle")
    yield Line(((left, bottom), (right, TOP)), "target", dashed=True, title="as it should be")
    for kind, role in (("raw", "voice-1"), ("fitted", "voice-0")):
        places = [(left + SIDE * mean, bottom - SIDE * share) for mean, share, _ in row[kind]["bins"]]
        yield Line(tuple(places), role, 1.6)
        for (x, y), (mean, share, count) in zip(places, row[kind]["bins"], strict=True):
            half = min(6.0, 1.5 + count**0.5 / 8)
            told = f"{count} words said to be {mean:.1%} sure: {share:.1%} right"
            yield box(x - half, y - half, x + half, y + half, role, told)
    yield Label(left, bottom + 36, "→ probability given, ↑ share right; larger: more words")
    yield box(left, bottom + 46, left + 10, bottom + 54, "voice-1")
    yield Label(left + 15, bottom + 54, "as the recogniser has it")
    yield box(left + 150, bottom + 46, left + 160, bottom + 54, "voice-0")
    yield Label(left + 165, bottom + 54, "calibrated")


def word_edges() -> Iterator[str]:
    """How far words' times are off where the truth is known, and what cutting by loudness makes of it."""
    rows = load("edges")
    if not rows:
        return
    yield from ("## Edges of words", "")
    yield "First and last words of turns against the exact times of turns, in ms; negative is too early. As"
    yield "recognised → as cut by loudness, which leaves 40 ms of air. In brackets: distance that half of"
    yield "them and nine of ten keep. Level: mean at the ends of all words, in dBFS."
    yield ""
    head = ["recording", "turns", "starts", "starts as cut", "ends", "ends as cut", "level → as cut"]
    yield from table(head, [_edge_line(row) for row in rows])


def _edge_line(row: Record) -> list[str]:
    edges = (*row["starts"], *row["ends"])
    shown = [f"{one['median']:+.0f} ({one['distance']:.0f}, {one['nine_of_ten']:.0f})" for one in edges]
    before, after = row["touching_db"]
    return [row["name"], str(row["turns"]), *shown, f"{before:.0f} → {after:.0f}"]


SECTIONS = (word_confidence, word_edges)
