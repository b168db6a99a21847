"""The workers of a cluster: who is there, who may work, and why others may not."""

from __future__ import annotations

import contextlib
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from ..errors import ChaitimeError, UsageError
from .cluster_worker import OURS, PROCESSOR, Asks, WorkerReport, inspect

ANSWER_S = 120.0
"""How long a worker may take to look at its models: the first time, it reads all of them."""


@dataclass(frozen=True, slots=True)
class Demands:
    """What is asked of every worker before it gets work.

    ``folder`` is what it must see where sound does not travel; ``mixed`` takes workers whose
    packages or processors differ.
    """

    mixed: bool = False
    asks: Asks | None = None
    folder: Path | None = None


class Roster:
    """Who works for a client.

    Raises UsageError when there is nobody, or somebody who is unfit, ModelUnavailableError when
    somebody has other models. Whoever comes later is asked the same; who is unfit then is left out,
    and ``remark`` tells.
    """

    def __init__(self, client: Any, address: str, demands: Demands) -> None:
        self._client, self._demands = client, demands
        self._mine = inspect().kind | dict(demands.asks() if demands.asks else {})
        self._usual: dict[str, str] = {}
        self.kinds: dict[str, dict[str, str]] = {}
        self.left_out: dict[str, ChaitimeError] = {}
        self.odd: dict[str, str] = {}
        self.there: dict[str, Mapping[str, Any]] = {}
        self.look()
        for name, reason in sorted(self.left_out.items()):
            others = f" (and {len(self.left_out) - 1} more)" if len(self.left_out) > 1 else ""
            raise type(reason)(f"worker {name} {reason}{others}")
        if not self.there:
            raise UsageError(f"{address} has no workers; start some with: dask worker {address} --nthreads 1")

    def look(self) -> None:
        """See who is there, and ask those who are new."""
        found: Mapping[str, Mapping[str, Any]] = self._client.scheduler_info(n_workers=-1).get("workers", {})
        if new := [name for name in found if name not in self.kinds and name not in self.left_out]:
            self._ask(new)
        self.there = {name: about for name, about in found.items() if name in self.kinds}

    @property
    def remark(self) -> str:
        """What a person should know about who did the work, in a sentence; most often nothing."""
        said = [f"{name} differs: {how}" for name, how in sorted(self.odd.items())]
        remark = f"made with --mixed, on workers that differ: {'; '.join(said)}" if said else ""
        late = "; ".join(f"worker {name} {why}" for name, why in sorted(self.left_out.items()))
        return "; ".join(filter(None, (remark, late and f"came later and got no work: {late}")))

    def _ask(self, names: list[str]) -> None:
        asker = ThreadPoolExecutor(1, thread_name_prefix="roster")
        with _marker(self._demands.folder) as marker:
            ask = partial(self._client.run, inspect, workers=names, on_error="return")
            asked = asker.submit(ask, self._demands.asks, marker)
            asker.shutdown(wait=False)
            try:
                answers: dict[str, WorkerReport | BaseException] = asked.result(ANSWER_S)
            except TimeoutError as cause:
                raise UsageError(
                    f"workers do not answer within {ANSWER_S:.0f} s: {', '.join(names[:3])}"
                ) from cause
        told = {name: said for name, said in answers.items() if isinstance(said, WorkerReport)}
        self._usual = self._usual or _most_common([said.kind for said in told.values()])
        for name, said in answers.items():
            if reason := self._unfit(name, said):
                self.left_out[name] = reason
            elif isinstance(said, WorkerReport):
                self.kinds[name] = said.kind

    def _unfit(self, name: str, said: WorkerReport | BaseException) -> ChaitimeError | None:
        """Why a worker may not work, if it may not."""
        if isinstance(said, ModuleNotFoundError):
            return UsageError(f"cannot import this package ({said}); install chaitime-audio there")
        if not isinstance(said, WorkerReport):
            text = " ".join(f"{type(said).__name__}: {said}".split())
            return UsageError(f"cannot be asked ({text}); has it this version of chaitime-audio?")
        if said.kind[OURS] != self._mine[OURS]:
            return UsageError(f"runs version {said.kind[OURS]}, this is {self._mine[OURS]}")
        if said.lacks:
            return type(said.lacks)(f"cannot work: {said.lacks}")
        if differs := self._difference(said.kind):
            if not self._demands.mixed:
                return UsageError(f"differs: {differs}; --mixed takes it all the same")
            self.odd[name] = differs
        return None

    def _difference(self, kind: dict[str, str]) -> str:
        """What of a worker is unlike here, or unlike the processors of the other workers."""
        known, usual = self._mine, self._usual
        unlike = [
            f"{key} {kind.get(key, 'unknown')} (here {known[key]})"
            for key in known
            if key not in PROCESSOR and kind.get(key) != known[key]
        ]
        return ", ".join(
            unlike
            + [f"{key} {kind[key]} (others {usual[key]})" for key in PROCESSOR if kind[key] != usual[key]]
        )


def _most_common(kinds: list[dict[str, str]]) -> dict[str, str]:
    counted = Counter(tuple(kind[key] for key in PROCESSOR) for kind in kinds)
    return dict(zip(PROCESSOR, counted.most_common(1)[0][0], strict=True)) if counted else {}


@contextlib.contextmanager
def _marker(folder: Path | None) -> Iterator[Path | None]:
    """A file in the shared folder for as long as workers are asked whether they see it."""
    if folder is None:
        yield None
        return
    try:
        marker = tempfile.NamedTemporaryFile(dir=folder, prefix=".seen.", suffix=".part")  # noqa: SIM115
    except OSError:  # nothing can be written there; the first episode will say so
        yield None
        return
    with marker:
        yield Path(marker.name)
