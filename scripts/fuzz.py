"""Fuzzes every parser of ours, guided by coverage: ``python scripts/fuzz.py [SECONDS_EACH] [NAME…]``.

Needs atheris (``pip install atheris``: libFuzzer for Python). Each parser runs in a process of its own, from
the good examples of its kind; the first input that lets anything but our own errors out ends it with 1, and
lies in ``fuzz-crash-*`` then.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from pathlib import Path

TORTURE = Path(__file__).parents[1] / "tests" / "torture"
sys.path.insert(0, str(TORTURE))


def fuzz(name: str, seconds: int) -> None:
    """Fuzz one parser in this process; never returns."""
    import atheris

    with atheris.instrument_imports(include=["chaitime_audio"]):
        from parsers import PARSERS, SEEDS, refusal
    folder = Path(tempfile.mkdtemp(prefix="fuzz-"))
    corpus = folder / "corpus"
    corpus.mkdir()
    for at, seed in enumerate(SEEDS[name]):
        (corpus / str(at)).write_bytes(seed)

    def one(data: bytes) -> None:
        if "\n" in refusal(PARSERS[name], folder, data):
            raise AssertionError("a refusal of more than one line")

    limits = [f"-max_total_time={seconds}", "-max_len=4096", "-timeout=10", "-rss_limit_mb=2048"]
    quiet = ["-verbosity=0", "-print_final_stats=1", "-artifact_prefix=fuzz-crash-"]
    atheris.Setup([sys.argv[0], *limits, *quiet, str(corpus)], one)
    atheris.Fuzz()


def main(seconds: int, names: list[str]) -> int:
    """Fuzz one parser after the other; return how many failed."""
    from parsers import PARSERS

    failed = 0
    for name in names or list(PARSERS):
        order = [sys.executable, __file__, "--one", name, str(seconds)]
        done = subprocess.run(order, check=False, capture_output=True, text=True, env={**os.environ})
        runs = next(
            (row.split(":")[1].strip() for row in done.stderr.splitlines() if "executed_units" in row), "?"
        )
        print(f"{name:<20} {runs:>10} inputs  {'failed' if done.returncode else 'passed'}", flush=True)
        if done.returncode:
            print(done.stderr[-1500:])
            failed += 1
    return failed


if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        fuzz(sys.argv[2], int(sys.argv[3]))
    sys.exit(bool(main(int(sys.argv[1]) if len(sys.argv) > 1 else 20, sys.argv[2:])))
