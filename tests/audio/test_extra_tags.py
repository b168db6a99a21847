"""Tags of M4A, FLAC and WAV: what is written is what other readers read, and the sound is not touched."""

from __future__ import annotations

import io
import re
import struct
from datetime import date
from pathlib import Path

import numpy as np
import pytest
from mutagen.flac import FLAC
from mutagen.mp4 import MP4
from mutagen.wave import WAVE
from PIL import Image

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.mastering.chain.extra_formats import Programme, pressed_extras
from chaitime_audio.domain.sound import PublishedMs
from chaitime_audio.domain.tags import Mark, Tags
from chaitime_audio.errors import ChaitimeError
from chaitime_audio.tagging import other_formats
from chaitime_audio.tagging.other_formats import packets_sum, write_extra_tags

RATE = 44_100
ALL = ("m4a", "flac", "wav")
TITLES = ("Tom Ellery on four o'clock", "四時のお茶 🎙️", "a=b; c#d \\", "[CHAPTER]\nSTART=1", "x" * 400)
NASTY = {
    "a\x00b\x1b[31mc": "ab[31mc",
    "\u202bمقابلة\u202c": "مقابلة",
    "\ufeffBOM\ufeff": "BOM",
    "half \ud83d whole": "half ? whole",
    "e\u0301 \u3000 ": "é",
    "\x07\u200e": "Tea Time",
    "Größe 四 " * 500: ("Größe 四 " * 500).strip(),
}


@pytest.fixture(scope="module")
def masters(tmp_path_factory: pytest.TempPathFactory, sounds) -> Path:
    """A folder with one short master of each format."""
    folder = tmp_path_factory.mktemp("masters")
    sound = sounds.speech(4)[:, None]
    programme = Programme(lambda: iter([sound]), 1, 0.0, np.full(500, 0.7), (-20.0, -1.0))
    pressed_extras(programme, ALL, folder / "master.mp3")
    return folder


def tagged(masters: Path, kind: str, target: Path, title: str = "A talk", cover: bytes | None = None) -> Tags:
    """Write tags into a copy of a master; return them."""
    marks = tuple(
        Mark(text, PublishedMs(1000 * at), PublishedMs(1000 * at + 1000))
        for at, text in enumerate((title, "2", "3"))
    )
    tags = Tags(
        title,
        "Tea Time",
        hosts=("Maya",),
        guests=("Tom",),
        number=7,
        season=2,
        date=date(2026, 1, 31),
        comment="Short.",
        description="First.\n\nSecond.",
        language="en",
        transcript="Hello\nyou",
        chapters=marks,
        cover=cover,
    )
    sections = "".join(
        f"[CHAPTER]\nTIMEBASE=1/1000\nSTART={mark.start_ms}\nEND={mark.end_ms}\ntitle={escaped(mark.title)}\n"
        for mark in marks
    )
    write_extra_tags(masters / f"master.{kind}", target, tags, f";FFMETADATA1\n{sections}")
    return tags


def escaped(text: str) -> str:
    """As ffmpeg wants it in its metadata files."""
    return re.sub(r"([=;#\\])", r"\\\1", " ".join(text.split()))


@pytest.mark.parametrize("title", TITLES)
def test_tags_read_back_and_the_sound_keeps_its_bytes(
    title: str, masters: Path, tmp_path: Path, sounds
) -> None:
    """Any title, by mutagen's readers; encoded packets and decoded samples are those of the master."""
    buffer = io.BytesIO()
    Image.new("RGB", (1400, 1400), "navy").save(buffer, "JPEG")
    shown = " ".join(title.split())
    for kind in ALL:
        tagged(masters, kind, tmp_path / f"a.{kind}", title, buffer.getvalue())
        assert packets_sum(tmp_path / f"a.{kind}") == packets_sum(masters / f"master.{kind}")
        assert np.array_equal(sounds.pcm(tmp_path / f"a.{kind}"), sounds.pcm(masters / f"master.{kind}")), (
            kind
        )
    m4a, flac = MP4(tmp_path / "a.m4a"), FLAC(tmp_path / "a.flac")
    wav = WAVE(tmp_path / "a.wav").tags
    assert m4a["\xa9nam"] == flac["title"] == [str(wav["TIT2"])] == [shown]
    assert m4a["trkn"] == [(7, 0)]
    assert (m4a["pcst"], m4a["stik"]) == (True, [21])
    assert m4a["ldes"] == flac["description"] == ["First.\n\nSecond."]
    assert m4a["\xa9day"] == flac["date"] == ["2026-01-31"]
    assert flac["language"] == ["eng"]
    assert bytes(m4a["covr"][0]) == flac.pictures[0].data == wav.getall("APIC")[0].data == buffer.getvalue()


def test_nasty_titles_are_cleaned_as_in_the_mp3(masters: Path, tmp_path: Path) -> None:
    """What no reader can show is left out of title and chapter in every format, and the sound is the same."""
    for given, meant in NASTY.items():
        marks = (Mark(given, PublishedMs(0), PublishedMs(1000)),)
        for kind in ALL:
            target = tmp_path / f"a.{kind}"
            write_extra_tags(masters / f"master.{kind}", target, Tags(given, "Tea Time", chapters=marks), "")
            assert packets_sum(target) == packets_sum(masters / f"master.{kind}")
        read = (MP4(tmp_path / "a.m4a")["\xa9nam"], FLAC(tmp_path / "a.flac")["title"])
        assert read == ([meant], [meant])
        assert str(WAVE(tmp_path / "a.wav").tags["TIT2"]) == meant


