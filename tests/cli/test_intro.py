"""Two clocks: an intro moves what is published, and leaves what is known of the recording."""

from __future__ import annotations

import json
from pathlib import Path

import pysubs2
from mutagen.id3 import ID3

from .conftest import Show, write_tones

INTRO_MS = 5000


def caption_starts(out: Path) -> list[int]:
    """Start of every caption, in milliseconds, as a reader we did not write sees them."""
    (path,) = out.glob("*.srt")
    return [line.start for line in pysubs2.load(str(path))]


def chapter_starts(out: Path) -> tuple[list[int], list[int]]:
    """Start of every chapter, in milliseconds: in the JSON, and in the MP3's own frames."""
    (json_path,), (mp3,) = out.glob("*.chapters.json"), out.glob("*.mp3")
    listed = [round(item["startTime"] * 1000) for item in json.loads(json_path.read_text())["chapters"]]
    return listed, sorted(frame.start_time for frame in ID3(mp3).getall("CHAP"))


def test_an_intro_of_five_seconds_moves_everything_published(show: Show) -> None:
    """Captions, JSON, chapters and CHAP move by 5 s; RTTM stays; only the master is made again."""
    config = show.folder / "config" / "chaitime.toml"
    config.write_text(config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"'))
    recording = show.tones(seconds=170)
    assert show.run("process", recording)[0] == 0
    captions, rttm = caption_starts(show.out), (show.out / "talk.rttm").read_text()
    listed, framed = chapter_starts(show.out)
    first_said = json.loads((show.out / "talk.transcript.json").read_text())["segments"][0]["startTime"]
    assert len(listed) >= 3
    assert framed == listed

    write_tones(config.parent / "audio" / "intro.wav", seconds=INTRO_MS // 1000)
    config.write_text(config.read_text() + '\n[audio]\nintro = "audio/intro.wav"\n')
    code, _, err = show.run("process", show.episode)
    assert code == 0
    assert "transcribe" not in err
    assert caption_starts(show.out) == [start + INTRO_MS for start in captions]
    later = json.loads((show.out / "talk.transcript.json").read_text())["segments"][0]["startTime"]
    assert round((later - first_said) * 1000) == INTRO_MS
    shifted, in_file = chapter_starts(show.out)
    assert shifted == [0, *(start + INTRO_MS for start in listed[1:])]
    assert in_file == shifted
    assert (show.out / "talk.rttm").read_text() == rttm


def test_a_show_that_was_moved_is_not_mastered_again(show: Show) -> None:
    """The plan of a master names its intro as the settings do, wherever the show lies."""
    config = show.folder / "config" / "chaitime.toml"
    text = config.read_text().replace('mastering = "standin"', 'mastering = "ffmpeg"')
    write_tones(config.parent / "audio" / "intro.wav", seconds=3)
    config.write_text(text + '\n[audio]\nintro = "audio/intro.wav"\n')
    assert show.run("process", show.tones())[0] == 0
    slug = show.episode.name
    moved = show.folder / "moved"
    moved.mkdir()
    for name in ("config", "episodes"):
        (show.folder / name).rename(moved / name)
    code, _, err = show.run("process", moved / "episodes" / slug)
    assert code == 0
    assert "master" not in err
