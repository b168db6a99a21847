"""How much of a run is done and how long the rest will take: as measured in it, before that as usual here.

Work is counted in milliseconds of sound. A stage counts for its usual part of the work, so that an
episode under way counts too. What was kept from an earlier run is neither work nor done, and the
rest of an episode that failed or was skipped is no work any more: a bad file makes nothing look fast.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from math import isfinite
from pathlib import Path
from statistics import fmean, median

from ..pipeline.stage_table import STAGES
from .events import Begun, Event, Moved, Outcome, Planned, Stopping

WEIGHTS = {row.name: row.weight for row in STAGES if row.weight}
LEAST_SHARE, LEAST_S = 0.03, 20.0
"""Before so much is done and so long was worked, a guess would be no better than none."""
LEAST_SOUND_MS, LEAST_WORK = 60_000, 0.7
"""Of so much sound at least this part must have been made for a run to be a measure for others."""


@dataclass(slots=True)
class _Item:
    """One episode with something to do: the work known so far, in parts of a whole episode."""

    sound_ms: float
    what: str
    kept: frozenset[str] = frozenset()
    made: dict[str, float] = field(default_factory=dict)
    begun: bool = False
    state: str = ""

    @property
    def to_do(self) -> float:
        """The part that is to be made in this run."""
        return 1.0 - sum(WEIGHTS.get(stage, 0.0) for stage in self.kept)

    @property
    def done(self) -> float:
        """The part that was made in this run."""
        if self.state == "done":
            return self.to_do
        return sum(WEIGHTS.get(stage, 0.0) * share for stage, share in self.made.items())


class Pace:
    """Fed with events and a clock in seconds; asked for the share done and the seconds left.

    ``usual`` is how many seconds earlier runs took for a second of sound; 0 where none is known.
    """

    def __init__(self, usual: float = 0.0) -> None:
        self._usual = usual
        self._items: dict[Path, _Item] = {}
        self._began: float | None = None
        self._warm: tuple[float, float] | None = None

    def feed(self, event: Event, now: float) -> None:
        """Take the next event."""
        if isinstance(event, Planned):
            to_do = [plan for plan in event.plans if plan.to_do]
            usual = _usual(plan.sound_ms for plan in to_do)
            self._items = {plan.found.path: _Item(plan.sound_ms or usual, plan.what) for plan in to_do}
            return
        if isinstance(event, Stopping):
            return
        item = self._items.get(event.path)
        if isinstance(event, Begun):
            self._began = now if self._began is None else self._began
        if item is None:
            return
        item.begun = True
        if isinstance(event, Moved):
            _move(item, event)
            self._note_start(event, now)
        elif isinstance(event, Outcome):
            item.state = event.state

    def episode_share(self, path: Path) -> float:
        """How much of the work on one episode is done, 0 to 1."""
        item = self._items.get(path)
        if item is None or item.state:
            return float(item is not None)
        return min(1.0, item.done / item.to_do) if item.to_do > 0.01 else 1.0

    @property
    def share(self) -> float:
        """How much of all work is done, 0 to 1."""
        usual = self._usual_parts()
        total = sum(item.sound_ms * _work(item, usual) for item in self._items.values())
        done = sum(item.sound_ms * item.done for item in self._items.values())
        if total <= 0:
            return float(bool(self._items) and all(item.state for item in self._items.values()))
        return min(1.0, done / total)

    def left_s(self, now: float) -> float | None:
        """Seconds until the end at the speed so far, else at the usual one; None where that is not known."""
        if self._began is None:
            return None
        since, before = self._warm or (self._began, 0.0)
        share = self.share
        if now - self._began < LEAST_S or share - before < LEAST_SHARE:
            return self._usual_left_s()
        return (now - since) * (1.0 - share) / (share - before)

    def speed(self, now: float) -> float:
        """Seconds that a second of sound took in this run, were all of it made; 0 where that says nothing.

        What is short is mostly loading of models, and what was mostly kept is no measure.
        """
        work = sum(item.sound_ms * item.to_do for item in self._items.values() if item.state == "done")
        whole = sum(item.sound_ms for item in self._items.values() if item.state == "done")
        if self._began is None or whole < LEAST_SOUND_MS or work < LEAST_WORK * whole:
            return 0.0
        return 1000 * (now - self._began) / work

    def _usual_left_s(self) -> float | None:
        """Seconds until the end at the speed of earlier runs."""
        usual = self._usual_parts()
        left_ms = sum(item.sound_ms * (_work(item, usual) - item.done) for item in self._items.values())
        return self._usual * left_ms / 1000 if self._usual else None

    def _note_start(self, event: Moved, now: float) -> None:
        """Reckon from the first progress on, if it was a small one: until then workers load models."""
        if self._warm is None and event.state == "running" and self.share > 0.0:
            small = self.share < LEAST_SHARE
            self._warm = (now, self.share) if small else (now if self._began is None else self._began, 0.0)

    def _usual_parts(self) -> dict[str, float]:
        """How much of an episode there was to do in those that are done, by what was planned for them.

        Where only mastering is stale, the episodes to come are that little work as well.
        """
        seen: dict[str, list[float]] = {}
        for item in self._items.values():
            if item.state == "done":
                seen.setdefault(item.what, []).append(item.to_do)
        return {what: fmean(parts) for what, parts in seen.items()}


def in_words(seconds: float) -> str:
    """A time to wait, no more exact than it can be known."""
    if seconds < 50:
        return "under a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min"
    if minutes >= 600:
        return f"about {round(minutes / 60)} h"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"


def _move(item: _Item, event: Moved) -> None:
    """Note how far a stage is. What this run itself made before a worker died is done, not kept."""
    if event.state in ("kept", "outdated"):
        if event.stage in item.made:
            item.made[event.stage] = 1.0
        else:
            item.kept |= {event.stage}
    else:
        share = event.share if isfinite(event.share) else 0.0
        item.made[event.stage] = min(1.0, max(0.0, share))
        item.kept -= {event.stage}


def _work(item: _Item, usual: dict[str, float]) -> float:
    """The part of an episode that this run has done or will do."""
    if item.state in ("failed", "skipped"):
        return item.done
    return item.to_do if item.begun else usual.get(item.what, item.to_do)


def _usual(lengths_ms: Iterable[int]) -> float:
    """The length to take for a recording that does not tell its own."""
    known = [length for length in lengths_ms if length > 0]
    return median(known) if known else 1.0
