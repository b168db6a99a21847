"""What is a recording: decided here, once, for every command.

Every visible file in ``source/`` is a recording, a companion that recorders, editors and systems leave
beside one, or an error that names it. An ending that stands in neither list decides nothing: the file's
first bytes do, and in the end what the decoder says of it.
"""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Literal

from ..errors import InputRefusedError
from .file_names import natural_order

POINTER_SUFFIX = ".link"
INCOMING_NAME = ".incoming"
"""Lies in source/ while several recordings are brought in: what is there may be only some of them."""

Kind = Literal["recording", "companion", "partial", "archive", "unknown"]
SOUND = frozenset(
    ".3g2 .3ga .3gp .aac .ac3 .aif .aifc .aiff .amr .ape .au .avi .caf .dss .ds2 .flac .flv .m2t "
    ".m2ts .m4a .m4b .m4r .m4v .mka .mkv .mov .mp1 .mp2 .mp3 .mp4 .mpa .mpc .mpeg .mpg .mts .oga "
    ".ogg .ogv .opus .qt .qta .rf64 .snd .spx .tak .ts .tta .voc .vob .w64 .wav .wave .weba .webm "
    ".wma .wmv .wv".split()
)
COMPANIONS = frozenset(
    # editors: peaks, projects, undo; recorders: playlists, marks, logs, sums
    ".als .asd .aup .aup3 .aup3-wal .aup3-shm .cpr .cue .hpr .log .lof .m3u .m3u8 .md5 .mrk .npr "
    ".ovw .pek .pk .pkf .pls .ptx .reapeaks .reapindex .rpp .rpp-bak .rpp-undo .rtf .ses .sesx .sfk "
    ".sfl .sfv .sha1 .sha256 .xmp .xspf .zdt "
    # chats, captions, notes, pictures
    ".ass .avif .bmp .csv .doc .docx .gif .heic .heif .htm .html .ics .jpeg .jpg .json .lrc .md .nfo "
    ".odp .ods .odt .opf .pages .pdf .png .ppt .pptx .sbv .srt .ssa .sub .svg .text .tif .tiff .tsv "
    ".txt .url .vtt .webloc .webp .xls .xlsx .xml .yaml .yml "
    # systems, programs, settings
    ".bak .bat .cfg .conf .css .db .dll .exe .ini .jinja .js .lnk .lock .ps1 .py .pyc .sh .sqlite "
    ".toml".split()
)
COMPANION_NAMES = frozenset(
    {"thumbs.db", "desktop.ini", "icon\r", "ehthumbs.db", "readme", "license", "makefile"}
)
PARTIAL = frozenset(
    ".!qb .!ut .aria2 .bc! .crdownload .download .dtapart .fdmdownload .filepart .icloud .ob! "
    ".opdownload .part .partial .temp .tmp .ucdownload .upload".split()
)
ARCHIVES = frozenset(".7z .ace .bz2 .dmg .gz .iso .rar .tar .tgz .xz .zip .zst".split())
COMPANION_FOLDERS = frozenset("@eadir __macosx #recycle $recycle.bin lost+found .appledouble peaks".split())
_HIDDEN_PARTIAL = re.compile(r"^\.(?:.+\.icloud|syncthing\..+|.+\.(?:filepart|crdownload))$", re.IGNORECASE)
_FIRST_BYTES = 64
_AT_START = (
    *(b"OggS", b"fLaC", b"ID3", b"\x1aE\xdf\xa3", b".snd", b"#!AMR", b"MAC ", b"wvPK", b"caff", b"FLV\x01"),
    *(b"\x0bw", b"\x00\x00\x01\xba", b"TTA1", b"MPCK", b"tBaK", b"\x02dss", b"\x03ds2", b"Creative Voice"),
    *(b"0&\xb2u\x8ef\xcf\x11", b"riff.\x91\xcf"),
)
_BEHIND_A_SIZE = (b"WAVE", b"AVI ", b"AIFF", b"AIFC")


def kind_by_name(name: str) -> Kind:
    """What a visible file is as far as its name tells; ``unknown`` is for its content to say."""
    name = name.removesuffix(POINTER_SUFFIX)
    ending = Path(name).suffix.lower()
    if ending in PARTIAL or name.startswith("~syncthing~"):
        return "partial"
    if ending in SOUND:
        return "recording"
    if name.casefold() in COMPANION_NAMES or ending in COMPANIONS or name.startswith(("~$", ".~lock.")):
        return "companion"
    return "archive" if ending in ARCHIVES else "unknown"


