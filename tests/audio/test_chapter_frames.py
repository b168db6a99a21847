"""Links and pictures of chapters: what is written is what three readers read, in order of time."""

from __future__ import annotations

import io
import re
import struct
from pathlib import Path

import eyed3
import numpy as np
import pytest
from mutagen.id3 import ID3, TIT2
from PIL import Image

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.domain.sound import PublishedMs
from chaitime_audio.domain.tags import Mark, Tags
from chaitime_audio.tagging.mp3 import audio_sha256, write_tags

STARTS = (0, 700, 1500, 2600, 3300)
LINKS = ("", "https://example.org/a?b=1&c=d", "http://example.org/ü 1", "", "javascript:alert(1)")
READ = ("", "https://example.org/a?b=1&c=d", "http://example.org/%C3%BC%201", "", "")
PICTURES = ("big", "", "small", "big", "not there")


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory, sounds) -> Path:
    path = tmp_path_factory.mktemp("chapters") / "master.mp3"
    encode(iter([sounds.speech(4)[:, None]]), 1, 96, path)
    return path


def jpeg(side: int) -> bytes:
    """Return a picture that hardly packs."""
    buffer = io.BytesIO()
    pixels = np.random.default_rng(side).integers(0, 255, (side, side, 3), "u1")
    Image.fromarray(pixels).save(buffer, "JPEG")
    return buffer.getvalue()


def chaptered() -> Tags:
    """Return tags whose chapters differ much in size: an order by size would not be one by time."""
    ends = (*STARTS[1:], 4000)
    marks = tuple(
        Mark(f"{number}: “é” 四 {'x' * (40 - 9 * number)}", PublishedMs(start), PublishedMs(end), link, name)
        for number, (start, end, link, name) in enumerate(zip(STARTS, ends, LINKS, PICTURES, strict=True))
    )
    return Tags("Four o'clock", "Tea", chapters=marks, pictures=(("big", jpeg(300)), ("small", jpeg(40))))


@pytest.fixture(scope="module")
def tagged(mp3: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("tagged") / "out.mp3"
    write_tags(mp3, path, chaptered())
    return path


def test_mutagen_reads_what_was_written(tagged: Path) -> None:
    """Title, times, link and picture of every chapter, and a table of contents that names all."""
    tags = chaptered()
    found = ID3(tagged)
    (contents,) = found.getall("CTOC")
    frames = [found[f"CHAP:{name}"] for name in contents.child_element_ids]
    assert int(contents.flags) == 3
    assert len(frames) == len(found.getall("CHAP"))
    for frame, mark, link in zip(frames, tags.chapters, READ, strict=True):
        assert (frame.start_time, frame.end_time) == (mark.start_ms, mark.end_ms)
        assert str(frame.sub_frames["TIT2"]) == mark.title
        assert [item.url for item in frame.sub_frames.getall("WXXX")] == ([link] if link else [])
        picture = dict(tags.pictures).get(mark.picture)
        assert [item.data for item in frame.sub_frames.getall("APIC")] == ([picture] if picture else [])


def test_eyed3_reads_what_was_written(tagged: Path) -> None:
    """A reader with no code of mutagen's finds the same, in the file's own order."""
    tags = chaptered()
    found = eyed3.load(tagged).tag
    (contents,) = found.table_of_contents
    frames = list(found.chapters)
    assert (contents.toplevel, contents.ordered) == (True, True)
    assert contents.child_ids == [frame.element_id for frame in frames]
    times = [(mark.start_ms, mark.end_ms) for mark in tags.chapters]
    assert [frame.title for frame in frames] == [mark.title for mark in tags.chapters]
    assert [tuple(frame.times) for frame in frames] == times
    assert [(frame.user_url or "").rstrip("\0") for frame in frames] == list(READ)
    pictures = [[item.image_data for item in frame.sub_frames.get(b"APIC") or ()] for frame in frames]
    assert pictures == [
        [data] if (data := dict(tags.pictures).get(mark.picture)) else [] for mark in tags.chapters
    ]


def test_ffmpeg_lists_them_in_order_of_time(tagged: Path) -> None:
    """Readers that show chapters as they stand in the file show them in time, whatever they carry."""
    said = ffmpeg.report(tagged)
    times = re.findall(r"Chapter #0:\d+: start ([\d.]+), end ([\d.]+)", said)
    assert [round(float(start) * 1000) for start, _ in times] == list(STARTS)
    assert all(said.count(mark.title) == 1 for mark in chaptered().chapters)


def test_the_sound_is_not_touched(mp3: Path, tagged: Path) -> None:
    """The frames of sound are byte for byte those of the master."""
    assert audio_sha256(tagged) == audio_sha256(mp3)
    assert tagged.read_bytes().endswith(mp3.read_bytes())


def test_tagging_again_replaces_chapters(tagged: Path, tmp_path: Path) -> None:
    """Links and pictures of before are gone when they are no longer wanted."""
    again = tmp_path / "again.mp3"
    plain = Tags("Four o'clock", chapters=(Mark("One", PublishedMs(0), PublishedMs(4000)),))
    write_tags(tagged, again, plain)
    (chapter,) = ID3(again).getall("CHAP")
    assert set(chapter.sub_frames) == {"TIT2"}
    assert not ID3(again).getall("APIC")


@pytest.mark.parametrize("version", [3, 4])
def test_frames_that_nobody_knows_are_kept(version: int, mp3: Path, tmp_path: Path) -> None:
    """A frame without a name in the standard stays as it was, from ID3v2.3 and v2.4, once and only once."""
    content = bytes(range(256)) * 2
    known = ID3()
    known.add(TIT2(encoding=1, text="Old"))
    buffer = io.BytesIO()
    known.save(buffer, v2_version=version, v1=0, padding=lambda _: 0)
    strange = b"XQZ7" + size_of(len(content), version) + b"\0\0" + content
    body = buffer.getvalue()[10:] + strange
    head = b"ID3" + bytes([version, 0, 0]) + size_of(len(body), 4)
    before = tmp_path / "before.mp3"
    before.write_bytes(head + body + mp3.read_bytes())
    once, twice = tmp_path / "once.mp3", tmp_path / "twice.mp3"
    write_tags(before, once, chaptered())
    write_tags(once, twice, chaptered())
    assert b"XQZ7" + struct.pack(">I", len(content)) + b"\0\0" + content in once.read_bytes()
    assert twice.read_bytes() == once.read_bytes()
    assert eyed3.load(once).tag.title == "Four o'clock"
    assert audio_sha256(once) == audio_sha256(mp3)


def size_of(value: int, version: int) -> bytes:
    """Four bytes: of 8 bits in ID3v2.3, of 7 in v2.4."""
    if version == 3:
        return struct.pack(">I", value)
    return bytes(value >> shift & 0x7F for shift in (21, 14, 7, 0))
