"""Decodes the first windows while the recording is still being searched for speech.

One process alone does the searching, and the others would wait. Nothing depends on this:
batches are kept under their own keys, and `Ear.listen` finds them done or under way.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Sequence
from concurrent.futures import CancelledError
from dataclasses import dataclass, field

from ....domain.sound import Span
from .batches import Batch
from .recognizer import BATCHES_A_RUN, WindowedRecognizer, grouped
from .windows import settled

SHARE_PER_HELPER = 0.35
"""How much of a recording one idle worker can decode while the first one searches it all; searching
costs about a quarter of decoding."""


def begin(ear: WindowedRecognizer) -> Ahead | None:
    """Let the others load the model, and return who listens for findings; None where nobody waits."""
    pool = ear.context.pool
    if pool.workers == 1 or ear.task.affinity == "one":
        return None
    pool.prepare(ear.task)
    return Ahead(ear)


@dataclass(eq=False)
class Ahead:
    """Listens to what a detector finds (`EngineContext.finding`). Failures stay with the later, real run."""

    ear: WindowedRecognizer
    _asked: int = field(default=0, init=False)

    def __call__(self, spans: Sequence[Span], until_ms: int) -> None:
        """Begin with all whole runs of windows that will stay as they are."""
        ear, run = self.ear, self.ear.batch * BATCHES_A_RUN
        share = SHARE_PER_HELPER * (ear.context.pool.workers - 1)
        if until_ms > share * ear.sound.duration_ms and self._asked:
            return
        known = settled(ear.sound, spans, until_ms)
        known = known[: len(known) // run * run]
        fresh, self._asked = known[self._asked :], max(self._asked, len(known))
        if fresh:
            groups = grouped(fresh, ear.batch)
            batches = [Batch(ear.sound, group, ear.language, False, ear.terms) for group in groups]
            threading.Thread(target=self._decode, args=(batches,), daemon=True).start()

    def _decode(self, batches: list[Batch]) -> None:
        with contextlib.suppress(Exception, CancelledError):
            self.ear.context.pool.map(self.ear.task, batches, self.ear.context.keep)
