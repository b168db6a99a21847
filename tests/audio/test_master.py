"""The finished MP3: what is promised is measured on the decoded file, by two meters that are not ours."""

from __future__ import annotations

import shutil
from hashlib import sha256
from pathlib import Path

import numpy as np
import pyloudnorm
import pytest

from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.audio.mastering.ffmpeg import Engine
from chaitime_audio.audio.mastering.standin import Engine as StandIn
from chaitime_audio.audio.probe import probe, probe_clip
from chaitime_audio.domain.sound import Master, MixPlan, Timeline, span
from chaitime_audio.errors import DestinationError, InputRefusedError, UsageError

RATE = 44_100


@pytest.fixture
def mastered(tmp_path: Path, silent):
    """Master files and return what is claimed, and where the MP3 lies."""

    def run(*paths: Path, plan: MixPlan | None = None, **options) -> tuple[Master, Path]:
        target = tmp_path / "facts" / "master.mp3"
        recording = probe(paths, "parts" if len(paths) > 1 else "single")
        master = Engine(**options).master(recording, paths, plan or MixPlan(), target, silent)
        assert [item.name for item in target.parent.iterdir()] == ["master.mp3"]
        return master, target

    return run


def dynamic(sounds) -> np.ndarray:
    """Whispering and shouting in turns."""
    return np.concatenate([sounds.speech(3, seed=i) * 10 ** (-(i % 2) * 30 / 20) for i in range(6)])


def clipped(sounds) -> np.ndarray:
    """Recorded far too hot."""
    return np.clip(sounds.speech(12) * 40, -1, 1)


def music_and_talk(sounds) -> np.ndarray:
    """A loud chord before and after a softer voice."""
    time = np.arange(4 * RATE) / RATE
    chord = sum(np.sign(np.sin(2 * np.pi * pitch * time)) for pitch in (220, 277, 330)) * 0.2
    return np.concatenate([chord, sounds.speech(10) * 0.2, chord])


def one_far_away(sounds) -> np.ndarray:
    """The second voice 20 dB down."""
    return np.concatenate([sounds.speech(7), sounds.speech(7, 190, 3) * 0.1, sounds.speech(4)])


PROGRAMMES = {
    "very dynamic": (dynamic, RATE),
    "very quiet": (lambda sounds: sounds.speech(12) * 10 ** (-26 / 20), RATE),
    "clipped": (clipped, RATE),
    "music and talk": (music_and_talk, RATE),
    "one 20 dB down": (one_far_away, RATE),
    "telephone": (lambda sounds: sounds.speech(12, rate=8000), 8000),
    "plain talk": (lambda sounds: sounds.speech(12), RATE),
}
TWO = (("S1", span(0, 7000)), ("S2", span(7000, 14_000)), ("S1", span(14_000, 18_000)))


@pytest.mark.parametrize("name", PROGRAMMES)
def test_loudness_and_true_peak_hold_on_the_decoded_mp3(name: str, tmp_path: Path, sounds, mastered) -> None:
    """-16 LUFS within 0.5 LU and at most -1.0 dBTP, by pyloudnorm and by ffmpeg, for any programme."""
    make, rate = PROGRAMMES[name]
    path = sounds.write_wav(tmp_path / "a.wav", make(sounds), rate, "f32")
    plan = MixPlan(speaker_spans=TWO) if name == "one 20 dB down" else MixPlan()
    master, mp3 = mastered(path, plan=plan)
    decoded = sounds.pcm(mp3)
    assert pyloudnorm.Meter(RATE).integrated_loudness(decoded.astype(np.float64)) == pytest.approx(
        -16, abs=0.5
    )
    assert master.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)
    assert master.loudness.true_peak_dbtp <= -1.0
    assert np.abs(decoded).max() < 10 ** (-1 / 20)


def test_the_mp3_is_what_hosts_and_players_want(tmp_path: Path, sounds, mastered) -> None:
    """44.1 kHz, constant 96 kbit/s mono, a LAME header, no tag, a length counted from samples."""
    import mutagen

    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(5.5))
    master, mp3 = mastered(path)
    found = mutagen.File(mp3)
    assert (found.info.sample_rate, found.info.channels) == (44_100, 1)
    assert found.info.bitrate == pytest.approx(96_000, abs=10)
    assert found.info.bitrate_mode == mutagen.mp3.BitrateMode.CBR
    assert b"Info" in mp3.read_bytes()[:200]
    assert found.tags is None
    assert master.duration_ms == 5500 == len(sounds.pcm(mp3)) * 1000 // RATE
    assert master.sha256 == sha256(mp3.read_bytes()).hexdigest()
    assert master.size_bytes == mp3.stat().st_size


def test_the_header_tells_players_the_exact_length(tmp_path: Path, sounds, mastered) -> None:
    """Frames less the encoder's delay and padding, as the LAME header has them, are the samples decoded."""
    _, mp3 = mastered(sounds.write_wav(tmp_path / "a.wav", sounds.speech(2.345)))
    data = mp3.read_bytes()
    header = data[data.index(b"Info") :]
    delay, padding = header[141] << 4 | header[142] >> 4, (header[142] & 15) << 8 | header[143]
    assert delay
    assert int.from_bytes(header[8:12]) * 1152 - delay - padding == len(sounds.pcm(mp3))


