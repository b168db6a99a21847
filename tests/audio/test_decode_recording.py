"""From any recording to 16 kHz mono: lengths from samples, channels mended, damage survived and told."""

from __future__ import annotations

import errno
import subprocess
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.ffmpeg import ffmpeg_path
from chaitime_audio.audio.probe import probe, probe_clip
from chaitime_audio.domain.sound import Decoded
from chaitime_audio.errors import DestinationError, InputRefusedError, UsageError


@pytest.fixture
def heard(tmp_path: Path, silent):
    """Decode files; returns the value and the samples as float."""

    def run(*paths: Path, force: bool = False) -> tuple[Decoded, np.ndarray]:
        target = tmp_path / "work" / "decoded.s16"
        recording = probe(paths, "parts" if len(paths) > 1 else "single")
        decoded = decode(recording, paths, target, silent, force)
        samples = np.frombuffer(target.read_bytes(), "<i2")
        assert len(samples) == decoded.sample_count
        assert decoded.sha256 == sha256(target.read_bytes()).hexdigest()
        assert [item.name for item in target.parent.iterdir()] == [target.name]
        return decoded, samples / 32767

    return run


def rms(sound: np.ndarray) -> float:
    return float(np.sqrt(np.mean(np.square(sound, dtype=np.float64))))


@pytest.mark.parametrize("rate", [8_000, 37_800, 44_100, 96_000])
def test_any_sample_rate_keeps_its_length(rate: int, tmp_path: Path, sounds, heard) -> None:
    """Two seconds are 32 000 samples at 16 kHz, whatever the rate was."""
    decoded, _ = heard(sounds.write_wav(tmp_path / "a.wav", sounds.speech(2, rate=rate), rate))
    assert abs(decoded.sample_count - 32_000) <= 2
    assert decoded.downmix == "mono"


@pytest.mark.parametrize(
    ("suffix", "arguments"),
    [
        ("flac", ()),
        ("mp3", ("-b:a", "64k")),
        ("m4a", ("-c:a", "aac")),
        ("ogg", ("-c:a", "libvorbis")),
        ("wav", ("-c:a", "pcm_s24le")),
        ("wav", ("-c:a", "pcm_u8")),
        ("mkv", ("-c:a", "pcm_s16le")),
        ("aiff", ()),
        ("au", ()),
        ("w64", ()),
    ],
)
def test_any_container_is_read_by_its_content(suffix, arguments, tmp_path: Path, sounds, heard) -> None:
    """The decoder decides what a file is; its name may say anything."""
    wav = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    made = sounds.convert(wav, tmp_path / f"b.{suffix}", *arguments)
    lying = made.rename(tmp_path / "lying.txt")
    decoded, samples = heard(lying)
    assert abs(decoded.duration_ms - 2000) < 60
    assert rms(samples) == pytest.approx(rms(sounds.speech(2)), rel=0.1)


def test_the_sound_of_a_video_is_taken(tmp_path: Path, sounds, heard) -> None:
    """Pictures are dropped: the first sound track is the recording."""
    wav = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    video = sounds.convert(
        wav, tmp_path / "b.mkv", "-f", "lavfi", "-i", "color=s=32x32:d=2", "-map", "1:v", "-map", "0:a"
    )
    decoded, _ = heard(video)
    assert probe((video,)).sources[0].channels == 1
    assert abs(decoded.duration_ms - 2000) < 60


def test_parts_follow_one_another(tmp_path: Path, sounds, heard) -> None:
    """Recorder splits are joined in order, also when rate and channels differ."""
    first = sounds.write_wav(tmp_path / "1.wav", sounds.speech(1.5) * 0.1)
    second = sounds.write_wav(
        tmp_path / "2.wav", np.stack([sounds.speech(2, rate=48_000)] * 2, axis=1), 48_000
    )
    decoded, samples = heard(first, second)
    assert abs(decoded.sample_count - 56_000) <= 4
    assert rms(samples[24_000:]) > 5 * rms(samples[:24_000])


