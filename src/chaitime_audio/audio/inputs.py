"""The inputs of a recorder in one file: more than two channels, and no loudspeaker layout.

Every input is listened to. One that is dead is named, all others go into the mix, and an input that has a
person of its own is that person's track. A recorder that cuts its files (at 2 or 4 GB) gives parts.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from ..domain.sound import Aligned, Span
from ..errors import InputRefusedError
from ..project.files import replacing
from ..recognition.context import SAMPLE_RATE_HZ, Progress
from . import ffmpeg
from .channels import UPSIDE_DOWN, scrubbed
from .levels import APART, FRAME_MS, OVER_FLOOR_DB, levels_db, spans_of, speaking
from .reading import FIRST_SOUND, Reading, mixed, reading_of

SILENT_DB = -85.0
SHORTEST_PERSON_MS = 1500
_RATE_HZ = 44_100
_BLOCK_S = 10


@dataclass(slots=True)
class _Heard:
    """What a pass over all inputs learns: levels of every 20 ms, and how the inputs go together."""

    channels: int
    levels: list[NDArray[np.float64]] = field(default_factory=list)
    products: Any = 0.0

    def add(self, block: NDArray[np.float32]) -> None:
        """Take in a block of shape (frames, channels)."""
        self.levels.append(np.stack([levels_db(block[:, at]) for at in range(self.channels)]))
        self.products = self.products + block.T.astype(np.float64) @ block.astype(np.float64)


def mix_inputs(paths: tuple[Path, ...], target: Path, progress: Progress) -> Aligned:
    """Write the mix of all inputs that are alive (mono FLAC, 44.1 kHz, 24 bit) to ``target``.

    ``tracks`` of the result has the spans of each input with a person of its own, when all that is
    said is on such inputs; it is empty otherwise. Raises InputRefusedError when a file cannot be
    decoded, all inputs are silent or files differ in them, DestinationError when ``target`` cannot be
    written.
    """
    readings = [reading_of(path) for path in paths]
    heard = _heard(readings, progress)
    levels = np.concatenate(heard.levels, axis=1)
    alive = [at for at in range(heard.channels) if _is_alive(levels[at])]
    if not alive:
        raise InputRefusedError(
            f"{paths[0]}: all {heard.channels} channels are silent; record or copy it again"
        )
    own = dict(zip(alive, _persons(levels[alive]), strict=True))
    _write_mix(readings, _weights(heard.products, alive), target)
    progress(1.0)
    persons = [at for at in alive if own[at]]
    return Aligned(
        offsets_ms=tuple(0.0 for _ in persons),
        drifts_ppm=tuple(0.0 for _ in persons),
        tracks=tuple(own[at] for at in persons),
        warnings=(_told(paths[0].name, heard.channels, alive, persons), *_notes(readings)),
    )


def _notes(readings: list[Reading]) -> Iterator[str]:
    for reading in readings:
        yield from reading.notes()


def _heard(readings: list[Reading], progress: Progress) -> _Heard:
    counts = {reading.sound.channels for reading in readings}
    if len(counts) > 1:
        said = ", ".join(f"{one.path.name} {one.sound.channels}" for one in readings)
        fix = "process what belongs together, or export one file per person and give them with --tracks"
        raise InputRefusedError(f"the parts have different numbers of channels ({said}): {fix}")
    heard = _Heard(counts.pop())
    for index, reading in enumerate(readings):
        arguments = [*_opened(reading), *("-af", _steps(reading, SAMPLE_RATE_HZ)), "-f", "f32le"]
        size, got = 4 * heard.channels * _BLOCK_S * SAMPLE_RATE_HZ, 0.0
        try:
            for data in ffmpeg.stream([*arguments, "-acodec", "pcm_f32le"], size):
                heard.add(scrubbed(np.frombuffer(data, dtype="<f4"))[0].reshape(-1, heard.channels))
                got += _BLOCK_S / max(_BLOCK_S, reading.banner.claimed_s)
                progress(0.8 * (index + min(1.0, got)) / len(readings))
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot decode {reading.path}: {cause.said}") from cause
    if sum(block.shape[1] for block in heard.levels) * FRAME_MS < 1000:
        raise InputRefusedError(f"{readings[0].path} is shorter than a second; nothing can be made of it")
    return heard


def _opened(reading: Reading) -> list[str]:
    return [*reading.input, *FIRST_SOUND]


def _steps(reading: Reading, rate_hz: int) -> str:
    return f"aresample={rate_hz}" + (":async=1:first_pts=0" if reading.filled else "")


def _is_alive(levels: NDArray[np.float64]) -> bool:
    """Whether anything but even noise is on an input; its level alone says nothing."""
    low, high = np.percentile(levels, 10), np.max(levels)
    return bool(high > SILENT_DB and high - max(low, SILENT_DB) > OVER_FLOOR_DB)


def _persons(levels: NDArray[np.float64]) -> tuple[tuple[Span, ...], ...]:
    """Spans of each input's own person, shape of ``levels`` (inputs, frames); all empty when unsure.

    Unsure: fewer than two inputs have a person, or much is said on none of them (a microphone for
    two, a mix of the others beside them).
    """
    nobody: tuple[tuple[Span, ...], ...] = ((),) * len(levels)
    if len(levels) < 2:
        return nobody
    spans = [spans_of(own) for own in speaking(levels)]
    spans = [own if sum(one.duration_ms for one in own) >= SHORTEST_PERSON_MS else () for own in spans]
    covered = np.zeros(levels.shape[1], dtype=bool)
    for one in (one for own in spans for one in own):
        covered[one.start_ms // FRAME_MS : one.end_ms // FRAME_MS] = True
    floors = np.percentile(levels, 10, axis=1)
    loud = (levels > np.maximum(floors, -75.0)[:, None] + OVER_FLOOR_DB).any(axis=0)
    sure = sum(map(bool, spans)) > 1 and float(covered[loud].mean()) >= APART
    return tuple(spans) if sure else nobody


def _weights(products: NDArray[np.float64], alive: list[int]) -> list[float]:
    """The same weight for every live input; one that is upside down against the loudest is turned round."""
    powers = np.diag(products)
    loudest = max(alive, key=lambda at: powers[at])
    weights = [0.0] * len(powers)
    for at in alive:
        alike = products[loudest, at] / max(1e-12, float(powers[loudest] * powers[at]) ** 0.5)
        weights[at] = (-1.0 if alike < UPSIDE_DOWN else 1.0) / len(alive)
    return weights


def _write_mix(readings: list[Reading], weights: list[float], target: Path) -> None:
    inputs, chains = [], []
    for at, reading in enumerate(readings):
        inputs += reading.input
        chains.append(f"[{at}:a:0]{_steps(reading, _RATE_HZ)},{mixed(weights)}[p{at}]")
    names = "".join(f"[p{at}]" for at in range(len(readings)))
    graph = ";".join([*chains, f"{names}concat=n={len(readings)}:v=0:a=1[mix]"])
    output = ("-map", "[mix]", "-sample_fmt", "s32", "-acodec", "flac", "-f", "flac")
    target.parent.mkdir(parents=True, exist_ok=True)
    with replacing(target) as temporary, temporary.open("wb") as writer:
        try:
            for block in ffmpeg.stream([*inputs, "-filter_complex", graph, *output]):
                writer.write(block)
        except ffmpeg.FfmpegError as cause:
            raise InputRefusedError(f"cannot mix the channels: {cause.said}") from cause


def _told(name: str, count: int, alive: list[int], persons: list[int]) -> str:
    """One sentence: how many channels there are, which are dead, and which have a person."""
    dead = [at for at in range(count) if at not in alive]
    said = [f"{name} has {count} channels without a loudspeaker layout, taken as inputs"]
    said += [f"with a person of its own: {_numbers(persons)}"] if persons else ["all that sound are mixed"]
    others = [at for at in alive if persons and at not in persons]
    said += [f"mixed in as well: {_numbers(others)}"] if others else []
    said += [f"dead: {_numbers(dead)}"] if dead else []
    return "; ".join(said)


def _numbers(places: list[int]) -> str:
    return ", ".join(str(at + 1) for at in places)
