"""What is measured on a recording and on its MP3 is what was put into them."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.quality import LONG_SILENCE_MS, measure
from chaitime_audio.domain.sound import Timeline, span

RATE = 44_100


def test_clipped_runs_are_found_where_they_are(tmp_path: Path, sounds) -> None:
    """A stretch at full scale is told with its time; loud sound below it is not."""
    sound = sounds.speech(10)
    sound *= 0.9 / np.abs(sound).max()
    sound[4 * RATE : 4 * RATE + 200] = 1.0
    path = sounds.write_wav(tmp_path / "a.wav", sound)
    report = measure((path,), 1, path)
    assert len(report.clipped) == 1
    assert report.clipped[0].overlap_ms(span(4000, 4005)) >= 3


def test_a_run_across_two_blocks_is_one(tmp_path: Path, sounds) -> None:
    """Where the stream is divided changes nothing."""
    sound = np.zeros(3 * RATE, dtype=np.float32)
    sound[(1 << 15) - 2 : (1 << 15) + 2] = 1.0
    path = sounds.write_wav(tmp_path / "a.wav", sound)
    assert len(measure((path,), 1, path).clipped) == 1


def test_curves_follow_a_step_and_silences_are_told(tmp_path: Path, sounds) -> None:
    """20 dB down is 20 LU down on the curve; only a pause of 3 s and more is a long silence."""
    loud = sounds.speech(10)
    sound = np.concatenate([loud, np.zeros(4 * RATE, np.float32), loud * 0.1])
    path = sounds.write_wav(tmp_path / "a.wav", sound, kind="f32")
    report = measure((path,), 1, path)
    curve = report.after.lufs
    assert curve == report.before.lufs
    assert np.median(curve[:7]) - np.median(curve[15:20]) == pytest.approx(20, abs=0.5)
    assert any(start <= 10_500 and end >= 13_500 for start, end in report.silences)
    assert all(end - start >= LONG_SILENCE_MS for start, end in report.silences)
    assert report.duration_ms == 24_000


def test_the_noise_floor_is_the_loudness_of_the_pauses(tmp_path: Path, sounds) -> None:
    """Hiss under the talk is told at its own loudness."""
    hiss = np.random.default_rng(1).standard_normal(20 * RATE).astype(np.float32) * 0.001
    talk = sounds.speech(20)
    for second in range(0, 20, 5):
        talk[second * RATE : (second + 1) * RATE] = 0
    path = sounds.write_wav(tmp_path / "a.wav", talk + hiss, kind="f32")
    alone = sounds.write_wav(tmp_path / "b.wav", hiss, kind="f32")
    assert measure((path,), 1, path).noise_floor_lufs == pytest.approx(
        measure((alone,), 1, alone).source.integrated_lufs, abs=1.5
    )


def test_the_envelope_is_where_the_sound_is(tmp_path: Path, sounds) -> None:
    """A tone in the third quarter stands in the third quarter of the envelope, to one piece."""
    sound = np.zeros(61 * RATE, dtype=np.float32)
    start, end = 30 * RATE, 45 * RATE
    sound[start:end] = np.sin(np.arange(end - start) * 0.1) * 0.5
    path = sounds.write_wav(tmp_path / "a.wav", sound)
    envelope = np.asarray(measure((path,), 1, path).envelope)
    loud = np.flatnonzero(envelope > 0.4)
    assert loud[0] / len(envelope) == pytest.approx(30 / 61, abs=2 / len(envelope))
    assert loud[-1] / len(envelope) == pytest.approx(45 / 61, abs=2 / len(envelope))


def test_each_voice_is_measured_in_both_clocks(tmp_path: Path, sounds) -> None:
    """A voice 20 dB down is told so before; after, in the MP3 behind an intro, at its own place."""
    one, two = sounds.speech(6), sounds.speech(6, 190, 3) * 0.1
    path = sounds.write_wav(tmp_path / "a.wav", np.concatenate([one, two]), kind="f32")
    made = sounds.write_wav(
        tmp_path / "b.wav", np.concatenate([np.zeros(2 * RATE, np.float32), one, two * 10]), kind="f32"
    )
    turns = (("S1", span(0, 6000)), ("S2", span(6000, 12_000)))
    first, second = measure((path,), 1, made, turns, Timeline(intro_ms=2000)).voices
    assert first.before_lufs - second.before_lufs == pytest.approx(20, abs=3)
    assert first.after_lufs - second.after_lufs == pytest.approx(0, abs=3)
    assert first.after_lufs == pytest.approx(first.before_lufs, abs=0.2)


def test_a_silent_file_is_one_long_silence(tmp_path: Path, sounds) -> None:
    """Where nobody speaks at all there is no talk to be quieter than; it is silence all the same."""
    path = sounds.write_wav(tmp_path / "a.wav", np.zeros(8 * RATE, np.float32))
    ((start, end),) = measure((path,), 1, path).silences
    assert (start, end) == (0, 8000)


def test_a_pause_full_of_room_noise_is_a_silence(tmp_path: Path, sounds) -> None:
    """Levelling raises the noise of a room; a pause in which only that is heard is told all the same."""
    loud = sounds.speech(10)
    hiss = np.random.default_rng(2).standard_normal(6 * RATE).astype(np.float32)
    hiss *= float(np.sqrt(np.mean(loud**2) / np.mean(hiss**2))) * 10 ** (-32 / 20)
    path = sounds.write_wav(tmp_path / "a.wav", np.concatenate([loud, hiss, loud]), kind="f32")
    report = measure((path,), 1, path)
    distance = report.source.integrated_lufs - float(np.median(report.after.lufs[11:13]))
    assert 25 < distance < 30
    ((start, end),) = report.silences
    assert start == pytest.approx(10_000, abs=600)
    assert end == pytest.approx(16_000, abs=300)