@pytest.mark.parametrize(
    ("left", "right", "downmix", "level"),
    [
        (1.0, 1.0, "mix", 1.0),
        (1.0, 0.0, "left", 1.0),
        (0.0, 1.0, "right", 1.0),
        (1.0, -1.0, "flip", 1.0),
        (1.0, -0.8, "flip", 0.9),
    ],
)
def test_two_channels_become_one_without_loss(
    left, right, downmix, level, tmp_path: Path, sounds, heard
) -> None:
    """A copy, a dead channel and an upside-down channel all leave the voice as loud as it was."""
    voice = sounds.speech(2)
    path = sounds.write_wav(tmp_path / "a.wav", np.stack([voice * left, voice * right], axis=1))
    decoded, samples = heard(path)
    assert decoded.downmix == downmix
    assert rms(samples) == pytest.approx(level * rms(voice), rel=0.05)


def test_the_centre_of_surround_is_kept(tmp_path: Path, sounds, heard) -> None:
    """A voice in the centre of 5.1 stays a voice."""
    voice = sounds.speech(2)
    mono = sounds.write_wav(tmp_path / "a.wav", voice)
    surround = sounds.convert(mono, tmp_path / "b.flac", "-af", "pan=5.1|FC=c0")
    assert probe((surround,)).sources[0].channels == 6
    _, samples = heard(surround)
    assert rms(samples) > 0.25 * rms(voice)


def test_float_above_full_scale_is_scaled_not_clipped(tmp_path: Path, sounds, heard) -> None:
    """A float recording at eight times full scale keeps its shape."""
    voice = sounds.speech(2)
    _, samples = heard(sounds.write_wav(tmp_path / "a.wav", voice * (8 / np.abs(voice).max()), kind="f32"))
    _, plain = heard(sounds.write_wav(tmp_path / "b.wav", voice * (0.9 / np.abs(voice).max()), kind="f32"))
    assert np.mean(np.abs(samples) > 0.999) < 1e-3
    assert np.corrcoef(samples, plain)[0, 1] > 0.999


def test_numbers_that_are_none_are_silenced_and_told(tmp_path: Path, sounds, heard) -> None:
    """NaN and infinity cost a moment of silence, not the recording."""
    voice = sounds.speech(2).copy()
    voice[50_000:50_010] = np.nan
    voice[60_000] = np.inf
    decoded, samples = heard(sounds.write_wav(tmp_path / "a.wav", voice, kind="f32"))
    assert "not numbers" in " ".join(decoded.warnings)
    assert rms(samples) == pytest.approx(rms(sounds.speech(2)), rel=0.1)


@pytest.mark.parametrize(("kept", "fine"), [(0.9, True), (0.5, False)])
def test_a_cut_short_file_is_told_or_refused(tmp_path: Path, sounds, heard, kept: float, fine: bool) -> None:
    """Length is what decodes; that a header promised more is said, and over a fifth less is refused."""
    wav = sounds.write_wav(tmp_path / "a.wav", sounds.speech(8))
    flac = sounds.convert(wav, tmp_path / "a.flac")
    flac.write_bytes(flac.read_bytes()[: int(flac.stat().st_size * kept)])
    if not fine:
        with pytest.raises(InputRefusedError, match=r"cut short: it claims 8 s and holds . s; --force takes"):
            heard(flac)
    decoded, _ = heard(flac, force=not fine)
    assert 8000 * (kept - 0.2) < decoded.duration_ms < 8000 * (kept + 0.1)
    assert "cut short" in " ".join(decoded.warnings)


def test_a_second_stream_is_told(tmp_path: Path, sounds, heard) -> None:
    """Of a file with several sound streams the first one is taken, and that is said."""
    one = sounds.write_wav(tmp_path / "one.wav", sounds.speech(2))
    both = tmp_path / "both.mkv"
    inputs = ["-i", str(one), "-i", str(one), "-map", "0:a", "-map", "1:a"]
    subprocess.run([str(ffmpeg_path()), "-v", "error", *inputs, str(both)], check=True)
    assert "holds 2 sound streams; the first one was taken" in " ".join(heard(both)[0].warnings)


