"""What mastering needs to know, worked out from who speaks when and what the human asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
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


def joined(cuts: Iterable[Span]) -> tuple[Span, ...]:
    """The same cuts in order, those that touch or overlap as one."""
    found: list[Span] = []
    for cut in sorted(cuts):
        if found and cut.start_ms <= found[-1].end_ms:
            found[-1] = Span(found[-1].start_ms, max(found[-1].end_ms, cut.end_ms))
        else:
            found.append(cut)
    return tuple(found)


def with_what_was_cut(spoken: tuple[Utterance, ...], turns: tuple[Utterance, ...]) -> tuple[Utterance, ...]:
    """Put what was cut from the sound back into what is spoken, each word where it was said.

    ``turns`` hold every word. One that was cut is of whoever now has the word before it in its turn, else the
    one behind it: turns may have been given to others since.
    """
    now = {word.id: item for item in spoken for word in item.words}
    if sum(len(item.words) for item in turns) == len(now):
        return spoken
    found: list[Utterance] = []
    for item in turns:
        owner = next((now[word.id] for word in item.words if word.id in now), item)
        for word in item.words:
            owner = now.get(word.id, owner)
            last = found[-1] if found else None
            if last and (last.label, last.backchannel) == (owner.label, owner.backchannel):
                found[-1] = replace(last, words=(*last.words, word))
            else:
                found.append(replace(owner, words=(word,)))
    return tuple(found)


def _without(item: Utterance, cuts: tuple[Span, ...]) -> Utterance:
    """An utterance less what was cut; most are in no cut, and stay as they are."""
    whole = item.span
    near = [cut for cut in cuts if cut.start_ms <= whole.end_ms and cut.end_ms >= whole.start_ms]
    if not near:
        return item
    return replace(
        item, words=tuple(w for w in item.words if not any(w.span.middle_ms in cut for cut in near))
    )
