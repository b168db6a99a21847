"""What mastering needs to know, worked out from who speaks when and what the human asked for."""

from __future__ import annotations

from ..model.brief import Brief
from ..model.sound import Clip, Master, MixPlan, Timeline
from ..model.speech import Diarization


def mix_plan(diarization: Diarization, brief: Brief, intro: Clip | None, outro: Clip | None) -> MixPlan:
    """Return the plan: exclusive turns for levelling, cuts in order and joined where they touch."""
    return MixPlan(
        speaker_spans=tuple((turn.label, turn.span) for turn in diarization.exclusive),
        cuts=tuple(sorted(brief.cuts)),
        intro=intro,
        outro=outro,
    )


def timeline_of(master: Master) -> Timeline:
    """Return the map from source time to published time, as the master was really made."""
    return Timeline(intro_ms=master.intro_ms, cuts=master.cuts)
