"""Other files than the MP3: made when asked for, tagged like it, taken away when no longer wanted."""

from __future__ import annotations

import json
import re
from pathlib import Path

from mutagen.flac import FLAC
from mutagen.id3 import ID3
from mutagen.mp4 import MP4
from mutagen.wave import WAVE

from chaitime_audio.audio import ffmpeg

from .conftest import Show

ALL = ("m4a", "flac", "wav")
CHAPTER = re.compile(r"Chapter #0:\d+: start ([\d.]+).*?title\s+: ([^\n]*)", re.DOTALL)


def ask(show: Show, *formats: str, end: str = "") -> None:
    """Ask the settings for formats besides the MP3, by the real masterer."""
    config = show.folder / "config" / "chaitime.toml"
    text = (
        config.read_text().partition("\n[audio]")[0].replace('mastering = "standin"', 'mastering = "ffmpeg"')
    )
    config.write_text(f"{text}\n[audio]\nextra_formats = {json.dumps(formats)}\n{end}")


def beside(folder: Path) -> list[str]:
    """Endings of the files of sound in a folder."""
    return sorted(
        path.name.partition(".")[2]
        for path in folder.iterdir()
        if {path.suffix[1:], path.stem} & {*ALL, "mp3"}
    )


def chapters_by_ffmpeg(path: Path) -> list[tuple[float, str]]:
    """Start (s) and title of each chapter, as ffmpeg reads them."""
    found = CHAPTER.findall(ffmpeg.report(path))
    return sorted((float(start), title) for start, title in found)


def times(show: Show) -> dict[str, int]:
    """When each file of sound was written, in nanoseconds."""
    return {path.name: path.stat().st_mtime_ns for path in show.out.iterdir() if path.suffix[1:] in ALL}


def test_every_format_is_tagged_like_the_mp3(show: Show) -> None:
    """Title, people, show, cover and chapters in each file are those of the MP3 and of the chapters file."""
    ask(show, *ALL)
    assert show.run("process", show.tones(seconds=170), "--title", "Four o'clock; a = b")[0] == 0
    stem = show.episode.name
    mp3 = ID3(show.out / f"{stem}.mp3")
    title, performers = str(mp3["TIT2"]), str(mp3["TPE1"])
    m4a, flac, wav = (
        MP4(show.out / f"{stem}.m4a").tags,
        FLAC(show.out / f"{stem}.flac"),
        WAVE(show.out / f"{stem}.wav").tags,
    )
    assert title == m4a["\xa9nam"][0] == flac["title"][0] == str(wav["TIT2"]) == "Four o'clock; a = b"
    assert performers == m4a["\xa9ART"][0] == flac["artist"][0] == str(wav["TPE1"])
    assert m4a["aART"] == m4a["tvsh"] == flac["albumartist"] == ["Tea Time"]
    assert bytes(m4a["covr"][0]) == flac.pictures[0].data == wav.getall("APIC")[0].data
    listed = json.loads((show.out / f"{stem}.chapters.json").read_text())["chapters"]
    wanted = [(item["startTime"], item["title"]) for item in listed]
    assert len(wanted) >= 3
    for name in ALL:
        assert chapters_by_ffmpeg(show.out / f"{stem}.{name}") == wanted, name
    assert [(mark.start, mark.title) for mark in MP4(show.out / f"{stem}.m4a").chapters] == wanted


def test_one_that_is_no_longer_asked_for_is_removed(show: Show) -> None:
    """Its file goes from out/ and facts/; the MP3 keeps its bytes; one a person edited stays."""
    ask(show, *ALL)
    assert show.run("process", show.tones())[0] == 0
    assert beside(show.out) == beside(show.episode / "facts") == ["flac", "m4a", "mp3", "wav"]
    stem = show.episode.name
    mp3 = (show.out / f"{stem}.mp3").read_bytes()
    edited = MP4(show.out / f"{stem}.m4a")
    edited.tags["\xa9cmt"] = ["mine"]
    edited.save()

    ask(show)
    assert show.run("process", show.episode)[0] == 0
    assert beside(show.episode / "facts") == ["mp3"]
    assert beside(show.out) == ["m4a", "mp3"]
    assert (show.out / f"{stem}.mp3").read_bytes() == mp3


def test_a_lost_file_is_made_again(show: Show) -> None:
    """What is missing in out/ is tagged again; what is missing in facts/ is mastered again."""
    ask(show, "m4a")
    assert show.run("process", show.tones())[0] == 0
    published, fact = show.out / f"{show.episode.name}.m4a", show.episode / "facts" / "master.m4a"
    before = published.read_bytes(), fact.read_bytes()
    published.unlink()
    code, _, err = show.run("process", show.episode)
    assert (code, "master" in err) == (0, False)
    fact.unlink()
    published.unlink()
    assert show.run("process", show.episode)[0] == 0
    assert (published.read_bytes(), fact.read_bytes()) == before


def test_a_second_run_writes_none_again(show: Show) -> None:
    """Large files are written when sound or tags change, and only then."""
    ask(show, "flac", "wav")
    assert show.run("process", show.tones())[0] == 0
    first = times(show)
    assert show.run("process", show.episode)[0] == 0
    assert times(show) == first
    brief = show.episode / "episode.toml"
    brief.write_text(re.sub(r"(?m)^title = .*$", "", brief.read_text()).replace("", 'title = "New"\n', 1))
    assert show.run("process", show.episode)[0] == 0
    assert not set(times(show).values()) & set(first.values())
    assert FLAC(show.out / f"{show.episode.name}.flac")["title"] == ["New"]


def test_an_edited_file_is_kept(show: Show) -> None:
    """The new version goes beside it as NAME.new."""
    ask(show, "flac")
    assert show.run("process", show.tones())[0] == 0
    path = show.out / f"{show.episode.name}.flac"
    mine = FLAC(path)
    mine["title"] = ["Mine"]
    mine.save()
    brief = show.episode / "episode.toml"
    brief.write_text(re.sub(r"(?m)^title = .*$", "", brief.read_text()).replace("", 'title = "New"\n', 1))
    assert show.run("process", show.episode)[0] == 0
    assert FLAC(path)["title"] == ["Mine"]
    assert FLAC(path.with_name(path.name + ".new"))["title"] == ["New"]


def test_by_default_there_is_only_the_mp3(show: Show) -> None:
    """Nothing is made, kept or noted unless it is asked for."""
    ask(show)
    assert show.run("process", show.tones())[0] == 0
    assert beside(show.out) == beside(show.episode / "facts") == ["mp3"]
    assert "extras" not in json.loads((show.episode / "episode.json").read_text())["derived"]