def test_a_whole_file_warns_of_nothing(tmp_path: Path, sounds, heard) -> None:
    """Warnings mean something."""
    wav = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    assert heard(wav)[0].warnings == ()
    assert heard(sounds.convert(wav, tmp_path / "a.mp3"))[0].warnings == ()


def test_silence_on_both_channels_is_silence(tmp_path: Path, sounds, heard) -> None:
    """Nothing is not amplified, and not an error here."""
    decoded, samples = heard(sounds.write_wav(tmp_path / "a.wav", np.zeros((88_200, 2))))
    assert abs(decoded.sample_count - 32_000) <= 2
    assert not samples.any()


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"Hello, this is no sound.\n" * 50, "not a recording"),
        (b"\x00" * 5000, "not a recording"),
    ],
)
def test_what_is_no_recording_is_refused(content: bytes, reason: str, tmp_path: Path) -> None:
    """Empty files, text and zeros behind a sound's name get one line that says so."""
    path = tmp_path / "interview.wav"
    path.write_bytes(content)
    with pytest.raises(InputRefusedError, match=reason) as caught:
        probe((path,))
    assert "\n" not in str(caught.value)
    assert path.read_bytes() == content


def test_a_picture_is_no_recording(tmp_path: Path, sounds) -> None:
    """A video without sound is refused by name."""
    wav = sounds.write_wav(tmp_path / "a.wav", sounds.speech(1))
    video = sounds.convert(wav, tmp_path / "b.mkv", "-f", "lavfi", "-i", "color=s=32x32:d=1", "-map", "1:v")
    with pytest.raises(InputRefusedError, match="no sound"):
        probe((video,))


def test_a_missing_file_is_a_wrong_name(tmp_path: Path) -> None:
    """What is not there is for the user to spell."""
    with pytest.raises(UsageError, match="there is no"):
        probe((tmp_path / "none.wav",))


@pytest.mark.parametrize("code", [errno.EIO, errno.EACCES])
def test_an_unreadable_file_is_one_line(code: int, tmp_path: Path, sounds, monkeypatch) -> None:
    """A disk error or a missing permission is told with the file's name; this holds for root too."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(1.2))
    opened = Path.open

    def broken(self: Path, *arguments, **options):
        if self == path:
            raise OSError(code, "the disk says no")
        return opened(self, *arguments, **options)

    monkeypatch.setattr(Path, "open", broken)
    with pytest.raises(InputRefusedError, match="the disk says no"):
        probe((path,))


@pytest.mark.parametrize("seconds", [0.05, 0.2, 0.95])
def test_under_a_second_nothing_can_be_made(seconds: float, tmp_path: Path, sounds, silent) -> None:
    """Too short a recording is refused and leaves nothing behind."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(seconds))
    target = tmp_path / "work" / "decoded.s16"
    with pytest.raises(InputRefusedError, match="shorter than a second"):
        decode(probe((path,)), (path,), target, silent)
    assert not list(target.parent.iterdir())


@pytest.mark.parametrize("channels", [1, 2])
def test_a_destination_that_cannot_be_is_said(channels: int, tmp_path: Path, sounds, silent) -> None:
    """Below a regular file nothing can be written; this holds for root too."""
    path = sounds.write_wav(tmp_path / "a.wav", np.stack([sounds.speech(1.2)] * channels, axis=1))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DestinationError, match="cannot write"):
        decode(probe((path,)), (path,), tmp_path / "file" / "decoded.s16", silent)


def test_the_source_is_never_touched(tmp_path: Path, sounds, heard) -> None:
    """Probing and decoding only read."""
    path = sounds.write_wav(tmp_path / "a.wav", np.stack([sounds.speech(2)] * 2, axis=1))
    before = (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns)
    heard(path)
    assert (sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns) == before


def test_the_length_of_a_clip_is_counted(tmp_path: Path, sounds) -> None:
    """An intro of five seconds is five seconds, also as MP3 with its encoder's delay."""
    wav = sounds.write_wav(tmp_path / "intro.wav", sounds.speech(5))
    assert probe_clip(wav).duration_ms == 5000
    assert probe_clip(sounds.convert(wav, tmp_path / "intro.mp3")).duration_ms == 5000
