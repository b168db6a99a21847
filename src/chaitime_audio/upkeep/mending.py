"""Mends what an examination found and can be mended without guessing; what a person made stays."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from ..project.episode_folder import EpisodeFolder
from ..project.files import replace_file
from ..project.journal import settle
from ..project.manifest import read_record, written
from .examination import Finding

DAMAGED = ".damaged"


def mend(folder: EpisodeFolder, findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """Put right what is mendable and return it; the caller holds the episode's lock.

    A damaged artifact's receipt is taken out, so that the next run makes it again; its file, or a torn
    ``episode.json``, is moved beside itself with the ending ``.damaged``. Temporaries of a killed run go,
    and a change that was cut short in the journal is brought to its end or forgotten. Raises
    DestinationError when that cannot be written.
    """
    todo = [found for found in findings if found.level == "mendable"]
    if not todo:
        return ()
    torn = any(found.where == folder.record.name for found in todo)
    if torn:
        _set_aside(folder, folder.record.name)
    for found in todo:
        if found.stage and found.where.startswith("facts/"):
            _set_aside(folder, found.where)
    damaged = {found.stage for found in todo if found.stage}
    if damaged and not torn:
        record = read_record(folder)
        kept = {name: one for name, one in record.receipts.items() if name not in damaged}
        replace_file(folder.record, written(replace(record, receipts=kept, stood="")))
    with folder.file_lock():
        settle(folder.path)
    folder.sweep_temporaries()
    return tuple(todo)


def _set_aside(folder: EpisodeFolder, where: str) -> None:
    path = folder.path / where
    if path.is_file():
        path.replace(path.with_name(path.name + DAMAGED))
