"""Runs everything that is tried to break chaitime and writes docs/reliability.md: ``make torture``.

Each row is a set of tests; what it tried is counted by pytest, hard cases included. Name rows to run only
those (``python scripts/reliability.py T1 T2``); the others keep the figures they had.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree

ROOT = Path(__file__).parents[1]
PAGE, KEPT = ROOT / "docs" / "reliability.md", ROOT / "scripts" / "reliability.json"
RUNS = "tests/torture/test_whole_runs.py"
WRITES = "tests/torture/test_write_points.py"


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table: its id, what is tried, and the tests that try it."""

    name: str
    what: str
    tests: tuple[str, ...]


ROWS = (
    Row(
        "T1",
        "inputs that are none, or only nearly",
        ("tests/torture/test_bad_inputs.py", "tests/cli/test_bad_input.py"),
    ),
    Row(
        "T2",
        "600 mutants of eight formats, five to a test; random damage",
        ("tests/torture/test_mutants.py", "tests/audio/test_damage.py"),
    ),
    Row("T2p", "every parser of ours, by hypothesis", ("tests/torture/test_parsers.py",)),
    Row(
        "T3",
        "SIGKILL at every write of a run; batches and the studio killed",
        (
            f"{WRITES}::test_killed_there_and_run_again",
            "tests/batch/test_killed.py",
            "tests/studio/test_killed.py",
        ),
    ),
    Row(
        "T4",
        "no space at every write of a run; small real disks",
        (f"{WRITES}::test_out_of_space_there", f"{RUNS}::test_a_small_disk"),
    ),
    Row(
        "T5",
        "Ctrl-C and SIGTERM in every command and stage",
        ("tests/stopping", "tests/batch/test_stopping.py"),
    ),
    Row(
        "T6",
        "four processes on one episode; four writers of corrections",
        (
            f"{RUNS}::test_four_processes_on_one_episode",
            "tests/cli/test_edited_meanwhile.py",
            "tests/project/test_locks.py",
            "tests/project/test_decisions.py",
        ),
    ),
    Row("T7", "five bad recordings in a batch of twenty", ("tests/batch/test_twenty.py",)),
    Row("T8", "the same twice, with one worker and two", (f"{RUNS}::test_the_same_twice",)),
    Row(
        "T12",
        "arrangements of voices, tracks and channels",
        ("tests/audio/test_align.py", "tests/field/test_sound_itself.py"),
    ),
    Row(
        "T14",
        "loudness and peaks of the MP3",
        ("tests/audio/test_master.py", "tests/audio/test_limiter.py", "tests/audio/test_turned_down.py"),
    ),
    Row(
        "T15",
        "awkward titles × covers, through three readers",
        ("tests/audio/test_tag_cases.py", "tests/audio/test_tagging.py", "tests/audio/test_extra_tags.py"),
    ),
    Row(
        "T16",
        "hostile text in every sink; hostile edits coming in",
        ("tests/formats/test_hostile.py", "tests/project/test_edited_text.py"),
    ),
    Row("T17", "names and addresses that would mislead ffmpeg", ("tests/field/test_names_of_files.py",)),
    Row("T18", "models: evil pickle, cut, wrong sum, missing, hub away", ("tests/model_files",)),
    Row("T19", "attacks on the studio's server", ("tests/studio/test_guard.py",)),
    Row("T20", "two hundred episodes in one process", (f"{RUNS}::test_two_hundred_episodes_in_one_process",)),
    Row(
        "State",
        "episodes of earlier versions; what is damaged is found and mended",
        ("tests/frozen", "tests/upkeep/test_fsck.py"),
    ),
    Row("Values", "every setting and option with nasty values", ("tests/field/test_nasty_values.py",)),
    Row("Cluster", "workers that die, differ, hang or are lost", ("tests/workers",)),
    Row(
        "Privacy",
        "nothing connects; voice prints are forgotten; trust",
        (f"{RUNS}::test_nothing_connects", "tests/upkeep/test_forget.py", "tests/project/test_trust.py"),
    ),
    Row("Supply", "sums, licences, advisories, reproducible builds", ("tests/supply",)),
    Row("Planted", "bugs planted, each of which a test has to see", ("tests/torture/test_planted_bugs.py",)),
)


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of a row: tests tried, passed, failed and left out, when, at which commit, in how long."""

    tried: int
    passed: int
    failed: int
    skipped: int
    seconds: int
    date: str
    commit: str


def measured(row: Row) -> Figures:
    """Run a row's tests, hard ones too, and count."""
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.xml"
        order = [
            sys.executable,
            "-m",
            "pytest",
            "-q",
            "-m",
            "unit or not unit",
            f"--junitxml={report}",
            *row.tests,
        ]
        subprocess.run(order, cwd=ROOT, check=False)
        suite = ElementTree.parse(report).getroot().find("testsuite")  # noqa: S314  (pytest wrote it)
    if suite is None:
        raise SystemExit(f"{row.name}: no test ran")
    count = {name: int(suite.get(name, 0)) for name in ("tests", "failures", "errors", "skipped")}
    failed = count["failures"] + count["errors"]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, check=True, capture_output=True, text=True
    ).stdout.strip()
    tried = count["tests"] - count["skipped"]
    day = f"{datetime.now(UTC):%Y-%m-%d}"
    seconds = round(float(suite.get("time", 0)))
    return Figures(tried, tried - failed, failed, count["skipped"], seconds, day, commit)


def page(kept: dict[str, Figures]) -> str:
    """The page with the table."""
    head = Path(__file__).with_suffix(".head.md").read_text(encoding="utf-8")
    lines = [
        head,
        "| | tried | cases | passed | failed | left out | date | commit |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for row in ROWS:
        if one := kept.get(row.name):
            figures = (one.tried, one.passed, one.failed, one.skipped, one.date, one.commit)
            lines.append(f"| {row.name} | {row.what} | " + " | ".join(map(str, figures)) + " |")
    return "\n".join(lines) + "\n"


def main(names: list[str]) -> int:
    """Run the rows asked for, or all, keep their figures, and write the page; 1 when anything failed."""
    kept = {}
    if KEPT.exists():
        kept = {name: Figures(**one) for name, one in json.loads(KEPT.read_text(encoding="utf-8")).items()}
    for row in ROWS:
        if not names or row.name in names:
            print(f"{row.name}: {row.what}", flush=True)
            kept[row.name] = measured(row)
            KEPT.write_text(
                json.dumps({k: asdict(v) for k, v in kept.items()}, indent=1) + "\n", encoding="utf-8"
            )
            PAGE.write_text(page(kept), encoding="utf-8")
    return int(any(one.failed for one in kept.values()))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
