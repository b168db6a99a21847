"""Links and pictures of chapters: from episode.toml to the MP3, the chapters file, the item and the site."""

from __future__ import annotations

import io
import json
import re
import shutil
import struct
from pathlib import Path

import pytest
from mutagen.id3 import ID3
from PIL import Image

from chaitime_audio.cli import run

from .conftest import CONFIG, Show, write_tones

LINK = "https://example.org/tea?a=1&b=2"
WISH = f"""
[[chapters]]
at = "00:42"
title = "Of tea"
url = "{LINK}"
picture = "art/Tea Pot.png"
"""


def picture(path: Path, size: tuple[int, int] = (1600, 900)) -> None:
    """Write a picture with transparency."""
    path.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGBA", size, (200, 80, 40, 128)).save(path)


def size_of(path: Path) -> tuple[int, int]:
    """Width and height of a picture."""
    with Image.open(path) as shown:
        return shown.size


ADDRESS = '[show]\nmedia_url = "https://media.example.org"'


def wished(episode: Path, wish: str = WISH) -> Path:
    """Add a wish to episode.toml, and the picture it names to the folder."""
    picture(episode / "art" / "Tea Pot.png")
    brief = episode / "episode.toml"
    brief.write_text(brief.read_text() + wish)
    return episode


def show_at(folder: Path, config: str, seconds: int = 170) -> Path:
    """Write a show whose one episode is made without a wish; return the episode's folder."""
    (folder / "config").mkdir(parents=True)
    (folder / "config" / "chaitime.toml").write_text(config)
    recording = write_tones(folder / "talk.wav", seconds)
    episode = folder / "episodes" / "talk"
    assert run(["process", "-q", str(recording), "--out", str(episode)]) == 0
    return episode


