"""M4A, FLAC and WAV beside the MP3: the same programme, held to the same promises."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest
from mutagen.flac import FLAC
from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.mastering.chain import extra_formats
from chaitime_audio.audio.mastering.chain.encode import DecodedMeasurement
from chaitime_audio.audio.mastering.chain.extra_formats import Programme, pressed_extras
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.probe import probe
from chaitime_audio.domain.sound import Loudness, Master, MixPlan
from chaitime_audio.errors import DestinationError
from chaitime_audio.project.files import file_sha256

RATE = 44_100
AAC_FRAME = 1024
ALL = ("m4a", "flac", "wav")


@pytest.fixture
def mastered(tmp_path: Path, sounds, silent):
    """Master a sound with every format and return what is claimed, and where the MP3 lies."""

    def run(sound: np.ndarray, **options) -> tuple[Master, Path]:
        path = sounds.write_wav(tmp_path / "in.wav", sound, RATE, "f32")
        target = tmp_path / "facts" / "master.mp3"
        engine = Engine(**{"extra_formats": ALL, **options})
        return engine.master(probe((path,), "single"), (path,), MixPlan(), target, silent), target

    return run


def bursts(sounds) -> np.ndarray:
    """Clicks and hiss between words: what an AAC encoder overshoots on."""
    sound = sounds.speech(12) * 3
    noise = np.random.default_rng(3).standard_normal(len(sound)).astype(np.float32)
    return sound + noise * (np.arange(len(sound)) % 9000 < 90)


def stereo(sounds) -> np.ndarray:
    """Two different voices that overlap in both ears."""
    one, two = sounds.speech(12), sounds.speech(12, 190, 5)
    return np.stack([one + 0.6 * two, two + 0.6 * one], axis=1)


PROGRAMMES = {
    "plain talk": lambda sounds: sounds.speech(12),
    "clipped": lambda sounds: np.clip(sounds.speech(12) * 40, -1, 1),
    "bursts": bursts,
    "stereo": stereo,
}


@pytest.mark.parametrize("name", PROGRAMMES)
def test_each_format_holds_what_the_mp3_holds(name: str, sounds, mastered) -> None:
    """Within 0.5 LU of the target, at or below -1 dBTP, as long as the MP3, in step with it."""
    master, mp3 = mastered(PROGRAMMES[name](sounds), channels="stereo" if name == "stereo" else "auto")
    spoken = sounds.pcm(mp3, master.channels)
    assert [extra.name for extra in master.extras] == list(ALL)
    assert master.warnings == ()
    for extra in master.extras:
        path = mp3.with_suffix(f".{extra.name}")
        decoded = sounds.pcm(path, master.channels)
        heard = pyloudnorm.Meter(RATE).integrated_loudness(decoded.astype(np.float64))
        assert heard == pytest.approx(-16, abs=0.5), extra.name
        assert extra.loudness.integrated_lufs == pytest.approx(heard, abs=0.2)
        assert extra.loudness.true_peak_dbtp <= -1.0, extra.name
        assert abs(len(decoded) - len(spoken)) <= AAC_FRAME, extra.name
        assert abs(shift(spoken[:, 0], decoded[:, 0])) <= 2, extra.name
        assert (extra.sha256, extra.size_bytes) == (file_sha256(path), path.stat().st_size)


def shift(one: np.ndarray, two: np.ndarray) -> int:
    """By how many frames two sounds are apart, from their cross-correlation."""
    count = min(len(one), len(two), 1 << 18)
    spectrum = np.fft.rfft(one[:count], 2 * count) * np.conj(np.fft.rfft(two[:count], 2 * count))
    best = int(np.argmax(np.fft.irfft(spectrum)))
    return best if best < count else best - 2 * count


def test_flac_and_wav_are_24_bit_and_the_same_sound(sounds, mastered) -> None:
    """Nothing is lost between the two, at 44.1 kHz."""
    _, mp3 = mastered(sounds.speech(6))
    flac, wav = FLAC(mp3.with_suffix(".flac")).info, WAVE(mp3.with_suffix(".wav")).info
    assert (flac.bits_per_sample, flac.sample_rate, wav.bits_per_sample, wav.sample_rate) == (
        24,
        RATE,
        24,
        RATE,
    )
    assert np.array_equal(sounds.pcm(mp3.with_suffix(".flac")), sounds.pcm(mp3.with_suffix(".wav")))


def test_an_m4a_is_aac_lc_that_plays_while_it_loads(sounds, mastered) -> None:
    """AAC-LC, mono at about 96 kbit/s, its index in front of the sound."""
    _, mp3 = mastered(sounds.speech(30))
    info = MP4(mp3.with_suffix(".m4a")).info
    assert info.codec == "mp4a.40.2"
    assert 70_000 < info.bitrate < 125_000
    data = mp3.with_suffix(".m4a").read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")


def test_the_mp3_is_the_same_with_and_without(sounds, mastered) -> None:
    """What is made besides it changes nothing, and goes when it is no longer asked for."""
    sound = sounds.speech(6)
    with_all, target = mastered(sound)
    without, _ = mastered(sound, extra_formats=())
    assert with_all.sha256 == without.sha256
    assert without.extras == ()
    assert [path.name for path in target.parent.iterdir()] == ["master.mp3"]


def test_silence_is_left_alone(mastered) -> None:
    """Nothing is made louder without end."""
    master, _ = mastered(np.zeros(3 * RATE, dtype=np.float32))
    assert {extra.loudness.integrated_lufs for extra in master.extras} == {-70.0}


class Ears:
    """Hears true peaks as told, one after the other, and notes how loud the sound was meant to be."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch, *peaks_dbtp: float) -> None:
        self.peaks, self.highest = list(peaks_dbtp), list[float]()
        monkeypatch.setattr(extra_formats, "listen", self.listen)

    def listen(self, path: Path, channels: int, _near: float) -> DecodedMeasurement:
        real = np.frombuffer(
            b"".join(ffmpeg.stream(["-i", ffmpeg.output_of(path), "-f", "f32le", "-ac", str(channels)])),
            "<f4",
        )
        self.highest.append(float(np.abs(real).max()))
        peak = self.peaks.pop(0)
        return DecodedMeasurement(Loudness(-16.0, peak, 1.0), len(real), {20: 10 ** (peak / 20)})


