"""A clip as files: sound and film, read by others than us."""

from __future__ import annotations

import subprocess
from pathlib import Path

import av
import numpy as np
import pyloudnorm
import pytest
from clip_episode import material, spoken, write_master
from mutagen.mp3 import MP3

from chaitime_audio.audio import able_ffmpeg, ffmpeg
from chaitime_audio.domain.sound import span
from chaitime_audio.errors import DestinationError, UsageError
from chaitime_audio.exports.clips import film, layout, making, plan
from chaitime_audio.exports.placing import ExportFolder

pytestmark = pytest.mark.integration
TALK = spoken(("S1", 1_000, "What do you do all week?"), ("S2", 3_000, "We rank {them} by money."))
WISH = plan.wish_for_time(900, 4_600)
LIMITS = plan.Limits(1_000, 9_000)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> tuple[plan.Clip, dict[str, Path]]:
    """One clip of some seconds, square, in all its files."""
    folder = tmp_path_factory.mktemp("clip")
    master = write_master(folder / "master.mp3", 8.0)
    clip = plan.planned(TALK, WISH, LIMITS, None, over_cuts=False)
    paths = making.make_clip(material(TALK, master), clip, ("1:1",), ExportFolder(folder / "exports"))
    return clip, {path.name.removeprefix(f"{TALK.slug}.clip-00.00."): path for path in paths}


def test_every_file_is_there(made):
    """MP3, M4A, SRT, VTT, posts and a film, and nothing half-written beside them."""
    _, files = made
    assert set(files) == {"mp3", "m4a", "srt", "vtt", "posts.txt", "1x1.mp4"}
    left = {path.name for path in files["mp3"].parent.iterdir()} - {path.name for path in files.values()}
    assert left == {".written.json"}


def test_sound_has_length_and_loudness(made):
    """MP3, M4A and film are as long as planned within 40 ms, at -16 LUFS within half a unit."""
    clip, files = made
    assert abs(MP3(files["mp3"]).info.length * 1000 - clip.span.duration_ms) <= 40
    for name in ("mp3", "m4a", "1x1.mp4"):
        sound, rate_hz = _sound(files[name])
        assert abs(len(sound) / rate_hz * 1000 - clip.span.duration_ms) <= 40
        assert pyloudnorm.Meter(rate_hz).integrated_loudness(sound) == pytest.approx(-16, abs=0.5)


def test_the_film_is_what_platforms_take(made):
    """H.264 and AAC, the right size, 25 frames a second, 4:2:0, as long as the sound, index in front."""
    clip, files = made
    with av.open(str(files["1x1.mp4"])) as found:
        picture, sound = found.streams.video[0], found.streams.audio[0]
        assert (picture.codec_context.name, sound.codec_context.name) == ("h264", "aac")
        assert (picture.width, picture.height, picture.codec_context.pix_fmt) == (1080, 1080, "yuv420p")
        assert float(picture.average_rate) == 25
        assert abs(float(picture.duration * picture.time_base) * 1000 - clip.span.duration_ms) <= 40
        assert found.metadata["artist"] == "Chai Time"
    head = files["1x1.mp4"].read_bytes()
    assert head.index(b"moov") < head.index(b"mdat")


def test_captions_are_in_the_picture(made, tmp_path):
    """The film differs from one without captions in their place, while words sound, and nowhere else."""
    _, files = made
    bare = tmp_path / "bare.mp4"
    with_words, without = _frame(files["1x1.mp4"], 2.4), None
    found = material(TALK, tmp_path / "none.mp3")
    square = layout.SQUARE
    blank = [np.full((1080, 1080, 3), 40, np.uint8).tobytes()] * 3
    film.write_film(film.Picture(blank, 1080, 1080, 25), files["m4a"], "", found.face, ("t", "s"), bare)
    without = _frame(bare, 0.0)
    box = square.captions
    inside = (slice(box.y, box.bottom), slice(box.x, box.right))
    assert (with_words[inside].max(axis=2) > 200).mean() > 0.02
    assert (without[inside].max(axis=2) > 200).mean() == 0
    orange = (with_words[inside] - np.asarray([235, 156, 72], np.int16)).astype(np.int16)
    assert (np.abs(orange).max(axis=2) < 30).mean() > 0.001, "the word that sounds has the speaker's colour"


