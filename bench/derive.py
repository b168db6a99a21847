"""CPU seconds of all that every run derives again, by the length of the talk, and of one turn alone.

The facts of a talk (long_talk.py) are kept as its engines would leave them; measured is what a second run
does: `produce`, which reads them and derives the episode. One turn alone is what an editor derives when a
person changes a word: `one_turn`, with all corrections of the talk.
"""

from __future__ import annotations

import statistics
import tempfile
import time
import wave
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from chaitime_audio.domain.brief import Show
from chaitime_audio.domain.episode import Episode
from chaitime_audio.editorial.corrections import overlay
from chaitime_audio.editorial.one_turn import one_turn, talk_of
from chaitime_audio.editorial.speakers.attribute import attribute
from chaitime_audio.pipeline.produce import produce
from chaitime_audio.pipeline.registry import Registry
from chaitime_audio.pipeline.stage_table import MASTER_FILE
from chaitime_audio.pipeline.stages import Job
from chaitime_audio.project.artifact_keys import Stage
from chaitime_audio.project.artifacts import ArtifactStore, Handle, KeptArtifacts
from chaitime_audio.project.episode_folder import EpisodeFolder
from chaitime_audio.project.settings import EngineSettings, Settings, ShowSettings
from chaitime_audio.workers import WorkerLease

from .long_talk import Talk, talk

Fact = TypeVar("Fact")
SIZES = (2_500, 10_000, 30_000)
QUICK = (2_500,)
TURNS = 60
GLOSSARY = """
[[terms]]
spelling = "PyTorch"
heard = ["pie torch"]
link = "https://pytorch.org/"

[[terms]]
spelling = "Quiet Failures in Deployed Forecasts"
link = "https://example.org/quiet-failures"

[[terms]]
spelling = "librosa"
"""


@dataclass(frozen=True, slots=True)
class Row:
    """What one talk costs: CPU seconds of the first and of a later `produce` in one process, and of a turn.

    ``turn_ms`` is the median over turns from the whole talk, ``longest_turn_ms`` the most; CPU milliseconds.
    """

    name: str
    words: int
    first_s: float
    produce_s: float
    turn_ms: float
    longest_turn_ms: float


class _Told(ArtifactStore):
    """A ledger that keeps what it was told as what engines made."""

    def __init__(self, folder: EpisodeFolder, told: Talk) -> None:
        super().__init__(folder)
        self._told = told

    def once(self, stage: Stage[Fact], make: Callable[..., Fact], *inputs: object) -> Handle[Fact]:  # noqa: ARG002
        """See `ArtifactStore.once`; nothing is made."""
        return super().once(stage, lambda *_: self._told.facts[stage.name], *inputs)


def measure(runs: int = 3, *, quick: bool = False) -> Iterator[Row]:
    """Yield a row for each length."""
    for size in QUICK if quick else SIZES:
        with tempfile.TemporaryDirectory(prefix="bench-") as place:
            yield _row(talk(size), Path(place), runs)


def _row(told: Talk, place: Path, runs: int) -> Row:
    folder, registry = kept(told, place)
    seconds = []
    for _ in range(runs + 1):
        before = time.process_time()
        derived(folder, registry, told)
        seconds.append(time.process_time() - before)
    words, turns_ms = len(told.facts["transcript"].words), _turns_ms(told, registry.show())
    turn_ms, longest_ms = statistics.median(turns_ms), max(turns_ms)
    return Row(f"{words:,} words", words, seconds[0], statistics.median(seconds[1:]), turn_ms, longest_ms)


def _turns_ms(told: Talk, show: Show) -> list[float]:
    """What turns from all over the talk cost, each derived alone."""
    heard = told.facts["transcript"]
    words = overlay.words(heard, told.brief, show).value
    spoken = overlay.move_boundaries(attribute(words, told.facts["diarization"]), told.brief).value
    printed = overlay.drop_passages(spoken, told.brief, heard.language).value
    around, spent = talk_of(heard, printed, told.brief, show), list[float]()
    for at in range(0, len(printed), max(1, len(printed) // TURNS)):
        before = time.process_time()
        one_turn(around, printed[at].words[0].id, told.brief)
        spent.append((time.process_time() - before) * 1000)
    return spent


def kept(told: Talk, place: Path) -> tuple[EpisodeFolder, Registry]:
    """Keep the facts of a talk in an episode's folder, with their receipts."""
    folder, config = EpisodeFolder(place / "talk"), place / "config"
    for room in (folder.source, folder.facts, config):
        room.mkdir(parents=True)
    with wave.open(str(folder.source / "talk.wav"), "wb") as file:  # looked at, never listened to
        file.setparams((1, 2, 16_000, 0, "NONE", ""))
        file.writeframes(bytes(2 * 16_000))
    (folder.facts / MASTER_FILE).write_bytes(b"no sound")
    (config / "glossary.toml").write_text(GLOSSARY, encoding="utf-8")
    engines = EngineSettings(asr="standin", diarization="standin", activity="standin", mastering="standin")
    show = ShowSettings(name="Chai Time", host="Maya Rao", vocabulary=("PyTorch", "librosa"))
    registry = Registry(Settings(show, engines), config)
    derived(folder, registry, told, _Told(folder, told))
    return folder, registry


def derived(
    folder: EpisodeFolder, registry: Registry, told: Talk, artifacts: ArtifactStore | None = None
) -> Episode:
    """Return the episode of the facts that are kept; nothing is made unless a ledger says so."""
    artifacts, lease = artifacts or KeptArtifacts(folder), WorkerLease(1)
    try:
        return produce(Job(folder, told.brief, registry, artifacts, lease))
    finally:
        lease.close()
        artifacts.close()
