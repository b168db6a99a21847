"""Intro and outro: joined by pydub on PCM, the talk shifted by exactly what is said."""

from __future__ import annotations

import subprocess
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.mastering.chain.clips import (
    array_of,
    framed,
    levelled_clip,
    offset_frames,
    segment_of,
)
from chaitime_audio.audio.mastering.chain.meter import Meter, integrated
from chaitime_audio.audio.probe import probe_clip
from chaitime_audio.domain.sound import Clip
from chaitime_audio.errors import ConfigError

RATE = 44_100


@pytest.fixture
def jingle(tmp_path: Path, sounds) -> Path:
    time = np.arange(5 * RATE) / RATE
    return sounds.write_wav(tmp_path / "intro.wav", 0.05 * np.sin(2 * np.pi * 440 * time))


@pytest.mark.parametrize("crossfade_ms", [0, 500, 1234])
def test_the_talk_begins_where_it_is_said_to(crossfade_ms: int, jingle: Path, sounds) -> None:
    """Without a crossfade the talk starts after the whole clip; with one, earlier by what overlaps."""
    talk = sounds.speech(6)[:, None]
    intro = levelled_clip(probe_clip(jingle), 1, -16.0)
    out = np.concatenate(list(framed(iter([talk]), (intro, None), len(talk), crossfade_ms)))
    begins = offset_frames(intro, len(talk), crossfade_ms)
    assert begins == 5 * RATE - crossfade_ms // 10 * 441
    assert len(out) == begins + len(talk)
    later = slice(2 * RATE, 6 * RATE)
    np.testing.assert_allclose(out[begins:][later], talk[later], atol=1e-3)


def test_an_outro_follows(jingle: Path, sounds) -> None:
    """Intro, talk and outro add up; the talk between them is as it was."""
    talk = sounds.speech(4)[:, None]
    clip = levelled_clip(probe_clip(jingle), 1, -16.0)
    out = np.concatenate(list(framed(iter([talk[:100], talk[100:]]), (clip, clip), len(talk), 0)))
    assert len(out) == 14 * RATE
    np.testing.assert_allclose(out[6 * RATE : 8 * RATE], talk[RATE : 3 * RATE], atol=1e-3)


def test_a_clip_is_as_loud_as_the_talk(jingle: Path) -> None:
    """Music in front of a talk does not make anybody reach for the volume."""
    clip = levelled_clip(probe_clip(jingle), 1, -16.0)
    meter = Meter(RATE)
    meter.add(clip.sound)
    assert integrated(meter.levels(((1.0, 0.0),)).energies) == pytest.approx(-16.0, abs=0.2)


def test_pydub_starts_no_program(jingle: Path, sounds, monkeypatch) -> None:
    """No program is started by pydub, which sees PCM: no ffmpeg or ffprobe on PATH is needed."""
    intro = levelled_clip(probe_clip(jingle), 1, -16.0)

    def refuse(*arguments, **options):
        raise AssertionError(f"a program was started: {arguments}")

    monkeypatch.setattr(subprocess, "Popen", refuse)
    monkeypatch.setenv("PATH", "")
    talk = sounds.speech(3)[:, None]
    assert list(framed(iter([talk]), (intro, intro), len(talk), 200))


def test_a_clip_that_cannot_be_is_the_configurations_fault(tmp_path: Path) -> None:
    """A broken intro names itself and counts as a wrong setting, not as a bad recording."""
    path = tmp_path / "intro.wav"
    path.write_text("no sound")
    with pytest.raises(ConfigError, match=r"intro\.wav"):
        levelled_clip(Clip(str(path), "", 5000), 1, -16.0)
    with pytest.raises(ConfigError, match="five minutes"):
        levelled_clip(Clip(str(path), "", 10 * 60_000), 1, -16.0)


def test_pydub_does_not_narrow_the_sound() -> None:
    """What goes through pydub differs by less than -140 dB of full scale; 16 bits would leave -83."""
    quiet = np.random.default_rng(7).normal(0.0, 1e-3, (RATE, 2)).astype(np.float32)
    difference = array_of(segment_of(quiet), 2).astype(np.float64) - quiet
    assert 20 * np.log10(np.sqrt(np.mean(difference**2)) + 1e-30) < -140
