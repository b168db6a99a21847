"""How much of a batch is done and how long the rest will take, from what was measured in this run.

Work is counted in milliseconds of sound. A stage counts for its usual part of the work, so that an
episode under way counts too; what was kept from an earlier run is neither work nor done.
"""

from __future__ import annotations

from pathlib import Path

from .events import Begun, Event, Moved, Outcome, Planned

WEIGHTS = {"decoded": 0.02, "activity": 0.10, "transcript": 0.50, "diarization": 0.23, "master": 0.15}
"""Parts of an episode's work, as measured on two cores with the base model."""
LEAST_SHARE, LEAST_S = 0.03, 20.0
"""Before so much is done and so long was worked, a guess would be no better than none."""


class Pace:
    """Fed with events and a clock in seconds; asked for the share done and the seconds left."""

    def __init__(self) -> None:
        self._sound: dict[Path, float] = {}
        self._stages: dict[Path, dict[str, float]] = {}
        self._kept: dict[Path, float] = {}
        self._over: set[Path] = set()
        self._began: float | None = None

    def feed(self, event: Event, now: float) -> None:
        """Take the next event."""
        if isinstance(event, Planned):
            self._sound = {plan.found.path: float(plan.sound_ms) for plan in event.plans if plan.to_do}
        elif isinstance(event, Begun):
            self._began = now if self._began is None else self._began
        elif isinstance(event, Moved):
            self._move(event)
        elif isinstance(event, Outcome) and event.path in self._sound:
            self._over.add(event.path)

    def _move(self, event: Moved) -> None:
        weight = WEIGHTS.get(event.stage, 0.0)
        if event.state in ("kept", "outdated"):
            self._kept[event.path] = self._kept.get(event.path, 0.0) + weight
        else:
            self._stages.setdefault(event.path, {})[event.stage] = weight * min(1.0, event.share)

    def episode_share(self, path: Path) -> float:
        """How much of the work on one episode is done, 0 to 1."""
        if path in self._over:
            return 1.0
        to_do = 1.0 - self._kept.get(path, 0.0)
        return min(1.0, sum(self._stages.get(path, {}).values()) / to_do) if to_do > 0.01 else 1.0

    @property
    def share(self) -> float:
        """How much of all work is done, 0 to 1."""
        total = sum(self._work(path) for path in self._sound)
        done = sum(self._work(path) * self.episode_share(path) for path in self._sound)
        return done / total if total > 0 else float(bool(self._sound) and len(self._over) == len(self._sound))

    def _work(self, path: Path) -> float:
        return self._sound[path] * max(0.0, 1.0 - self._kept.get(path, 0.0))

    def left_s(self, now: float) -> float | None:
        """Seconds until the end at the speed so far; None as long as that would be a guess."""
        if self._began is None:
            return None
        spent, share = now - self._began, self.share
        if spent < LEAST_S or share < LEAST_SHARE:
            return None
        return spent * (1.0 - share) / share


def in_words(seconds: float) -> str:
    """A time to wait, no more exact than it can be known."""
    if seconds < 50:
        return "less than a minute"
    minutes = round(seconds / 60)
    if minutes < 90:
        return f"about {minutes} min"
    hours, rest = divmod(round(minutes / 10) * 10, 60)
    return f"about {hours} h {rest} min" if rest else f"about {hours} h"
