"""Whisper checkpoints for CTranslate2, the engine inside faster-whisper.

Made once from the checked checkpoint through CTranslate2's own specification classes and kept
beside the other models, under the checkpoint's checksum: so nothing is fetched a second time,
and every recogniser hears with the same weights.
"""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path
from typing import Any

from ....model_files import folder, load_whisper
from ....project.files import make_folder


def converted(checkpoint: Path, sha256: str, alignment: str) -> Path:
    """Return the CTranslate2 folder of a checkpoint, made on first use and moved into place whole.

    Raises ModelUnavailableError when the checkpoint is none.
    """
    home = folder() / "ctranslate2"
    target = home / sha256[:32]
    if (target / "model.bin").is_file():
        return target
    make_folder(home)
    with tempfile.TemporaryDirectory(dir=home, ignore_cleanup_errors=True) as place:
        made = Path(place) / "model"
        made.mkdir()
        _save(load_whisper(checkpoint, alignment, "cpu"), made)
        try:
            made.rename(target)
        except OSError:  # another worker was quicker
            shutil.rmtree(made)
    return target


def _save(model: Any, target: Path) -> None:
    from ctranslate2.specs import WhisperSpec
    from whisper.tokenizer import get_tokenizer

    dims = model.dims
    spec = WhisperSpec(dims.n_audio_layer, dims.n_audio_head, dims.n_text_layer, dims.n_text_head)
    _encoder(spec.encoder, model.encoder)
    _decoder(spec.decoder, model.decoder)
    tokenizer = get_tokenizer(model.is_multilingual, num_languages=model.num_languages)
    spec.register_vocabulary(_vocabulary(tokenizer, dims.n_vocab))
    spec.config.suppress_ids = [
        *tokenizer.non_speech_tokens,
        *(tokenizer.transcribe, tokenizer.translate, tokenizer.sot, tokenizer.sot_prev, tokenizer.sot_lm),
    ]
    spec.config.suppress_ids_begin = [*tokenizer.encode(" "), tokenizer.eot]
    spec.config.lang_ids = list(tokenizer.all_language_tokens)
    spec.config.alignment_heads = [[int(a), int(b)] for a, b in model.alignment_heads.indices().T]
    spec.validate()
    spec.optimize(quantization="float16")
    spec.save(str(target))


def _vocabulary(tokenizer: Any, size: int) -> list[str]:
    """Return all tokens as CTranslate2 wants them: bytes as GPT-2 writes them in printable characters."""
    printable = {*range(33, 127), *range(161, 173), *range(174, 256)}
    others = iter(range(256, 512))
    shown = [chr(byte) if byte in printable else chr(next(others)) for byte in range(256)]
    special = {number: name for name, number in tokenizer.special_tokens.items()}

    def text(token: int) -> str:
        if token in special:
            return str(special[token]).replace("<|nospeech|>", "<|nocaptions|>")
        try:
            return "".join(shown[byte] for byte in tokenizer.encoding.decode_single_token_bytes(token))
        except KeyError:  # one place of the multilingual vocabulary is empty
            return ""

    return [text(token) for token in range(size)]


def _encoder(spec: Any, encoder: Any) -> None:
    for part, module in ((spec.conv1, encoder.conv1), (spec.conv2, encoder.conv2)):
        part.weight, part.bias = _array(module.weight), _array(module.bias)
    spec.position_encodings.encodings = _array(encoder.positional_embedding)
    _norm(spec.layer_norm, encoder.ln_post)
    for layer, block in zip(spec.layer, encoder.blocks, strict=True):
        _block(layer, block)


def _decoder(spec: Any, decoder: Any) -> None:
    spec.embeddings.weight = spec.projection.weight = _array(decoder.token_embedding.weight)
    spec.position_encodings.encodings = _array(decoder.positional_embedding)
    _norm(spec.layer_norm, decoder.ln)
    for layer, block in zip(spec.layer, decoder.blocks, strict=True):
        _block(layer, block)
        cross = block.cross_attn
        _norm(layer.attention.layer_norm, block.cross_attn_ln)
        _linear(layer.attention.linear[0], cross.query)
        _linear(layer.attention.linear[1], cross.key, cross.value)
        _linear(layer.attention.linear[2], cross.out)


def _block(layer: Any, block: Any) -> None:
    _norm(layer.self_attention.layer_norm, block.attn_ln)
    _linear(layer.self_attention.linear[0], block.attn.query, block.attn.key, block.attn.value)
    _linear(layer.self_attention.linear[1], block.attn.out)
    _norm(layer.ffn.layer_norm, block.mlp_ln)
    _linear(layer.ffn.linear_0, block.mlp[0])
    _linear(layer.ffn.linear_1, block.mlp[2])


def _norm(spec: Any, module: Any) -> None:
    spec.gamma, spec.beta = _array(module.weight), _array(module.bias)


def _linear(spec: Any, *modules: Any) -> None:
    """Stack projections that CTranslate2 does in one go; Whisper's key has no bias, which is a bias of 0."""
    import numpy as np

    spec.weight = np.concatenate([_array(one.weight) for one in modules])
    spec.bias = np.concatenate(
        [
            np.zeros(one.weight.shape[0], np.float32) if one.bias is None else _array(one.bias)
            for one in modules
        ]
    )


def _array(tensor: Any) -> Any:
    return tensor.detach().float().contiguous().numpy()
