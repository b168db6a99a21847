"""A bed lies under the beginning of the talk: softer under speech, gone where it ends, the talk untouched."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe, probe_clip
from chaitime_audio.domain.sound import Master, MixPlan, span
from chaitime_audio.errors import ConfigError

RATE = 44_100
PITCH_HZ = 3000.0
SPEECH = (("S1", span(3_000, 6_000)), ("S2", span(9_000, 12_000)))


@pytest.fixture
def mastered(tmp_path: Path, silent, sounds):
    """Master speech with a bed of one high tone; returns what is claimed and what is heard."""

    def run(bed_s: float = 8.0, speech=SPEECH, **plan) -> tuple[Master, np.ndarray]:
        talk = np.zeros(14 * RATE, dtype=np.float32)
        for index, (_, where) in enumerate(speech):
            voice = sounds.speech(where.duration_ms / 1000, 120 + 60 * index, index)
            talk[where.start_ms * RATE // 1000 :][: len(voice)] = voice
        path = sounds.write_wav(tmp_path / "talk.wav", talk)
        clip = None
        if bed_s:
            tone = np.sin(2 * np.pi * PITCH_HZ * np.arange(round(bed_s * RATE)) / RATE) * 0.3
            clip = probe_clip(sounds.write_wav(tmp_path / "bed.wav", tone.astype(np.float32)))
        target = tmp_path / "master.mp3"
        mix = MixPlan(speaker_spans=speech, bed=clip, **plan)
        master = Engine(trim=False).master(probe((path,), "single"), (path,), mix, target, silent)
        return master, sounds.pcm(target)[:, 0]

    return run


def tone_db(sound: np.ndarray, start_s: float, end_s: float) -> float:
    """Level of the bed's tone in a stretch, in dB."""
    piece = sound[round(start_s * RATE) : round(end_s * RATE)]
    wave = np.exp(-2j * np.pi * PITCH_HZ * np.arange(len(piece)) / RATE)
    return float(20 * np.log10(np.abs(np.mean(piece * wave)) + 1e-9))


def test_music_goes_down_while_somebody_speaks(mastered) -> None:
    """Eight decibels and more between a pause and speech."""
    _, heard = mastered(bed_s=12.0)
    assert tone_db(heard, 1.0, 2.5) - tone_db(heard, 4.0, 5.5) > 8
    assert tone_db(heard, 7.0, 8.5) - tone_db(heard, 4.0, 5.5) > 8


def test_it_ends_with_its_clip_and_never_before_the_talk(mastered) -> None:
    """After the bed there is none of it; the MP3 is as long as without."""
    master, heard = mastered(bed_s=8.0)
    assert tone_db(heard, 8.2, 9.0) < tone_db(heard, 7.0, 7.5) - 30
    assert master.duration_ms == 14_000
    longer, _ = mastered(bed_s=40.0)
    assert longer.duration_ms == 14_000


def test_it_fades_in_and_out(mastered) -> None:
    """The first and the last tenth of a second are far below the middle."""
    _, heard = mastered(bed_s=8.0)
    middle = tone_db(heard, 1.0, 2.5)
    assert tone_db(heard, 0.0, 0.05) < middle - 12
    assert tone_db(heard, 7.9, 7.98) < middle - 12


def test_it_stays_down_in_a_short_pause(mastered) -> None:
    """Half a second between two turns does not bring the music up."""
    turns = (("S1", span(3_000, 6_000)), ("S2", span(6_500, 9_500)))
    _, heard = mastered(12.0, turns)
    assert tone_db(heard, 6.05, 6.45) < tone_db(heard, 1.0, 2.5) - 7


def test_a_cut_moves_speech_under_the_bed(mastered) -> None:
    """With the first two seconds cut, the music goes down two seconds earlier."""
    _, heard = mastered(12.0, cuts=(span(0, 2_000),))
    assert tone_db(heard, 0.4, 0.7) - tone_db(heard, 2.0, 3.5) > 7


def test_with_an_intro_the_bed_begins_behind_it(mastered, tmp_path: Path, sounds) -> None:
    """It lies under the talk, not under the intro."""
    noise = (np.random.default_rng(1).standard_normal(2 * RATE) * 0.05).astype(np.float32)
    intro = probe_clip(sounds.write_wav(tmp_path / "intro.wav", noise))
    master, heard = mastered(bed_s=8.0, intro=intro)
    assert master.intro_ms == 2_000
    assert tone_db(heard, 3.0, 4.5) > tone_db(heard, 0.5, 1.5) + 10


def test_loudness_holds_with_a_bed(mastered) -> None:
    """The MP3 is at the target, music included."""
    master, _ = mastered(bed_s=13.0)
    assert master.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert master.loudness.true_peak_dbtp <= -1.0


def test_a_bed_that_is_too_long_is_refused(tmp_path: Path, silent, sounds) -> None:
    """What is longer than five minutes is no bed; that is one line, and no MP3 appears."""
    quiet = np.zeros(301 * 8000, dtype=np.float32)
    plan = MixPlan(bed=probe_clip(sounds.write_wav(tmp_path / "long.wav", quiet, 8000)))
    path = sounds.write_wav(tmp_path / "talk.wav", sounds.speech(2))
    with pytest.raises(ConfigError, match="longer than five minutes"):
        Engine().master(probe((path,), "single"), (path,), plan, tmp_path / "m.mp3", silent)
    assert not (tmp_path / "m.mp3").exists()