def loud(seconds: float = 1.0) -> Programme:
    """A tone that reaches its ceiling everywhere."""
    tone = np.sin(np.arange(round(seconds * RATE)) * 0.05).astype(np.float32)[:, None]
    return Programme(lambda: iter([tone]), 1, 0.0, np.full(100, 0.8), (-16.0, -1.0))


def test_one_that_is_too_hot_is_encoded_again_lower(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As long as it is above the limit, at most five times; what was measured last is kept."""
    ears = Ears(monkeypatch, 0.5, 0.2, -0.2, -1.4)
    files, warnings = pressed_extras(loud(), ("wav",), tmp_path / "master.mp3")
    assert ears.highest[-1] < 0.95 * ears.highest[0]
    assert files[0].loudness.true_peak_dbtp == -1.4
    assert warnings == ()


def test_one_that_stays_too_hot_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """After five attempts it is published as it is, with a sentence that says how to mend it."""
    Ears(monkeypatch, 0.7, 0.6, 0.5, 0.4, 0.3)
    files, warnings = pressed_extras(loud(), ("m4a",), tmp_path / "master.mp3")
    assert len(files) == 1
    assert re.search(r"m4a.*0\.3 dBTP.*audio\.true_peak_dbtp", warnings[0])


def test_a_failed_write_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """No half file; the error says which and where."""
    (tmp_path / "master.wav").write_bytes(b"before")

    def broken(*_arguments: object) -> None:
        raise ffmpeg.FfmpegError("No space left on device")

    monkeypatch.setattr(ffmpeg, "sink", broken)
    with pytest.raises(DestinationError, match=r"wav.*No space left"):
        pressed_extras(loud(), ("wav",), tmp_path / "master.mp3")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("master.wav", b"before")]
