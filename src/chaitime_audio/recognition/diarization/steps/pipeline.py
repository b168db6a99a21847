"""Run pyannote's own pipelines as they come: the slot scheme on our networks, community-1, snapshots."""

from __future__ import annotations

import contextlib
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path
from typing import Any

from ....domain.sound import span
from ....domain.speech import Diarization, Turn, VoicePrint
from ....errors import ConfigError, ModelUnavailableError
from ...context import EngineContext, Sound

REVISION = 1
COMMUNITY = "pyannote/speaker-diarization-community-1"
_SHORTEST_MS = 10_000
_SLOTS = {
    "segmentation": {"min_duration_off": 0.0},
    "clustering": {"method": "centroid", "threshold": 0.7, "min_cluster_size": 5},
}


def is_own(model: str) -> bool:
    """Whether a model name means the two networks of our manifest."""
    return model in ("default", "slots")


def snapshot_receipt(model: str) -> dict[str, str]:
    """Return what stands for a snapshot's content: names and sizes of its files and its configuration.

    Raises ConfigError for a name that is neither ours nor a folder with a pipeline in it.
    """
    folder = Path(model)
    if model == "community-1":
        return {}
    if not (folder / "config.yaml").is_file():
        raise ConfigError(
            f"diarization model “{model}”: there is no {folder / 'config.yaml'}; give default, slots, "
            "community-1, or the folder of a local pipeline snapshot"
        )
    total = sha256()
    for path in sorted(item for item in folder.rglob("*") if item.is_file()):
        total.update(f"{path.relative_to(folder)}|{path.stat().st_size}\n".encode())
        if path.suffix in (".yaml", ".yml"):
            total.update(path.read_bytes())
    return {"snapshot_sha256": total.hexdigest()}


@dataclass(frozen=True, slots=True)
class Whole:
    """A whole recording, and how many speak (0: find out)."""

    sound: Sound
    speakers: int

    def carried(self) -> Whole:
        """The same with all of its sound in it: as the pipeline sees it, it needs the whole."""
        return replace(self, sound=self.sound.carrying([(0, self.sound.duration_ms + 1)]))


@dataclass(frozen=True, slots=True)
class PipelineTask:
    """Runs a pyannote pipeline over a recording; needs the whole of it in memory."""

    model: str
    content: str
    weights: tuple[Path, ...] = ()
    device: str = "cpu"

    @property
    def affinity(self) -> str:
        """Only one process loads pyannote.audio."""
        return "one"

    def setup(self) -> Any:
        """Build the slot scheme, or load a snapshot."""
        from .networks import torch_device

        pipeline = _slots(*self.weights) if self.model == "slots" else _snapshot(self.model)
        return pipeline.to(torch_device(self.device))

    def run(self, loaded: Any, item: Whole) -> Diarization:
        """Diarize. pyannote never sees a path, and its remarks go to stderr."""
        import numpy as np
        import torch

        samples = item.sound.read()
        padded = np.zeros(max(len(samples), _SHORTEST_MS * 16), dtype=np.float32)
        padded[: len(samples)] = samples
        given = {"waveform": torch.from_numpy(padded)[None], "sample_rate": 16_000, "uri": "sound"}
        with contextlib.redirect_stdout(sys.stderr):
            heard = loaded(given, num_speakers=item.speakers or None)
        return _diarization(heard, item.sound.duration_ms)

    def key(self, item: Whole) -> str:
        """Name the result by models, sound and count."""
        parts = ("pipeline", REVISION, self.model, self.content, item.sound.sha256, item.speakers)
        return sha256(repr(parts).encode()).hexdigest()

    def pack(self, result: Diarization) -> bytes:
        """JSON: turns, exclusive turns, prints."""
        lists = [
            [(t.label, t.span.start_ms, t.span.end_ms) for t in p] for p in (result.turns, result.exclusive)
        ]
        return json.dumps([*lists, [(p.label, p.vector, p.speech_ms) for p in result.prints]]).encode()

    def unpack(self, data: bytes) -> Diarization:
        """Undo `pack`."""
        spoken, exclusive, prints = json.loads(data)
        return Diarization(
            tuple(Turn(label, span(start, end)) for label, start, end in spoken),
            tuple(Turn(label, span(start, end)) for label, start, end in exclusive),
            tuple(VoicePrint(label, tuple(vector), ms) for label, vector, ms in prints),
        )


