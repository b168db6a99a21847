"""Writes the tags of an episode into its M4A, FLAC or WAV: into a copy, which takes its place in one move.

The same values as in the MP3. Nothing is read whole: a WAV of hours is larger than memory. The
sound is not encoded again; its packets are compared before and after.
"""

from __future__ import annotations

import io
import re
import shutil
import struct
from pathlib import Path
from typing import Any

from ..audio import ffmpeg
from ..domain.tags import Mark, Tags
from ..domain.timecode import stamp
from ..errors import ChaitimeError, InputRefusedError
from ..project.files import replacing
from .frames import clean, frames_of, language_of, title_of, web_address
from .id3_bytes import tag_bytes

REVISION = 3
_BACKSLASHES = re.compile(r"\\+$", re.MULTILINE)
_BLOCK = 1 << 20
_LONGEST_DESC_BYTES = 255
_MOST_RIFF_BYTES = 0xFFFFFFFF
_FRONT_COVER = 3
_PODCAST = 21
"""Apple's number of what a file is."""


def write_extra_tags(source: Path, target: Path, tags: Tags, ffmetadata: str) -> None:
    """Write a tagged copy of ``source`` to ``target``; the end of ``source``'s name says what it is.

    ``ffmetadata`` is the episode as ffmpeg's metadata file, for the chapters of an M4A. Raises
    InputRefusedError when the source cannot be read, DestinationError when ``target`` cannot be
    written, ChaitimeError when tagging would have changed the sound.
    """
    from mutagen import MutagenError

    kind = source.suffix.removeprefix(".")
    with replacing(target) as temporary:
        try:
            if kind == "m4a":
                _write_m4a(source, temporary, tags, ffmetadata)
            elif kind == "flac":
                _write_flac(source, temporary, tags)
            else:
                _write_wav(source, temporary, tags)
        except MutagenError as cause:
            raise ChaitimeError(f"cannot tag {target}: {cause}") from cause
        if packets_sum(temporary) != packets_sum(source):
            raise ChaitimeError(f"tagging would have changed the sound of {source}; nothing was written")


def packets_sum(path: Path) -> str:
    """sha256 of a file's sound as it is encoded, tags left out. Raises InputRefusedError when unreadable."""
    arguments = [*ffmpeg.input_of(path), "-map", "0:a:0", "-c", "copy", "-f", "hash", "-hash", "sha256"]
    try:
        return b"".join(ffmpeg.stream(arguments)).decode("ascii", "replace").strip()
    except ffmpeg.FfmpegError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.said}") from cause


def _write_m4a(source: Path, target: Path, tags: Tags, ffmetadata: str) -> None:
    """Chapters by ffmpeg, all else by mutagen.

    ffmpeg takes any backslash before a line's end for one that escapes it, so those are left out.
    """
    from mutagen.mp4 import MP4

    arguments = [
        *(*ffmpeg.input_of(source), "-f", "ffmetadata", "-i", "pipe:0"),
        *("-map", "0:a:0", "-map_metadata", "1", "-map_chapters", "1", "-c", "copy"),
        *("-fflags", "+bitexact", "-movflags", "+faststart", "-f", "ipod", ffmpeg.output_of(target)),
    ]
    try:
        with ffmpeg.sink(arguments) as write:
            write(_BACKSLASHES.sub("", ffmetadata).encode())
    except ffmpeg.FfmpegError as cause:
        raise ChaitimeError(f"cannot write chapters into {target}: {cause.said}") from cause
    file = MP4(target)
    if file.tags is None:
        file.add_tags()
    file.tags.clear()
    file.tags.update(_atoms(tags))
    file.save(padding=_no_padding)


def _atoms(tags: Tags) -> dict[str, Any]:
    """Return iTunes' atoms; what is empty is left out."""
    from mutagen.mp4 import MP4Cover

    texts = {
        "\xa9nam": title_of(tags),
        "\xa9ART": clean(tags.artist),
        "aART": clean(tags.show),
        "\xa9alb": clean(tags.show),
        "tvsh": clean(tags.show),
        "\xa9day": tags.date.isoformat() if tags.date else "",
        "\xa9gen": clean(tags.genre),
        "\xa9cmt": clean(tags.comment, lines=True),
        "desc": _cut(clean(tags.subtitle or tags.description), _LONGEST_DESC_BYTES),
        "ldes": clean(tags.description, lines=True),
        "\xa9lyr": clean(tags.transcript, lines=True),
        "cprt": clean(tags.copyright),
        "catg": clean(tags.category),
        "keyw": ",".join(clean(word).replace(",", " ") for word in tags.keywords),
        "purl": web_address(tags.feed_url),
        "egid": clean(tags.guid),
    }
    atoms: dict[str, Any] = {name: [text] for name, text in texts.items() if text}
    atoms["pcst"], atoms["stik"] = True, [_PODCAST]
    if tags.number:
        atoms["trkn"] = [(tags.number, 0)]
    if tags.season:
        atoms["disk"] = [(tags.season, 0)]
    if tags.cover:
        atoms["covr"] = [MP4Cover(tags.cover, MP4Cover.FORMAT_JPEG)]
    return atoms


