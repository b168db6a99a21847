"""Tags: what is written is what two independent readers read, and the sound is not touched."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from hashlib import sha256
from pathlib import Path

import numpy as np
import pytest
from mutagen.id3 import ID3, PRIV, TIT2, TXXX
from PIL import Image

from chaitime_audio.engines import _ffmpeg
from chaitime_audio.engines.mastering._encode import encode
from chaitime_audio.engines.tagging import audio_sha256, prepare_cover, write_tags
from chaitime_audio.errors import DestinationError, InputRefusedError
from chaitime_audio.model.sound import PublishedMs
from chaitime_audio.model.tags import Mark, Tags, TimedLine

TITLES = (
    "Tom Ellery on four o'clock",
    "Ünïcödé – “quotes” … ß",
    "四時のお茶 चाय का समय",
    "مقابلة مع ضيف",
    "Emoji 🎙️👩🏽‍🔬 inside",
    "AC/DC; a, b & c = d # e",
    "x" * 4000,
    "<script>alert(1)</script>",
    "{{ 7*7 }} ${HOME} `id` %s",
    "ID3\\x00 TAG 'q' \"q\"",
    "e\u0301 decomposed",
    "12. 2024",
)
COVERS = ("none", "plain", "alpha", "wide", "grey", "noisy")


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory, sounds) -> Path:
    path = tmp_path_factory.mktemp("tag") / "master.mp3"
    encode(iter([sounds.speech(4)[:, None]]), 1, 96, path)
    return path


@pytest.fixture(scope="module")
def covers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes | None]:
    folder = tmp_path_factory.mktemp("covers")
    pictures = {
        "plain": Image.new("RGB", (1400, 1400), "navy"),
        "alpha": Image.new("RGBA", (1500, 1500), (200, 0, 0, 90)),
        "wide": Image.new("RGB", (1600, 900), "green"),
        "grey": Image.new("L", (500, 500), 99),
        "noisy": Image.fromarray(np.random.default_rng(0).integers(0, 255, (1400, 1400, 3), "u1")),
    }
    made: dict[str, bytes | None] = {"none": None}
    for name, picture in pictures.items():
        picture.save(folder / f"{name}.png")
        made[name] = prepare_cover(folder / f"{name}.png")
    return made


def marks(*starts: int, end: int = 4000) -> tuple[Mark, ...]:
    ends = (*starts[1:], end)
    return tuple(
        Mark(f"Chapter {i} – “é”", PublishedMs(a), PublishedMs(b))
        for i, (a, b) in enumerate(zip(starts, ends, strict=True))
    )


@pytest.mark.parametrize("title", TITLES)
@pytest.mark.parametrize("cover", COVERS)
def test_titles_and_covers_round_trip(title: str, cover: str, mp3: Path, covers, tmp_path: Path) -> None:
    """Any title with any cover reads back equal, chapters too, and the sound keeps its bytes."""
    import unicodedata

    target = tmp_path / "out.mp3"
    write_tags(mp3, target, Tags(title, "The Show", chapters=marks(0, 1000, 2500), cover=covers[cover]))
    tags = ID3(target)
    assert tags.version == (2, 3, 0)
    assert str(tags["TIT2"]) == unicodedata.normalize("NFC", title)
    assert [chapter.start_time for chapter in _chapters(tags)] == [0, 1000, 2500]
    pictures = tags.getall("APIC")
    assert [picture.data for picture in pictures] == ([covers[cover]] if covers[cover] else [])
    assert all((picture.mime, int(picture.type)) == ("image/jpeg", 3) for picture in pictures)
    assert audio_sha256(target) == sha256(mp3.read_bytes()).hexdigest()


def full_tags() -> Tags:
    """Return tags with every field filled."""
    return Tags(
        title="Four o'clock",
        show="Tea Time",
        subtitle="A talk",
        hosts=("Maya Rao",),
        guests=("Tom Ellery", "Ann Lee"),
        number=12,
        season=2,
        date=date(2024, 3, 9),
        comment="Short notes",
        description="Longer",
        keywords=("tea", "a, b"),
        category="Technology",
        language="en",
        copyright="The authors",
        url="https://example.org/épisode 1",
        feed_url="https://example.org/feed.xml",
        guid="abc-123",
        transcript="Maya Rao: Why?\nTom Ellery: Because…",
        lines=(TimedLine(PublishedMs(0), "Why?"), TimedLine(PublishedMs(1500), "Because…")),
        chapters=marks(0, 2000),
    )


def test_every_frame_says_what_it_should(mp3: Path, tmp_path: Path) -> None:
    """The full set, each where readers of ID3v2.3 look for it."""
    target = tmp_path / "out.mp3"
    tags = full_tags()
    write_tags(mp3, target, tags)
    found = ID3(target, translate=False)
    texts = {
        name: str(found[name])
        for name in ("TIT2", "TIT3", "TPE1", "TPE2", "TALB", "TRCK", "TPOS", "TYER", "TDAT", "TCON")
    }
    assert texts == {
        "TIT2": "Four o'clock",
        "TIT3": "A talk",
        "TPE1": "Maya Rao with Tom Ellery & Ann Lee",
        "TPE2": "Tea Time",
        "TALB": "Tea Time",
        "TRCK": "12",
        "TPOS": "2",
        "TYER": "2024",
        "TDAT": "0903",
        "TCON": "Podcast",
    }
    assert str(found["TCOP"]) == "2024 The authors"
    assert str(found["TLAN"]) == "eng"
    assert found.getall("COMM")[0].lang == "eng"
    assert found.getall("COMM")[0].desc == ""
    assert found.getall("USLT")[0].text == tags.transcript
    timed = found.getall("SYLT")[0]
    assert (timed.format, timed.type, timed.text) == (2, 2, [("Why?", 0), ("Because…", 1500)])
    assert found.getall("WXXX")[0].url == "https://example.org/%C3%A9pisode%201"
    assert (found["PCST"].value, str(found["TGID"]), str(found["TDES"])) == (1, "abc-123", "Longer")
    assert (str(found["TKWD"]), str(found["TCAT"])) == ("tea,a  b", "Technology")
    assert found["WFED"].url == "https://example.org/feed.xml"
    (contents,) = found.getall("CTOC")
    assert int(contents.flags) == 3
    assert contents.child_element_ids == [chapter.element_id for chapter in _chapters(found)]
    assert str(contents.sub_frames["TIT2"]) == "Four o'clock"
    assert {chapter.start_offset for chapter in _chapters(found)} == {0xFFFFFFFF}
    unicode_frames = [
        frame
        for frame in found.values()
        if hasattr(frame, "encoding") and frame.FrameID not in ("APIC", "WFED")
    ]
    assert {int(frame.encoding) for frame in unicode_frames} == {1}


def test_ffmpeg_reads_title_and_chapters(mp3: Path, covers, tmp_path: Path) -> None:
    """A second reader, by others, sees the same title, chapters and their times."""
    target = tmp_path / "out.mp3"
    write_tags(
        mp3, target, Tags("Vier Uhr – “Tee”", "Show", chapters=marks(0, 1000, 2500), cover=covers["plain"])
    )
    said = _ffmpeg.report(target)
    assert "title           : Vier Uhr – “Tee”" in said
    times = re.findall(r"Chapter #0:\d+: start ([\d.]+), end ([\d.]+)", said)
    assert [(float(a), float(b)) for a, b in times] == [(0, 1), (1, 2.5), (2.5, 4)]
    assert said.count("Chapter 1 – “é”") == 1
    assert "attached pic" in said


def test_nothing_hidden_reaches_a_reader(mp3: Path, tmp_path: Path) -> None:
    """Control and direction marks, half characters and script addresses are left out."""
    target = tmp_path / "out.mp3"
    nasty = "a\x00b\u202ec\ud800d\x1b[31me\ufefff\r\ng"
    write_tags(
        mp3, target, Tags(nasty, url="javascript:alert(1)", transcript=nasty, comment="file:///etc/passwd")
    )
    found = ID3(target)
    assert re.fullmatch(r"abc.?d\[31mef g", str(found["TIT2"]))
    assert "\n" in found.getall("USLT")[0].text
    assert not found.getall("WXXX")
    assert not found.getall("WOAF")


def test_what_is_empty_is_not_written(mp3: Path, tmp_path: Path) -> None:
    """A title alone makes a tag of little more than a title."""
    target = tmp_path / "out.mp3"
    write_tags(mp3, target, Tags("Only a title"))
    assert set(ID3(target)) == {"TIT2", "TCON", "TSSE", "PCST"}


def test_frames_of_others_are_kept(mp3: Path, tmp_path: Path) -> None:
    """An MP3 that was tagged elsewhere keeps what we do not write ourselves."""
    tagged = tmp_path / "before.mp3"
    tagged.write_bytes(mp3.read_bytes())
    before = ID3()
    before.add(TIT2(encoding=3, text="Old"))
    before.add(TXXX(encoding=3, desc="mine", text="kept"))
    before.add(PRIV(owner="me", data=b"\x01\x02"))
    before.save(tagged, v2_version=4, v1=2)
    content = tagged.read_bytes()
    target = tmp_path / "out.mp3"
    write_tags(tagged, target, Tags("New", date=date(2024, 1, 2)))
    found = ID3(target)
    assert str(found["TIT2"]) == "New"
    assert str(found["TXXX:mine"]) == "kept"
    assert found.getall("PRIV")[0].data == b"\x01\x02"
    assert audio_sha256(target) == audio_sha256(mp3)
    assert b"TAG" not in target.read_bytes()[-128:-125]
    assert tagged.read_bytes() == content


def test_tagging_again_gives_the_same_bytes(mp3: Path, covers, tmp_path: Path) -> None:
    """The same tags on the same sound are the same file; tagging a tagged file too."""
    one, two, three = (tmp_path / f"{name}.mp3" for name in "abc")
    tags = Tags("Title", "Show", chapters=marks(0, 500), cover=covers["plain"], date=date(2024, 1, 2))
    write_tags(mp3, one, tags)
    write_tags(mp3, two, tags)
    write_tags(one, three, tags)
    assert one.read_bytes() == two.read_bytes() == three.read_bytes()


def test_more_chapters_than_a_table_can_hold(mp3: Path, tmp_path: Path) -> None:
    """A table of contents counts to 255: the last one then runs to the end."""
    target = tmp_path / "out.mp3"
    write_tags(mp3, target, Tags("Many", chapters=marks(*range(0, 3000, 10))))
    chapters = _chapters(ID3(target))
    assert len(chapters) == 255
    assert chapters[-1].end_time == 4000


def test_bad_paths_are_one_line(mp3: Path, tmp_path: Path) -> None:
    """A missing source, a source that is a folder, a destination that cannot be."""
    for bad in (tmp_path / "none.mp3", tmp_path):
        with pytest.raises(InputRefusedError):
            write_tags(bad, tmp_path / "out.mp3", Tags("x"))
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(DestinationError):
        write_tags(mp3, tmp_path / "file" / "out.mp3", Tags("x"))


def test_broken_tags_of_others_do_not_escape(mp3: Path, tmp_path: Path) -> None:
    """A damaged tag is replaced or refused in one line, never a traceback of mutagen's."""
    rng = np.random.default_rng(3)
    for number in range(30):
        broken = tmp_path / f"{number}.mp3"
        junk = bytes(rng.integers(0, 255, 200, "u1"))
        broken.write_bytes(b"ID3\x03\x00\x00\x00\x00\x01\x48" + junk + mp3.read_bytes())
        with contextlib.suppress(InputRefusedError):
            write_tags(broken, tmp_path / "out.mp3", Tags("x"))
            assert str(ID3(tmp_path / "out.mp3")["TIT2"]) == "x"


def _chapters(tags: ID3):
    return sorted(tags.getall("CHAP"), key=lambda frame: int(frame.element_id.removeprefix("chp")))
