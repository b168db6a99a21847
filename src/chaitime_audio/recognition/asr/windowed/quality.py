"""Whether to believe what was heard in a window."""

from __future__ import annotations

import zlib
from collections.abc import Sequence

from ....domain.sound import SpeechActivity
from .batches import WindowResult

MOST_COMPRESSION, LEAST_LOGPROB, MOST_NO_SPEECH = 2.4, -1.0, 0.6
MOST_WORDS_PER_S, HARDLY_SPEECH_MS = 8, 700
LEAST_WORDS_PER_S, SPARSE_FROM_MS = 1.0, 5_000
_MARKS = " .,!?;:\"'“”‘’…-"
_STOCK = frozenset(
    "thanks for watching|thank you for watching|please subscribe|subtitles by the amara.org community|"
    "you|bye|thank you|music|applause".split("|")
)


def doubt(heard: WindowResult) -> str:
    """Name the reason not to believe a window; empty when there is none."""
    if heard.no_speech > MOST_NO_SPEECH and heard.mean_logprob < LEAST_LOGPROB:
        return "no speech"
    if heard.compression > MOST_COMPRESSION:
        return "repetitive"
    if repeats(heard.text.split()):
        return "loop"
    if heard.mean_logprob < LEAST_LOGPROB:
        return "improbable"
    if leaks(heard):
        return "prompt"
    return ""


def unbelievable(heard: WindowResult, activity: SpeechActivity) -> str:
    """Name the reason to drop a window that has been listened to twice; empty to keep it."""
    reason = doubt(heard)
    if reason in ("no speech", "loop", "repetitive"):
        return reason
    speech_ms = sum(item.overlap_ms(heard.window) for item in activity.spans)
    if stock_phrase(heard.text) and speech_ms < HARDLY_SPEECH_MS:
        return "stock phrase, hardly any speech"
    if len(heard.words) > 3 + MOST_WORDS_PER_S * speech_ms / 1000:
        return "more words than anybody can speak"
    return ""


def sparse(heard: WindowResult, activity: SpeechActivity) -> bool:
    """Whether a window says far less than its speech has room for: it broke off, whatever the times say."""
    speech_ms = sum(item.overlap_ms(heard.window) for item in activity.spans)
    return speech_ms >= SPARSE_FROM_MS and len(heard.words) * 1000 < LEAST_WORDS_PER_S * speech_ms


def leaks(heard: WindowResult) -> bool:
    """Whether a window only says what it was told may come up: the terms, and nothing else."""
    said = [bare for word in heard.text.split() if (bare := _bare(word))]
    told = {bare for term in heard.terms for word in term.split() if (bare := _bare(word))}
    return bool(said) and all(word in told for word in said)


def compression(text: str) -> float:
    """Length of a text over its compressed length: high for repetition."""
    data = text.encode()
    return len(data) / len(zlib.compress(data)) if data else 0.0


def repeats(words: Sequence[str], times: int = 4) -> bool:
    """Whether some run of one to six words follows itself ``times`` times or more."""
    lowered = [_bare(word) for word in words]
    for size in range(1, 7):
        same = 0
        for at in range(size, len(lowered)):
            same = same + 1 if lowered[at] == lowered[at - size] else 0
            if same >= size * (times - 1):
                return True
    return False


def stock_phrase(text: str) -> bool:
    """Whether a text is one of the phrases Whisper likes to invent over silence."""
    return _bare(text) in _STOCK


def alike(one: str, other: str) -> bool:
    """Whether two words are the same but for case and punctuation."""
    return _bare(one) == _bare(other)


def _bare(word: str) -> str:
    return word.lower().strip(_MARKS)