def _write_flac(source: Path, target: Path, tags: Tags) -> None:
    from mutagen.flac import FLAC, Picture

    _copy(source, target)
    file = FLAC(target)
    file.delete()
    file.clear_pictures()
    if file.tags is None:
        file.add_tags()
    for name, text in _comments(tags):
        file.tags.append((name, text))
    if tags.cover:
        picture = Picture()
        picture.type, picture.mime, picture.data = _FRONT_COVER, "image/jpeg", tags.cover
        file.add_picture(picture)
    file.save(padding=_no_padding)


def _comments(tags: Tags) -> list[tuple[str, str]]:
    """Return Vorbis comments; what is empty is left out."""
    texts = {
        "TITLE": title_of(tags),
        "SUBTITLE": clean(tags.subtitle),
        "ARTIST": clean(tags.artist),
        "ALBUM": clean(tags.show),
        "ALBUMARTIST": clean(tags.show),
        "TRACKNUMBER": str(tags.number or ""),
        "DISCNUMBER": str(tags.season or ""),
        "DATE": tags.date.isoformat() if tags.date else "",
        "GENRE": clean(tags.genre),
        "COMMENT": clean(tags.comment, lines=True),
        "DESCRIPTION": clean(tags.description, lines=True),
        "LANGUAGE": language_of(tags.language) if tags.language else "",
        "COPYRIGHT": clean(tags.copyright),
        "CONTACT": web_address(tags.url),
        "LYRICS": clean(tags.transcript, lines=True),
    }
    chapters = (pair for index, mark in enumerate(tags.chapters[:999], 1) for pair in _chapter(index, mark))
    return [(name, text) for name, text in (*texts.items(), *chapters) if text]


def _chapter(index: int, mark: Mark) -> tuple[tuple[str, str], ...]:
    """A chapter in the form of OGM files, which players read from Vorbis comments; Xiph added the link."""
    clock = stamp(int(mark.start_ms))
    name = f"CHAPTER{index:03d}"
    return (name, clock), (f"{name}NAME", clean(mark.title)), (f"{name}URL", web_address(mark.url))


def _write_wav(source: Path, target: Path, tags: Tags) -> None:
    """The ID3 tag of the MP3 as a chunk behind the sound, in RIFF and in RF64 (EBU Tech 3306).

    A RIFF so near 4 GiB that the chunk does not fit stays without tags.
    """
    tag = _id3(tags)
    chunk = b"id3 " + struct.pack("<I", len(tag)) + tag + b"\0" * (len(tag) % 2)
    _copy(source, target)
    with target.open("r+b") as file:
        end = file.seek(0, io.SEEK_END)
        padded = b"\0" * (end % 2) + chunk
        size = end + len(padded) - 8
        file.seek(0)
        head = file.read(16)
        large = head[:4] == b"RF64" and head[12:] == b"ds64"
        if large or size <= _MOST_RIFF_BYTES:
            file.seek(20 if large else 4)
            file.write(struct.pack("<Q" if large else "<I", size))
            file.seek(end)
            file.write(padded)


def _id3(tags: Tags) -> bytes:
    """As the MP3's, without the frame that names the MP3 encoder."""
    return tag_bytes(frame for frame in frames_of(tags) if frame.FrameID != "TSSE")


def _copy(source: Path, target: Path) -> None:
    try:
        with source.open("rb") as reader, target.open("wb") as writer:
            shutil.copyfileobj(reader, writer, _BLOCK)
    except FileNotFoundError as cause:
        raise InputRefusedError(f"cannot read {source}: {cause.strerror}") from cause


def _cut(text: str, most_bytes: int) -> str:
    """As many whole words of a text as fit, an ellipsis behind them; of one endless word whole characters."""
    if len(text.encode()) <= most_bytes:
        return text
    kept = text.encode()[: most_bytes - 3].decode("utf-8", "ignore")
    return (kept.rpartition(" ")[0] or kept).rstrip() + "…"


def _no_padding(_info: Any) -> int:
    return 0