def test_a_full_disk_leaves_nothing(made, tmp_path, monkeypatch):
    """When the disk fills up while a film is encoded, one sentence says so, and no part of it stays."""

    def full(*_: object, **__: object) -> None:
        raise ffmpeg.FfmpegError("Error writing trailer: No space left on device")

    monkeypatch.setattr(film.ffmpeg, "sink", full)
    clip, files = made
    folder = ExportFolder(tmp_path / "exports")
    master = write_master_of(files)
    with pytest.raises(DestinationError, match="No space left"):
        list(making.make_clip(material(TALK, master), clip, ("1:1",), folder))
    assert not [
        path for path in (tmp_path / "exports").iterdir() if "mp4" in path.name or "part" in path.name
    ]


def test_the_bundled_ffmpeg_stands_in(tmp_path, monkeypatch):
    """A user's own without libass is passed over for the one that came with us; without both, it is said."""
    bare = tmp_path / "ffmpeg"
    bare.write_text("#!/bin/sh\necho ' V..... mpeg4  nothing'\n", encoding="utf-8")
    bare.chmod(0o755)
    bundled = ffmpeg.ffmpeg_path()
    monkeypatch.setattr(ffmpeg, "ffmpeg_path", lambda: str(bare))
    monkeypatch.setattr(able_ffmpeg, "_bundled", lambda: bundled)
    able_ffmpeg.film_path.cache_clear()
    assert able_ffmpeg.film_path() == bundled
    able_ffmpeg.film_path.cache_clear()
    monkeypatch.setattr(able_ffmpeg, "_bundled", lambda: "")
    with pytest.raises(UsageError, match="libx264"):
        able_ffmpeg.film_path()
    able_ffmpeg.film_path.cache_clear()


def test_word_edges_are_heard_in_the_mp3(tmp_path):
    """The reader gives the very stretch of the MP3 that is asked for, at 16 kHz."""
    from chaitime_audio.exports.clips.sound import reader, stretch

    master = write_master(tmp_path / "master.mp3", 3.0)
    read = reader(master)
    assert len(read(1_000, 1_500)) == pytest.approx(8_000, abs=16)
    whole = stretch(master, span(0, 3_000), 1)
    part = stretch(master, span(1_000, 2_000), 1)
    assert np.abs(whole[44_100 : 44_100 + 20_000] - part[:20_000]).max() < 0.01


def write_master_of(files: dict[str, Path]) -> Path:
    return files["mp3"].parent.parent / "master.mp3"


def _sound(path: Path) -> tuple[np.ndarray, int]:
    with av.open(str(path)) as found:
        stream = found.streams.audio[0]
        blocks = [frame.to_ndarray() for frame in found.decode(stream)]
        return np.concatenate(blocks, axis=1).T, stream.rate


def _frame(path: Path, at_s: float) -> np.ndarray:
    command = [
        ffmpeg.ffmpeg_path(),
        "-loglevel",
        "error",
        "-ss",
        str(at_s),
        "-i",
        str(path),
        "-frames:v",
        "1",
    ]
    raw = subprocess.run(
        [*command, "-f", "rawvideo", "-pix_fmt", "rgb24", "-"], stdout=subprocess.PIPE, check=True
    )
    return np.frombuffer(raw.stdout, np.uint8).reshape(1080, 1080, 3).astype(np.int16)


def test_a_person_who_stops_it_leaves_nothing(made, tmp_path, monkeypatch):
    """Ctrl-C in the middle of a film leaves no film, nor half of one; what was done stays."""
    clip, files = made
    folder = tmp_path / "exports"

    def stopped(*_: object) -> object:
        yield bytes(1080 * 1080 * 3)
        raise KeyboardInterrupt

    monkeypatch.setattr(making, "frames", stopped)
    paths = making.make_clip(material(TALK, write_master_of(files)), clip, ("1:1",), ExportFolder(folder))
    with pytest.raises(KeyboardInterrupt):
        list(paths)
    left = sorted(path.suffix for path in folder.iterdir())
    assert left == [".json", ".m4a", ".mp3", ".srt", ".txt", ".vtt"]
