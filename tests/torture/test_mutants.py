"""Six hundred damaged recordings of eight kinds: each is decoded or refused, soon and in little memory."""

from __future__ import annotations

import random
import resource
import time
from pathlib import Path

import pytest
from bad_inputs import convert, tones, wav
from samples import sampled

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.errors import InputRefusedError

KINDS = ("wav", "mp3", "m4a", "flac", "ogg", "webm", "wma", "3gp")
HOW = {"3gp": ("-c:a", "aac")}
PER_KIND = 75
MOST_S, MOST_MB = 10, 400


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """A good recording of two seconds, by kind."""
    folder = tmp_path_factory.mktemp("seeds")
    source = wav(folder / "seed.wav", tones(2))
    made = {
        kind: convert(source, folder / f"made.{kind}", *HOW.get(kind, ())) for kind in KINDS if kind != "wav"
    }
    return {"wav": source.read_bytes()} | {kind: path.read_bytes() for kind, path in made.items()}


def mutant(seed: int, good: dict[str, bytes], kind: str) -> bytes:
    """Bytes flipped, cut, spliced with another kind, repeated, or a stretch of them blanked."""
    chance, data = random.Random(seed), bytearray(good[kind])
    way = seed % 5
    if way == 0:
        for _ in range(chance.choice((1, 20, 300))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif way == 1:
        del data[chance.randrange(len(data)) :]
    elif way == 2:
        other = good[chance.choice(KINDS)]
        data = data[: chance.randrange(len(data))] + bytearray(other[chance.randrange(len(other)) :])
    elif way == 3:
        at, length = chance.randrange(len(data)), chance.randrange(1, 4000)
        data[at:at] = data[at : at + length] * chance.choice((1, 2, 50))
    else:
        at = chance.randrange(min(len(data), 600))
        data[at : at + chance.choice((1, 4, 64))] = bytes([chance.choice((0, 255))]) * chance.choice(
            (1, 4, 64)
        )
    return bytes(data)


def refusal(path: Path, folder: Path) -> str:
    """What is said of a recording that is refused; nothing for one that is decoded."""
    try:
        decode(probe((path,)), (path,), folder / "work" / "a.s16", lambda _: None)
    except InputRefusedError as refused:
        return str(refused)
    return ""


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("block", sampled(range(PER_KIND // 5), every=PER_KIND))
def test_mutants(block: int, kind: str, seeds: dict[str, bytes], tmp_path: Path) -> None:
    """Five mutants: only our own error comes out, with one line that names the file, which stays as it is."""
    largest = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    for seed in range(block * 5, block * 5 + 5):
        path = tmp_path / f"talk-{seed}.{kind}"
        data = mutant(seed, seeds, kind)
        path.write_bytes(data)
        began = time.monotonic()
        said = refusal(path, tmp_path)
        assert not said or path.name in said
        assert "\n" not in said
        assert time.monotonic() - began < MOST_S
        assert path.read_bytes() == data
    grown = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    assert grown == largest or grown / 1024 < MOST_MB
