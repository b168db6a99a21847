"""``episode.json``: what is known of an episode's facts and files, read so that nothing old or torn hurts."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from ..errors import InputRefusedError
from . import serialization, wire
from .episode_folder import EpisodeFolder
from .files import file_sha256

SCHEMA = 1
"""Of what is written. It grows when the form of the file changes; names that change do not (wire.py)."""

MIGRATIONS: dict[int, Callable[[dict[str, Any]], dict[str, Any]]] = {}
"""Schema → what makes the parsed file one of the next schema. A frozen sample of each is read in a test."""


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
class Remembered:
    """What a look told, and what it was told of: another key, and it is looked again."""

    key: str
    value: Any = None


@dataclass(frozen=True, slots=True)
class Record:
    """The content of ``episode.json``, stages under the names that the code has for them.

    ``failure`` has stage, reason and time of the last run if it failed; ``stood`` is the fingerprint
    of everything the last complete run used and made (pipeline/freshness.py). ``remembered`` saves work
    only: losing it costs a look at each file.
    """

    schema: int = SCHEMA
    sources: tuple[SourceStamp, ...] = ()
    receipts: dict[str, Receipt] = field(default_factory=dict)
    derived: dict[str, Any] = field(default_factory=dict)
    written: dict[str, str] = field(default_factory=dict)
    failure: dict[str, str] = field(default_factory=dict)
    stood: str = ""
    remembered: dict[str, Remembered] = field(default_factory=dict)


def read_record(folder: EpisodeFolder) -> Record:
    """Read ``episode.json``; an older schema is migrated, and one without a number is the first.

    What is missing or torn reads as absent and costs a recompute, never an error; sections are
    read one by one, so that a strange one costs only itself. Raises InputRefusedError for a newer
    schema than this version knows, so that nothing of it is lost.
    """
    try:
        data = json.loads(folder.record.read_bytes())
    except (OSError, ValueError):
        return Record()
    if not isinstance(data, dict) or type(schema := data.get("schema", 1)) is not int:
        return Record()
    if schema > SCHEMA:
        raise InputRefusedError(
            f"{folder.record} was written by a newer chaitime (schema {schema}, this one knows {SCHEMA}); "
            "upgrade with: pip install --upgrade chaitime-audio"
        )
    for older in range(schema, SCHEMA):
        try:
            data = MIGRATIONS[older](data)
        except (KeyError, TypeError, ValueError, AttributeError):
            return Record()
    return Record(
        sources=_section(tuple[SourceStamp, ...], data.get("sources"), ()),
        receipts=_receipts(data.get("receipts")),
        derived=_section(dict[str, Any], data.get("derived"), {}),
        written=_section(dict[str, str], data.get("written"), {}),
        failure=_failure(_section(dict[str, str], data.get("failure"), {}), wire.stage_here),
        stood=_section(str, data.get("stood"), ""),
        remembered=_section(dict[str, Remembered], data.get("remembered"), {}),
    )


def _receipts(data: object) -> dict[str, Receipt]:
    found = data.items() if isinstance(data, dict) else ()
    read = {name: _section(Receipt, item, None) for name, item in found}
    return {wire.stage_here(name): receipt for name, receipt in read.items() if receipt is not None}


def _failure(failure: dict[str, str], named: Callable[[str], str]) -> dict[str, str]:
    return {**failure, "stage": named(failure["stage"])} if "stage" in failure else failure


def written(record: Record) -> bytes:
    """The bytes of ``episode.json``, stages under their names on disk."""
    receipts = {wire.stage_on_disk(name): receipt for name, receipt in record.receipts.items()}
    failure = _failure(record.failure, wire.stage_on_disk)
    return serialization.to_json(replace(record, receipts=receipts, failure=failure, schema=SCHEMA)).encode()


def _section(kind: Any, data: object, otherwise: Any) -> Any:
    try:
        return serialization.from_json(kind, json.dumps(data))
    except ValueError:
        return otherwise


def stamp_of(path: Path, known: Mapping[SourceStamp, SourceStamp] = {}, *, read: bool = True) -> SourceStamp:
    """What tells a recording; its sum is read anew unless one that looks the same is ``known``.

    Without ``read`` the sum stays empty. Raises InputRefusedError when it cannot be read.
    """
    try:
        seen = path.stat()
    except OSError as cause:
        raise InputRefusedError(f"cannot read {path}: {cause.strerror}") from cause
    fresh = SourceStamp(path.name, seen.st_size, seen.st_mtime_ns, seen.st_ino, "")
    if not read:
        return fresh
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
