"""Makes openai-whisper's own network quick on a CPU, without touching what it computes.

Three places cost most there (measured): attention over 30 s in the encoder, reading all keys and
values again for every token, and 52,000 logits a token. So keys and values are laid out head by
head once, the logits go through an int8 layer, and where the processor multiplies bfloat16 the
encoder's attention does so too, a few hundred queries at a time, and the keys and values that
every token reads again are kept in it; softmax in float32.
"""

from __future__ import annotations

import warnings
from functools import cache, partial
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from ....errors import ConfigError

QUERIES_AT_ONCE = 500


def quantize_model(model: Any) -> Any:
    """Return the model, in place, with int8 linear layers and attention that suits a CPU.

    Raises ConfigError where this torch cannot: other numbers give other words.
    """
    head = torch.nn.Linear(model.dims.n_text_state, model.dims.n_vocab, bias=False)
    head.weight = torch.nn.Parameter(model.decoder.token_embedding.weight.detach(), requires_grad=False)
    model.decoder.token_embedding.half()  # as checkpoints store it
    model.decoder.forward = partial(_decode, model.decoder, quantised(torch.nn.Sequential(head)))
    for block in model.decoder.blocks:
        block.cross_attn.forward = partial(_cross_attention, block.cross_attn)
    if multiplies_bfloat16():
        for block in model.encoder.blocks:
            block.attn.forward = partial(_encoder_attention, block.attn)
    return quantised(model)


def quantised(model: Any) -> Any:
    """Quantise linear layers to int8, a scale per output. Raises ConfigError where torch cannot.

    Whisper's own ``Linear`` is a subclass that dynamic quantisation does not know, so its
    class is set back first; their work is the same in float32.
    """
    from whisper.model import Linear

    for module in model.modules():
        if type(module) is Linear:
            module.__class__ = torch.nn.Linear
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from torch.ao import quantization as ao

            how: Any = ao.quantize_dynamic
            return how(model, {torch.nn.Linear: ao.per_channel_dynamic_qconfig}, inplace=True)
        except (ImportError, RuntimeError) as cause:  # torch.ao is leaving; some builds have no int8 engine
            said = (str(cause).splitlines() or [type(cause).__name__])[0]
            raise ConfigError(
                f'this torch cannot compute in int8 ({said}); set engines.precision = "fp32"'
            ) from cause


@cache
def multiplies_bfloat16() -> bool:
    """Whether this processor has instructions for it; elsewhere bfloat16 is slower than float32."""
    known = getattr(torch.cpu, "_is_avx512_bf16_supported", None)
    return bool(known and known())


def _decode(
    decoder: Any, head: Any, x: Tensor, xa: Tensor, kv_cache: dict[Any, Tensor] | None = None
) -> Tensor:
    """`whisper.model.TextDecoder.forward` with the logits, (batch, tokens, vocabulary), from ``head``."""
    offset = next(iter(kv_cache.values())).shape[1] if kv_cache else 0
    x = decoder.token_embedding(x).float() + decoder.positional_embedding[offset : offset + x.shape[-1]]
    for block in decoder.blocks:
        x = block(x, xa, mask=decoder.mask, kv_cache=kv_cache)
    logits: Tensor = head(decoder.ln(x))
    return logits


def _cross_attention(
    module: Any, x: Tensor, xa: Tensor, kv_cache: dict[Any, Tensor] | None = None
) -> tuple[Tensor, None]:
    """`whisper.model.MultiHeadAttention.forward`; keys and values kept as (batch, heads, frames, 64)."""
    heads = module.n_head
    kept = torch.bfloat16 if multiplies_bfloat16() else x.dtype
    query = _by_head(module.query(x), heads).to(kept)
    if kv_cache is not None and module.key in kv_cache:
        key, value = kv_cache[module.key], kv_cache[module.value]
    else:
        key = _by_head(module.key(xa), heads).to(kept).contiguous()
        value = _by_head(module.value(xa), heads).to(kept).contiguous()
        if kv_cache is not None:
            kv_cache[module.key], kv_cache[module.value] = key, value
    if query.shape[2] > 1:
        mixed = functional.scaled_dot_product_attention(query, key, value)
    else:
        looks = (query @ key.transpose(-1, -2)).float() * query.shape[-1] ** -0.5
        mixed = looks.softmax(dim=-1).to(kept) @ value
    return module.out(mixed.float().permute(0, 2, 1, 3).flatten(start_dim=2)), None


def _encoder_attention(module: Any, x: Tensor, **_absent: None) -> tuple[Tensor, None]:
    """`whisper.model.MultiHeadAttention.forward` in bfloat16, softmax in float32, one head at a time."""
    batch, frames, width = x.shape
    size = width // module.n_head
    flat = (batch * module.n_head, frames, size)
    query = _by_head(module.query(x) * size**-0.5, module.n_head).bfloat16().reshape(flat)
    key = _by_head(module.key(x), module.n_head).bfloat16().reshape(flat).transpose(1, 2)
    value = _by_head(module.value(x), module.n_head).bfloat16().reshape(flat)
    mixed = torch.empty_like(query)
    for at in range(flat[0]):
        for first in range(0, frames, QUERIES_AT_ONCE):
            part = slice(first, first + QUERIES_AT_ONCE)
            shares = (query[at, part] @ key[at]).float().softmax(dim=-1).bfloat16()
            torch.mm(shares, value[at], out=mixed[at, part])
    joined = mixed.view(batch, module.n_head, frames, size).permute(0, 2, 1, 3).flatten(start_dim=2)
    return module.out(joined.float()), None


def _by_head(x: Tensor, heads: int) -> Tensor:
    """Turn (batch, frames, width) into (batch, heads, frames, width / heads)."""
    return x.view(*x.shape[:2], heads, -1).permute(0, 2, 1, 3)