def run_pipeline(model: str, device: str, sound: Sound, speakers: int, context: EngineContext) -> Diarization:
    """Run one of pyannote's own pipelines over the recording."""
    if model == "slots":
        from ....model_files import find

        files = (find("segmentation-3.0"), find("campplus"))
        content = "+".join(file.sha256 for file in files)
        task = PipelineTask(model, content, tuple(file.path for file in files), device)
    else:
        task = PipelineTask(model, snapshot_receipt(model).get("snapshot_sha256", ""), (), device)
    return context.pool.map(task, [Whole(sound, speakers)], context.keep)[0]


def _slots(segmentation: Path, embedding: Path) -> Any:
    """Build pyannote's `SpeakerDiarization`: every chunk and local voice embedded, then clustered."""
    from .networks import embedding_net, offline_plda, segmentation_net
    from .torchaudio_guard import import_pyannote

    import_pyannote()
    from pyannote.audio.pipelines import SpeakerDiarization

    pipeline = SpeakerDiarization(
        segmentation=segmentation_net(segmentation),
        segmentation_step=0.25,
        embedding=embedding_net(embedding),
        plda=offline_plda(),
        clustering="AgglomerativeClustering",
        segmentation_batch_size=8,
        embedding_batch_size=8,
    )
    pipeline.instantiate(_SLOTS)
    return pipeline


def _snapshot(model: str) -> Any:
    """Load a pipeline from a folder, or community-1 from the hub's cache or the hub."""
    from .torchaudio_guard import import_pyannote

    import_pyannote()
    from pyannote.audio import Pipeline

    folder = _community() if model == "community-1" else Path(model)
    with _as_ours(model):
        pipeline = Pipeline.from_pretrained(folder)
    if pipeline is None:
        raise ModelUnavailableError(f"diarization model “{model}”: pyannote could not load {folder}")
    return pipeline


def _community() -> Path:
    """Folder of the community-1 snapshot, each large file with the sum the hub lists; fetched if need be."""
    from ....model_files import hub_snapshot

    return hub_snapshot(COMMUNITY)


@contextlib.contextmanager
def _as_ours(model: str) -> Iterator[None]:
    """Turn whatever goes wrong while a foreign pipeline loads into one line with its remedy."""
    try:
        yield
    except Exception as cause:
        said = (str(cause).splitlines() or [type(cause).__name__])[0]
        raise ModelUnavailableError(
            f"diarization model “{model}” could not be loaded ({said}); accept its conditions on its page "
            "at Hugging Face and set HF_TOKEN, or give the folder of a local snapshot"
        ) from cause


def _diarization(heard: Any, duration_ms: int) -> Diarization:
    """Turn pyannote's output into ours: labels by first appearance, whole milliseconds in the sound."""
    import numpy as np

    labels = heard.speaker_diarization.labels()
    raw = [
        [(label, turn.start, turn.end) for turn, _, label in each.itertracks(yield_label=True)]
        for each in (heard.speaker_diarization, heard.exclusive_speaker_diarization)
    ]
    names = {label: f"S{rank + 1}" for rank, label in enumerate(dict.fromkeys(row[0] for row in raw[0]))}
    spoken, exclusive = (_turns(rows, names, duration_ms) for rows in raw)
    prints = []
    for label, name in names.items():
        vector = np.nan_to_num(heard.speaker_embeddings[labels.index(label)])
        length = float(np.linalg.norm(vector))
        if length:
            speech_ms = sum(turn.span.duration_ms for turn in exclusive if turn.label == name)
            prints.append(VoicePrint(name, tuple(round(float(x) / length, 6) for x in vector), speech_ms))
    return Diarization(spoken, exclusive, tuple(prints))


def _turns(rows: list[tuple[str, float, float]], names: dict[str, str], duration_ms: int) -> tuple[Turn, ...]:
    found = []
    for label, start, end in rows:
        start_ms, end_ms = max(0, round(start * 1000)), min(duration_ms, round(end * 1000))
        if end_ms > start_ms and label in names:
            found.append(Turn(names[label], span(start_ms, end_ms)))
    return tuple(sorted(found, key=lambda turn: turn.span))
