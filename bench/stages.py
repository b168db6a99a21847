"""The product's own way of an episode, run stage by stage in this process with a CPU meter in hand."""

from __future__ import annotations

import functools
import multiprocessing
import os
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from chaitime_audio.domain.brief import Brief
from chaitime_audio.domain.episode import Episode
from chaitime_audio.domain.sound import Decoded, SpeechActivity
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.pipeline.produce import produce
from chaitime_audio.pipeline.publish import publish
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.pipeline.stages import Job
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.artifacts import ArtifactStore, Handle
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.settings import Settings
from chaitime_audio.workers import Task, WorkerLease, WorkerPool
from chaitime_audio.workers.in_process import InProcess, Loaded

from .overlapped import shortened
from .recordings import sample

Fact = TypeVar("Fact")
WARM_UP_S = 15.0


def cpu_s() -> float:
    """User and system seconds of this process and of every child it has waited for."""
    now = os.times()
    return now.user + now.system + now.children_user + now.children_system


class MeteredLedger(ArtifactStore):
    """A ledger that makes one fact after the other, here, and notes the CPU time of each."""

    def __init__(self, folder: EpisodeFolder) -> None:
        super().__init__(folder)
        self.seconds: dict[str, float] = {}
        self.values: dict[str, Any] = {}

    def once(self, stage: Stage[Fact], make: Callable[..., Fact], *inputs: object) -> Handle[Fact]:
        """See `ArtifactStore.once`; waits for the fact."""
        done: Future[str] = Future()
        before = cpu_s()
        done.set_result(self._settle(stage, make, inputs))
        self.seconds[stage.name] = self.seconds.get(stage.name, 0.0) + cpu_s() - before
        handle = Handle(self, stage, done)
        self.values[stage.name] = handle.result
        return handle


class OneWorker(WorkerLease):
    """One worker, in this process, for every length of sound; what was loaded once stays loaded."""

    def __init__(self) -> None:
        super().__init__(1)
        self._crew, self.loaded = InProcess(), Loaded(most=16)
        self._crew._loaded = self.loaded

    def pool(self, sound_ms: int) -> WorkerPool:  # noqa: ARG002
        """Return the one crew."""
        return self._crew


@dataclass(frozen=True, slots=True)
class Made:
    """An episode with what it cost. ``seconds`` has CPU seconds per stage, and ``rest``."""

    episode: Episode
    transcript: Transcript
    activity: SpeechActivity
    decoded: Decoded
    seconds: dict[str, float]
    peak_mb: float

    @property
    def length_s(self) -> float:
        """Length of the recording."""
        return self.decoded.duration_ms / 1000


@functools.cache
def _hire() -> OneWorker:
    return OneWorker()


def load(task: Task[Any, Any]) -> Any:
    """Set a task up where `make` will find it."""
    things = _hire().loaded._things
    things[task] = task.setup()
    return things[task]


def beginning(processes: int) -> ProcessPoolExecutor:
    """Give processes in which `make` works at full speed at once: everything imported and loaded."""
    return ProcessPoolExecutor(processes, multiprocessing.get_context("spawn"), initializer=_warm_up)


def _warm_up() -> None:
    with tempfile.TemporaryDirectory(prefix="bench-") as place:
        make(shortened(sample(), WARM_UP_S, Path(place)).path, Path(place) / "episode")


def make(recording: Path, room: Path, speakers: int = 0) -> Made:
    """Make an episode of a recording in the folder ``room``, with the default settings.

    A second call with another number of speakers makes only what hangs on it. A recording
    without speech is not refused.
    """
    folder = EpisodeFolder(room)
    folder.source.mkdir(parents=True, exist_ok=True)
    target = folder.source / recording.name
    if not target.exists():
        target.symlink_to(recording.resolve())
    artifacts, registry = MeteredLedger(folder), Registry(Settings())
    with peak_mb() as peak:
        before = cpu_s()
        job = Job(folder, Brief(speakers=speakers), registry, artifacts, _hire(), force=True)
        episode = produce(job)
        publish(episode, folder, registry, artifacts)
        whole = cpu_s() - before
    artifacts.close()
    seconds = {**artifacts.seconds, "rest": whole - sum(artifacts.seconds.values())}
    known = artifacts.values
    return Made(episode, known["transcript"], known["activity"], known["decoded"], seconds, peak[0])


@contextmanager
def peak_mb() -> Iterator[list[float]]:
    """Give a list that holds, afterwards, the highest resident size of this process in MB (Linux)."""
    found = [0.0]
    reset, status = Path("/proc/self/clear_refs"), Path("/proc/self/status")
    if reset.exists():
        reset.write_text("5")
    yield found
    if status.exists():
        line = next(line for line in status.read_text().splitlines() if line.startswith("VmHWM"))
        found[0] = int(line.split()[1]) / 1024
