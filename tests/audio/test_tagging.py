"""Tags: what is written is what two independent readers read, and the sound is not touched."""

from __future__ import annotations

import contextlib
import re
from datetime import date
from pathlib import Path

import eyed3
import numpy as np
import pytest
from mutagen.id3 import ID3, PRIV, TIT2, TXXX

from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.domain.sound import PublishedMs
from chaitime_audio.domain.tags import Mark, Tags, TimedLine
from chaitime_audio.errors import DestinationError, InputRefusedError
from chaitime_audio.tagging.mp3 import audio_sha256, write_tags


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory, sounds) -> Path:
    path = tmp_path_factory.mktemp("tag") / "master.mp3"
    encode(iter([sounds.speech(4)[:, None]]), 1, 96, path)
    return path


def marks(*starts: int, end: int = 4000) -> tuple[Mark, ...]:
    ends = (*starts[1:], end)
    return tuple(
        Mark(f"Chapter {i} – “é”", PublishedMs(a), PublishedMs(b))
        for i, (a, b) in enumerate(zip(starts, ends, strict=True))
    )


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
    assert feed_address(target) == "https://example.org/feed.xml"
    (contents,) = found.getall("CTOC")
    assert int(contents.flags) == 3
    assert contents.child_element_ids == [chapter.element_id for chapter in _chapters(found)]
    assert str(contents.sub_frames["TIT2"]) == "Four o'clock"
    assert {chapter.start_offset for chapter in _chapters(found)} == {0xFFFFFFFF}
    unicode_frames = [
        frame for frame in found.values() if hasattr(frame, "encoding") and frame.FrameID != "APIC"
    ]
    assert {int(frame.encoding) for frame in unicode_frames} == {1}


def feed_address(path: Path) -> str:
    """The address of the feed as eyeD3 reads it: mutagen takes the frame for one without encoding."""
    (frame,) = eyed3.load(path).tag.frame_set[b"WFED"]
    return frame.text


def test_a_title_of_nothing_is_replaced(mp3: Path, tmp_path: Path) -> None:
    """Of a title of which nothing can be shown, the show's name is left, in the contents too."""
    write_tags(mp3, tmp_path / "a.mp3", Tags("\x07\u200e ", "The Show", chapters=marks(0)))
    found = ID3(tmp_path / "a.mp3")
    assert str(found["TIT2"]) == str(found.getall("CTOC")[0].sub_frames["TIT2"]) == "The Show"


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


def test_the_feed_of_others_is_kept_and_ours_replaces_it(mp3: Path, tmp_path: Path) -> None:
    """Apple's frame for the feed's address stays whole until we write one, and is there once."""
    first, kept, ours = (tmp_path / f"{name}.mp3" for name in ("first", "kept", "ours"))
    write_tags(mp3, first, Tags("One", feed_url="https://example.org/old.xml"))
    write_tags(first, kept, Tags("Two"))
    assert feed_address(kept) == "https://example.org/old.xml"
    write_tags(kept, ours, Tags("Three", feed_url="https://example.org/new.xml"))
    assert feed_address(ours) == "https://example.org/new.xml"
    assert ours.read_bytes().count(b"WFED") == 1


def test_tagging_again_gives_the_same_bytes(mp3: Path, tmp_path: Path) -> None:
    """The same tags on the same sound are the same file; tagging a tagged file too."""
    one, two, three = (tmp_path / f"{name}.mp3" for name in "abc")
    feed = "https://example.org/feed.xml"
    tags = Tags("Title", "Show", chapters=marks(0, 500), cover=b"jpeg", date=date(2024, 1, 2), feed_url=feed)
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
