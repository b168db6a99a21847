"""Whisper checkpoints for CTranslate2, the engine inside faster-whisper.

Made once from the checked checkpoint through CTranslate2's own specification classes and kept
beside the other models, under the checkpoint's checksum: so nothing is fetched a second time,
and every recogniser hears with the same weights.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ....model_files import folder, load_whisper
from ....model_files.ctranslate2_layout import NO_BIAS, tensors_of
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
    _fill(spec, model.state_dict())
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


def _fill(spec: Any, state: Mapping[str, Any]) -> None:
    """Give every variable that CTranslate2 knows the tensors that it stacks; a key's bias is zeros."""
    from ctranslate2.specs.model_spec import visit_spec

    def fill(layer: Any, name: str, _unset: Any) -> None:
        if parts := tensors_of(name):
            setattr(layer, name.rpartition("/")[2], _stacked(parts, state))

    visit_spec(spec, fill)
    spec.decoder.projection.weight = spec.decoder.embeddings.weight


def _stacked(parts: tuple[str, ...], state: Mapping[str, Any]) -> Any:
    import torch

    def tensor(name: str) -> Any:
        if name.endswith(NO_BIAS):
            return torch.zeros(len(state[name.removesuffix(NO_BIAS) + ".key.weight"]))
        return state[name].detach().float()

    return torch.cat([tensor(name) for name in parts]).numpy()
