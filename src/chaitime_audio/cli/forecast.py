"""How long a run over one episode will take, said once: as earlier runs took here, else as measured."""

from __future__ import annotations

import time
from collections.abc import Callable

from ..batch import Begun, Found, Moved, Outcome, Plan, Planned
from ..batch.eta import WEIGHTS, Pace, in_words
from ..batch.planning import length_ms
from ..pipeline.registry import Registry
from ..project import speed_memory
from ..project.episode_folder import EpisodeFolder

LEAST_WEIGHT = 0.2
"""A stage of this part of the work is worth a word about time when it begins."""


class Forecast:
    """Fed with what stages do; tells the time left once, and remembers how fast the run was."""

    def __init__(
        self, folder: EpisodeFolder, registry: Registry, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._who = registry.who(f"process {registry.settings.engines.workers}")
        self._folder, self._clock, self._said = folder, clock, False
        self._kept: list[Moved] = []
        self._pace: Pace | None = None

    def told(self, stage: str, state: str, share: float) -> str:
        """Take one piece of news; return a sentence when there is one to be said.

        The recording is looked at when the first work begins: a run over what is kept reads none.
        """
        now, moved = self._clock(), Moved(self._folder.path, stage, state, share)
        if self._pace is None and state not in ("started", "running"):
            self._kept.append(moved)
            return ""
        self._pace = self._pace or self._begun(now)
        self._pace.feed(moved, now)
        if self._said or state not in ("started", "running") or WEIGHTS.get(stage, 0.0) < LEAST_WEIGHT:
            return ""
        left = self._pace.left_s(now)
        if left is None:
            return ""
        self._said = True
        return f"this takes {in_words(left)}" if state == "started" else f"{in_words(left)} left"

    def ended(self) -> None:
        """Remember how fast it was, if that says something about other runs."""
        if self._pace is None:
            return
        now = self._clock()
        self._pace.feed(Outcome(self._folder.path, "done", "", 0.0), now)
        speed_memory.remember(self._who, self._pace.speed(now))

    def _begun(self, now: float) -> Pace:
        """The pace of a run whose first work begins; what is kept is known by then, or is told later."""
        pace, found = Pace(speed_memory.usual(self._who)), Found(self._folder)
        pace.feed(Planned((Plan(found, "episode", to_do=True, sound_ms=length_ms(found)),)), now)
        pace.feed(Begun(self._folder.path), now)
        for moved in self._kept:
            pace.feed(moved, now)
        return pace
