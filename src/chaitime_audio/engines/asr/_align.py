"""Word times from Whisper's own attention.

The alignment heads of the decoder look at the sound of the token being spoken; a monotone
path through their mean attention (dynamic time warping) gives each token its time. This is
openai-whisper's method (`whisper.timing`), here for a whole batch in one decoder pass, and
with a warping that is vectorised over anti-diagonals, since compiling one costs seconds in
every process.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import torch
    from numpy.typing import NDArray

FRAME_MS = 20
MEDIAN_WIDTH = 7
_UNSPACED = frozenset({"zh", "ja", "th", "lo", "my", "yue"})
_PREPEND, _APPEND = "\"'“¿([{-", "\"'.。,，!！?？:：”)]}、"


def word_times(
    model: Any, tokenizer: Any, features: torch.Tensor, texts: list[list[int]], lengths_ms: list[int]
) -> list[list[tuple[str, int, int, float]]]:
    """Return, per window, (word, start_ms, end_ms, probability), times within the window.

    ``features`` are the encoder's output, shape (windows, 1500, width); ``texts`` the decoded
    text tokens of each window.
    """
    weights, probabilities = _attention(model, tokenizer, features, texts)
    timed = []
    for index, tokens in enumerate(texts):
        frames = max(1, min(1500, -(-lengths_ms[index] // FRAME_MS)))
        timed.append(
            _times_of(tokenizer, tokens, weights[index][:, :, :frames], probabilities[index])
            if tokens
            else []
        )
    return timed


def _attention(
    model: Any, tokenizer: Any, features: torch.Tensor, texts: list[list[int]]
) -> tuple[list[torch.Tensor], list[NDArray[np.float32]]]:
    """One decoder pass over all windows: attention logits of the alignment heads, token probabilities."""
    import torch
    from whisper.model import disable_sdpa

    head = [*tokenizer.sot_sequence, tokenizer.no_timestamps]
    longest = max(len(tokens) for tokens in texts)
    rows = [[*head, *tokens, tokenizer.eot, *[tokenizer.eot] * (longest - len(tokens))] for tokens in texts]
    batch = torch.tensor(rows, device=features.device)
    caught: dict[int, torch.Tensor] = {}
    heads = [(int(layer), int(number)) for layer, number in model.alignment_heads.indices().T]
    hooks = [
        model.decoder.blocks[layer].cross_attn.register_forward_hook(_catcher(caught, layer))
        for layer in {layer for layer, _ in heads}
    ]
    try:
        with torch.inference_mode(), disable_sdpa():
            logits = model.decoder(batch, features)[:, len(head) - 1 : -1, : tokenizer.eot]
    finally:
        for hook in hooks:
            hook.remove()
    chosen = (
        logits.float().softmax(dim=-1).gather(2, batch[:, len(head) :, None].clamp(max=tokenizer.eot - 1))
    )
    stacked = torch.stack([caught[layer][:, number] for layer, number in heads], dim=1)
    weights, probabilities = [], []
    for index, tokens in enumerate(texts):
        last = len(head) + len(tokens)
        weights.append(stacked[index, :, len(head) - 1 : last].float())
        probabilities.append(chosen[index, : len(tokens), 0].cpu().numpy())
    return weights, probabilities


def _catcher(caught: dict[int, torch.Tensor], layer: int) -> Any:
    def catch(_module: Any, _inputs: Any, outputs: Any) -> None:
        caught[layer] = outputs[-1].detach()

    return catch


def _times_of(
    tokenizer: Any, tokens: list[int], weights: torch.Tensor, probabilities: NDArray[np.float32]
) -> list[tuple[str, int, int, float]]:
    """Warp one window's attention, shape (heads, tokens + 1, frames), and read off its words."""
    import numpy as np
    import torch
    from whisper.timing import median_filter

    shares = weights.softmax(dim=-1)
    deviation, mean = torch.std_mean(shares, dim=-2, keepdim=True, unbiased=False)
    smooth = median_filter((shares - mean) / (deviation + 1e-9), MEDIAN_WIDTH)
    rows, columns = warp(-smooth.mean(dim=0).cpu().numpy())
    starts = columns[np.flatnonzero(np.diff(rows, prepend=-1))] * FRAME_MS
    ends = np.append(starts[1:], (columns[-1] + 1) * FRAME_MS)
    words, groups = tokenizer.split_to_word_tokens([*tokens, tokenizer.eot])
    timed, at = [], 0
    for word, group in zip(words[:-1], groups[:-1], strict=True):
        last = at + len(group)
        certainty = float(np.mean(probabilities[at:last]))
        timed.append((word, int(starts[at]), int(ends[last - 1]), certainty))
        at = last
    return _whole_words(timed, spaced=tokenizer.language not in _UNSPACED)


def warp(cost: NDArray[np.float32]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
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


def _whole_words(
    timed: list[tuple[str, int, int, float]], *, spaced: bool
) -> list[tuple[str, int, int, float]]:
    """Put what was split off (punctuation, ``,000``, ``-in``) back on its word."""
    joined: list[tuple[str, int, int, float]] = []
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
