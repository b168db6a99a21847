"""Batches: how throughput grows with workers, what the layer itself costs, and what it holds in memory."""

from __future__ import annotations

import json
import math
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from unittest import mock

import numpy as np
import psutil

from chaitime_audio.batch import Event, Outcome, Terms, find, plan_of, run_all, running
from chaitime_audio.pipeline.run import run_episode

from .children import tree_cpu_s
from .recordings import Recording, dev_or_sample, read_pcm, recordings, repeated, sample, write_wav

JOBS = (1, 2, 4)
ALONE = "1 worker on one core"
EPISODES, PIECE_S, QUICK_S = 8, 100, 40
TINY, TINY_S = 200, 8
RATE_HZ = 16_000
STANDINS = """[show]
name = "Tea Time"
[engines]
asr = "standin"
activity = "standin"
diarization = "standin"
mastering = "standin"
"""


@dataclass(frozen=True, slots=True)
class Row:
    """Medians of wall seconds for the same work with so many workers.

    Of a cluster, ``what`` says which work it was, and ``cpu_s`` what all processes together took.
    """

    name: str
    jobs: int
    sound_s: float
    wall_s: float
    fastest_s: float
    slowest_s: float
    cpu_s: float = 0.0
    what: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the cluster is measured: ``model`` recognises, ``hours`` is how long its one episode is.

    ``quick`` takes shorter recordings, and one and two workers only.
    """

    model: str
    hours: float
    quick: bool


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure that the page quotes."""

    name: str
    value: float


def measure(
    audio: Path, runs: int, parts: Sequence[str] = (), asked: Asked = Asked("base", 3.0, quick=False)
) -> Iterator[Row | Figure]:
    """Yield throughput by workers, then the layer's cost, memory and planning; ``parts`` chooses.

    ``episode`` is one long episode through a cluster, which is measured only when it is asked for.
    """
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        if not parts or "throughput" in parts:
            yield from _throughput(audio, runs, Path(place) / "short")
        if not parts or "cluster" in parts:
            top = Path(place) / "spread"
            sound_s = _short_recordings(audio, top, QUICK_S if asked.quick else PIECE_S, asked.model)
            what = f"{EPISODES} recordings of {sound_s / EPISODES:.0f} s, {asked.model}"
            yield from _clusters(what, top, sound_s, JOBS[:2] if asked.quick else JOBS, runs)
        if "episode" in parts:
            top = Path(place) / "long"
            sound_s = _one_long(audio, top, asked)
            yield from _clusters(
                f"one episode of {asked.hours:g} h, {asked.model}", top, sound_s, JOBS[:2], 1
            )
        if not parts or "layer" in parts:
            yield from _layer(Path(place) / "tiny")


def _throughput(audio: Path, runs: int, top: Path) -> Iterator[Row | Figure]:
    """So many workers on all cores, and one on one core: mastering beside it finds no idle core then."""
    sound_s = _short_recordings(audio, top)
    cases = [(jobs, os.cpu_count() or 1) for jobs in JOBS] + [(1, 1)]
    walls: dict[tuple[int, int], list[float]] = {case: [] for case in cases}
    around: list[float] = []
    for _ in range(runs):
        for jobs, cores in cases:
            shutil.rmtree(top / "episodes", ignore_errors=True)
            walls[jobs, cores].append(_timed(top, "batch", "in", "--jobs", str(jobs), "-q", cores=cores))
            if (jobs, cores) == cases[0]:
                around.append(100 * (1 - _in_episodes(top) / walls[jobs, cores][-1]))
    medians = {case: statistics.median(found) for case, found in walls.items()}
    for (jobs, cores), found in walls.items():
        name = f"{jobs} workers" if cores > 1 else ALONE
        yield Row(name, jobs, sound_s, medians[jobs, cores], min(found), max(found))
    yield Figure("two workers against one on one core, times as fast", medians[cases[-1]] / medians[cases[1]])
    yield Figure("outside of the eight short episodes with one worker, % of wall", statistics.median(around))


def _in_episodes(top: Path) -> float:
    """Wall seconds from begin to end of each episode; one worker makes them one after the other."""
    told = json.loads((top / "episodes" / "batch-report.json").read_text(encoding="utf-8"))
    return float(sum(item["seconds"] for item in told["episodes"]))


