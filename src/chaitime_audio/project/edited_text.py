"""The door for transcripts that somebody edited elsewhere: VTT, SRT, JSON, Markdown, text, Word.

What comes in is hostile until it was read: sizes are limited before anything is parsed, nothing in it is
run or fetched, and what is not understood is said.
"""

from __future__ import annotations

import codecs
import json
from collections.abc import Container
from pathlib import Path
from typing import Any

from ..domain.imported import EditedText, GuestWishes
from ..domain.scoring import Said
from ..domain.text import line
from ..errors import InputRefusedError, UsageError
from . import docx_text, guest_file
from .caption_file import read_captions
from .edited_prose import caption_speaker, markdown_blocks, name_counts, plain_blocks, said_in

MOST_BYTES = 10_000_000
SUFFIXES = (".vtt", ".srt", ".json", ".md", ".txt", ".docx")
_BEYOND_MS = 5_000


def read_edited(
    path: Path, names: Container[str], others: Container[str] = (), length_ms: int = 0
) -> EditedText | GuestWishes:
    """Return what a person's file says: a transcript, or a guest's wishes.

    ``names`` are the people known (`same_name`), ``others`` lines of our own text that are no talk,
    ``length_ms`` the length of the MP3. Raises UsageError when it is not there or of another kind,
    InputRefusedError, naming it, when it cannot be read as what its name says.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {path}; check the name")
    suffix = path.suffix.lower()
    if suffix not in SUFFIXES:
        raise UsageError(f"{path.name}: a transcript to import is one of {', '.join(SUFFIXES)}")
    size = path.stat().st_size
    if size > MOST_BYTES:
        raise InputRefusedError(
            f"{path} has {size // 1_000_000} MB; a transcript to import has at most {MOST_BYTES // 1_000_000}"
        )
    if not size:
        raise InputRefusedError(f"{path} is empty; export it again")
    try:
        data = path.read_bytes()
        if suffix == ".docx":
            return _from_document(data, names, others)
        found = parsed(_decoded(data), suffix, names, others, length_ms)
    except (ValueError, KeyError, TypeError, ArithmeticError, AttributeError, RecursionError) as cause:
        raise InputRefusedError(f"{path} cannot be read as {suffix}: {_why(cause)}") from cause
    if isinstance(found, EditedText) and not found.said:
        raise InputRefusedError(f"{path} has no lines of the form “Name: text”, captions or segments")
    return found


def _why(cause: Exception) -> str:
    said = " ".join(str(cause).split())
    return said[:200] if isinstance(cause, ValueError) and said else f"{type(cause).__name__} {said}"[:200]


def _decoded(data: bytes) -> str:
    """Text of bytes: UTF-8, or UTF-16 that says so. Raises ValueError for anything else."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16")
    else:
        if b"\0" in data:
            raise ValueError("this is no text")
        try:
            text = data.decode("utf-8-sig")
        except UnicodeDecodeError as cause:
            raise ValueError(
                f"byte {cause.start} is no UTF-8; save it as UTF-8 in the editor it comes from"
            ) from cause
    return text.replace("\r\n", "\n").replace("\r", "\n")


def parsed(
    text: str, suffix: str, names: Container[str], others: Container[str] = (), length_ms: int = 0
) -> EditedText | GuestWishes:
    """Read a text by the ending of its file's name. Raises ValueError and its like for what it is not."""
    if suffix in (".vtt", ".srt"):
        return _captions(text, names, length_ms)
    if suffix == ".json":
        plain = json.loads(text)
        if not isinstance(plain, dict):
            raise ValueError("a JSON transcript is an object with “segments”")
        return guest_file.read(plain, len(text)) if "format" in plain else _segments(plain, length_ms)
    if suffix == ".md":
        blocks, outside = markdown_blocks(text)
        found = said_in(blocks, names, others)
        return EditedText(
            "edited", found.said, (*found.others, *(item for item in outside if item and item not in others))
        )
    return said_in(plain_blocks(text), names, others)


def _from_document(data: bytes, names: Container[str], others: Container[str]) -> EditedText:
    blocks, left_out = docx_text.read(data)
    found = said_in(blocks, names, others)
    if not found.said:
        raise ValueError("it has no lines of the form “Name: text”")
    return EditedText("edited", found.said, found.others, left_out)


def _captions(text: str, names: Container[str], length_ms: int) -> EditedText:
    """Cues; the name is the voice tag, or stands before a colon, and holds until the next one."""
    cues = read_captions(text)
    told = text.count("-->")
    notes = [f"{told - len(cues)} cues have no times that can be read"] if told > len(cues) else []
    bodies = [line(" ".join(cue.lines)) for cue in cues]
    counts, name, said = name_counts(bodies), "", list[Said]()
    for cue, body in zip(cues, bodies, strict=True):
        voice, rest = (line(cue.voice), body) if cue.voice else caption_speaker(body, names, counts)
        name = voice or name
        if rest:
            said.append(Said(name, rest, cue.start_ms))
    return EditedText("spoken", tuple(said), (), (*notes, *_beyond(said, length_ms)))


def _segments(plain: dict[str, Any], length_ms: int) -> EditedText:
    """Segments of a Podcasting 2.0 JSON transcript."""
    known, seen = {"speaker", "startTime", "endTime", "body"}, set[str]()
    said = list[Said]()
    for item in plain["segments"]:
        seen |= item.keys() - known
        body, start = line(str(item["body"])), item.get("startTime")
        at_ms = None if start is None else round(1000 * start)
        if body:
            said.append(Said(line(str(item.get("speaker", ""))), body, at_ms))
    seen |= plain.keys() - {"version", "segments"}
    notes = [f"fields that mean nothing here: {', '.join(sorted(seen)[:20])}"] if seen else []
    return EditedText("spoken", tuple(said), (), (*notes, *_beyond(said, length_ms)))


def _beyond(said: list[Said], length_ms: int) -> list[str]:
    late = sum(item.start_ms is not None and item.start_ms > length_ms + _BEYOND_MS for item in said)
    if not (late and length_ms):
        return []
    return [f"{late} of {len(said)} cues have times beyond the end; their words tell where they belong"]
