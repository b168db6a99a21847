"""The work of one batch: a few windows of sound in, words with times out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....domain.sound import Span
from ....model_files import here, load_whisper
from ....project.serialization import digest
from .batches import Batch, TimedWord, WindowResult, pack, shifted, unpack

if TYPE_CHECKING:
    import torch

MOST_TOKENS, MOST_PROMPT_TOKENS = 224, 200


@dataclass(frozen=True, slots=True)
class DecodeTask:
    """Decodes batches with one checkpoint, in half precision or float32.

    ``alignment`` names its alignment heads.
    """

    checkpoint: Path
    sha256: str
    alignment: str
    device: str
    half: bool
    revision: int

    @property
    def affinity(self) -> str:
        """Any worker; but a GPU's memory holds the model once."""
        return "any" if self.device == "cpu" else "one"

    def setup(self) -> Any:
        """Load the model."""
        return load_whisper(here(self.checkpoint, self.sha256), self.alignment, self.device)

    def run(self, loaded: Any, item: Batch) -> tuple[WindowResult, ...]:
        """Decode greedily and time every word."""
        return decode_batch(loaded, item, half=self.half)

    def key(self, item: Batch) -> str:
        """Content key: revision, weights, precision, and what is in the batch."""
        return digest(["whisper", self.revision, self.sha256, self.half, self.device, *item.content()])

    def pack(self, result: tuple[WindowResult, ...]) -> bytes:
        """JSON."""
        return pack(result)

    def unpack(self, data: bytes) -> tuple[WindowResult, ...]:
        """Back from JSON."""
        return unpack(data)


def decode_batch(model: Any, item: Batch, *, half: bool = False) -> tuple[WindowResult, ...]:
    """Decode one batch with openai-whisper's public batched decoder; word times by its own alignment."""
    import torch
    from whisper import DecodingOptions, decode
    from whisper.tokenizer import get_tokenizer

    spectra = mels(item, model.dims.n_mels).to(model.device)
    spectra = spectra.half() if half else spectra
    with torch.inference_mode():
        features = model.encoder(spectra)
    language, certainty = (item.language, 1.0) if item.language else _language(model, features)
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
    )
    options = DecodingOptions(
        language=language,
        fp16=half,
        prompt=prompt_tokens(tokenizer, item.terms) or None,
        sample_len=MOST_TOKENS,
        without_timestamps=not item.stamped,
    )
    with torch.inference_mode():
        results = decode(model, features, options)
    return tuple(
        _heard(item, at, result, _timed(model, tokenizer, spectra[at], item.windows[at], result), certainty)
        for at, result in enumerate(results)
    )


def _language(model: Any, features: torch.Tensor) -> tuple[str, float]:
    """The likeliest language of the first, longest window of a batch, and its probability."""
    if not model.is_multilingual:
        return "en", 1.0
    _, found = model.detect_language(features[:1])
    best = max(sorted(found[0]), key=lambda code: found[0][code])
    return best, round(found[0][best], 4)


def prompt_tokens(tokenizer: Any, terms: tuple[str, ...]) -> list[int]:
    """As many of the terms, in order, as the prompt has room for, as tokens."""
    tokens: list[int] = []
    for at, term in enumerate(terms):
        more = tokenizer.encode(f" {term}" if at == 0 else f", {term}")
        if len(tokens) + len(more) > MOST_PROMPT_TOKENS:
            break
        tokens += more
    return tokens


def _timed(model: Any, tokenizer: Any, spectrum: torch.Tensor, window: Span, result: Any) -> list[TimedWord]:
    """The words of one window with times inside it."""
    from whisper.timing import find_alignment

    from .word_alignment import heard_frames, whole_words

    text = [token for token in result.tokens if token < tokenizer.eot]
    frames = heard_frames(tokenizer, list(result.tokens), window.duration_ms)
    found = find_alignment(model, tokenizer, text, spectrum, 2 * frames)
    words = [
        (one.word, round(1000 * one.start), round(1000 * one.end), round(float(one.probability), 4))
        for one in found
    ]
    return whole_words(tokenizer.language, words)


def _heard(item: Batch, at: int, result: Any, words: list[TimedWord], certainty: float) -> WindowResult:
    """What one window of a batch says."""
    window = item.windows[at]
    return WindowResult(
        window=window,
        words=shifted(words, window.start_ms),
        mean_logprob=round(float(result.avg_logprob), 4),
        no_speech=round(float(result.no_speech_prob), 4),
        compression=round(float(result.compression_ratio), 4),
        stamped=item.stamped,
        terms=item.terms,
        language=result.language,
        language_probability=certainty,
    )


def mels(item: Batch, bands: int) -> torch.Tensor:
    """Log-mel spectrograms of a batch, each filled up to 30 s, shape (windows, bands, 3000)."""
    import torch
    from whisper.audio import N_SAMPLES, log_mel_spectrogram, pad_or_trim

    def samples(window: Span) -> torch.Tensor:
        heard = torch.from_numpy(item.sound.read(window.start_ms, window.end_ms))
        filled: torch.Tensor = pad_or_trim(heard, N_SAMPLES)
        return filled

    return torch.stack([log_mel_spectrogram(samples(window), bands) for window in item.windows])
