"""Tracks of one talk: brought to one clock, mixed, and told apart by their levels."""

from __future__ import annotations

import wave
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chaitime_audio.audio.align import align
from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import span
from chaitime_audio.domain.speech import Turn
from chaitime_audio.recognition.diarization.tracks import exclusive_of

RATE_HZ = 16_000
Samples = Any


def voice(seed: int, seconds: int) -> Samples:
    """Noise coloured like speech, in syllables."""
    noise = np.random.default_rng(seed).standard_normal(seconds * RATE_HZ)
    coloured = np.convolve(noise, np.hanning(12), mode="same")
    syllables = 0.6 + 0.4 * np.sin(np.arange(len(noise)) * 2 * np.pi * 4 / RATE_HZ + seed)
    return 0.08 * coloured * syllables


def talk(seconds: int = 90) -> tuple[Samples, Samples]:
    """Two people taking turns of 5 s with a second between them; each hears the other 20 dB fainter."""
    time = np.arange(seconds * RATE_HZ) / RATE_HZ
    first, second = (time % 12 < 5), (time % 12 >= 6) & (time % 12 < 11)
    host, guest = voice(1, seconds) * first, voice(2, seconds) * second
    hiss = np.random.default_rng(3).standard_normal((2, len(time))) * 0.0004
    return host + 0.1 * guest + hiss[0], guest + 0.1 * host + hiss[1]


def write(path: Path, *channels: Samples, rate_hz: int = RATE_HZ) -> Path:
    data = np.stack(channels, axis=1)
    with wave.open(str(path), "wb") as file:
        file.setparams((len(channels), 2, rate_hz, 0, "NONE", ""))
        file.writeframes(np.clip(np.rint(data * 32767), -32768, 32767).astype("<i2").tobytes())
    return path


def ignore(_share: float) -> None:
    """Nobody to tell."""


@pytest.mark.parametrize("late_s", [0.0, 1.234, 20.5])
def test_a_track_that_began_later_is_put_in_its_place(tmp_path: Path, late_s: float) -> None:
    """The offset between two recorders is found within 5 ms."""
    host, guest = talk()
    paths = write(tmp_path / "h.wav", host), write(tmp_path / "g.wav", guest[round(late_s * RATE_HZ) :])
    found = align(paths, tmp_path / "mix.flac", ignore)
    assert found.offsets_ms == pytest.approx((0.0, late_s * 1000), abs=5)
    assert found.warnings == ()


def test_a_clock_that_runs_fast_is_slowed(tmp_path: Path) -> None:
    """A drift of 150 ppm is measured within 30 ppm."""
    host, guest = talk(150)
    drifted = np.interp(np.arange(len(guest)) * (1 - 1.5e-4), np.arange(len(guest)), guest)
    paths = write(tmp_path / "h.wav", host), write(tmp_path / "g.wav", drifted)
    found = align(paths, tmp_path / "mix.flac", ignore)
    assert found.drifts_ppm[1] == pytest.approx(150, abs=30)


def test_each_track_tells_who_speaks(tmp_path: Path) -> None:
    """The spans of a track are its own person's turns, not the bleed of the other's."""
    paths = tuple(
        write(tmp_path / name, samples) for name, samples in zip(("h.wav", "g.wav"), talk(), strict=True)
    )
    host, guest = align(paths, tmp_path / "mix.flac", ignore).tracks
    assert [round(item.start_ms / 1000) for item in host] == [12 * turn for turn in range(8)]
    assert [round(item.start_ms / 1000) for item in guest] == [12 * turn + 6 for turn in range(7)] + [
        90 - 0
    ] * (len(guest) - 7)
    assert all(abs(item.duration_ms - 5000) < 300 for item in host[:-1])


def test_tracks_that_share_nothing_start_together_and_that_is_said(tmp_path: Path) -> None:
    """Without shared sound nothing is shifted, and a sentence says so."""
    paths = write(tmp_path / "h.wav", voice(1, 60)), write(tmp_path / "g.wav", voice(2, 60))
    found = align(paths, tmp_path / "mix.flac", ignore)
    assert found.offsets_ms == (0.0, 0.0)
    assert "g.wav shares no sound with h.wav" in found.warnings[0]


def test_stereo_with_a_person_a_side_is_noticed(tmp_path: Path) -> None:
    """Host left and guest right are found in one stereo file; a mixed stereo file is left alone."""
    host, guest = talk()
    apart = (write(tmp_path / "apart.wav", host, guest),)
    mixed = (write(tmp_path / "mixed.wav", host + guest, 0.8 * (host + guest)),)
    heard = decode(probe(apart), apart, tmp_path / "a.s16", ignore)
    assert [len(spans) for spans in heard.tracks] == [8, 7]
    assert decode(probe(mixed), mixed, tmp_path / "b.s16", ignore).tracks == ()


def test_where_two_speak_the_longer_turn_has_the_time() -> None:
    """Exclusive turns never overlap; a short one inside a long one gives way, one at its edge is cut."""
    turns = [Turn("S1", span(0, 5000)), Turn("S2", span(2000, 2400)), Turn("S2", span(4800, 6000))]
    assert exclusive_of(turns) == (Turn("S1", span(0, 5000)), Turn("S2", span(5000, 6000)))