@pytest.fixture(scope="module")
def shows(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three shows that no test spoils: plain, short, and one with a site whose episode has the wish."""
    top = tmp_path_factory.mktemp("shows")
    show_at(top / "plain", CONFIG)
    show_at(top / "short", CONFIG, seconds=30)
    episode = show_at(top / "made", CONFIG.replace("[show]", ADDRESS, 1))
    assert run(["process", "-q", str(wished(episode))]) == 0
    return top


def copied(shows: Path, name: str, show: Show) -> Show:
    """Put a copy of one of them where the empty show is."""
    shutil.copytree(shows / name, show.folder, dirs_exist_ok=True)
    return show


@pytest.fixture
def made(shows: Path, show: Show) -> Show:
    """An episode with a chapter that has a link and a picture, on a site of the show's own."""
    return copied(shows, "made", show)


@pytest.fixture
def plain(shows: Path, show: Show) -> Show:
    """An episode without a wish, in a show without a site."""
    return copied(shows, "plain", show)


@pytest.fixture
def short(shows: Path, show: Show) -> Show:
    """The same of half a minute."""
    return copied(shows, "short", show)


@pytest.fixture
def illustrated(plain: Show) -> Show:
    """The wish without a site."""
    assert plain.run("process", wished(plain.episode), "-q")[0] == 0
    return plain


def test_the_chapter_in_the_mp3_has_link_and_picture(made: Show) -> None:
    """Read by mutagen: WXXX and a JPEG of at most 1000 pixels in the one chapter, and in no other."""
    (mp3,) = made.out.glob("*.mp3")
    frames = ID3(mp3)
    chapters = sorted(frames.getall("CHAP"), key=lambda frame: frame.start_time)
    (ours,) = [frame for frame in chapters if frame.sub_frames.getall("WXXX")]
    assert ours.sub_frames["TIT2"].text == ["Of tea"]
    assert ours.sub_frames.getall("WXXX")[0].url == LINK
    shown = Image.open(io.BytesIO(ours.sub_frames.getall("APIC")[0].data))
    assert (shown.format, shown.mode, shown.size) == ("JPEG", "RGB", (1000, 562))
    assert sum(len(frame.sub_frames.getall("APIC")) for frame in chapters) == 1
    (toc,) = frames.getall("CTOC")
    assert toc.child_element_ids == [frame.element_id for frame in chapters]


def test_another_reader_finds_them_byte_by_byte(made: Show) -> None:
    """Walking through the tag by the standard's sizes meets CHAP with TIT2, WXXX and APIC inside."""
    (mp3,) = made.out.glob("*.mp3")
    data = mp3.read_bytes()
    assert data[:5] == b"ID3\x03\x00"
    inside = [walk(body[body.index(b"\0") + 17 :]) for name, body in walk(data[10:]) if name == "CHAP"]
    kinds = [[name for name, _ in frames] for frames in inside]
    assert ["TIT2", "WXXX", "APIC"] in [sorted(kind, key="TIT2 WXXX APIC".index) for kind in kinds]
    (link,) = [body for frames in inside for name, body in frames if name == "WXXX"]
    assert link.rstrip(b"\0").endswith(LINK.encode("latin-1"))


def walk(data: bytes) -> list[tuple[str, bytes]]:
    """ID3v2.3 frames one after the other: name, size, flags, body."""
    frames, at = [], 0
    while at + 10 <= len(data) and data[at : at + 4].isalnum() and data[at : at + 1].isalpha():
        (size,) = struct.unpack(">I", data[at + 4 : at + 8])
        frames.append((data[at : at + 4].decode("latin-1"), data[at + 10 : at + 10 + size]))
        at += 10 + size
    return frames


def test_files_beside_it_point_to_link_and_picture(made: Show) -> None:
    """The chapters file has url and img, the item href and image; the picture lies where they say."""
    (chapters,) = made.out.glob("*.chapters.json")
    (ours,) = [item for item in json.loads(chapters.read_text())["chapters"] if "url" in item]
    assert ours["url"] == LINK
    (published,) = (made.out / "chapters").iterdir()
    assert published.name.startswith("tea-pot-")
    address = f"https://media.example.org/talk/chapters/{published.name}"
    assert ours["img"] == address
    item = (made.out / "talk.item.xml").read_text()
    assert 'href="https://example.org/tea?a=1&amp;b=2"' in item
    assert f'image="{address}"' in item
    assert made.run("feed", "episodes")[0] == 0
    assert list(made.folder.rglob(f"site/talk/chapters/{published.name}"))


def test_a_picture_taken_back_is_gone(made: Show) -> None:
    """Without the wish neither tag nor file has it."""
    brief = made.episode / "episode.toml"
    brief.write_text(brief.read_text().replace(WISH, ""))
    assert made.run("process", made.episode, "-q")[0] == 0
    assert not list((made.out / "chapters").glob("*"))
    (mp3,) = made.out.glob("*.mp3")
    assert not [frame for frame in ID3(mp3).getall("CHAP") if frame.sub_frames.getall("APIC")]


def test_pictures_of_one_name_stay_apart(made: Show) -> None:
    """Two files called alike in two folders are two pictures, each with its own chapter."""
    picture(made.episode / "tea" / "Tea Pot.png", (400, 400))
    brief = made.episode / "episode.toml"
    second = WISH.replace("00:42", "01:40").replace("Of tea", "More").replace("art/", "tea/")
    brief.write_text(brief.read_text() + second)
    assert made.run("process", made.episode, "-q")[0] == 0
    sizes = {size_of(path) for path in (made.out / "chapters").iterdir()}
    assert sizes == {(1000, 562), (400, 400)}
    (chapters,) = made.out.glob("*.chapters.json")
    shown = [item["img"] for item in json.loads(chapters.read_text())["chapters"] if "img" in item]
    assert len(set(shown)) == 2


def test_a_picture_that_is_not_there_is_told_before_anything_slow(short: Show) -> None:
    """One line that names file and picture, exit code 2, and no stage begun; likewise for no address."""
    (wished(short.episode) / "art" / "Tea Pot.png").unlink()
    code, _, err = short.run("process", short.episode, "--again", "transcript")
    assert code == 2
    assert "episode.toml: chapter at 00:42 “Of tea”: cannot read" in err
    assert "art/Tea Pot.png" in err
    assert "…" not in err


def test_a_picture_deleted_since_does_not_take_the_feed_down(made: Show) -> None:
    """The site goes on with the picture as it was published."""
    (made.episode / "art" / "Tea Pot.png").unlink()
    assert made.run("feed", "episodes")[0] == 0
    assert list(made.folder.rglob("site/talk/chapters/tea-pot-*.jpg"))


def test_a_site_at_another_address_has_what_its_feed_points_to(illustrated: Show) -> None:
    """With the address given to the feed alone, the picture is made for the site."""
    assert illustrated.run("feed", "episodes", "--base-url", "https://pod.example/chai")[0] == 0
    (feed,) = illustrated.folder.rglob("site/feed.xml")
    (name,) = re.findall(r'image="https://pod\.example/chai/(talk/chapters/[^"]+)"', feed.read_text())
    assert size_of(feed.parent / name) == (1000, 562)


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("https:", "javascript:", "is not a web address"),
        ("https://example.org", "https://", "is not a web address"),
        ("/tea?", "/tea pot?", "is not a web address"),
        ("art/Tea", "/etc/Tea", "is not in the episode's folder"),
        ("art/Tea", "../other/Tea", "is not in the episode's folder"),
        ('title = "Of tea"', "drop = true", "has no link and no picture"),
    ],
)
def test_what_cannot_be_is_told(old: str, new: str, told: str, short: Show) -> None:
    """One line that names episode.toml and the chapter by its place there; exit code 2."""
    code, _, err = short.run("process", wished(short.episode, WISH.replace(old, new)))
    assert code == 2
    assert "episode.toml: chapters[1]" in err
    assert told in err


def test_without_a_site_the_picture_is_in_the_sound_alone(illustrated: Show) -> None:
    """Nothing in out/ points to a picture, so none lies there; the MP3 has it."""
    out = illustrated.out
    assert not (out / "chapters").exists()
    (chapters,) = out.glob("*.chapters.json")
    assert not [item for item in json.loads(chapters.read_text())["chapters"] if "img" in item]
    (mp3,) = out.glob("*.mp3")
    assert [frame for frame in ID3(mp3).getall("CHAP") if frame.sub_frames.getall("APIC")]


def test_a_trial_has_the_pictures_too(made: Show) -> None:
    """--minutes works in try/ and takes the pictures from the episode."""
    assert made.run("process", made.episode, "--minutes", "1", "-q")[0] == 0
    (mp3,) = (made.episode / "try").rglob("out/*.mp3")
    assert [frame for frame in ID3(mp3).getall("CHAP") if frame.sub_frames.getall("APIC")]


def test_a_file_that_is_no_picture_is_told(short: Show) -> None:
    """Exit code 2 and the file's name."""
    (wished(short.episode) / "art" / "Tea Pot.png").write_bytes(b"no picture")
    code, _, err = short.run("process", short.episode)
    assert code == 2
    assert "chapter at 00:42 “Of tea”" in err
    assert "Tea Pot.png cannot be read as a picture" in err
