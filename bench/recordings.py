"""Which recordings are measured, and the long ones that are made from them."""

from __future__ import annotations

import itertools
import subprocess
import wave
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from chaitime_audio.audio.ffmpeg import ffmpeg_path

from .truth import Said, Truth, from_json, ordered, read_truth

ROOT = Path(__file__).resolve().parent.parent
AUDIO = ROOT.parent / "shared" / "audio"
SAMPLE = ROOT / "episodes" / "001-tom-ellery" / "source" / "tom-ellery.flac"
SAMPLE_TRUTH = Path(__file__).parent / "truth" / "tom-ellery.json"
LONG_RATE_HZ = 44_100

Kind = Literal["sample", "dev", "overlapped", "real"]
Pcm = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Recording:
    """A recording with truth."""

    name: str
    kind: Kind
    path: Path
    truth: Truth


def sample() -> Recording:
    """Return the sample episode, which is always there."""
    return Recording("sample episode", "sample", SAMPLE, from_json(SAMPLE_TRUTH))


def recordings(audio: Path, kind: Literal["dev", "real"]) -> Iterator[Recording]:
    """Yield the recordings of one folder that have their truth beside them."""
    for path in sorted((audio / kind).glob("*.flac")):
        truth = read_truth(path)
        if truth is not None:
            yield Recording(path.stem, kind, path, truth)


def dev_or_sample(audio: Path) -> list[Recording]:
    """The dev set; where it is absent, the sample episode."""
    return list(recordings(audio, "dev")) or [sample()]


def read_pcm(path: Path, rate_hz: int) -> Pcm:
    """Decode any recording to mono 16-bit, shape (samples,)."""
    command = [ffmpeg_path(), "-nostdin", "-loglevel", "error", "-i", str(path)]
    command += ["-f", "s16le", "-ac", "1", "-ar", str(rate_hz), "pipe:1"]
    return np.frombuffer(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout, dtype="<i2")


def write_wav(path: Path, pcm: Pcm, rate_hz: int) -> Path:
    """Write mono 16-bit PCM as WAV."""
    with wave.open(str(path), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(rate_hz)
        writer.writeframes(np.ascontiguousarray(pcm, dtype="<i2").tobytes())
    return path


def repeated(parts: list[Recording], seconds: float, target: Path) -> Recording:
    """Write the parts one after the other, over and over, up to the last whole turn before a length.

    Speakers of different parts are different people.
    """
    sounds = [read_pcm(part.path, LONG_RATE_HZ) for part in parts]
    truth = ordered(list(_repeated_turns(parts, [len(pcm) / LONG_RATE_HZ for pcm in sounds], seconds)))
    missing = round((truth.turns[-1].end_s + 0.1) * LONG_RATE_HZ)
    with wave.open(str(target), "wb") as writer:
        writer.setnchannels(1)
        writer.setsampwidth(2)
        writer.setframerate(LONG_RATE_HZ)
        for pcm in itertools.cycle(sounds):
            writer.writeframes(pcm[:missing].tobytes())
            missing -= len(pcm)
            if missing <= 0:
                return Recording(target.stem, "dev", target, truth)
    raise AssertionError("a cycle does not end")


def _repeated_turns(parts: list[Recording], lengths_s: list[float], seconds: float) -> Iterator[Said]:
    """Turns of the parts, over and over, that end in time."""
    begin_s = 0.0
    for part, length_s in itertools.cycle(zip(parts, lengths_s, strict=True)):
        for turn in part.truth.turns:
            if begin_s + turn.end_s > seconds:
                return
            yield replace(turn.moved(begin_s), speaker=f"{part.name}/{turn.speaker}")
        begin_s += length_s


def period_s(parts: list[Recording]) -> float:
    """Seconds after which `repeated` begins anew."""
    return sum(len(read_pcm(part.path, LONG_RATE_HZ)) for part in parts) / LONG_RATE_HZ
