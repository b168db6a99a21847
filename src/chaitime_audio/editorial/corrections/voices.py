"""Voices a person put right: two that are one, and borders between them that lie elsewhere."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain, groupby
from math import hypot

from ...domain.sound import SourceMs, Span
from ...domain.speech import Diarization, Turn, Utterance, VoicePrint, Word

VOICE_NEAR_MS, BORDER_NEAR_MS = 400, 3_000
Labelled = tuple[Word, str, bool]


def label_at(at: SourceMs, turns: Iterable[Turn]) -> str:
    """The voice heard at a time, or within 0.4 s of it; empty for none."""
    near = [(max(turn.span.start_ms - at, at - turn.span.end_ms, 0), turn.label) for turn in turns]
    distance, label = min(near, default=(VOICE_NEAR_MS + 1, ""))
    return label if distance <= VOICE_NEAR_MS else ""


def merged(diarization: Diarization, same: Mapping[str, str]) -> Diarization:
    """Return the diarization with labels replaced, and numbered by first appearance again.

    The print of a merged voice is the mean of its prints, weighted by the speech behind them.
    """
    order = dict.fromkeys(same.get(label, label) for label in diarization.labels)
    new = {label: f"S{number}" for number, label in enumerate(order, 1)}
    named = {label: new[same.get(label, label)] for label in diarization.labels}
    exclusive = tuple(
        replace(turn, label=named.get(turn.label, turn.label)) for turn in diarization.exclusive
    )
    return Diarization(_united(diarization.turns, named), exclusive, _prints(diarization.prints, named))


def _united(turns: Sequence[Turn], named: Mapping[str, str]) -> tuple[Turn, ...]:
    """Turns under new labels; those of one voice that overlap become one."""
    out: dict[str, list[Span]] = {}
    for turn in sorted(turns, key=lambda one: one.span):
        spans = out.setdefault(named[turn.label], [])
        if spans and turn.span.start_ms < spans[-1].end_ms:
            spans[-1] = Span(spans[-1].start_ms, max(spans[-1].end_ms, turn.span.end_ms))
        else:
            spans.append(turn.span)
    found = [Turn(label, span) for label, spans in out.items() for span in spans]
    return tuple(sorted(found, key=lambda one: (one.span, one.label)))


def _prints(prints: Sequence[VoicePrint], named: Mapping[str, str]) -> tuple[VoicePrint, ...]:
    groups: dict[str, list[VoicePrint]] = {}
    for one in prints:
        groups.setdefault(named.get(one.label, one.label), []).append(one)
    return tuple(_mean(label, group) for label, group in sorted(groups.items(), key=lambda item: item[0]))


def _mean(label: str, group: Sequence[VoicePrint]) -> VoicePrint:
    if len(group) == 1:
        return replace(group[0], label=label)
    columns = zip(*(one.vector for one in group), strict=True)
    summed = [sum(x * one.speech_ms for x, one in zip(column, group, strict=True)) for column in columns]
    length = hypot(*summed) or 1.0
    return VoicePrint(label, tuple(x / length for x in summed), sum(one.speech_ms for one in group))


def with_border(
    utterances: tuple[Utterance, ...], border: SourceMs, to: SourceMs
) -> tuple[Utterance, ...] | None:
    """Return utterances with the change of speaker nearest to ``border`` moved; None when there is none.

    What is said between the old place and the new one goes to the voice whose side it now is on.
    """
    changes = [at for at in range(1, len(utterances)) if utterances[at].label != utterances[at - 1].label]
    if not changes:
        return None
    at = min(changes, key=lambda one: abs(_border(utterances, one) - border))
    old = _border(utterances, at)
    if abs(old - border) > BORDER_NEAR_MS:
        return None
    label = utterances[at - 1].label if to > old else utterances[at].label
    low, high = min(old, to), max(old, to)
    return _joined(chain.from_iterable(_moved(item, low, high, label) for item in utterances))


def _moved(item: Utterance, low: int, high: int, label: str) -> Iterable[Utterance]:
    """An utterance whose words between two times go to a voice; one that has none there stays as it is."""
    start_ms, end_ms = item.words[0].span.start_ms, item.words[-1].span.end_ms
    if item.label == label or start_ms >= high + BORDER_NEAR_MS or end_ms < low - BORDER_NEAR_MS:
        return (item,)
    moves = ((word, low <= word.span.middle_ms < high) for word in item.words)
    return regrouped(
        (word, label if moved else item.label, item.backchannel and not moved) for word, moved in moves
    )


def _joined(utterances: Iterable[Utterance]) -> tuple[Utterance, ...]:
    """Neighbours of one kind as one; what stands alone stays the very same."""
    out: list[Utterance] = []
    for _, group in groupby(utterances, key=lambda item: (item.label, item.backchannel)):
        same = list(group)
        words = tuple(chain.from_iterable(item.words for item in same))
        out.append(same[0] if len(same) == 1 else replace(same[0], words=words))
    return tuple(out)


def _border(utterances: Sequence[Utterance], at: int) -> int:
    """The time between two utterances: where the second begins."""
    return utterances[at].words[0].span.start_ms


def regrouped(words: Iterable[Labelled]) -> tuple[Utterance, ...]:
    """Utterances of words with labels and backchannel marks; neighbours of one kind are joined."""
    groups = groupby(words, key=lambda item: item[1:])
    return tuple(
        Utterance(label, tuple(word for word, *_ in group), backchannel)
        for (label, backchannel), group in groups
    )