def _clusters(what: str, top: Path, sound_s: float, jobs: Sequence[int], runs: int) -> Iterator[Row]:
    """Through a Dask scheduler with so many one-thread workers on this machine, sound sent along."""
    from distributed import LocalCluster

    for workers in jobs:
        walls, spent = [], []
        for _ in range(runs):
            shutil.rmtree(top / "episodes", ignore_errors=True)
            with LocalCluster(n_workers=workers, threads_per_worker=1, dashboard_address=None) as cluster:
                address, before = str(cluster.scheduler_address), tree_cpu_s()
                walls.append(_timed(top, "batch", "in", "--cluster", address, "--transfer", "-q"))
                spent.append(tree_cpu_s() - before)
        row = Row(
            f"{workers} workers of a cluster: {what}",
            workers,
            sound_s,
            statistics.median(walls),
            *_ends(walls),
        )
        yield replace(row, cpu_s=statistics.median(spent), what=what)


def _ends(walls: Sequence[float]) -> tuple[float, float]:
    return min(walls), max(walls)


def _room(top: Path, model: str) -> None:
    """A show of its own."""
    (top / "config").mkdir(parents=True)
    (top / "config" / "chaitime.toml").write_text(f'[show]\nname = "Bench"\n[engines]\nmodel = "{model}"\n')
    (top / "in").mkdir()


def _one_long(audio: Path, top: Path, asked: Asked) -> float:
    """Write one recording of so many hours; returns how long it is."""
    _room(top, asked.model)
    long = repeated(dev_or_sample(audio), asked.hours * 3600, top / "in" / "long.wav")
    return float(long.truth.turns[-1].end_s)


def _short_recordings(audio: Path, top: Path, piece_s: int = PIECE_S, model: str = "base") -> float:
    """Write eight recordings of about so many seconds; returns how long they are together."""
    _room(top, model)
    found: list[Recording] = [*recordings(audio, "dev"), *recordings(audio, "real")] or [sample()]
    long_enough = [one for one in found if one.truth.turns[-1].end_s > PIECE_S * 0.8]
    total = 0.0
    for index in range(EPISODES):
        one = long_enough[index % len(long_enough)]
        pcm = read_pcm(one.path, RATE_HZ)[: piece_s * RATE_HZ - index]
        write_wav(top / "in" / f"{index}-{one.name}.wav", pcm, RATE_HZ)
        total += len(pcm) / RATE_HZ
    return total


def _timed(top: Path, *arguments: str, cores: int = 0) -> float:
    """Wall seconds of one command, on so many cores if that is said (where the system can do it)."""
    began = time.monotonic()
    command = [str(Path(sys.executable).with_name("chaitime")), *arguments]
    child = subprocess.Popen(command, cwd=top, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    if cores and hasattr(psutil.Process, "cpu_affinity"):
        psutil.Process(child.pid).cpu_affinity(list(range(cores)))
    _, said = child.communicate()
    if child.returncode:
        raise SystemExit(said.decode("utf-8", "replace"))
    return time.monotonic() - began


def _layer(top: Path) -> Iterator[Figure]:
    """Two hundred tiny episodes with engines that do nothing."""
    (top / "config").mkdir(parents=True)
    (top / "config" / "chaitime.toml").write_text(STANDINS)
    (top / "in").mkdir()
    tone = np.asarray([round(8000 * math.sin(at * 0.08)) for at in range(RATE_HZ * TINY_S)], dtype=np.int16)
    tone[RATE_HZ * 3 : RATE_HZ * 5] = 0
    for index in range(TINY):
        write_wav(top / "in" / f"t{index:03d}.wav", tone[: len(tone) - index], RATE_HZ)
    yield from _made_here(top)
    yield Figure("plan and exit of 200 finished episode folders, s", _timed(top, "batch", "episodes", "-q"))
    yield Figure("plan and exit of their 200 recordings, s", _timed(top, "batch", "in", "-q"))


def _made_here(top: Path) -> Iterator[Figure]:
    """Make all of them in this process, and see what is spent outside of making them."""
    inside = [0.0]
    held: list[float] = []
    process = psutil.Process()

    def made(*arguments: object, **options: object) -> object:
        began = time.monotonic()
        try:
            return run_episode(*arguments, **options)  # type: ignore[arg-type]
        finally:
            inside[0] += time.monotonic() - began

    def tell(event: Event) -> None:
        if isinstance(event, Outcome):
            assert event.state == "done", event.reason
            held.append(process.memory_info().rss / 1e6)

    config, began = top / "config" / "chaitime.toml", time.monotonic()
    with mock.patch.object(running, "run_episode", made):
        plans = [plan_of(item, config) for item in find(top / "in")]
        run_all(plans, Terms(config=config, jobs=1), tell)
    spent = time.monotonic() - began
    yield Figure("batch layer per episode, ms", (spent - inside[0]) / TINY * 1000)
    for count in (20, 100, 200):
        yield Figure(f"memory of the parent after {count} episodes, MB", held[count - 1])
