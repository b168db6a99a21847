"""Removes what a voice could be known by again; names, words and sound stay."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from ..domain.speech import Diarization
from ..project import serialization
from ..project.episode_folder import EpisodeFolder
from ..project.files import replace_file
from ..project.manifest import Receipt, read_record, written
from ..project.voice_store import forget_episode

STAGE = "diarization"


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How many voice prints of an episode were removed, and from which files of ``voices/`` its prints."""

    prints: int
    files: tuple[Path, ...]


def forget_voices(folder: EpisodeFolder, config: Path | None) -> Forgotten:
    """Remove an episode's voice prints: from its facts, its ``work/``, and the voices a show knows.

    ``config`` is the folder of the show's configuration, or None. The caller holds the episode's lock. Who
    speaks when is kept; nothing is made again for it. Raises DestinationError, ConfigError.
    """
    removed = _from_facts(folder)
    folder.sweep()
    files = forget_episode(config, folder.slug) if config else ()
    return Forgotten(removed, files)


def _from_facts(folder: EpisodeFolder) -> int:
    """Write the diarization without its prints, and its receipt with the new sum."""
    record = read_record(folder)
    receipt = record.receipts.get(STAGE)
    if receipt is None:
        return 0
    path = folder.facts / receipt.file if receipt.file else None
    text = path.read_bytes() if path else serialization.to_json(receipt.value).encode()
    found = serialization.from_json(Diarization, text)
    if not found.prints:
        return 0
    kept = serialization.to_json(replace(found, prints=())).encode()
    fresh = _with_content(receipt, kept)
    receipts = {**record.receipts, STAGE: fresh}
    if path:
        replace_file(path, kept)
    replace_file(folder.record, written(replace(record, receipts=receipts, stood="")))
    return len(found.prints)


def _with_content(receipt: Receipt, text: bytes) -> Receipt:
    value = None if receipt.file else json.loads(text)
    return replace(receipt, digest=sha256(text).hexdigest(), value=value)
