"""What mastering needs to know, worked out from who speaks when and what the human asked for."""

from __future__ import annotations

from ..model.brief import Brief
from ..model.sound import Clip, MixPlan, Timeline
from ..model.speech import Diarization


def mix_plan(diarization: Diarization, brief: Brief, intro: Clip | None, outro: Clip | None) -> MixPlan:
    """Return the plan: exclusive turns for levelling, cuts in order and joined where they touch."""
    return MixPlan(
        speaker_spans=tuple((turn.label, turn.span) for turn in diarization.exclusive),
        cuts=tuple(sorted(brief.cuts)),
        intro=intro,
        outro=outro,
    )


def timeline_of(plan: MixPlan) -> Timeline:
    """Return the map from source time to published time that a plan brings about."""
    return Timeline(intro_ms=plan.intro.duration_ms if plan.intro else 0, cuts=plan.cuts)
