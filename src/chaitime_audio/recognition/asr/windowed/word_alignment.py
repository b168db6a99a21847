"""Word times from Whisper's own attention.

The alignment heads of the decoder look at the sound of the token being spoken; a monotone
path through their mean attention (dynamic time warping) gives each token its time. This is
openai-whisper's method (`whisper.timing`), on the attention that was seen while decoding, with
timestamp tokens as places for the pauses between sentences, and with a warping vectorised over
anti-diagonals, since compiling one costs seconds in every process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from .batches import TimedWord

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

FRAME_MS = 20
SLACK_FRAMES = 25
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
_PREPEND, _APPEND = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"
_MEDIAN_OF_7 = (
    (0, 5),
    (0, 3),
    (1, 6),
    (2, 4),
    (0, 1),
    (3, 5),
    (2, 6),
    (2, 3),
    (3, 6),
    (4, 5),
    (1, 4),
    (1, 3),
)


def heard_frames(tokenizer: Any, tokens: list[int], length_ms: int) -> int:
    """Return how many frames of a window its text can lie in.

    Whisper may stop early, with the time of where it stopped as its last token; what follows is
    then for another listening, and no word of this text.
    """
    frames = max(1, min(1500, -(-length_ms // FRAME_MS)))
    if tokens and tokens[-1] >= tokenizer.timestamp_begin:
        frames = min(frames, tokens[-1] - tokenizer.timestamp_begin + SLACK_FRAMES)
    return int(frames)


def token_starts(attention: torch.Tensor, tokens: int) -> NDArray[np.int64]:
    """Return when each token and, last, the end begins: tokens + 1 times in ms within the window.

    ``attention`` holds logits, shape (heads, tokens + 1, frames): row i is what predicted token i.
    """
    import numpy as np

    rows, columns = dtw(-smooth(attention).cpu().numpy())
    starts = columns[np.flatnonzero(np.diff(rows, prepend=-1))] * FRAME_MS
    return np.append(starts, [(columns[-1] + 1) * FRAME_MS] * (tokens + 1 - len(starts)))


def word_times(
    tokenizer: Any, tokens: list[int], starts: NDArray[np.int64], chances: list[float]
) -> list[TimedWord]:
    """Return (word, start_ms, end_ms, probability) of the text among ``tokens``.

    ``starts`` are those of `token_starts`; ``chances`` the tokens' probabilities, as far as known.
    """
    import numpy as np

    text = [at for at, token in enumerate(tokens) if token < tokenizer.eot]
    known = np.array([*chances, *[float(np.mean(chances or [0.0]))] * (len(tokens) - len(chances))])
    words, groups = tokenizer.split_to_word_tokens([*(tokens[at] for at in text), tokenizer.eot])
    timed, done = [], 0
    for word, group in zip(words[:-1], groups[:-1], strict=True):
        places = text[done : done + len(group)]
        done += len(group)
        certainty = round(float(known[places].mean()), 4)
        timed.append((word, int(starts[places[0]]), int(starts[places[-1] + 1]), certainty))
    return _whole_words(timed, spaced=tokenizer.language not in _UNSPACED)


def smooth(attention: torch.Tensor) -> torch.Tensor:
    """Turn logits (heads, tokens, frames) into one even, smoothed picture (tokens, frames)."""
    import torch

    shares = attention.softmax(dim=-1)
    deviation, mean = torch.std_mean(shares, dim=-2, keepdim=True, unbiased=False)
    return median_of_7((shares - mean) / (deviation + 1e-9)).mean(dim=0)


def median_of_7(values: torch.Tensor) -> torch.Tensor:
    """Running median of width 7 along the last axis, by a sorting network: nine times quicker than sorting.

    The exchanges are those of the median of seven in N. Devillard, "Fast median search", 1998.
    """
    import torch

    count = values.shape[-1]
    if count < 4:
        return values
    wide = torch.nn.functional.pad(values, (3, 3), mode="reflect")
    lane = [wide[..., at : at + count] for at in range(7)]
    for low, high in _MEDIAN_OF_7:
        lane[low], lane[high] = torch.minimum(lane[low], lane[high]), torch.maximum(lane[low], lane[high])
    return torch.minimum(lane[3], lane[4])


def dtw(cost: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Dynamic time warping: the cheapest monotone path through a cost matrix, as (rows, columns).

    Steps go right, down, or both. The matrix is filled one anti-diagonal at a time (Sakoe and
    Chiba 1978, steps of equal weight).
    """
    import numpy as np

    height, width = cost.shape
    total = np.full((height + 1, width + 1), np.inf)
    total[0, 0] = 0.0
    for diagonal in range(height + width - 1):
        first = max(0, diagonal - width + 1)
        row = np.arange(first, min(diagonal, height - 1) + 1)
        column = diagonal - row
        best = np.minimum(np.minimum(total[row, column], total[row, column + 1]), total[row + 1, column])
        total[row + 1, column + 1] = cost[row, column] + best
    path = [(height - 1, width - 1)]
    while path[-1] != (0, 0):
        row_, column_ = path[-1]
        steps = ((row_ - 1, column_ - 1), (row_ - 1, column_), (row_, column_ - 1))
        path.append(min(steps, key=lambda step: total[step[0] + 1, step[1] + 1]))
    rows, columns = np.array(path[::-1]).T
    return rows, columns


def _whole_words(timed: list[TimedWord], *, spaced: bool) -> list[TimedWord]:
    """Put what was split off (punctuation, ``,000``, ``-in``) back on its word."""
    joined: list[TimedWord] = []
    waiting = ""
    for word, start, end, certainty in timed:
        bare = word.strip()
        if not bare:
            continue
        if bare in _APPEND or (spaced and not word.startswith(" ")):
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
