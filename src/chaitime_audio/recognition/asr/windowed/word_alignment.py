"""Word times out of the times of tokens, which Whisper's attention gives.

CTranslate2 and openai-whisper both have the alignment itself (dynamic time warping through what
the alignment heads look at); what is ours is how far a text can reach and what counts as one word.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ....domain.scripts import unspaced
from .batches import TimedWord

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

FRAME_MS = 20
SLACK_FRAMES = 25
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
_PREPEND, _APPEND = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


def heard_frames(tokenizer: Any, tokens: list[int], length_ms: int) -> int:
    """Return how many frames of a window its text can lie in.

    With time stamps Whisper may stop early, with the time of where it stopped as its last token;
    what follows is then for another listening, and no word of this text.
    """
    frames = max(1, min(1500, -(-length_ms // FRAME_MS)))
    if tokens and tokens[-1] >= tokenizer.timestamp_begin:
        frames = min(frames, tokens[-1] - tokenizer.timestamp_begin + SLACK_FRAMES)
    return int(frames)


def word_times(
    tokenizer: Any, tokens: list[int], starts: NDArray[np.int64], chances: list[float]
) -> list[TimedWord]:
    """Return (word, start_ms, end_ms, probability) of a text, given as tokens.

    ``starts`` says when each token and, last, the end begins; ``chances`` how probable each token was.
    """
    import numpy as np

    words, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    timed, done = [], 0
    for word, group in zip(words[:-1], groups[:-1], strict=True):
        end = done + len(group)
        certainty = round(float(np.mean(chances[done:end])), 4)
        timed.append((word, int(starts[done]), int(starts[end]), certainty))
        done = end
    return whole_words(tokenizer.language, timed)


def _goes_on(before: str, after: str) -> bool:
    """Whether two pieces are one word of a script with blanks, as "Py" and "Torch" in a Japanese talk."""
    return before[-1].isalnum() and after[0].isalnum() and not (unspaced(before[-1]) or unspaced(after[0]))


def whole_words(language: str, timed: list[TimedWord]) -> list[TimedWord]:
    """Put what was split off (punctuation, ``,000``, ``-in``) back on its word."""
    spaced = language not in _UNSPACED
    joined: list[TimedWord] = []
    waiting = ""
    for word, start, end, certainty in timed:
        bare = word.strip()
        if not bare:
            continue
        whole = spaced or (bool(joined) and _goes_on(joined[-1][0], bare))
        if bare in _APPEND or (whole and not word.startswith(" ")):
            if joined and not waiting:
                before = joined[-1]
                last = before[2] if bare in _APPEND else end
                joined[-1] = (before[0] + bare, before[1], last, before[3])
                continue
        elif bare in _PREPEND:
            waiting += bare
            continue
        joined.append((waiting + bare, start, end, certainty))
        waiting = ""
    return joined
