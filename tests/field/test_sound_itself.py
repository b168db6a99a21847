"""K2: what a container says of itself is not taken for what the sound is."""

from __future__ import annotations

import struct
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.align import align
from chaitime_audio.audio.banner import parsed
from chaitime_audio.audio.decode import decode
from chaitime_audio.audio.inputs import mix_inputs
from chaitime_audio.audio.mastering.chain.pcm import blocks
from chaitime_audio.audio.probe import probe
from chaitime_audio.audio.reading import excerpt, has_inputs, reading_of
from chaitime_audio.domain.sound import Decoded
from chaitime_audio.errors import InputRefusedError

RATE_HZ = 48_000


def bursts(seconds: float, spans: tuple[tuple[float, float], ...], seed: int = 1) -> np.ndarray:
    """Noise in syllables where spans (seconds) say so, silence elsewhere."""
    time = np.arange(round(seconds * RATE_HZ)) / RATE_HZ
    noise = np.random.default_rng(seed).standard_normal(len(time))
    syllables = 0.6 + 0.4 * np.sin(time * 2 * np.pi * 4 + seed)
    said = np.zeros(len(time))
    for start, end in spans:
        said[(time >= start) & (time < end)] = 1.0
    return 0.08 * noise * syllables * said


def write_wave(path: Path, sound: np.ndarray) -> Path:
    """Write a 16-bit WAV whose header names no loudspeakers, shape (frames,) or (frames, channels)."""
    data = sound.reshape(len(sound), -1)
    channels = data.shape[1]
    body = np.clip(np.rint(data * 32767), -32768, 32767).astype("<i2").tobytes()
    guid = bytes.fromhex("0100000000001000800000aa00389b71")
    form = struct.pack("<HHIIHH", 0xFFFE, channels, RATE_HZ, RATE_HZ * channels * 2, channels * 2, 16)
    form += struct.pack("<HHI", 22, 16, 0) + guid
    chunks = b"fmt " + struct.pack("<I", len(form)) + form + b"data" + struct.pack("<I", len(body)) + body
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path


def made(target: Path, *arguments: str) -> Path:
    """Let ffmpeg write a file."""
    for _ in ffmpeg.stream(["-y", *arguments, ffmpeg.output_of(target), "-f", "null"]):
        pass
    return target


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    """Twelve seconds: somebody speaks from 1 to 4 and from 8 to 11."""
    return write_wave(tmp_path / "plain.wav", bursts(12, ((1, 4), (8, 11))))


def ignore(_share: float) -> None:
    """Nobody to tell."""


def decoded(path: Path) -> tuple[Decoded, np.ndarray]:
    target = path.parent / "work" / "sound.s16"
    found = decode(probe((path,)), (path,), target, ignore)
    return found, np.frombuffer(target.read_bytes(), dtype="<i2").astype(float)


