"""Where a voice is heard alone: to listen to it, and to say by a time whose it is."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.episode import Episode
from ...domain.sound import Span, span

_APART_MS = 20_000


def clean_spans(label: str, episode: Episode) -> tuple[Span, ...]:
    """Return where a voice speaks and nobody else does, in no cut, the longest first (source time)."""
    others = [turn.span for turn in episode.diarization.turns if turn.label != label]
    blocked = [*others, *episode.timeline.cuts]
    own = [turn.span for turn in episode.diarization.exclusive if turn.label == label]
    free = [piece for one in own for piece in _without(one, blocked)]
    return tuple(sorted(free, key=lambda one: (-one.duration_ms, one.start_ms)))


def times_of(label: str, episode: Episode) -> tuple[int, ...]:
    """Return up to three source times, apart from each other, at which surely this voice speaks."""
    chosen: list[int] = []
    for piece in clean_spans(label, episode):
        if all(abs(piece.middle_ms - other) >= _APART_MS for other in chosen):
            chosen.append(piece.middle_ms)
    return tuple(sorted(chosen[:3]))


def _without(piece: Span, blocked: Iterable[Span]) -> list[Span]:
    """What is left of a span when others are taken out of it."""
    left = [piece]
    for other in blocked:
        left = (
            [
                span(start, end)
                for one in left
                for start, end in (
                    (one.start_ms, min(one.end_ms, other.start_ms)),
                    (max(one.start_ms, other.end_ms), one.end_ms),
                )
                if end > start
            ]
            if any(one.overlap_ms(other) for one in left)
            else left
        )
    return left
