"""Random damage: whatever the bytes are, a recording is decoded or refused in one line."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.errors import InputRefusedError


@pytest.fixture(scope="module")
def seeds(tmp_path_factory: pytest.TempPathFactory, sounds) -> list[bytes]:
    folder = tmp_path_factory.mktemp("seeds")
    wav = sounds.write_wav(folder / "a.wav", sounds.speech(2))
    return [wav.read_bytes()] + [
        sounds.convert(wav, folder / f"a.{kind}").read_bytes() for kind in ("mp3", "flac", "m4a", "ogg")
    ]


@pytest.mark.parametrize("seed", range(24))
def test_damage_is_decoded_or_refused(seed: int, seeds: list[bytes], tmp_path: Path, silent) -> None:
    """Flipped bytes, cuts and splices of five formats: only our own error may come out."""
    chance = random.Random(seed)
    data = bytearray(chance.choice(seeds))
    if seed % 3 == 0:
        for _ in range(chance.choice((1, 20, 300))):
            data[chance.randrange(len(data))] = chance.randrange(256)
    elif seed % 3 == 1:
        data = data[: chance.randrange(len(data))]
    else:
        data = data[: chance.randrange(len(data))] + chance.choice(seeds)[chance.randrange(2000) :]
    path = tmp_path / "interview.wav"
    path.write_bytes(data)
    try:
        made = decode(probe((path,)), (path,), tmp_path / "work" / "a.s16", silent)
    except InputRefusedError as refused:
        line = str(refused)
        assert "interview.wav" in line
        assert "\n" not in line
        assert not list(tmp_path.glob("work/*"))
    else:
        assert made.duration_ms >= 1000
    assert path.read_bytes() == bytes(data)
