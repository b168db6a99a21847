"""Listens in on one call of ``whisper.decode``: what the alignment heads looked at, how sure it was.

Whisper's own word times run the decoder a second time over the finished text. Everything they
need has already passed by while the text was made; forward hooks pick it up.
"""

from __future__ import annotations

from types import TracebackType
from typing import Any

import torch
from torch import Tensor


class AttentionCapture:
    """A context manager round ``whisper.decode`` for a batch decoded greedily or by sampling."""

    def __init__(self, model: Any, end_of_text: int) -> None:
        self._model, self._end = model, end_of_text
        self._heads = [(int(layer), int(head)) for layer, head in model.alignment_heads.indices().T]
        self._queries: dict[int, list[Tensor]] = {layer: [] for layer, _ in self._heads}
        self._keys: dict[int, Tensor] = {}
        self._chances: list[Tensor] = []
        self._last: Tensor | None = None
        self._hooks: list[Any] = []

    def __enter__(self) -> AttentionCapture:
        """Hang the hooks."""
        for layer in self._queries:
            cross = self._model.decoder.blocks[layer].cross_attn
            self._hooks += [
                cross.query.register_forward_hook(self._on_query(layer)),
                cross.key.register_forward_hook(self._on_key(layer)),
            ]
        self._hooks.append(self._model.decoder.register_forward_hook(self._on_logits))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take them off."""
        for hook in self._hooks:
            hook.remove()

    def attention(self, window: int, tokens: int, frames: int) -> Tensor:
        """Return attention logits (heads, tokens + 1, frames): row i is what predicted token i.

        The last row predicted the end. Fewer rows come back when decoding broke off.
        """
        rows = []
        for layer, head in self._heads:
            width = self._keys[layer].shape[-1] // self._model.dims.n_text_head
            part = slice(head * width, (head + 1) * width)
            query = torch.cat([one[window, :, part] for one in self._queries[layer][: tokens + 1]]).float()
            key = self._keys[layer][window, :frames, part].float()
            rows.append(query @ key.T * width**-0.5)
        return torch.stack(rows)

    def chances(self, window: int, tokens: int) -> list[float]:
        """Return the probability of each token among all text, as far as known."""
        return [float(step[window]) for step in self._chances[:tokens]]

    def _on_query(self, layer: int) -> Any:
        def keep(_module: Any, _inputs: Any, output: Tensor) -> None:
            self._queries[layer].append(output[:, -1:].detach())

        return keep

    def _on_key(self, layer: int) -> Any:
        def keep(_module: Any, _inputs: Any, output: Tensor) -> None:
            self._keys.setdefault(layer, output.detach())

        return keep

    def _on_logits(self, _module: Any, inputs: Any, output: Tensor) -> None:
        """Look up the token that was chosen from the logits before these; filters work in place."""
        if self._last is not None:
            chosen = inputs[0][:, -1:].clamp(max=self._end - 1)
            among = self._last[:, : self._end].float().logsumexp(dim=-1)
            self._chances.append((self._last.gather(1, chosen)[:, 0].float() - among).exp().cpu())
        self._last = output[:, -1]
