"""A bed named in the settings is heard in the MP3, most where nobody speaks; only the MP3 is made again."""

from __future__ import annotations

import math
import tomllib
import wave
from array import array
from pathlib import Path

import pytest

from chaitime_audio.audio import ffmpeg

from .conftest import Show

RATE_HZ = 44_100
PITCH_HZ = 3000.0
PAUSE_S, SPEECH_S = (2.2, 2.9), (3.4, 4.6)
"""Between two tones of the recording, and inside the second of them."""


def write_music(path: Path, seconds: int) -> Path:
    """Write one high tone as a mono WAV."""
    path.parent.mkdir(parents=True, exist_ok=True)
    step = 2 * math.pi * PITCH_HZ / RATE_HZ
    samples = array("h", (round(6000 * math.sin(at * step)) for at in range(seconds * RATE_HZ)))
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return path


def music(mp3: Path, where: tuple[float, float]) -> float:
    """Amplitude of the high tone in a stretch of an MP3, of 32768."""
    start, length = where[0], where[1] - where[0]
    arguments = ["-ss", str(start), "-t", str(length), "-i", ffmpeg.output_of(mp3), "-map", "0:a:0"]
    arguments += ["-ac", "1", "-ar", str(RATE_HZ), "-f", "s16le"]
    heard = array("h", b"".join(ffmpeg.stream(arguments)))
    step = 2 * math.pi * PITCH_HZ / RATE_HZ
    real = sum(value * math.cos(at * step) for at, value in enumerate(heard))
    turned = sum(value * math.sin(at * step) for at, value in enumerate(heard))
    return 2 * math.hypot(real, turned) / len(heard)


@pytest.fixture
def with_ffmpeg(show: Show) -> Path:
    """The configuration of a show whose MP3 is really made."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    return config


def test_a_bed_is_heard_under_the_beginning(show: Show, with_ffmpeg: Path) -> None:
    """It is in the MP3, and not before it is named; without it the MP3 is the old one, byte by byte."""
    assert show.run("process", show.tones(seconds=12))[0] == 0
    (mp3,) = show.out.glob("*.mp3")
    without, captions = mp3.read_bytes(), mp3.with_suffix(".srt").read_text()
    assert music(mp3, PAUSE_S) < 1
    write_music(with_ffmpeg.parent / "audio" / "bed.wav", seconds=9)
    with_ffmpeg.write_text(with_ffmpeg.read_text() + '\n[audio]\nbed = "audio/bed.wav"\n')
    code, _, err = show.run("process", show.episode)
    assert code == 0
    assert "transcribe" not in err
    assert music(mp3, PAUSE_S) > 2 * music(mp3, SPEECH_S) > 20
    assert mp3.with_suffix(".srt").read_text() == captions
    with_ffmpeg.write_text(with_ffmpeg.read_text().replace('bed = "audio/bed.wav"', ""))
    assert show.run("process", show.episode)[0] == 0
    assert mp3.read_bytes() == without


@pytest.mark.parametrize("there", [False, True])
def test_a_bed_that_cannot_be_is_one_line(there: bool, show: Show, with_ffmpeg: Path) -> None:
    """Missing or no sound: a wrong setting, named before anything slow has begun."""
    bed = with_ffmpeg.parent / "audio" / "odd.wav"
    if there:
        bed.parent.mkdir()
        bed.write_text("no sound at all")
    with_ffmpeg.write_text(with_ffmpeg.read_text() + '\n[audio]\nbed = "audio/odd.wav"\n')
    code, _, err = show.run("process", show.tones())
    assert code == 2
    assert "audio.bed" in err
    assert "odd.wav" in err
    assert "Traceback" not in err
    assert "transcribe" not in err
    assert not list(show.folder.glob("episodes/*/out/*.mp3"))


def test_a_new_show_gets_no_music(show: Show, tmp_path: Path) -> None:
    """``init`` brings neither files nor names of the sample show's jingle: each has its own, or none."""
    folder = tmp_path / "new"
    assert show.run("init", folder)[0] == 0
    audio = tomllib.loads((folder / "config" / "chaitime.toml").read_text()).get("audio", {})
    assert not {"intro", "outro", "bed"} & audio.keys()
    assert [path.name for path in (folder / "config").iterdir()] == ["chaitime.toml"]
