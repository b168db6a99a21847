"""Episodes being made: one after the other, each by a process of its own, with its progress told."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from ..pipeline.stage_table import ROWS
from ..project.episode_folder import EpisodeFolder

LEAST_SHARE = 0.05
"""Below this share of the work nobody can say how long the rest takes."""
READABLE = frozenset({"transcript", "diarization"})
END_S = 5.0


@dataclass(slots=True)
class Job:
    """One episode to make: how far it is (``share``, 0 to 1), and about how many seconds are left.

    ``readable`` tells that the talk is there to read while the rest is made; ``problem`` why it failed.
    """

    name: str
    state: str = "waiting"
    stage: str = ""
    share: float = 0.0
    left_s: float | None = None
    readable: bool = False
    problem: str = ""
    done: dict[str, float] = field(default_factory=dict)

    def plain(self) -> dict[str, Any]:
        """As the page gets it."""
        told = asdict(self)
        told.pop("done")
        return {**told, "left_s": None if self.left_s is None else round(self.left_s)}


class Jobs:
    """Makes episodes one after the other; ``tell`` gets the job whenever something has moved."""

    def __init__(self, config: Path | None, tell: Callable[[Job], None] = lambda _: None) -> None:
        self._config, self.tell = config, tell
        self._jobs: dict[str, Job] = {}
        self._waiting: deque[tuple[Job, EpisodeFolder]] = deque()
        self._lock = threading.Lock()
        self._child: subprocess.Popen[str] | None = None
        self._thread: threading.Thread | None = None
        self._closed = False

    @property
    def busy(self) -> bool:
        """Whether one is under way or waits."""
        with self._lock:
            return any(job.state in ("waiting", "running") for job in self._jobs.values())

    def listed(self) -> dict[str, dict[str, Any]]:
        """Every job of this run by the name of its episode."""
        with self._lock:
            return {name: job.plain() for name, job in self._jobs.items()}

    def make(self, name: str, folder: EpisodeFolder) -> None:
        """Make an episode, or bring it up to date; nothing if that is under way."""
        with self._lock:
            known = self._jobs.get(name)
            if self._closed or (known and known.state in ("waiting", "running")):
                return
            job = self._jobs[name] = Job(name)
            self._waiting.append((job, folder))
            if self._thread is None or not self._thread.is_alive():
                self._thread = threading.Thread(target=self._work, daemon=True, name="jobs")
                self._thread.start()
        self.tell(job)

    def close(self) -> None:
        """End what is under way; what was made is kept, and the next run goes on from there."""
        with self._lock:
            self._closed = True
            self._waiting.clear()
            child = self._child
        if child and child.poll() is None:
            child.terminate()
            try:
                child.wait(END_S)
            except subprocess.TimeoutExpired:
                child.kill()

    def _work(self) -> None:
        while True:
            with self._lock:
                if not self._waiting:
                    self._thread = None
                    return
                job, folder = self._waiting.popleft()
                job.state = "running"
            try:
                self._run(job, folder)
            except Exception as problem:  # one that cannot be started must not stop the others
                job.state, job.problem = "failed", str(problem)
            self.tell(job)

    def _run(self, job: Job, folder: EpisodeFolder) -> None:
        told = ["--config", str(self._config)] if self._config else []
        command = [sys.executable, "-m", "chaitime_audio", "batch", str(folder.path), "--json", "--wait"]
        begun = time.monotonic()
        with subprocess.Popen(
            [*command, *told], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, encoding="utf-8"
        ) as child:
            self._child = child
            assert child.stdout is not None
            assert child.stderr is not None
            said: deque[str] = deque(maxlen=1)
            reader = threading.Thread(target=lambda: said.extend(child.stderr or ()), daemon=True)
            reader.start()
            for line in child.stdout:
                if self._took(job, line, time.monotonic() - begun):
                    self.tell(job)
            reader.join(1)
        if job.state == "running":
            job.state = "failed"
            job.problem = said[-1].strip() if said else f"it ended with {child.returncode}"

    @staticmethod
    def _took(job: Job, line: str, spent_s: float) -> bool:
        """Take one line of what the process says; whether the page should hear of it."""
        try:
            event = json.loads(line)
        except ValueError:
            return False
        if event.get("event") == "ended":
            failed = event.get("state") == "failed"
            job.state, job.problem = ("failed", str(event.get("reason"))) if failed else ("done", "")
            job.left_s, job.share = 0.0, job.share if failed else 1.0
            job.readable = job.readable or not failed
            return True
        if event.get("event") != "moved" or event.get("stage") not in ROWS:
            return False
        stage, state = event["stage"], event["state"]
        job.done[stage] = 1.0 if state in ("done", "kept") else max(0.0, float(event.get("share") or 0.0))
        job.stage = ROWS[stage].title
        whole = sum(row.weight for row in ROWS.values())
        job.share = min(1.0, sum(ROWS[name].weight * part for name, part in job.done.items()) / whole)
        job.left_s = spent_s * (1 - job.share) / job.share if job.share >= LEAST_SHARE else None
        job.readable = all(job.done.get(name) == 1.0 for name in READABLE)
        return True
