"""``episode.json``: what is known of an episode's facts and files, read so that nothing old or torn hurts."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from . import codec
from .errors import InputRefusedError
from .folder import EpisodeFolder, file_sha256

SCHEMA = 1


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a fact was made from and where it is. ``made`` is news only: versions, seconds, device."""

    key: str
    version: str
    digest: str
    engine: str = ""
    file: str = ""
    value: Any = None
    made: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SourceStamp:
    """A source's hash with what tells cheaply that the file is still the same."""

    name: str
    size_bytes: int
    mtime_ns: int
    inode: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Record:
    """The content of ``episode.json``; unknown or older ones read as empty.

    ``failure`` has stage, reason and time of the last run if it failed; ``stood`` is the fingerprint
    of everything the last complete run used and made (standing.py).
    """

    schema: int = SCHEMA
    sources: tuple[SourceStamp, ...] = ()
    receipts: dict[str, Receipt] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    failure: dict[str, str] = field(default_factory=dict)
    stood: str = ""


def read_record(folder: EpisodeFolder) -> Record:
    """Read ``episode.json``.

    What is missing, torn, or of another schema reads as absent and costs a recompute, never
    an error; sections are read one by one, so that a strange one costs only itself.
    """
    try:
        data = json.loads(folder.record.read_bytes())
    except (OSError, ValueError):
        return Record()
    if not isinstance(data, dict) or data.get("schema") != SCHEMA:
        return Record()
    return Record(
        sources=_section(tuple[SourceStamp, ...], data.get("sources"), ()),
        receipts=_receipts(data.get("receipts")),
        derived=_section(dict[str, Any], data.get("derived"), {}),
        written=_section(dict[str, str], data.get("written"), {}),
        failure=_section(dict[str, str], data.get("failure"), {}),
        stood=_section(str, data.get("stood"), ""),
    )


def _receipts(data: object) -> dict[str, Receipt]:
    found = data.items() if isinstance(data, dict) else ()
    read = {name: _section(Receipt, item, None) for name, item in found}
    return {name: receipt for name, receipt in read.items() if receipt is not None}


def _section(kind: Any, data: object, otherwise: Any) -> Any:
    try:
        return codec.from_json(kind, json.dumps(data))
    except ValueError:
        return otherwise


def stamp_of(path: Path, known: Mapping[SourceStamp, SourceStamp]) -> SourceStamp:
    """What tells a recording; its sum is read anew unless one that looks the same is ``known``.

    Raises InputRefusedError when it cannot be read.
    """
    try:
        seen = path.stat()
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror}") from cause
    fresh = SourceStamp(path.name, seen.st_size, seen.st_mtime_ns, seen.st_ino, "")
    return known.get(fresh) or replace(fresh, sha256=file_sha256(path))


def check_unchanged(path: Path, stamp: SourceStamp) -> None:
    """Raise InputRefusedError when a recording is another one than it was: nothing made of it fits.

    One that is gone meanwhile was read; on a share size and time may jump while the content stays.
    """
    try:
        seen = path.stat()
    except OSError:
        return
    looks = (seen.st_size, seen.st_mtime_ns) == (stamp.size_bytes, stamp.mtime_ns)
    if not looks and file_sha256(path) != stamp.sha256:
        raise InputRefusedError(
            f"{path} was changed while it was being worked on; run again when it is complete"
        )
