"""A batch as JSON: one object a line on stdout, for scripts."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable
from math import isfinite
from types import TracebackType
from typing import Any

import click

from ..batch import Begun, Event, Moved, Planned, SetAside, Stopping, Tell
from ..batch.report import plain_outcome

EVERY_S = 0.5
"""Progress of one stage is told this often at most; its beginning and end always."""


class JsonView:
    """Prints events as ``{"event": "planned" | "begun" | "moved" | "ended", …}``.

    The fields stand in docs/batch.md. Lines are ASCII whatever is in a name; with ``err`` they go to stderr.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic, *, err: bool = False) -> None:
        self._clock, self._lock, self._err = clock, threading.Lock(), err
        self._told: dict[tuple[str, str], float] = {}

    def __enter__(self) -> Tell:
        """Return what takes the events."""
        return self.tell

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Nothing is left to tidy."""

    def tell(self, event: Event) -> None:
        """Print an event."""
        with self._lock:
            if not isinstance(event, Moved) or self._due(event):
                click.echo(json.dumps(plain_event(event), ensure_ascii=True, allow_nan=False), err=self._err)

    def _due(self, event: Moved) -> bool:
        key, now = (str(event.path), event.stage), self._clock()
        if event.state == "running" and now - self._told.get(key, now - EVERY_S) < EVERY_S:
            return False
        self._told[key] = now
        return True


def plain_event(event: Event) -> dict[str, Any]:
    """Return an event as it is printed; docs/batch.md describes the fields."""
    if isinstance(event, Planned):
        plans = [
            {"path": str(plan.found.path), "what": plan.what, "to_do": plan.to_do, "sound_ms": plan.sound_ms}
            for plan in event.plans
        ]
        return {"event": "planned", "plans": plans}
    if isinstance(event, Begun):
        return {"event": "begun", "path": str(event.path), "retry": event.retry}
    if isinstance(event, Moved):
        share = round(event.share, 3) if isfinite(event.share) else None
        told = {"stage": event.stage, "state": event.state, "share": share}
        return {"event": "moved", "path": str(event.path), **told}
    if isinstance(event, Stopping):
        return {"event": "stopping", "hook": event.hook}
    if isinstance(event, SetAside):
        return {"event": "set aside", "path": str(event.path), "reason": event.reason}
    return {"event": "ended", **plain_outcome(event)}
