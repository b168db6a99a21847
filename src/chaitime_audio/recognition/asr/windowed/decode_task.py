"""The work of one batch: a few windows of sound in, words with times out."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....domain.sound import Span
from ....model_files import here
from ....project.serialization import digest
from .batches import Batch, TimedWord, WindowResult, pack, shifted, unpack

if TYPE_CHECKING:
    import torch

    from .attention_capture import AttentionCapture

MOST_TOKENS, MOST_PROMPT_TOKENS = 224, 200


@dataclass(frozen=True, slots=True)
class DecodeTask:
    """Decodes batches with one checkpoint. ``alignment`` names its alignment heads."""

    checkpoint: Path
    sha256: str
    alignment: str
    device: str
    quantise: bool
    revision: int

    @property
    def affinity(self) -> str:
        """Any worker; but a GPU's memory holds the model once."""
        return "any" if self.device == "cpu" else "one"

    def setup(self) -> Any:
        """Load the model and make it fit for this device."""
        from .whisper_model import load

        return load(here(self.checkpoint, self.sha256), self.alignment, self.device, quantise=self.quantise)

    def run(self, loaded: Any, item: Batch) -> tuple[WindowResult, ...]:
        """Decode greedily (or warm, when asked) and time every word."""
        return decode_batch(loaded, item)

    def key(self, item: Batch) -> str:
        """Content key: revision, weights, precision, and what is in the batch."""
        return digest(["whisper", self.revision, self.sha256, self.quantise, self.device, *item.content()])

    def pack(self, result: tuple[WindowResult, ...]) -> bytes:
        """JSON."""
        return pack(result)

    def unpack(self, data: bytes) -> tuple[WindowResult, ...]:
        """Back from JSON."""
        return unpack(data)


def decode_batch(model: Any, item: Batch) -> tuple[WindowResult, ...]:
    """Decode one batch with openai-whisper's public batched decoder; word times by attention."""
    import torch
    from whisper import DecodingOptions, decode
    from whisper.tokenizer import get_tokenizer

    from .attention_capture import AttentionCapture

    features = encode(model, item)
    language, certainty = (item.language, 1.0) if item.language else _language(model, features)
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=model.num_languages, language=language, task="transcribe"
    )
    options = DecodingOptions(
        language=language,
        temperature=item.temperature,
        fp16=features.dtype == torch.float16,
        prompt=prompt_tokens(tokenizer, item.terms) or None,
        sample_len=MOST_TOKENS,
    )
    torch.manual_seed(0)
    with torch.inference_mode(), AttentionCapture(model, tokenizer.eot) as trace:
        results = decode(model, features, options)
    return tuple(_heard(item, at, result, trace, tokenizer, certainty) for at, result in enumerate(results))


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


def _heard(
    item: Batch, at: int, result: Any, trace: AttentionCapture, tokenizer: Any, certainty: float
) -> WindowResult:
    """What one window of a batch says, with its words timed."""
    from .word_alignment import heard_frames, token_starts, word_times

    window, tokens = item.windows[at], list(result.tokens)
    frames = heard_frames(tokenizer, tokens, window.duration_ms)
    words: list[TimedWord] = []
    if any(token < tokenizer.eot for token in tokens):
        starts = token_starts(trace.attention(at, len(tokens), frames), len(tokens))
        words = word_times(tokenizer, tokens, starts, trace.chances(at, len(tokens)))
    return WindowResult(
        window=window,
        words=shifted(words, window.start_ms),
        mean_logprob=round(float(result.avg_logprob), 4),
        no_speech=round(float(result.no_speech_prob), 4),
        compression=round(float(result.compression_ratio), 4),
        temperature=item.temperature,
        terms=item.terms,
        language=tokenizer.language,
        language_probability=certainty,
    )


def encode(model: Any, item: Batch) -> torch.Tensor:
    """The encoder's output for a batch, shape (windows, 1500, width)."""
    import torch

    batch = mels(item, model.dims.n_mels).to(model.device)
    if model.device.type == "cuda":
        batch = batch.half()
    with torch.inference_mode():
        encoded: torch.Tensor = model.encoder(batch)
    return encoded


def mels(item: Batch, bands: int) -> torch.Tensor:
    """Log-mel spectrograms of a batch, each filled up to 30 s, shape (windows, bands, 3000)."""
    import torch
    from whisper.audio import N_SAMPLES, log_mel_spectrogram, pad_or_trim

    def samples(window: Span) -> torch.Tensor:
        heard = torch.from_numpy(item.sound.read(window.start_ms, window.end_ms))
        filled: torch.Tensor = pad_or_trim(heard, N_SAMPLES)
        return filled

    return torch.stack([log_mel_spectrogram(samples(window), bands) for window in item.windows])
