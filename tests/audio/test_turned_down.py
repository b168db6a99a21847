"""Moments of a finished MP3 turned down in place: heard there, nowhere else, and the file stays whole."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain import passes
from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.audio.mastering.chain.mp3_gain import MOST_MOMENTS, STEP_DB, lower_mp3_gain
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import MixPlan

RATE = 44_100
STEP = RATE // 100
MOMENTS = (3, 211, 350)
"""In 10 ms: at the beginning, and where granules end inside."""


@pytest.fixture(params=[1, 2])
def mp3(request: pytest.FixtureRequest, tmp_path: Path, sounds) -> tuple[Path, int]:
    """An MP3 of noise, which is equally loud everywhere, and its channels."""
    noise = np.random.default_rng(2).standard_normal((5 * RATE, request.param)).astype(np.float32) * 0.1
    target = tmp_path / "a.mp3"
    encode([noise], request.param, 96 if request.param == 1 else 128, target)
    return target, request.param


def checksum(data: bytes) -> int:
    """CRC-16 of the LAME header, bit by bit."""
    crc = 0
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0xA001 if crc & 1 else 0)
    return crc


@pytest.mark.parametrize(("over_db", "steps"), [(0.2, 1), (1.4, 1), (2.0, 2), (4.4, 3)])
def test_a_moment_is_turned_down_by_whole_steps(over_db: float, steps: int, mp3, sounds) -> None:
    """Every sample of the 10 ms comes down by as many steps of 1.5 dB as bring its peak below the limit."""
    path, channels = mp3
    before = sounds.pcm(path, channels)
    assert lower_mp3_gain(path, dict.fromkeys(MOMENTS, 0.9 * 10 ** (over_db / 20)), 0.9)
    after = sounds.pcm(path, channels)
    for at in MOMENTS:
        own = slice(at * STEP, (at + 1) * STEP)
        change = np.linalg.norm(after[own]) / np.linalg.norm(before[own])
        assert 20 * np.log10(change) == pytest.approx(-steps * STEP_DB, abs=0.1)


def test_all_else_stays_as_it_is(mp3, sounds) -> None:
    """Length and every sample more than 45 ms away are the same; in between nothing jumps."""
    path, channels = mp3
    before = sounds.pcm(path, channels)
    assert lower_mp3_gain(path, {211: 1.0}, 0.9)
    after = sounds.pcm(path, channels)
    assert len(after) == len(before)
    far = np.abs(np.arange(len(after)) - 211.5 * STEP) > 0.045 * RATE
    np.testing.assert_allclose(after[far], before[far], atol=1e-6)
    pieces = slice((211 - 6) * STEP, (211 + 7) * STEP)
    gains = [
        np.vdot(new, old) / np.vdot(old, old)
        for new, old in zip(
            after[pieces].reshape(-1, 147 * channels), before[pieces].reshape(-1, 147 * channels), strict=True
        )
    ]
    assert np.abs(np.diff(gains)).max() < 0.12


def test_the_checksums_of_the_header_hold(mp3) -> None:
    """The LAME header's checksums, over the music and over itself, are those of what is in the file."""
    path, channels = mp3
    assert lower_mp3_gain(path, dict.fromkeys(MOMENTS, 1.0), 0.9)
    data = path.read_bytes()
    info, first = data.index(b"Info"), {1: 313, 2: 417}[channels]
    assert data[first : first + 2] == b"\xff\xfb"
    assert int.from_bytes(data[info + 152 : info + 154]) == checksum(data[first:])
    assert int.from_bytes(data[info + 154 : info + 156]) == checksum(data[: info + 154])


@pytest.mark.parametrize(
    "peaks",
    [{}, {10: 1.8}, dict.fromkeys(range(MOST_MOMENTS + 1), 1.0)],
    ids=["none", "far too high", "many"],
)
def test_what_a_limiter_should_do_is_left_to_it(peaks, mp3) -> None:
    """Nothing is touched when nothing is too high, one peak is far too high, or very many are."""
    path, _ = mp3
    before = path.read_bytes()
    assert not lower_mp3_gain(path, peaks, 0.9)
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "damage", [lambda data: b"ID3" + data, lambda data: data.replace(b"Info", b"Inf0"), None]
)
def test_another_file_is_left_alone(damage, mp3) -> None:
    """What does not begin with a LAME header is not ours to change."""
    path, _ = mp3
    path.write_bytes(damage(path.read_bytes()) if damage else b"")
    before = path.read_bytes()
    assert not lower_mp3_gain(path, {10: 1.0}, 0.9)
    assert path.read_bytes() == before


def test_a_few_peaks_cost_no_second_encoding(tmp_path: Path, sounds, silent, monkeypatch) -> None:
    """Where the encoder overshoots here and there, one encoding is enough, and the promise holds."""
    import pyloudnorm

    encodings = []

    def counted(*arguments: object) -> None:
        encodings.append(arguments)
        encode(*arguments)

    monkeypatch.setattr(passes, "encode", counted)
    monkeypatch.setattr(passes, "MARGIN_DB", 0.3)
    path = sounds.write_wav(tmp_path / "in.wav", sounds.speech(15), RATE, "f32")
    master = Engine().master(probe((path,)), (path,), MixPlan(), tmp_path / "out.mp3", silent)
    sound = sounds.pcm(tmp_path / "out.mp3")
    assert len(encodings) == 1
    assert master.loudness.true_peak_dbtp <= -1.0
    assert np.abs(sound).max() <= 10 ** (-1 / 20)
    assert pyloudnorm.Meter(RATE).integrated_loudness(sound.astype(np.float64)) == pytest.approx(-16, abs=0.5)
