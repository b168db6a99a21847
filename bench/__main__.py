"""``python -m bench``: measure everything and write docs/benchmarks.md."""

from __future__ import annotations

import os

os.environ.update(OMP_NUM_THREADS="1", MKL_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1")  # before numpy comes

import argparse
import sys
from pathlib import Path

from . import borders, long, memory, nonspeech, quality, report, results, slots, speed, variants, voices
from .recordings import AUDIO, ROOT

DEFAULT = ("quality", "variants", "borders", "slots", "voices", "nonspeech", "memory", "speed")
PARTS = (*DEFAULT, "long")


def main() -> int:
    """Measure the parts asked for, keep the figures, and write the page."""
    given = _parser().parse_args()
    for part in given.parts or DEFAULT:
        print(f"{part} …", file=sys.stderr)
        if part == "quality":
            rows = quality.measure(given.audio, tuple(given.only), quick=given.quick)
            results.keep("quality", rows, merge=bool(given.only))
        elif part == "nonspeech":
            results.keep("nonspeech", nonspeech.measure(quick=given.quick))
        elif part == "variants":
            results.keep("variants", variants.measure(given.audio))
        elif part == "borders":
            results.keep("borders", borders.measure(given.audio))
        elif part == "voices":
            results.keep("voices", voices.measure(given.audio))
        elif part == "slots":
            results.keep("slots", slots.measure(given.audio, tuple(given.only)), merge=bool(given.only))
        elif part == "memory":
            results.keep("memory", memory.measure())
        elif part == "speed":
            asked = speed.Asked(given.audio, given.whisperx, given.runs, given.quick)
            results.keep("speed", speed.measure(asked, tuple(given.only)), merge=bool(given.only))
        else:
            results.keep("long", long.measure(given.audio, tuple(given.hours)), merge=True)
    report.write(given.page)
    print(given.page)
    return 0


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
    parser.add_argument("--audio", type=Path, default=AUDIO, help="folder with dev/ and real/ recordings")
    parser.add_argument("--whisperx", type=Path, default=ROOT / ".venv-whisperx", help="its environment")
    parser.add_argument("--page", type=Path, default=ROOT / "docs" / "benchmarks.md", help="page to write")
    return parser


if __name__ == "__main__":
    sys.exit(main())
