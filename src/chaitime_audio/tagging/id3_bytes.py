"""Frames as the bytes of an ID3v2.3 tag, chapters in order of time.

mutagen sorts frames by size, so a chapter with a picture would stand behind all others; readers
that show chapters as they come (ffmpeg and what is built on it) would then show them so.
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable
from itertools import groupby
from typing import Any

_HEADER = 10
_ORDERED = {"CTOC": 1, "CHAP": 2}
_V23, _V24 = (2, 3), (2, 4)


def tag_bytes(frames: Iterable[Any], others: bytes = b"") -> bytes:
    """Return a whole tag without padding: all frames, ``others`` (frames as bytes), contents, chapters.

    Chapters stand in the order in which they are given.
    """
    ranked = sorted(frames, key=_rank)
    groups = {rank: list(group) for rank, group in groupby(ranked, _rank)}
    body = _saved(groups.get(0, []), others)
    body += b"".join(_saved([frame]) for rank in _ORDERED.values() for frame in groups.get(rank, []))
    size = bytes(len(body) >> shift & 0x7F for shift in (21, 14, 7, 0))
    return b"ID3\x03\x00\x00" + size + body


def known_frames() -> dict[str, Any]:
    """The frames that mutagen is to read: not WFED, which it takes for another kind and would break."""
    from mutagen import id3

    known = {**id3.Frames_2_2, **id3.Frames}
    known.pop("WFED")
    return known


def unknown_frames(tag: Any, but: frozenset[str] = frozenset()) -> bytes:
    """Frames of a tag that mutagen has no name for, as ID3v2.3 writes them, those called as ``but`` left out.

    Those of ID3v2.4 get a size in plain bytes; what is compressed or encrypted there is left out.
    """
    version = tuple(tag.version[:2])
    found = [data for data in tag.unknown_frames if data[:4].decode("latin-1") not in but]
    if version == _V23:
        return b"".join(found)
    if version != _V24:
        return b""
    return b"".join(
        data[:4] + struct.pack(">I", len(data) - _HEADER) + data[8:]
        for data in found
        if data[8:_HEADER] == b"\0\0"
    )


def _rank(frame: Any) -> int:
    return _ORDERED.get(frame.FrameID, 0)


def _saved(frames: Iterable[Any], others: bytes = b"") -> bytes:
    """The frames by mutagen, without its header."""
    from mutagen import id3

    tag, buffer = id3.ID3(), io.BytesIO()
    for frame in frames:
        tag.add(frame)
    if tag:
        tag.save(buffer, v2_version=3, v1=0, padding=_no_padding)
    return buffer.getvalue()[_HEADER:] + others


def _no_padding(_info: Any) -> int:
    """A published file is not edited: room for that would only delay its sound."""
    return 0
