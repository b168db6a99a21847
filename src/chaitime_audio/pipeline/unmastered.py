"""The MP3 as it would be after the next run, for whoever edits the cuts: nothing is made for it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..domain.sound import Master, MixPlan
from ..editorial.structure.mix import joined
from ..errors import NotMadeError
from ..project.artifacts import Handle


@dataclass(frozen=True, slots=True)
class Planned:
    """An MP3 that is made or planned; ``before`` returns the one that was made last, if there is one."""

    made: Handle[Master]
    plan: MixPlan
    before: Callable[[], Master | None]

    @property
    def result(self) -> Master:
        """The MP3; where another plan made it, that one with the cuts and the length as they are planned.

        Raises what making it raises, NotMadeError where none was ever made.
        """
        try:
            return self.made.result
        except NotMadeError:
            last = self.before()
            if last is None:
                raise
        cuts = joined(self.plan.cuts)
        longer_ms = sum(cut.duration_ms for cut in last.cuts) - sum(cut.duration_ms for cut in cuts)
        return replace(last, cuts=cuts, duration_ms=max(0, last.duration_ms + longer_ms))
