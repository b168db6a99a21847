"""Writes ID3v2.3 tags with mutagen: into a copy, which takes its place in one move.

The sound is copied byte for byte, and a reader of the copy finds it where it begins and ends. Frames
of an MP3 that was tagged by others before, and that we do not write ourselves, are kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from ..domain.tags import Tags
from ..errors import ChaitimeError, InputRefusedError
from ..project.files import replacing
from .frames import frames_of
from .id3_bytes import known_frames, tag_bytes, unknown_frames

_HEADER, _OLD_TAG = 10, 128
_BLOCK = 1 << 20


def write_tags(source_mp3: Path, target: Path, tags: Tags) -> str:
    """Write a tagged copy of an MP3 to ``target`` in one move, ``source_mp3`` is read once.

    Returns the sha256 (hex) of what was written. Raises InputRefusedError when the source cannot be
    read or is no MP3, DestinationError when ``target`` cannot be written, ChaitimeError when a reader
    of the copy would take other bytes for its sound.
    """
    head = _tag_bytes(source_mp3, tags)
    total, size = sha256(head), len(head)
    with replacing(target) as temporary:
        with temporary.open("wb") as writer:
            writer.write(head)
            for block in _sound(source_mp3):
                writer.write(block)
                total.update(block)
                size += len(block)
        if _sound_span(temporary) != (len(head), size):
            raise ChaitimeError(f"tagging would have changed the sound of {source_mp3}; nothing was written")
    return total.hexdigest()


def tag_sum(tags: Tags) -> str:
    """sha256 (hex) of all that `write_tags` writes of its own."""
    return sha256(tag_bytes(frames_of(tags))).hexdigest()


def audio_sha256(path: Path) -> str:
    """sha256 (hex) of an MP3's sound, tags left out. Raises InputRefusedError when it cannot be read."""
    total = sha256()
    for block in _sound(path):
        total.update(block)
    return total.hexdigest()


def _tag_bytes(source: Path, tags: Tags) -> bytes:
    """The tag as bytes: what the source had, with our frames in place of its."""
    from mutagen import MutagenError, id3

    kept = id3.ID3()
    try:
        kept = id3.ID3(source, known_frames=known_frames())
        kept.update_to_v23()
    except id3.ID3NoHeaderError:
        pass
    except MutagenError as cause:
        raise InputRefusedError(f"{source} has tags that cannot be read: {cause}") from cause
    frames = frames_of(tags)
    ours = frozenset({*(frame.FrameID for frame in frames), "CHAP", "CTOC", "TYER", "TDAT", "TIME", "TDRC"})
    for name in ours:
        kept.delall(name)
    return tag_bytes([*frames, *kept.values()], unknown_frames(kept, ours))


def _sound(path: Path) -> Iterator[bytes]:
    """Yield the bytes between the tag in front and the old tag (ID3v1) behind."""
    try:
        start, end = _sound_span(path)
        with path.open("rb") as reader:
            reader.seek(start)
            left = end - start
            while left > 0 and (block := reader.read(min(_BLOCK, left))):
                left -= len(block)
                yield block
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror or cause}") from cause


def _sound_span(path: Path) -> tuple[int, int]:
    """Where the sound begins and ends, in bytes of the file."""
    size = path.stat().st_size
    with path.open("rb") as reader:
        start = _tag_size(reader.read(_HEADER))
        reader.seek(max(0, size - _OLD_TAG))
        return start, size - (_OLD_TAG if reader.read(3) == b"TAG" else 0)


def _tag_size(header: bytes) -> int:
    """Bytes of an ID3v2 tag by its header (7 bits a byte), 0 when there is none."""
    if len(header) < _HEADER or not header.startswith(b"ID3"):
        return 0
    size = sum((byte & 0x7F) << shift for byte, shift in zip(header[6:], (21, 14, 7, 0), strict=True))
    footer = _HEADER if header[5] & 0x10 else 0
    return _HEADER + size + footer
