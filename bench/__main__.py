"""``python -m bench``: measure everything and write docs/benchmarks.md."""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy comes

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from . import (
    batch,
    borders,
    confidence,
    derive,
    edges,
    editing,
    gpu,
    lift,
    long,
    mastering,
    memory,
    names,
    nonspeech,
    printed,
    quality,
    queue,
    report,
    report_batch,
    report_derive,
    report_mastering,
    results,
    second_hearing,
    slots,
    speed,
    studio,
    talk,
    variants,
    voices,
    who_speaks,
)
from .recordings import AUDIO, ROOT

DEFAULT = (
    "quality",
    "talk",
    "confidence",
    "edges",
    "names",
    "second-hearing",
    "variants",
    "borders",
    "slots",
    "voices",
    "nonspeech",
    "memory",
    "speed",
)
OWN_PAGE = {"mastering", "batch", "derive", "printed", "queue", "studio"}
PARTS = (*DEFAULT, "printed", "queue", "lift", "gpu", "who", "long", "mastering", "batch", "derive", "studio")


def main() -> int:
    """Measure the parts asked for, keep the figures, and write the page."""
    if sys.argv[1:2] == ["editing"]:
        return editing.main(sys.argv[2:])  # of a folder of your own; prints only
    given = _parser().parse_args()
    if given.dry_run:
        for row in gpu.rehearse(given.model):
            print(row)
        return 0
    for part in given.parts or DEFAULT:
        print(f"{part} …", file=sys.stderr)
        rows, merge = _measured(part, given)
        results.keep(part, rows, merge=merge)
    _write_own_pages(given.parts)
    if not given.parts or set(given.parts) - OWN_PAGE:
        report.write(given.page)  # it names versions: only what was measured with them
        print(given.page)
    return 0


def _write_own_pages(parts: list[str]) -> None:
    """Write or print what does not stand in docs/benchmarks.md."""
    if "mastering" in parts:
        report_mastering.write(ROOT / "docs" / "mastering.md")
    if "batch" in parts:
        report_batch.write(ROOT / "docs")
    if "printed" in parts:
        print("\n".join(printed.table([printed.Row(**row) for row in results.load("printed")])))
    if "queue" in parts:
        print("\n".join(queue.table([queue.Row(**row) for row in results.load("queue")])))
    if "derive" in parts:
        report_derive.write(ROOT / "docs" / "deriving.md")


def _measured(part: str, given: argparse.Namespace) -> tuple[Iterable[Any], bool]:
    """Rows of a part as they are measured, and whether known rows of other names stay."""
    only, quick, audio = tuple(given.only), given.quick, given.audio
    asked = speed.Asked(audio, given.whisperx, given.runs, quick)
    spread = batch.Asked(given.model, (*given.hours, 3.0)[0], quick)
    parts: dict[str, Callable[[], tuple[Iterable[Any], bool]]] = {
        "quality": lambda: (quality.measure(audio, only, quick=quick), bool(only)),
        "talk": lambda: (talk.measure(audio, only), bool(only)),
        "confidence": lambda: (confidence.measure(audio, given.episodes), False),
        "names": lambda: (names.measure(audio, only), bool(only)),
        "second-hearing": lambda: (second_hearing.measure(audio), False),
        "lift": lambda: (lift.measure(audio, given.model, only), bool(only)),
        "gpu": lambda: (gpu.measure(audio), False),
        "edges": lambda: (edges.measure(audio, given.episodes), False),
        "printed": lambda: (printed.measure(audio, given.episodes, only), bool(only)),
        "queue": lambda: (queue.measure(audio, given.episodes), False),
        "nonspeech": lambda: (nonspeech.measure(quick=quick), False),
        "variants": lambda: (variants.measure(audio), False),
        "borders": lambda: (borders.measure(audio), False),
        "voices": lambda: (voices.measure(audio), False),
        "who": lambda: (who_speaks.measure(audio, only, quick=quick), bool(only)),
        "slots": lambda: (slots.measure(audio, only), bool(only)),
        "memory": lambda: (memory.measure(), False),
        "speed": lambda: (speed.measure(asked, only), bool(only)),
        "long": lambda: (long.measure(audio, tuple(given.hours)), True),
        "batch": lambda: (batch.measure(audio, given.runs, only, spread), bool(only)),
        "derive": lambda: (derive.measure(given.runs, quick=quick), quick),
        "studio": lambda: (studio.measure(quick=quick), quick),
        "mastering": lambda: (mastering.measure(audio, long=not quick), quick),
    }
    return parts[part]()


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument(
        "parts",
        nargs="*",
        choices=[*PARTS, []],
        help=f"what to measure: {', '.join(PARTS)}; {', '.join(DEFAULT)} if none",
    )
    parser.add_argument(
        "--only", action="append", default=[], help="only what has this in its name; repeatable"
    )
    parser.add_argument("--runs", type=int, default=3, help="runs a system; the median is kept")
    parser.add_argument("--quick", action="store_true", help="short pieces: to see that it works")
    parser.add_argument(
        "--hours", type=float, action="append", default=[], help="length for long; repeatable"
    )
    parser.add_argument(
        "--dry-run", action="store_true", help="go the way of gpu on the CPU with --model; keep nothing"
    )
    parser.add_argument(
        "--model", default="base", help="Whisper model of batch's cluster, of lift and of --dry-run"
    )
    parser.add_argument("--audio", type=Path, default=AUDIO, help="folder with dev/ and real/ recordings")
    parser.add_argument(
        "--episodes",
        type=Path,
        help="finished episodes, which confidence, edges, printed and queue take",
    )
    parser.add_argument("--whisperx", type=Path, default=ROOT / ".venv-whisperx", help="its environment")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md", help="page to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
