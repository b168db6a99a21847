"""How CTranslate2 and openai-whisper name and stack the same tensors, and CTranslate2's file read.

The layout of ``model.bin``, all little-endian: u32 version, spec name (u16 length, ends in
NUL), u32 revision, u32 count of variables; per variable a name (u16 length, NUL), u8 rank,
u32 per dimension, u8 type, u32 bytes, the bytes; then u32 count of aliases, pairs of names.
CTranslate2 fuses query, key and value into one linear layer; here they are cut apart again. The way back
(recognition/asr/windowed/ctranslate2_model.py) goes by the same table, `tensors_of`.
"""

from __future__ import annotations

import re
import struct
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO

if TYPE_CHECKING:
    import torch
    from torch import Tensor

_TYPES = {0: "float32", 1: "int8", 2: "int16", 3: "int32", 4: "float16"}
_LONGEST_NAME, _MOST_VARIABLES, _HIGHEST_RANK = 512, 10_000, 4

_PLAIN = {
    "encoder/position_encodings/encodings": "encoder.positional_embedding",
    "decoder/position_encodings/encodings": "decoder.positional_embedding",
    "decoder/embeddings/weight": "decoder.token_embedding.weight",
}
_NORMS = {"gamma": "weight", "beta": "bias"}
_OUTER = re.compile(r"(encoder|decoder)/(conv[12]|layer_norm)/(weight|bias|gamma|beta)$")
_LAYER = re.compile(
    r"(encoder|decoder)/layer_(\d+)/(self_attention|attention|ffn)/(\w+)/(weight|bias|gamma|beta)$"
)
_STACKED = {
    ("self_attention", "layer_norm"): ("attn_ln",),
    ("self_attention", "linear_0"): ("attn.query", "attn.key", "attn.value"),
    ("self_attention", "linear_1"): ("attn.out",),
    ("attention", "layer_norm"): ("cross_attn_ln",),
    ("attention", "linear_0"): ("cross_attn.query",),
    ("attention", "linear_1"): ("cross_attn.key", "cross_attn.value"),
    ("attention", "linear_2"): ("cross_attn.out",),
    ("ffn", "layer_norm"): ("mlp_ln",),
    ("ffn", "linear_0"): ("mlp.0",),
    ("ffn", "linear_1"): ("mlp.2",),
}
"""(part of a layer, what is in it) → what of a block of openai-whisper is stacked there."""
NO_BIAS = ".key.bias"


class LayoutError(ValueError):
    """The file is not a CTranslate2 Whisper model as we know it."""


def read_variables(path: Path) -> dict[str, Tensor]:
    """Read all variables. Raises LayoutError on impossible lengths or bytes left over."""
    import numpy as np
    import torch

    found: dict[str, Tensor] = {}
    most = path.stat().st_size
    with path.open("rb") as file:
        _u32(file)
        if _name(file) != "WhisperSpec":
            raise LayoutError("not a Whisper model")
        _u32(file)
        for _ in range(_bounded(_u32(file), _MOST_VARIABLES)):
            name = _name(file)
            shape = tuple(_u32(file) for _ in range(_bounded(_exactly(file, 1)[0], _HIGHEST_RANK)))
            kind = _TYPES.get(_exactly(file, 1)[0])
            data = _exactly(file, _bounded(_u32(file), most))
            if kind is None:
                raise LayoutError(f"{name} has an unknown type")
            array = np.frombuffer(data, dtype=np.dtype(kind).newbyteorder("<")).reshape(shape)
            found[name] = torch.from_numpy(array.copy())
        for _ in range(_bounded(_u32(file), _MOST_VARIABLES)):
            _name(file), _name(file)
        if file.read(1):
            raise LayoutError("bytes left over at the end")
    return found


def checkpoint(path: Path) -> dict[str, Any]:
    """Return ``{"dims": …, "model_state_dict": …}`` as ``whisper.load_model`` reads it (float16).

    Raises LayoutError for a file that is anything else.
    """
    state: dict[str, torch.Tensor] = {}
    try:
        variables = read_variables(path)
        for name, tensor in variables.items():
            if tensor.dim():
                state.update(_translated(name, tensor))
        return {"dims": _dimensions(state, variables), "model_state_dict": state}
    except LayoutError:
        raise
    except (KeyError, IndexError, RuntimeError, ValueError) as cause:
        raise LayoutError(f"a part is missing or has a shape we do not know: {cause}") from cause


def tensors_of(variable: str) -> tuple[str, ...]:
    """Name the tensors of openai-whisper that a variable stacks, in order; none for an unknown variable.

    A key's bias is among them, which CTranslate2 has (as zeros) and Whisper has not.
    """
    if variable in _PLAIN:
        return (_PLAIN[variable],)
    found = _OUTER.match(variable)
    if found:
        side, part, leaf = found.groups()
        if part == "layer_norm":
            return (f"{side}.{'ln_post' if side == 'encoder' else 'ln'}.{_NORMS[leaf]}",)
        return (f"{side}.{part}.{leaf}",)
    inner = _LAYER.match(variable)
    if not inner:
        return ()
    side, number, part, layer, leaf = inner.groups()
    names = _STACKED.get((part, layer), ())
    return tuple(f"{side}.blocks.{number}.{name}.{_NORMS.get(leaf, leaf)}" for name in names)


def _translated(name: str, tensor: Tensor) -> dict[str, Tensor]:
    """The tensors of openai-whisper that one variable becomes."""
    names = tensors_of(name)
    if not names:
        raise LayoutError(f"unknown variable {name}")
    pieces = dict(zip(names, tensor.chunk(len(names)), strict=True))
    for without in [piece for piece in pieces if piece.endswith(NO_BIAS)]:
        if pieces.pop(without).any():
            raise LayoutError("a key has a bias, which Whisper does not know")
    return {piece: value.contiguous() for piece, value in pieces.items()}


def _dimensions(state: dict[str, Tensor], variables: dict[str, Tensor]) -> dict[str, int]:
    vocabulary, width = state["decoder.token_embedding.weight"].shape
    heads = int(variables["encoder/num_heads"]) if "encoder/num_heads" in variables else width // 64
    layers = {
        side: len({key.split(".")[2] for key in state if key.startswith(f"{side}.blocks.")})
        for side in ("encoder", "decoder")
    }
    return {
        "n_mels": state["encoder.conv1.weight"].shape[1],
        "n_audio_ctx": state["encoder.positional_embedding"].shape[0],
        "n_audio_state": width,
        "n_audio_head": heads,
        "n_audio_layer": layers["encoder"],
        "n_vocab": vocabulary,
        "n_text_ctx": state["decoder.positional_embedding"].shape[0],
        "n_text_state": width,
        "n_text_head": heads,
        "n_text_layer": layers["decoder"],
    }


def _exactly(file: BinaryIO, count: int) -> bytes:
    data = file.read(count)
    if len(data) != count:
        raise LayoutError("the file ends too early")
    return data


def _u32(file: BinaryIO) -> int:
    return int(struct.unpack("<I", _exactly(file, 4))[0])


def _bounded(count: int, most: int) -> int:
    if count > most:
        raise LayoutError(f"impossible length {count}")
    return count


def _name(file: BinaryIO) -> str:
    length = _bounded(int(struct.unpack("<H", _exactly(file, 2))[0]), _LONGEST_NAME)
    return _exactly(file, length).rstrip(b"\0").decode("ascii", "replace")
