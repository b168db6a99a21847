"""Whether to believe what Whisper said about a window, and repair of the times it gave."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ...model.sound import Span, span

MOST_COMPRESSION, LEAST_LOGPROB, MOST_NO_SPEECH = 2.4, -1.0, 0.6
SHORTEST_WORD_MS, LONGEST_WORD_MS = 20, 2_000
NEAR_MS = 1_000
PAUSE_MS = 250
_STOCK = frozenset(
    "thanks for watching|thank you for watching|please subscribe|subtitles by the amara.org community|"
    "you|bye|thank you|music|applause".split("|")
)


@dataclass(frozen=True, slots=True)
class Heard:
    """What came out of one window. Words are (text, start_ms, end_ms, probability), source time."""

    window: Span
    words: tuple[tuple[str, int, int, float], ...]
    mean_logprob: float
    no_speech: float
    compression: float
    temperature: float = 0.0

    @property
    def text(self) -> str:
        """The words joined by blanks."""
        return " ".join(word[0] for word in self.words)


def doubt(heard: Heard) -> str:
    """Name the reason not to believe a window; empty when there is none."""
    if heard.no_speech > MOST_NO_SPEECH and heard.mean_logprob < LEAST_LOGPROB:
        return "no speech"
    if heard.compression > MOST_COMPRESSION:
        return "repetitive"
    if repeats(heard.text.split()):
        return "loop"
    if heard.mean_logprob < LEAST_LOGPROB:
        return "improbable"
    return ""


def compression(text: str) -> float:
    """Length of a text over its compressed length: high for repetition."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def repeats(words: Sequence[str], times: int = 4) -> bool:
    """Whether some run of one to six words follows itself ``times`` times or more."""
    lowered = [word.lower().strip(".,!?") for word in words]
    for size in range(1, 7):
        count = 1
        for at in range(size, len(lowered) - size + 1, size):
            same = lowered[at : at + size] == lowered[at - size : at]
            count = count + 1 if same else 1
            if count >= times:
                return True
    return False


def stock_phrase(text: str) -> bool:
    """Whether a text is one of the phrases Whisper likes to invent over silence."""
    return text.lower().strip(" .!,") in _STOCK


def mend_times(
    words: Iterable[tuple[str, int, int, float]], pauses: Sequence[Span], end_ms: int
) -> list[tuple[str, int, int, float]]:
    """Return words inside the recording, in order, at least 20 ms long, out of pauses they do not fill."""
    mended: list[tuple[str, int, int, float]] = []
    last = 0
    for text, start, end, certainty in words:
        first, final = _out_of_pauses(max(start, last), max(end, start, last), pauses)
        final = min(final, first + LONGEST_WORD_MS)
        first = max(last, min(first, end_ms - SHORTEST_WORD_MS))
        final = min(max(final, first + SHORTEST_WORD_MS), max(end_ms, first + SHORTEST_WORD_MS))
        mended.append((text, first, final, certainty))
        last = final
    return mended


def pauses_between(spans: Sequence[Span], end_ms: int) -> tuple[Span, ...]:
    """The stretches without speech of at least a quarter of a second, start and end included."""
    edges = [0, *(edge for item in spans for edge in (item.start_ms, item.end_ms)), end_ms]
    found = (span(a, max(a, b)) for a, b in zip(edges[::2], edges[1::2], strict=True))
    return tuple(item for item in found if item.duration_ms >= PAUSE_MS)


def holes(
    spans: Sequence[Span], words: Sequence[tuple[str, int, int, float]], near_ms: int = NEAR_MS
) -> tuple[Span, ...]:
    """Stretches of speech further than ``near_ms`` from any word."""
    covered = sorted((start - near_ms, end + near_ms) for _, start, end, _ in words)
    left: list[Span] = []
    for item in spans:
        at = int(item.start_ms)
        for start, end in covered:
            if end <= at or start >= item.end_ms:
                continue
            if start > at:
                left.append(span(at, start))
            at = max(at, end)
        if at < item.end_ms:
            left.append(span(at, item.end_ms))
    return tuple(left)


def coverage(spans: Sequence[Span], words: Sequence[tuple[str, int, int, float]]) -> float:
    """Share of speech (0-1) within a second of a word; 1 when there is no speech."""
    total = sum(item.duration_ms for item in spans)
    missed = sum(item.duration_ms for item in holes(spans, words))
    return 1.0 - missed / total if total else 1.0


def _out_of_pauses(start: int, end: int, pauses: Sequence[Span]) -> tuple[int, int]:
    """Shrink a word to the longer side of each pause it reaches into."""
    for pause in pauses:
        if pause.end_ms <= start or pause.start_ms >= end:
            continue
        before, after = pause.start_ms - start, end - pause.end_ms
        if max(before, after) <= 0:
            continue
        start, end = (start, int(pause.start_ms)) if before >= after else (int(pause.end_ms), end)
    return start, end
