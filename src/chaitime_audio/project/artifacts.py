"""Receipts: each artifact is made once and kept with what it was made from.

``episode.json`` holds, per stage, the *key* (a hash of the engine's options and of the
exact values handed in), the *version* (engine revision and model checksums), and the
value itself or the name of its file in ``facts/``. An artifact with the right key is never made
again; one with an older version is *outdated*: it stays until ``--again`` or ``--upgrade``.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any, Generic, cast

from ..errors import NotMadeError
from . import serialization, wire
from .artifact_keys import Fact, Kept, Stage, key_of, named_digests, version_of, why
from .cancellable import CancellablePool
from .episode_folder import EpisodeFolder
from .file_memory import FileMemory
from .files import replace_file
from .manifest import Receipt, Record, SourceStamp, check_unchanged, read_record, stamp_of, written

MOST_STAGES = 12
"""So many may be under way at a time."""
Watch = Callable[[str, str, float], None]
"""Told (stage, state, share): state is ``kept``, ``outdated``, ``started``, ``running`` or ``done``."""


class Handle(Kept, Generic[Fact]):
    """An artifact that is kept, being made, or failed. ``result``, ``digest`` and ``options`` wait for it."""

    def __init__(self, artifacts: ArtifactStore, stage: Stage[Fact], future: Future[str]) -> None:
        self._artifacts, self._stage, self._future = artifacts, stage, future

    @property
    def stage(self) -> str:
        """Name of the step that makes it."""
        return self._stage.name

    @property
    def digest(self) -> str:
        """Its content hash; raises what went wrong while making it, CancelledError when stopped."""
        return self._artifacts.pool.answer(self._future)

    @property
    def result(self) -> Fact:
        """The artifact itself; raises what went wrong while making it."""
        self._artifacts.pool.answer(self._future)
        return self._artifacts.load(self._stage)

    @property
    def options(self) -> Mapping[str, str]:
        """The engine's options it was really made with, as its receipt names them."""
        self._artifacts.pool.answer(self._future)
        made = self._artifacts.record.receipts[self._stage.name].made
        return cast(Mapping[str, str], made.get("options", {}))


