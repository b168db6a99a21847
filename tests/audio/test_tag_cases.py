"""Twelve nasty titles with six kinds of cover: what was meant is what three readers read."""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import eyed3
import numpy as np
import pytest
from mutagen.id3 import ID3
from PIL import Image

from chaitime_audio.audio import ffmpeg
from chaitime_audio.audio.mastering.chain.encode import encode
from chaitime_audio.domain.sound import PublishedMs
from chaitime_audio.domain.tags import Mark, Tags
from chaitime_audio.tagging.cover import prepare_cover
from chaitime_audio.tagging.mp3 import audio_sha256, write_tags

TITLES = {
    "emoji": ("Tea 🎙️ with 👩🏽‍🔬 𝒳", "Tea 🎙️ with 👩🏽‍🔬 𝒳"),
    "right to left": ("\u202bمقابلة\u202c עם \u2067אורח\u2069", "مقابلة עם אורח"),
    "control": ("a\x00b\x1b[31mc\x7fd\x9fe", "ab[31mcde"),
    "4 KB": ("Größe 四 " * 500, ("Größe 四 " * 500).strip()),
    "blanks": (" \t leading and\u00a0trailing \u3000 ", "leading and trailing"),
    "marks only": ("\u0301\u0302\u0303", "\u0301\u0302\u0303"),
    "lines": ("One\r\nTwo\u2028Three\n\nFour e\u0301", "One Two Three Four é"),
    "markup": (
        "[red]b[/red] <i>&amp;</i> {{7*7}} ${HOME} `id` %s",
        "[red]b[/red] <i>&amp;</i> {{7*7}} ${HOME} `id` %s",
    ),
    "quotes": ('"it\'s" AC/DC \\n; a=b # c, “d”', '"it\'s" AC/DC \\n; a=b # c, “d”'),
    "byte order": ("\ufeffBOM\ufeff \ufffe\uffff", "BOM"),
    "half": ("half \ud83d and \udc00 whole", "half ? and ? whole"),
    "digits": ("2024", "2024"),
}
COVERS = ("cmyk.jpg", "rgba.png", "moving.gif", "deep.png", "turned.jpg", "wide.webp")
STARTS, END_MS = (0, 1234, 2500), 4000


@pytest.fixture(scope="module")
def mp3(tmp_path_factory: pytest.TempPathFactory, sounds) -> Path:
    path = tmp_path_factory.mktemp("tag") / "master.mp3"
    encode(iter([sounds.speech(4)[:, None]]), 1, 96, path)
    return path


@pytest.fixture(scope="module")
def covers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """One of each kind, made ready as for any MP3."""
    folder = tmp_path_factory.mktemp("covers")
    turned = Image.Exif()
    turned[0x0112] = 6
    frames = [Image.new("P", (700, 700), colour) for colour in (1, 2)]
    Image.new("CMYK", (700, 700), (9, 80, 70, 6)).save(folder / "cmyk.jpg")
    Image.new("RGBA", (700, 700), (200, 0, 0, 90)).save(folder / "rgba.png")
    frames[0].save(folder / "moving.gif", save_all=True, append_images=frames[1:])
    Image.fromarray(np.arange(490_000, dtype="u2").reshape(700, 700)).save(folder / "deep.png")
    Image.new("RGB", (700, 600), "teal").save(folder / "turned.jpg", exif=turned)
    Image.new("RGB", (800, 450), "green").save(folder / "wide.webp")
    return {name: prepare_cover(folder / name) for name in COVERS}


@pytest.mark.parametrize("title", TITLES.values(), ids=TITLES)
@pytest.mark.parametrize("cover", COVERS)
def test_it_round_trips(
    title: tuple[str, str], cover: str, mp3: Path, covers: dict[str, bytes], tmp_path: Path
) -> None:
    """mutagen, eyeD3 and ffmpeg read title, chapters and cover as meant; the sound keeps its bytes."""
    given, meant = title
    target = tmp_path / "out.mp3"
    ends = (*STARTS[1:], END_MS)
    chapters = tuple(
        Mark(f"{index}. {given}", PublishedMs(start), PublishedMs(end))
        for index, (start, end) in enumerate(zip(STARTS, ends, strict=True))
    )
    write_tags(mp3, target, Tags(given, "The Show", chapters=chapters, cover=covers[cover]))
    meant_chapters = [
        (unicodedata.normalize("NFC", f"{index}. {meant}"), mark.start_ms, mark.end_ms)
        for index, mark in enumerate(chapters)
    ]
    for read in (_by_mutagen, _by_eyed3):
        assert read(target) == (meant, meant_chapters, covers[cover])
    assert _by_ffmpeg(target) == (meant, meant_chapters)
    assert audio_sha256(target) == audio_sha256(mp3)
    assert target.read_bytes().endswith(mp3.read_bytes())


@pytest.mark.parametrize("cover", COVERS)
def test_every_kind_of_cover_is_one_that_players_take(cover: str, covers: dict[str, bytes]) -> None:
    """What was read back equal is a square RGB JPEG of 1400 pixels or more."""
    picture = Image.open(io.BytesIO(covers[cover]))
    assert (picture.format, picture.mode) == ("JPEG", "RGB")
    assert picture.width == picture.height >= 1400


Read = tuple[str, list[tuple[str, int, int]], bytes]


def _by_mutagen(path: Path) -> Read:
    found = ID3(path)
    (contents,) = found.getall("CTOC")
    (picture,) = found.getall("APIC")
    assert found.version == (2, 3, 0)
    assert (picture.mime, int(picture.type)) == ("image/jpeg", 3)
    frames = [found[f"CHAP:{name}"] for name in contents.child_element_ids]
    chapters = [(str(item.sub_frames["TIT2"]), item.start_time, item.end_time) for item in frames]
    return str(found["TIT2"]), chapters, picture.data


def _by_eyed3(path: Path) -> Read:
    found = eyed3.load(path).tag
    (picture,) = found.images
    return found.title, [(item.title, *item.times) for item in found.chapters], picture.image_data


def _by_ffmpeg(path: Path) -> tuple[str, list[tuple[str, int, int]]]:
    """As ffmpeg writes it into a file of its own, in which it escapes what has a meaning there."""
    arguments = ["-copyts", *ffmpeg.input_of(path), "-f", "ffmetadata"]
    said = b"".join(ffmpeg.stream(arguments)).decode()
    general, *chapters = said.split("[CHAPTER]\n")
    read = [dict(_fields(part)) for part in chapters]
    return dict(_fields(general))["title"], [
        (item["title"], int(item["START"]), int(item["END"])) for item in read
    ]


def _fields(text: str) -> Iterator[tuple[str, str]]:
    for line in re.split(r"(?<!\\)\n", text):
        name, found, value = line.partition("=")
        if found:
            yield name, re.sub(r"\\(.)", r"\1", value, flags=re.DOTALL)