@pytest.mark.parametrize("name", ["plain talk", "very dynamic", "telephone"])
def test_one_encoding_is_enough(name: str, tmp_path: Path, sounds, mastered, monkeypatch) -> None:
    """What the limiter leaves is foretold, or tried without an encoder where it cannot be."""
    from chaitime_audio.audio.mastering.chain import passes

    encodings = []
    monkeypatch.setattr(passes, "encode", lambda *given: (encodings.append(given), encode(*given)))
    make, rate = PROGRAMMES[name]
    master, _ = mastered(sounds.write_wav(tmp_path / "a.wav", make(sounds), rate, "f32"))
    assert len(encodings) == 1
    assert master.loudness.integrated_lufs == pytest.approx(-16, abs=0.2)


def test_less_than_a_block_of_loudness_is_left_as_it_is(tmp_path: Path, sounds, mastered) -> None:
    """A third of a second has no loudness by the standard; it is mastered once, and is no error."""
    master, _ = mastered(sounds.write_wav(tmp_path / "a.wav", sounds.speech(0.5)[-RATE // 3 :]))
    assert master.duration_ms == 333
    assert master.loudness.true_peak_dbtp <= -1.0


def test_the_same_recording_gives_the_same_bytes(tmp_path: Path, sounds, mastered) -> None:
    """Mastering depends on nothing but its inputs."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(3))
    assert mastered(path)[0] == mastered(path)[0]


def test_two_voices_end_equally_loud(tmp_path: Path, sounds, mastered) -> None:
    """A guest 20 dB down is within 1.5 LU of the host in the finished MP3."""
    path = sounds.write_wav(tmp_path / "a.wav", one_far_away(sounds))
    decoded = sounds.pcm(mastered(path, plan=MixPlan(speaker_spans=TWO))[1]).astype(np.float64)
    meter = pyloudnorm.Meter(RATE)
    host, guest = decoded[: 7 * RATE], decoded[7 * RATE : 14 * RATE]
    assert abs(meter.integrated_loudness(host) - meter.integrated_loudness(guest)) < 1.5


def test_an_intro_shifts_the_talk_by_its_length(tmp_path: Path, sounds, mastered) -> None:
    """Five seconds of intro move the talk by five seconds, found in the sound itself."""
    talk = sounds.speech(6)
    path = sounds.write_wav(tmp_path / "a.wav", talk)
    jingle = 0.1 * np.sin(2 * np.pi * 440 * np.arange(5 * RATE) / RATE)
    clip = probe_clip(sounds.write_wav(tmp_path / "intro.wav", jingle))
    master, mp3 = mastered(path, plan=MixPlan(intro=clip, outro=clip))
    assert master.intro_ms == 5000
    assert master.duration_ms == 16_000
    assert abs(_found_at(talk[2 * RATE : 4 * RATE], sounds.pcm(mp3)) - 7 * RATE) < RATE * 5 // 1000


def test_a_cut_moves_what_follows_as_the_timeline_says(tmp_path: Path, sounds, mastered) -> None:
    """Published time from the master's own cuts is right within 5 ms against the sound."""
    talk = sounds.speech(9)
    path = sounds.write_wav(tmp_path / "a.wav", talk)
    master, mp3 = mastered(path, plan=MixPlan(cuts=(span(2000, 4500),)))
    timeline = Timeline(master.intro_ms, master.cuts)
    published = timeline.published(span(6000, 6000).start_ms)
    assert (
        abs(_found_at(talk[6 * RATE : 8 * RATE], sounds.pcm(mp3)) - published * RATE / 1000)
        < RATE * 5 // 1000
    )
    assert abs(master.duration_ms - 6500) <= 25


def test_parts_are_one_programme(tmp_path: Path, sounds, mastered) -> None:
    """Recorder splits become one MP3, as long as all of them."""
    one = sounds.write_wav(tmp_path / "1.wav", sounds.speech(3))
    two = sounds.write_wav(tmp_path / "2.wav", sounds.speech(4, rate=48_000), 48_000)
    assert mastered(one, two)[0].duration_ms == 7000


@pytest.mark.parametrize(
    ("right", "wanted", "channels"),
    [
        ("same", "auto", 1),
        ("apart", "auto", 1),
        ("wide", "auto", 2),
        ("wide", "mono", 1),
        ("same", "stereo", 2),
    ],
)
def test_stereo_only_where_it_is_one(right, wanted, channels, tmp_path: Path, sounds, mastered) -> None:
    """A copy of one channel, and one person per ear, become mono; a sound with width stays stereo."""
    left = sounds.speech(8)
    other = sounds.speech(8, 190, seed=7)
    alone = (np.arange(len(left)) // (2 * RATE)) % 2 == 0
    pairs = {
        "same": (left, left),
        "apart": (left * alone + 0.05 * other * ~alone, other * ~alone + 0.05 * left * alone),
        "wide": (0.7 * left + 0.7 * other, 0.9 * left - 0.3 * other),
    }
    path = sounds.write_wav(tmp_path / "a.wav", np.stack(pairs[right], axis=1))
    master, _ = mastered(path, channels=wanted)
    assert master.channels == channels
    assert master.bit_rate_kbps == (96 if channels == 1 else 128)
    assert master.loudness.integrated_lufs == pytest.approx(-16, abs=0.5)


def test_an_upside_down_channel_does_not_silence_the_mp3(tmp_path: Path, sounds, mastered) -> None:
    """Stereo with one channel inverted is heard in full."""
    voice = sounds.speech(5)
    master, mp3 = mastered(sounds.write_wav(tmp_path / "a.wav", np.stack([voice, -voice], axis=1)))
    assert master.channels == 1
    decoded = sounds.pcm(mp3)[:, 0]
    assert abs(np.corrcoef(decoded[: len(voice)], voice[: len(decoded)])[0, 1]) > 0.8


def test_silence_is_not_amplified(tmp_path: Path, sounds, mastered) -> None:
    """A recording of nothing stays nothing."""
    hiss = np.random.default_rng(0).standard_normal(3 * RATE) * 2e-4
    master, mp3 = mastered(sounds.write_wav(tmp_path / "a.wav", hiss, kind="f32"))
    assert np.abs(sounds.pcm(mp3)).max() < 0.01
    assert master.loudness.integrated_lufs < -60


@pytest.mark.parametrize("target", [-19.0, -23.0])
def test_another_target_is_met(target: float, tmp_path: Path, sounds, mastered) -> None:
    """The target is a setting, and so is the bit rate."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(6))
    master, _ = mastered(path, target_lufs=target, bit_rate_kbps=128, true_peak_dbtp=-2.0)
    assert master.loudness.integrated_lufs == pytest.approx(target, abs=0.5)
    assert master.loudness.true_peak_dbtp <= -2.0
    assert master.bit_rate_kbps == 128


def test_it_needs_no_ffmpeg_on_path(tmp_path: Path, sounds, mastered, monkeypatch) -> None:
    """Intro and all, with an empty PATH: the ffmpeg that came with the package serves."""
    from chaitime_audio.audio import ffmpeg

    monkeypatch.setenv("PATH", "")
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", ffmpeg.ffmpeg_path.__wrapped__)
    assert shutil.which("ffmpeg") is None
    clip = probe_clip(sounds.write_wav(tmp_path / "intro.wav", sounds.speech(1.5)))
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    assert mastered(path, plan=MixPlan(intro=clip))[0].duration_ms == 3500


@pytest.mark.parametrize("engine", [Engine(), StandIn()])
def test_a_failure_leaves_the_old_mp3(engine, tmp_path: Path, sounds, silent) -> None:
    """A recording that turns out broken, or a destination that cannot be, costs nothing that was there."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    recording = probe((path,))
    target = tmp_path / "facts" / "master.mp3"
    target.parent.mkdir()
    target.write_bytes(b"yesterday's")
    path.write_bytes(b"broken since")
    with pytest.raises(InputRefusedError, match=r"a\.wav"):
        engine.master(recording, (path,), MixPlan(), target, silent)
    assert [item.read_bytes() for item in target.parent.iterdir()] == [b"yesterday's"]
    sounds.write_wav(path, sounds.speech(2))
    with pytest.raises(DestinationError, match="cannot write"):
        engine.master(recording, (path,), MixPlan(), target / "below.mp3", silent)


@pytest.mark.parametrize(
    ("said", "kind"),
    [("Unknown encoder 'libmp3lame'", UsageError), ("No space left on device", DestinationError)],
)
def test_why_it_cannot_be_written_is_told_apart(said: str, kind, tmp_path: Path, monkeypatch) -> None:
    """An ffmpeg without MP3 is to be replaced (exit 2), a full disk to be emptied (exit 6)."""
    from chaitime_audio.audio import ffmpeg

    fake = tmp_path / "ffmpeg"
    fake.write_text(f'#!/bin/sh\ncat > /dev/null\necho "{said}" >&2\nexit 1\n')
    fake.chmod(0o755)
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: str(fake))
    with pytest.raises(kind):
        encode(iter([np.zeros((441, 1), np.float32)]), 1, 96, tmp_path / "a.mp3")


def test_the_stand_in_makes_a_real_mp3(tmp_path: Path, sounds, silent) -> None:
    """What the stand-in leaves can be tagged and played as the real one's."""
    path = sounds.write_wav(tmp_path / "a.wav", sounds.speech(2))
    target = tmp_path / "master.mp3"
    master = StandIn().master(probe((path,)), (path,), MixPlan(), target, silent)
    assert master.duration_ms == 2000
    assert master.sha256 == sha256(target.read_bytes()).hexdigest()


def _found_at(piece: np.ndarray, whole: np.ndarray) -> int:
    """Where a piece lies in a longer sound, by correlation."""
    from scipy.signal import correlate

    return int(np.argmax(np.abs(correlate(whole[:, 0], piece, mode="valid"))))