def test_a_short_description_ends_with_a_word(masters: Path, tmp_path: Path) -> None:
    """A player takes 255 bytes: what is longer is cut between words and says so; the long one stays whole."""
    long = "Über Tee und Zeit. " * 40
    write_extra_tags(masters / "master.m4a", tmp_path / "a.m4a", Tags("A talk", description=long), "")
    (short,) = MP4(tmp_path / "a.m4a")["desc"]
    assert len(short.encode()) <= 255
    assert short.endswith("…")
    assert long.startswith(short.removesuffix("…") + " ")
    assert MP4(tmp_path / "a.m4a")["ldes"] == [long.strip()]


@pytest.mark.parametrize("title", TITLES)
def test_chapters_read_back_by_ffmpeg(title: str, masters: Path, tmp_path: Path) -> None:
    """Three chapters at their seconds in every format, whatever stands in a title."""
    for kind in ALL:
        tagged(masters, kind, tmp_path / f"a.{kind}", title)
        said = ffmpeg.report(tmp_path / f"a.{kind}")
        starts = re.findall(r"Chapter #0:\d+: start ([\d.]+)", said)
        assert sorted(map(float, starts)) == [0.0, 1.0, 2.0], kind
        first = re.search(r"start 0\.0.*?title\s+: ([^\n]*)", said[said.index("Chapters:") :], re.DOTALL)
        assert first
        assert first[1].rstrip("\\ ").startswith(" ".join(title.split()).rstrip("\\ ")[:100]), kind


def test_links_and_pictures_of_chapters(masters: Path, tmp_path: Path) -> None:
    """FLAC has the link as Xiph's chapters do, WAV both as the MP3; chapters stand in order of time."""
    link, art = "https://example.org/tea", b"\xff\xd8\xff" * 3000
    marks = tuple(
        Mark(f"Part {at}", PublishedMs(1000 * at), PublishedMs(1000 * at + 1000), url, name)
        for at, (url, name) in enumerate((("", "art"), (link, ""), ("", "")))
    )
    tags = Tags("A talk", chapters=marks, pictures=(("art", art),))
    for kind in ("flac", "wav"):
        write_extra_tags(masters / f"master.{kind}", tmp_path / f"a.{kind}", tags, "")
        starts = re.findall(r"Chapter #0:\d+: start ([\d.]+)", ffmpeg.report(tmp_path / f"a.{kind}"))
        assert [float(start) for start in starts] == [0.0, 1.0, 2.0], kind
    flac, wav = FLAC(tmp_path / "a.flac"), WAVE(tmp_path / "a.wav").tags
    assert flac["chapter002url"] == [link]
    assert "chapter001url" not in flac
    assert wav["CHAP:chp1"].sub_frames.getall("WXXX")[0].url == link
    assert wav["CHAP:chp0"].sub_frames.getall("APIC")[0].data == art


def test_tags_of_an_earlier_hand_do_not_stay(masters: Path, tmp_path: Path) -> None:
    """What ffmpeg wrote of itself is gone: same inputs, same bytes, twice."""
    for kind in ALL:
        tagged(masters, kind, tmp_path / f"a.{kind}")
        tagged(masters, kind, tmp_path / f"b.{kind}")
        assert (tmp_path / f"a.{kind}").read_bytes() == (tmp_path / f"b.{kind}").read_bytes()
        assert "Lavf" not in ffmpeg.report(tmp_path / f"a.{kind}")


def test_an_rf64_is_tagged_as_well(masters: Path, tmp_path: Path, sounds) -> None:
    """The large form of a WAV keeps its form, its size in the header is true, and ffmpeg reads the title."""
    large = sounds.convert(
        masters / "master.wav", tmp_path / "master.wav", *("-c:a pcm_s24le -rf64 always".split())
    )
    assert large.read_bytes()[:4] == b"RF64"
    tagged(tmp_path, "wav", tmp_path / "a.wav", "Large")
    data = (tmp_path / "a.wav").read_bytes()
    assert data[:4] == b"RF64"
    assert struct.unpack("<Q", data[20:28])[0] == len(data) - 8
    assert re.search(r"title\s+: Large", ffmpeg.report(tmp_path / "a.wav"))
    assert packets_sum(tmp_path / "a.wav") == packets_sum(large)


def test_a_wav_without_room_stays_untagged(masters: Path, tmp_path: Path, monkeypatch) -> None:
    """A RIFF that would pass 4 GiB by its tags is published without them, whole."""
    size = (masters / "master.wav").stat().st_size
    monkeypatch.setattr(other_formats, "_MOST_RIFF_BYTES", size)
    tagged(masters, "wav", tmp_path / "a.wav")
    assert (tmp_path / "a.wav").read_bytes() == (masters / "master.wav").read_bytes()


def test_a_changed_sound_is_never_published(masters: Path, tmp_path: Path, monkeypatch) -> None:
    """The sound is compared before the file takes its place."""
    other = sounds_of(tmp_path)
    monkeypatch.setattr(
        other_formats, "_copy", lambda _source, target: target.write_bytes(other.read_bytes())
    )
    with pytest.raises(ChaitimeError, match="changed the sound"):
        tagged(masters, "wav", tmp_path / "a.wav")
    assert not (tmp_path / "a.wav").exists()


def sounds_of(folder: Path) -> Path:
    """Another WAV than the master."""
    form = struct.pack("<HHIIHH", 1, 1, RATE, RATE * 3, 3, 24)
    body = bytes(range(240)) * 30
    chunks = b"fmt " + struct.pack("<I", 16) + form + b"data" + struct.pack("<I", len(body)) + body
    path = folder / "other.wav"
    path.write_bytes(b"RIFF" + struct.pack("<I", 4 + len(chunks)) + b"WAVE" + chunks)
    return path