class ArtifactStore:
    """The artifacts of one episode: what is missing is made. Only who holds the episode's lock has one.

    ``again`` names stages to make anew in any case; with ``upgrade`` those of an older version are.
    ``remark`` tells what receipts should say of who did the work. To read only: `KeptArtifacts`.
    """

    def __init__(
        self,
        folder: EpisodeFolder,
        again: frozenset[str] = frozenset(),
        upgrade: bool = False,
        watch: Watch = lambda *_: None,
        remark: Callable[[], str] = str,
    ) -> None:
        self._folder, self._again, self._upgrade, self._tell = folder, again, upgrade, watch
        self._remark = remark
        self._lock = threading.RLock()
        self.pool = CancellablePool(MOST_STAGES, "stage")
        self._values: dict[str, Any] = {}
        self._texts: dict[str, bytes] = {}
        self._sources: dict[Path, SourceStamp] = {}
        self.failed_stage = ""
        self.record = read_record(folder)
        self.files = FileMemory(folder, self.record.remembered)

    def once(self, stage: Stage[Fact], make: Callable[..., Fact], *inputs: object) -> Handle[Fact]:
        """Return the kept fact, or start making it: ``make(*inputs)`` with handles turned into values.

        Independent facts are made at the same time; ``result`` of the returned handle waits.
        """
        return Handle(self, stage, self.pool.submit(lambda: self._settle(stage, make, inputs)))

    def watch(self, stage: str, state: str, share: float) -> None:
        """Pass on how far a stage is. Raises CancelledError once cancelled: so a long loop ends."""
        self.pool.check()
        self._tell(stage, state, share)

    def load(self, stage: Stage[Fact]) -> Fact:
        """Decode a kept fact. Raises ValueError when it is torn."""
        with self._lock:
            if stage.name not in self._values:
                receipt = self.record.receipts[stage.name]
                self._values[stage.name] = self._decode(stage, receipt)
            return cast(Fact, self._values[stage.name])

    def before(self, stage: Stage[Fact]) -> Fact | None:
        """The fact that was kept last, whatever it was made from; None where there is none, or it is torn."""
        receipt = self.record.receipts.get(stage.name)
        try:
            return serialization.from_json(stage.kind, self._kept(receipt)) if receipt else None
        except (OSError, ValueError):
            return None

    def engine_of(self, stage: str) -> str:
        """Name of the engine that made a kept fact, so that ``auto`` stays what it was; or nothing."""
        receipt = self.record.receipts.get(stage)
        return wire.engine_here(stage, receipt.engine) if receipt and stage not in self._again else ""

    def option_of(self, stage: str, option: str) -> str:
        """The option that the engine of a kept fact was given, as its receipt names it; or nothing."""
        receipt = self.record.receipts.get(stage)
        given = receipt.made.get("options", {}) if receipt and stage not in self._again else {}
        return str(given.get(option, ""))

    def update(self, **sections: Any) -> None:
        """Replace sections of the record and write ``episode.json`` if anything changed."""
        with self._lock:
            changed = replace(self.record, **sections, remembered=self.files.entries)
            if changed != self.record or not self._folder.record.exists():
                self.record = changed
                self._write(changed)

    def source_sums(self, paths: Sequence[Path], *, verify: bool = False) -> tuple[str, ...]:
        """sha256 of each recording; read anew only when size, time or inode changed, or to verify.

        Raises InputRefusedError when one cannot be read.
        """
        known = {} if verify else {replace(stamp, sha256=""): stamp for stamp in self.record.sources}
        stamps = tuple(stamp_of(path, known) for path in paths)
        self._sources = dict(zip(paths, stamps, strict=True))
        self.update(sources=stamps)
        return tuple(stamp.sha256 for stamp in stamps)

    def check_sources(self) -> None:
        """Raise InputRefusedError when a recording is another one than at the start of this run."""
        for path, stamp in self._sources.items():
            check_unchanged(path, stamp)

    def cancel(self) -> None:
        """Stop all stages: who waits for one gets CancelledError now, who makes one with its next news."""
        with self._lock:
            self.pool.cancel()

    def close(self) -> bool:
        """Forget work that has not started and wait for what has; see `CancellablePool.close`."""
        return self.pool.close()

    def sweep(self) -> None:
        """Remove temporaries that stages left in the folder."""
        self._folder.sweep_temporaries()

    def _write(self, record: Record) -> None:
        replace_file(self._folder.record, written(record))

    def _settle(self, stage: Stage[Fact], make: Callable[..., Fact], inputs: tuple[object, ...]) -> str:
        key, version = key_of(stage, inputs), version_of(stage)
        receipt = self.record.receipts.get(stage.name)
        if receipt and receipt.key == key and self._holds(stage, receipt):
            outdated = receipt.version != version
            if not (outdated and self._upgrade):
                self.watch(stage.name, "outdated" if outdated else "kept", 1.0)
                return receipt.digest
        return self._made(stage, make, inputs, (key, version))

    def _made(
        self, stage: Stage[Fact], make: Callable[..., Fact], inputs: tuple[object, ...], key: tuple[str, str]
    ) -> str:
        """Make what is missing and keep it; returns its digest."""
        try:
            return self._make(stage, make, inputs, key)
        except BaseException:
            self.failed_stage = self.failed_stage or stage.name
            raise

    def _make(
        self, stage: Stage[Fact], make: Callable[..., Fact], inputs: tuple[object, ...], key: tuple[str, str]
    ) -> str:
        values = [item.result if isinstance(item, Handle) else item for item in inputs]
        self.watch(stage.name, "started", 0.0)
        began = time.monotonic()
        value = make(*values)
        self.check_sources()
        text = serialization.to_json(value).encode()
        file = f"{stage.name}.json" if stage.large else ""
        if file:
            replace_file(self._folder.facts / file, text)
        receipt = Receipt(
            key=key[0],
            version=key[1],
            digest=sha256(text).hexdigest(),
            engine=stage.wire_engine,
            file=file,
            value=None if file else json.loads(text),
            made={
                "options": stage.wire_options,
                "inputs": named_digests(inputs),
                "seconds": round(time.monotonic() - began, 2),
                **({"remark": remark} if (remark := self._remark()) else {}),
            },
        )
        with self._lock:
            self._values[stage.name] = value
            self.update(receipts={**self.record.receipts, stage.name: receipt})
        self.watch(stage.name, "done", 1.0)
        return receipt.digest

    def _holds(self, stage: Stage[Any], receipt: Receipt) -> bool:
        """Whether a kept fact may be used: not asked for again, its files there, its content whole."""
        if stage.name in self._again:
            return False
        left = (stage.file_name, *stage.more_file_names)
        if not all((self._folder.facts / name).is_file() for name in left if name):
            return False
        try:
            text = self._kept(receipt)
        except OSError:
            return False
        if sha256(text).hexdigest() != receipt.digest:
            return False
        with self._lock:
            self._texts[stage.name] = text  # read once, to be checked and decoded
        return True

    def _kept(self, receipt: Receipt) -> bytes:
        """The canonical JSON of a kept fact, from its file or from the record."""
        if receipt.file:
            return (self._folder.facts / receipt.file).read_bytes()
        return serialization.to_json(receipt.value).encode()

    def _decode(self, stage: Stage[Fact], receipt: Receipt) -> Fact:
        text = self._texts.pop(stage.name, None)
        return serialization.from_json(stage.kind, self._kept(receipt) if text is None else text)


class KeptArtifacts(ArtifactStore):
    """The artifacts of one episode as they are kept: nothing is made and nothing written, no lock is needed.

    What is not kept, or no longer holds, raises NotMadeError; ``missing`` then says why, by stage. With
    ``published`` texts are written of it: what was written is noted, under the lock of whoever does so.
    """

    def __init__(
        self,
        folder: EpisodeFolder,
        again: frozenset[str] = frozenset(),
        watch: Watch = lambda *_: None,
        *,
        published: bool = False,
    ) -> None:
        super().__init__(folder, again, watch=watch)
        self.missing: dict[str, str] = {}
        self._published = published

    def sweep(self) -> None:
        """Leave everything where it lies."""

    def _write(self, record: Record) -> None:
        """Nothing, it is only read; but what was published of it is noted."""
        if self._published:
            super()._write(record)

    def _made(self, stage: Stage[Fact], _make: object, inputs: tuple[object, ...], _key: object) -> str:
        """Raise NotMadeError."""
        receipt, path = self.record.receipts.get(stage.name), self._folder.path
        reason = why(stage, receipt, inputs, asked=self._again)
        self.missing[stage.name] = reason
        text = f"{path}: {stage.name} is not made; run: chaitime process {path}"
        raise NotMadeError(stage.name, text, reason)
