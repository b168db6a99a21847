"""Whether an episode is whole: receipts, files, sums and times, and what people wrote. Reads only.

Whatever is found says what it means and what mends it. Nothing here trusts size or date: every file with a
known sum is read.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, Literal

from ..domain.sound import Aligned, Master, Span
from ..domain.speech import Diarization, Transcript
from ..errors import ChaitimeError, InputRefusedError
from ..pipeline.stage_table import MASTER_FILE, MIX_FILE, ROWS
from ..project import serialization
from ..project.decisions import FILES
from ..project.episode_file import read_brief
from ..project.episode_folder import EpisodeFolder
from ..project.files import file_sha256
from ..project.journal import JOURNAL_NAME, PENDING_NAME, read_journal, sum_of, text_of
from ..project.manifest import SCHEMA, Receipt, Record, read_record

Level = Literal["note", "mendable", "remade", "lost"]
"""A note is worth knowing; what is mendable `mend` puts right; what is remade the next run makes again;
what is lost somebody has to bring back."""
LATEST_OVER_MS = 2_000
"""So far behind the end of the sound a recogniser's last time may lie: half a window's rounding."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that is not as it was left: where, how bad, what is wrong, what to do.

    ``where`` is a path inside the episode's folder; ``stage`` the stage whose artifact it is, if it is one.
    """

    where: str
    level: Level
    said: str
    advice: str = ""
    stage: str = ""


def examine(folder: EpisodeFolder) -> tuple[Finding, ...]:
    """Return everything that is not as the last complete run, and the person, left it; writes nothing.

    Raises InputRefusedError when ``folder`` is no episode, or was written by a newer version.
    """
    if not (folder.brief.exists() or folder.source.is_dir() or folder.record.exists()):
        raise InputRefusedError(f"{folder.path} is not an episode: it has no episode.toml and no source/")
    record = read_record(folder)
    return (
        *_manifest(folder, record),
        *_artifacts(folder, record),
        *_sound_files(folder, record),
        *_recordings(folder, record),
        *_outputs(folder, record),
        *_people(folder),
        *_journal(folder),
        *_left_over(folder),
    )


def _manifest(folder: EpisodeFolder, record: Record) -> Iterator[Finding]:
    """Whether ``episode.json`` can be read, all of it."""
    name = folder.record.name
    if not folder.record.exists():
        if folder.facts.is_dir() and any(folder.facts.iterdir()):
            yield Finding(
                name, "remade", "it is gone, and with it what facts/ was made from", _process(folder)
            )
        return
    try:
        data = json.loads(folder.record.read_bytes())
        whole = isinstance(data, dict) and type(data.get("schema", SCHEMA)) is int
    except (OSError, ValueError):
        whole = False
    if not whole:
        yield Finding(name, "mendable", "it is torn; everything is made again from source/", _process(folder))
        return
    kept = data.get("receipts")
    unread = len(kept) - len(record.receipts) if isinstance(kept, dict) else 1
    if unread:
        yield Finding(name, "remade", f"{unread} receipts in it cannot be read", _process(folder))


def _artifacts(folder: EpisodeFolder, record: Record) -> Iterator[Finding]:
    """Whether every artifact has the sum its receipt says, can be read, and has times that can be."""
    for stage, receipt in record.receipts.items():
        inside = receipt.file and Path(receipt.file).name == receipt.file
        where = f"facts/{receipt.file}" if inside else f"{folder.record.name} ({stage})"
        row = ROWS.get(stage)
        if row is None:
            yield Finding(where, "note", f"of a stage that this version does not know: {stage}")
            continue
        problem, made = _read(folder, receipt, row.makes)
        if problem:
            yield Finding(where, "mendable", problem, _process(folder), stage)
        elif wrong := next(_wrong_times(made, _length_ms(record)), ""):
            yield Finding(where, "mendable", wrong, _process(folder), stage)


def _read(folder: EpisodeFolder, receipt: Receipt, kind: type[object]) -> tuple[str, Any]:
    try:
        if receipt.file:
            if Path(receipt.file).name != receipt.file:
                return "its receipt names a file outside facts/", None
            text = (folder.facts / receipt.file).read_bytes()
        else:
            text = serialization.to_json(receipt.value).encode()
    except OSError as cause:
        return f"it cannot be read: {cause.strerror}", None
    if sha256(text).hexdigest() != receipt.digest:
        return "its content is not what its receipt says", None
    try:
        return "", serialization.from_json(kind, text)
    except ValueError:
        return "its checksum is right, but this version cannot read it", None


def _length_ms(record: Record) -> int:
    """Milliseconds of decoded sound, or 0 where that is not known."""
    receipt = record.receipts.get("decoded")
    value = receipt.value if receipt and isinstance(receipt.value, dict) else {}
    count, rate = value.get("sample_count", 0), value.get("sample_rate_hz", 0)
    return int(count) * 1000 // int(rate) if count and rate else 0


def _wrong_times(made: object, length_ms: int) -> Iterator[str]:
    """Say what no recording can have: words or turns out of order, or behind its end."""
    if isinstance(made, Transcript):
        yield from _of_spans((word.span for word in made.words), "word", length_ms)
    elif isinstance(made, Diarization):
        yield from _of_spans((turn.span for turn in made.exclusive), "turn", length_ms)


def _of_spans(spans: Iterable[Span], what: str, length_ms: int) -> Iterator[str]:
    before = 0
    for index, one in enumerate(spans):
        if one.start_ms < before:
            yield f"{what} {index} begins before the one in front of it"
        if length_ms and one.end_ms > length_ms + LATEST_OVER_MS:
            yield f"{what} {index} ends behind the sound"
        before = one.start_ms


def _sound_files(folder: EpisodeFolder, record: Record) -> Iterator[Finding]:
    """Whether the MP3 without tags, and the mix of tracks, are what was made."""
    for stage, kind, name in (("master", Master, MASTER_FILE), ("aligned", Aligned, MIX_FILE)):
        receipt = record.receipts.get(stage)
        made = _read(folder, receipt, kind)[1] if receipt else None
        if made is None:
            continue
        path = folder.facts / name
        known = getattr(made, "sha256", "") or _remembered(record, f"facts/{name}")
        if not path.is_file():
            yield Finding(f"facts/{name}", "remade", "it is gone", _process(folder), stage)
        elif known and _sum(path) != known:
            yield Finding(
                f"facts/{name}", "mendable", "its sound is not the one made", _process(folder), stage
            )


def _remembered(record: Record, name: str) -> str:
    known = record.remembered.get(f"sum {name}")
    return known.value if known and isinstance(known.value, str) else ""


def _recordings(folder: EpisodeFolder, record: Record) -> Iterator[Finding]:
    """Whether the recordings are, byte for byte, what everything was made from."""
    try:
        there = {path.name: path for path in folder.sources()} if record.sources else {}
    except ChaitimeError as problem:
        yield Finding("source/", "lost", str(problem), "bring the recording back, from a backup")
        return
    for stamp in record.sources:
        path, where = there.get(stamp.name), f"source/{stamp.name}"
        if path is None:
            said = f"it is gone ({stamp.size_bytes} bytes, sha256 {stamp.sha256[:12]}…)"
            yield Finding(where, "lost", said, "bring it back; all that was made of it is kept")
        elif stamp.sha256 and _sum(path) != stamp.sha256:
            seen = path.stat()
            rotten = (seen.st_size, seen.st_mtime_ns) == (stamp.size_bytes, stamp.mtime_ns)
            said = "its bytes changed while size and date did not" if rotten else "it is another file now"
            advice = "bring it back from a backup" if rotten else _process(folder)
            yield Finding(where, "lost" if rotten else "remade", said, advice)


def _outputs(folder: EpisodeFolder, record: Record) -> Iterator[Finding]:
    """Whether the files in out/ are there, and which of them a person has edited."""
    for name, known in sorted(record.written.items()):
        path = folder.out / name
        if not path.is_file():
            yield Finding(f"out/{name}", "remade", "it is gone", f"run: chaitime render {folder.path}")
        elif _sum(path) != known:
            said = "it has changed since it was written: edited by hand, or damaged"
            yield Finding(f"out/{name}", "note", said, "to write it again: move it away, then render")


def _people(folder: EpisodeFolder) -> Iterator[Finding]:
    """Whether what people wrote can be read."""
    try:
        read_brief(folder)
    except ChaitimeError as problem:
        yield Finding(folder.brief.name, "lost", str(problem), "mend it in an editor")


def _journal(folder: EpisodeFolder) -> Iterator[Finding]:
    """Whether the journal can be read, and tells of the files as they are."""
    path = folder.path / JOURNAL_NAME
    if (folder.path / PENDING_NAME).exists():
        yield Finding(PENDING_NAME, "mendable", "a change of a correction was cut short")
    if not path.exists():
        return
    if not path.read_bytes().endswith(b"\n") and path.stat().st_size:
        yield Finding(JOURNAL_NAME, "mendable", "its last line was cut short")
    try:
        entries = read_journal(folder.path).entries
    except ChaitimeError as problem:
        yield Finding(
            JOURNAL_NAME, "lost", str(problem), "without it nothing can be undone; all else still works"
        )
        return
    last = {entry.patch.file: entry.patch.after for entry in entries}
    for name in FILES:
        if name in last and sum_of(text_of(folder.path / name)) != last[name]:
            yield Finding(name, "note", "it was edited by hand since the last change in the journal")


def _left_over(folder: EpisodeFolder) -> Iterator[Finding]:
    """What a run that was killed left lying."""
    for path in folder.temporaries():
        where = path.relative_to(folder.path).as_posix()
        yield Finding(where, "mendable", "a run that was killed was writing this")


def _process(folder: EpisodeFolder) -> str:
    return f"run: chaitime process {folder.path}"


def _sum(path: Path) -> str:
    try:
        return file_sha256(path)
    except InputRefusedError:
        return ""
