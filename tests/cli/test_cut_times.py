"""A cut made by ``chaitime process``: every time that is published, against the sound itself."""

from __future__ import annotations

import json
import re
import wave
from pathlib import Path

import numpy as np
import pytest

from chaitime_audio.audio import ffmpeg

from .conftest import Show

RATE = 16_000
WITHIN_S = 0.03
CHAPTERS = '\n[[chapters]]\nat = "{at}"\ntitle = "{title}"\n'
BRIEF = "".join(
    CHAPTERS.format(at=at, title=title)
    for at, title in (("00:00", "Beginning"), ("00:12", "Before"), ("00:33", "After"))
)
CUT = '\n[[cuts]]\nstart = "00:19.400"\nend = "00:25.700"\n'


def write_bursts(path: Path, seconds: int = 45) -> Path:
    """Write two seconds of sound and one of silence in turns, no two of which are alike."""
    noise = np.random.default_rng(4).standard_normal(seconds * RATE)
    sound = np.convolve(noise, np.full(6, 1 / 6), "same") * 0.15
    sound[np.arange(len(sound)) % (3 * RATE) >= 2 * RATE] = 0
    return write_wav(path, sound)


def write_wav(path: Path, sound: np.ndarray) -> Path:
    """Write 16-bit mono."""
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


def heard(mp3: Path) -> np.ndarray:
    """What a player makes of an MP3, as 16 kHz mono."""
    arguments = [*ffmpeg.input_of(mp3), "-map", "0:a:0", "-ac", "1", "-ar", str(RATE), "-f", "f32le"]
    return np.frombuffer(b"".join(ffmpeg.stream(arguments)), "<f4")


def seconds(clock: str) -> float:
    """Seconds of 00:00:12.345 or 00:00:12,345."""
    hours, minutes, rest = clock.replace(",", ".").split(":")
    return int(hours) * 3600 + int(minutes) * 60 + float(rest)


def captions(text: str) -> dict[str, float]:
    """When each caption of SRT or WebVTT begins whose text has a number in it: no other has the same."""
    found = {}
    for block in text.split("\n\n"):
        start, _, said = block.partition(" --> ")
        words = re.sub(r"^(<v [^>]+>|[\w ]+: )", "", " ".join(said.splitlines()[1:]))
        if re.search(r"\d", words):
            found[words] = seconds(start.splitlines()[-1])
    return found


def published(out: Path) -> dict[str, dict[str, float]]:
    """Every file with times in it: what begins when."""
    import mutagen

    (mp3,) = out.glob("*.mp3")
    name = mp3.stem
    transcript = json.loads((out / f"{name}.transcript.json").read_text())["segments"]
    chapters = json.loads((out / f"{name}.chapters.json").read_text())["chapters"]
    simple = re.findall(
        r'<psc:chapter start="([^"]+)" title="([^"]+)"', (out / f"{name}.item.xml").read_text()
    )
    frames = mutagen.File(mp3).tags.getall("CHAP")
    return {
        "vtt": captions((out / f"{name}.vtt").read_text()),
        "srt": captions((out / f"{name}.srt").read_text()),
        "json": {item["body"]: item["startTime"] for item in transcript},
        "chapters": {item["title"]: item["startTime"] for item in chapters},
        "simple chapters": {title: seconds(start) for start, title in simple},
        "frames": {str(item.sub_frames["TIT2"]): item.start_time / 1000 for item in frames},
    }


@pytest.fixture
def two_runs(show: Show) -> tuple[tuple[dict, np.ndarray], tuple[dict, np.ndarray], Path]:
    """Times and sound of an episode as it is, then with a cut and an intro; its out/ folder."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    assert show.run("process", write_bursts(show.folder / "talk.wav"), "-q")[0] == 0
    brief = show.episode / "episode.toml"
    brief.write_text(brief.read_text() + BRIEF)
    runs = []
    for more in ("", CUT):
        if more:
            tone = 0.1 * np.sin(np.arange(RATE * 7 // 2) * 0.2)
            intro = show.folder / "config" / "intro.wav"
            with ffmpeg.sink(
                ["-f", "f64le", "-ar", str(RATE), "-ac", "1", "-i", "pipe:0", str(intro)]
            ) as put:
                put(tone.astype("<f8").tobytes())
            config.write_text(config.read_text() + '\n[audio]\nintro = "intro.wav"\n')
        brief.write_text(brief.read_text() + more)
        assert show.run("process", show.episode, "-q")[0] == 0
        (mp3,) = show.out.glob("*.mp3")
        runs.append((published(show.out), heard(mp3)))
    return (*runs, show.out)


def test_every_time_is_where_its_sound_is(two_runs) -> None:
    """Captions, transcript and chapters after a cut and an intro lie within 30 ms of what they name."""
    from scipy.signal import correlate

    (before, sound), (after, shorter), out = two_runs
    compared = 0
    for kind, times in after.items():
        moved = {text: at for text, at in times.items() if text in before[kind] and text != "Beginning"}
        assert len(moved) >= (2 if "apter" in kind or kind == "frames" else 8)
        for text, at in moved.items():
            was = round((before[kind][text] + 0.1) * RATE)
            piece = sound[was : was + RATE]
            found = int(np.argmax(correlate(shorter, piece, mode="valid"))) / RATE - 0.1
            assert found == pytest.approx(at, abs=WITHIN_S), f"{kind}: {text}"
            compared += 1
    assert compared > 30
    gone = set(before["vtt"]) - set(after["vtt"])
    assert 1 <= len(gone) <= 4
    record = json.loads((out.parent / "episode.json").read_text())["receipts"]["master"]["value"]
    assert record["duration_ms"] / 1000 == pytest.approx(len(shorter) / RATE, abs=0.002)
    assert len(sound) / RATE - len(shorter) / RATE == pytest.approx(6.3 - 3.5, abs=WITHIN_S)
    (item,) = out.glob("*.item.xml")
    claimed = int(re.search(r"<itunes:duration>(\d+)<", item.read_text())[1])
    assert claimed == pytest.approx(len(shorter) / RATE, abs=1)