def begins_s(sound: np.ndarray, rate_hz: int) -> list[float]:
    """When somebody begins to speak after half a second of quiet, in seconds."""
    width = rate_hz // 20
    loud = np.abs(sound[: len(sound) // width * width]).reshape(-1, width).max(axis=1)
    active = np.flatnonzero(loud > 0.1 * loud.max())
    return [round(at / 20, 1) for index, at in enumerate(active) if not index or at - active[index - 1] > 10]


def test_a_length_in_a_tag_is_text(talk: Path, tmp_path: Path) -> None:
    """A comment with the words of a length neither refuses a recording nor makes it cut short."""
    comment = "comment=Raw interview.\nDuration: 01:23:45.00, start: 7.0, mic: SM7B"
    path = made(tmp_path / "a.mp3", "-i", str(talk), "-metadata", comment)
    found, _ = decoded(path)
    assert found.duration_ms == pytest.approx(12_000, abs=100)
    assert found.warnings == ()


def test_a_stream_in_a_tag_is_text(talk: Path, tmp_path: Path) -> None:
    """A description with a stream line counts as no stream, nor does a log in a title."""
    line = "description=Stream #0:7: Audio: pcm_s16le, 8000 Hz, mono - copied from a log"
    path = made(tmp_path / "a.m4a", "-i", str(talk), "-metadata", line)
    assert (len(reading_of(path).banner.sounds), decoded(path)[0].warnings) == (1, ())


def test_a_name_with_a_line_break_is_no_banner() -> None:
    """A file called after a line of the banner is read by its own."""
    path = Path("/talks/a\n  Duration: 09:00:00.00, start: 5.0\n.wav")
    said = (
        f"Input #0, wav, from 'file:{path}':\n  Metadata:\n    title           : x\n"
        "  Duration: 00:00:12.00, bitrate: 256 kb/s\n"
        "  Stream #0:0: Audio: pcm_s16le, 16000 Hz, mono, s16, 256 kb/s\n"
    )
    found = parsed(said, path)
    assert found is not None
    assert (found.claimed_s, found.start_s) == (12.0, 0.0)


@pytest.mark.parametrize("layout", ["5.1(side)", "7.1.4", "quad", "6 channels", "ambisonic 1", "22.2"])
def test_channels_are_counted_by_any_layout(layout: str) -> None:
    """A layout's name is no guess: loudspeakers are counted, inputs and ambisonics are discrete."""
    said = (
        "Input #0, wav, from 'x':\n  Duration: N/A\n"
        f"    Stream #0:0: Audio: pcm_s16le, 48000 Hz, {layout}, s16\n"
    )
    found = parsed(said, Path("x"))
    assert found is not None
    count = {"5.1(side)": 6, "7.1.4": 12, "quad": 4, "6 channels": 6, "ambisonic 1": 4, "22.2": 24}[layout]
    discrete = layout in ("6 channels", "ambisonic 1")
    assert (found.sounds[0].channels, found.sounds[0].discrete) == (count, discrete)


GAP = "aselect='lt(t,5)+gte(t,7.5)'"
LATE = "aselect='gte(t,7)'"


@pytest.mark.parametrize(
    ("ending", "codec"), [("webm", "libopus"), ("ogg", "libopus"), ("m4a", "aac"), ("ts", "aac")]
)
def test_gaps_become_silence_in_every_reader(talk: Path, tmp_path: Path, ending: str, codec: str) -> None:
    """Decoder, mastering and excerpt hear a voice behind a gap when it spoke, and the gap is said."""
    path = made(tmp_path / f"a.{ending}", "-i", str(talk), "-af", GAP, "-ar", "48000", "-c:a", codec)
    found, sound = decoded(path)
    assert begins_s(sound, 16_000) == pytest.approx([1.0, 8.0], abs=0.15)
    assert ["gap" in item for item in found.warnings] == [True]
    master = np.concatenate(list(blocks((path,), 1)))[:, 0]
    assert begins_s(master, 44_100) == pytest.approx([1.0, 8.0], abs=0.15)
    excerpt(path, tmp_path / "try.flac", 12_000)
    assert begins_s(decoded(tmp_path / "try.flac")[1], 16_000) == pytest.approx([1.0, 8.0], abs=0.15)


def test_a_late_start_is_silence(talk: Path, tmp_path: Path) -> None:
    """Somebody who joined after seven seconds speaks at eight, not at one."""
    path = made(tmp_path / "a.webm", "-i", str(talk), "-af", LATE, "-ar", "48000", "-c:a", "libopus")
    assert begins_s(decoded(path)[1], 16_000) == pytest.approx([8.0], abs=0.15)


def test_sound_that_begins_after_its_picture(talk: Path, tmp_path: Path) -> None:
    """Sound that a video starts four seconds late is heard four seconds late (subgen#305)."""
    picture = ("-f", "lavfi", "-i", "color=c=black:s=64x64:r=5:d=16")
    path = made(
        tmp_path / "a.mp4",
        *(*picture, "-itsoffset", "4", "-i", str(talk), "-map", "0:v", "-map", "1:a", "-c:v", "mpeg4"),
    )
    assert begins_s(decoded(path)[1], 16_000) == pytest.approx([5.0, 12.0], abs=0.15)


def test_a_longer_picture_is_no_missing_sound(talk: Path, tmp_path: Path) -> None:
    """A still picture that lasts twice as long as the sound refuses nothing; where it ends is said."""
    picture = ("-f", "lavfi", "-i", "color=c=black:s=64x64:r=5:d=24")
    path = made(tmp_path / "a.mp4", *picture, "-i", str(talk), "-c:v", "mpeg4")
    found, _ = decoded(path)
    assert found.duration_ms == pytest.approx(12_000, abs=100)
    assert found.warnings == ("a.mp4: its sound ends after 12 of 24 s",)


def test_a_clock_that_starts_anywhere_is_no_silence(talk: Path, tmp_path: Path) -> None:
    """A broadcast's time stamps begin at some hour; the sound begins at its beginning."""
    path = made(tmp_path / "a.ts", "-i", str(talk), "-c:a", "aac", "-output_ts_offset", "9000")
    assert begins_s(decoded(path)[1], 16_000) == pytest.approx([1.0, 8.0], abs=0.15)


def test_tracks_lie_where_their_time_stamps_put_them(tmp_path: Path) -> None:
    """Two people who share no sound, one of whom came later and was muted, answer in turn; it is said."""
    host = write_wave(tmp_path / "h.wav", bursts(20, ((1, 4), (13, 16)), 1))
    guest = write_wave(tmp_path / "g.wav", bursts(20, ((6, 11), (17, 19)), 2))
    cuts = ("lt(t,4.5)+gte(t,12.5)", "gte(t,5.5)*(lt(t,11.5)+gte(t,16.5))")
    paths = tuple(
        made(tmp_path / f"{path.stem}.webm", "-i", str(path), "-af", f"aselect='{cut}'", "-c:a", "libopus")
        for path, cut in zip((host, guest), cuts, strict=True)
    )
    found = align(paths, tmp_path / "mix.flac", ignore)
    starts = [[round(one.start_ms / 1000) for one in track] for track in found.tracks]
    assert starts == [[1, 13], [6, 17]]
    assert any("placed by its time stamps" in item for item in found.warnings)


def poly(path: Path, channels: int, spoken: dict[int, tuple[tuple[float, float], ...]]) -> Path:
    """A file of so many inputs: somebody on some of them, hiss or nothing on the others."""
    sound = np.zeros((12 * RATE_HZ, channels))
    for at, spans in spoken.items():
        sound[:, at] = bursts(12, spans, at + 1)
        sound[:, at] += 1e-4 * np.random.default_rng(at).standard_normal(len(sound))
    return write_wave(path, sound)


@pytest.mark.parametrize("channels", [4, 6, 8, 12, 32])
def test_every_input_of_a_recorder_is_heard(tmp_path: Path, channels: int) -> None:
    """Host on input 1, guest on input 4 (which surround calls LFE): both are tracks; dead ones are named."""
    path = poly(tmp_path / "z.wav", channels, {0: ((1, 4), (8, 11)), 3: ((5, 7),)})
    assert has_inputs((path,))
    found = mix_inputs((path,), tmp_path / "mix.flac", ignore)
    starts = [[round(one.start_ms / 1000) for one in track] for track in found.tracks]
    assert starts == [[1, 8], [5]]
    assert "person of its own: 1, 4" in found.warnings[0]
    assert "dead: 2, 3" in found.warnings[0]
    assert f"{channels} channels" in found.warnings[0]
    assert begins_s(decoded(tmp_path / "mix.flac")[1], 16_000) == pytest.approx([1, 5, 8], abs=0.15)


def test_an_input_for_two_is_mixed_and_no_track(tmp_path: Path) -> None:
    """Two people on one input of four: it is heard, and who speaks is left to the voices."""
    path = poly(tmp_path / "z.wav", 4, {2: ((1, 4), (5, 7), (8, 11))})
    found = mix_inputs((path,), tmp_path / "mix.flac", ignore)
    assert found.tracks == ()
    assert begins_s(decoded(tmp_path / "mix.flac")[1], 16_000) == pytest.approx([1, 5, 8], abs=0.15)


def test_parts_of_a_recorder_follow_one_another(tmp_path: Path) -> None:
    """A recorder that cut its file gives parts: the second begins where the first ends."""
    first = poly(tmp_path / "1.wav", 6, {0: ((1, 4),), 3: ((5, 7),)})
    second = poly(tmp_path / "2.wav", 6, {0: ((2, 4),), 3: ((6, 9),)})
    found = mix_inputs((first, second), tmp_path / "mix.flac", ignore)
    starts = [[round(one.start_ms / 1000) for one in track] for track in found.tracks]
    assert starts == [[1, 14], [5, 18]]


def test_parts_with_other_channels_are_refused(tmp_path: Path) -> None:
    """Parts that differ in their channels are no one recording; the error says what to do."""
    paths = (poly(tmp_path / "1.wav", 4, {0: ((1, 4),)}), poly(tmp_path / "2.wav", 6, {0: ((1, 4),)}))
    with pytest.raises(InputRefusedError, match="different numbers of channels.*--tracks"):
        mix_inputs(paths, tmp_path / "mix.flac", ignore)


def test_more_channels_than_can_be_taken_are_refused(tmp_path: Path) -> None:
    """A hundred channels are refused in a line that says how many there are and what to do."""
    path = write_wave(tmp_path / "z.wav", np.zeros((RATE_HZ, 100)))
    with pytest.raises(InputRefusedError, match=r"100 channels.*--tracks"):
        reading_of(path)


def test_surround_keeps_its_meaning(talk: Path, tmp_path: Path) -> None:
    """Sound in 5.1 with a layout is loudspeakers: it is mixed as such, and no input of a recorder."""
    path = made(tmp_path / "a.m4a", "-i", str(talk), "-af", "pan=5.1|FC=c0", "-c:a", "aac")
    assert not has_inputs((path,))
    assert begins_s(decoded(path)[1], 16_000) == pytest.approx([1.0, 8.0], abs=0.15)


def test_what_is_only_on_the_right_is_heard(tmp_path: Path) -> None:
    """Of two channels the right one counts as well: nobody is lost who is only there (FluidVoice#623)."""
    left, right = bursts(12, ((1, 4),), 1), bursts(12, ((8, 11),), 2)
    path = write_wave(tmp_path / "a.wav", np.stack([left, right], axis=1))
    assert begins_s(decoded(path)[1], 16_000) == pytest.approx([1.0, 8.0], abs=0.15)


def test_an_excerpt_keeps_every_input(tmp_path: Path) -> None:
    """The first minutes of a recorder's file have all its inputs, and none becomes a loudspeaker."""
    path = poly(tmp_path / "z.wav", 6, {0: ((1, 4),), 3: ((5, 7),)})
    excerpt(path, tmp_path / "try.flac", 8000)
    assert reading_of(tmp_path / "try.flac").sound.discrete
    assert reading_of(tmp_path / "try.flac").sound.channels == 6


def test_streams_are_told_by_name(talk: Path, tmp_path: Path) -> None:
    """Of several sound streams the first is taken, and all are named."""
    twice = ("-i", str(talk), "-map", "0:a", "-map", "0:a")
    names = ("-metadata:s:a:0", "title=Lavalier", "-metadata:s:a:1", "language=deu")
    path = made(tmp_path / "a.mkv", *twice, *names)
    assert "a.mkv holds 2 sound streams (“Lavalier”, deu)" in " ".join(decoded(path)[0].warnings)
