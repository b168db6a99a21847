"""What mastering needs to know, worked out from who speaks when and what the human asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from ...domain.brief import Brief
from ...domain.sound import Clip, Master, MixPlan, Span, Timeline
from ...domain.speech import Diarization, Utterance


def mix_plan(
    diarization: Diarization,
    brief: Brief,
    intro: Clip | None = None,
    outro: Clip | None = None,
    bed: Clip | None = None,
) -> MixPlan:
    """Return the plan: exclusive turns for levelling, cuts in order.

    Cuts that touch or overlap are joined by mastering, which moves their ends to quiet places.
    """
    return MixPlan(
        speaker_spans=tuple((turn.label, turn.span) for turn in diarization.exclusive),
        cuts=tuple(sorted((*brief.cuts, *_decided(brief)))),
        intro=intro,
        outro=outro,
        bed=bed,
    )


def _decided(brief: Brief) -> Iterator[Span]:
    """The cuts among the corrections."""
    for item in brief.corrections:
        if item.cut:
            yield Span(*item.cut)


def timeline_of(master: Master) -> Timeline:
    """Return the map from source time to published time, as the master was really made."""
    return Timeline(intro_ms=master.intro_ms, cuts=master.cuts)


def without_cuts(utterances: tuple[Utterance, ...], cuts: tuple[Span, ...]) -> tuple[Utterance, ...]:
    """Leave out words whose middle was cut from the sound, and utterances that lost all words."""
    if not cuts:
        return utterances
    kept = (_without(item, cuts) for item in utterances)
    return tuple(item for item in kept if item.words)


def _without(item: Utterance, cuts: tuple[Span, ...]) -> Utterance:
    """An utterance less what was cut; most are in no cut, and stay as they are."""
    whole = item.span
    near = [cut for cut in cuts if cut.start_ms <= whole.end_ms and cut.end_ms >= whole.start_ms]
    if not near:
        return item
    return replace(
        item, words=tuple(w for w in item.words if not any(w.span.middle_ms in cut for cut in near))
    )