def begins_like_sound(path: Path) -> bool:
    """Whether a file's first bytes are those of a container or codec of sound; no name is looked at."""
    try:
        with path.open("rb") as reader:
            head = reader.read(_FIRST_BYTES)
    except OSError:
        return False
    if head[4:8] == b"ftyp":
        return head[8:12] not in (b"heic", b"heix", b"mif1", b"avif", b"crx ")
    framed = len(head) > 2 and head[0] == 0xFF and head[1] & 0xE6 in (0xE2, 0xE0, 0xE4, 0xE6)
    return framed or head.startswith(_AT_START) or head[8:12] in _BEHIND_A_SIZE


def recordings_in(source: Path) -> tuple[Path, ...]:
    """Return the recordings in an episode's ``source/`` in natural order, pointers followed.

    Raises InputRefusedError that names the first file that is neither a recording nor a companion: one
    that is still arriving, a link whose target is gone, an archive, a folder with recordings in it.
    """
    found = []
    for item in _listed(source):
        if item.name.startswith("."):
            _refuse_hidden(item)
        elif is_recording(item):
            found.append(item)
    return tuple(target_of(item) for item in sorted(found, key=natural_order))


def companions_in(source: Path) -> tuple[str, ...]:
    """Names of the files in ``source/`` that are known companions of recordings, in natural order."""
    there = (item for item in _listed(source) if not item.name.startswith(".") and not item.is_dir())
    return tuple(
        item.name for item in sorted(there, key=natural_order) if kind_by_name(item.name) == "companion"
    )


def is_recording(item: Path) -> bool:
    """Whether a visible entry of ``source/`` is taken for a recording; a companion is not.

    One with an unknown ending is: what it holds is seen when it is looked at. Raises InputRefusedError
    for what must not be passed over.
    """
    kind = kind_by_name(item.name)
    if item.is_symlink() and not item.exists():
        if kind == "companion":
            return False
        raise InputRefusedError(
            f"{item} points to {link_text(item)}, which is not there; mount it or point elsewhere"
        )
    if item.is_dir():
        return _refuse_folder(item)
    if kind == "partial":
        raise InputRefusedError(f"{item} is still being written or uploaded; run again when it is complete")
    if kind == "archive":
        raise InputRefusedError(f"{item} is an archive; unpack it, or move it out of {item.parent}")
    if kind != "companion" and not item.is_file():
        raise InputRefusedError(f"{item} is not a file that can be read; move it out of {item.parent}")
    return kind != "companion"


def target_of(item: Path) -> Path:
    """The recording that an entry of ``source/`` stands for: itself, or what a pointer (``.link``) names.

    Raises InputRefusedError when a pointer names nothing that is there.
    """
    if item.suffix != POINTER_SUFFIX:
        return item
    named = pointed_to(item)
    if not named.is_file():
        raise InputRefusedError(f"{item} points to {named}, which is not there; mount it or point elsewhere")
    return named


def pointed_to(pointer: Path) -> Path:
    """The path that a pointer holds, there or not; one that is not absolute starts at the pointer's folder.

    A person may have written it with a byte order mark, or with the line ends of another system.
    """
    try:
        data = pointer.read_bytes().removeprefix(b"\xef\xbb\xbf")
    except OSError as cause:
        raise InputRefusedError(f"cannot read {pointer}: {cause.strerror or cause}") from cause
    exact = Path(os.fsdecode(data.removesuffix(b"\n").replace(b"\0", b"")))
    bare = Path(os.fsdecode(data.strip().replace(b"\0", b"")))
    for named in (exact, bare, pointer.parent / bare):
        if _is_file(named):
            return named
    return bare


def _listed(source: Path) -> list[Path]:
    try:
        return sorted(source.iterdir()) if source.is_dir() else []
    except OSError as cause:
        raise InputRefusedError(f"cannot look into {source}: {cause.strerror or cause}") from cause


def _refuse_hidden(item: Path) -> None:
    """Hidden files are nobody's, but for those that say that something visible is still to come."""
    if item.name == INCOMING_NAME:
        raise InputRefusedError(
            f"{item.parent} holds only some of its recordings: bringing them in was broken off; "
            "run the same command again"
        )
    if _HIDDEN_PARTIAL.match(item.name):
        raise InputRefusedError(f"{item} is not on this machine yet; run again when it is there as a whole")


def _refuse_folder(folder: Path) -> bool:
    if folder.name.casefold() in COMPANION_FOLDERS:
        return False
    for room, rooms, names in os.walk(folder):
        rooms[:] = [name for name in rooms if not name.startswith(".")]
        inside = [name for name in names if not name.startswith(".") and kind_by_name(name) == "recording"]
        if inside:
            found = Path(room) / min(inside)
            raise InputRefusedError(
                f"{found} lies in a folder of its own; move it up into {folder.parent}, or away"
            )
    return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):
        return False


def link_text(item: Path) -> str:
    """What a symbolic link names."""
    try:
        return str(item.readlink())
    except OSError:
        return "something"
