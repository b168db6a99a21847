"""The work of one batch: a few windows of sound in, words with times out."""

from __future__ import annotations

import json
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ...codec import digest
from ...model.sound import Span, span
from ..sound import Sound
from ._quality import Heard

if TYPE_CHECKING:
    import torch

    from ._trace import Trace

RETRY_TEMPERATURE = 0.4
MOST_TOKENS = 224


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows of one sound that are decoded together, at one temperature."""

    sound: Sound
    windows: tuple[Span, ...]
    language: str
    temperature: float = 0.0
    prompt: str = ""


@dataclass(frozen=True, slots=True)
class DecodeTask:
    """Decodes batches with one checkpoint. ``alignment`` names its alignment heads."""

    checkpoint: Path
    sha256: str
    alignment: str
    device: str
    quantise: bool
    revision: int

    lane = "any"

    def setup(self) -> Any:
        """Load the model and make it fit for this device."""
        from ._model import load

        return load(self.checkpoint, self.alignment, self.device, quantise=self.quantise)

    def run(self, loaded: Any, item: Batch) -> tuple[Heard, ...]:
        """Decode greedily (or warm, when asked) and time every word."""
        return decode_batch(loaded, item)

    def key(self, item: Batch) -> str:
        """Content key: weights, precision, revision, sound, windows, language, temperature, prompt."""
        return digest(
            [
                "whisper",
                self.revision,
                self.sha256,
                self.quantise,
                item.sound.sha256,
                [[one.start_ms, one.end_ms] for one in item.windows],
                item.language,
                item.temperature,
                item.prompt,
            ]
        )

    def pack(self, result: tuple[Heard, ...]) -> bytes:
        """JSON."""
        return json.dumps([astuple(heard) for heard in result]).encode()

    def unpack(self, data: bytes) -> tuple[Heard, ...]:
        """Back from JSON."""
        return tuple(
            Heard(span(*window), tuple((w[0], w[1], w[2], w[3]) for w in words), *rest)
            for window, words, *rest in json.loads(data)
        )


def decode_batch(model: Any, item: Batch) -> tuple[Heard, ...]:
    """Decode one batch with openai-whisper's public batched decoder; word times by attention."""
    import torch
    from whisper import DecodingOptions, decode
    from whisper.tokenizer import get_tokenizer

    from ._trace import Trace

    features = encode(model, item)
    options = DecodingOptions(
        language=item.language or None,
        temperature=item.temperature,
        fp16=features.dtype == torch.float16,
        prompt=item.prompt or None,
        sample_len=MOST_TOKENS,
    )
    tokenizer = get_tokenizer(
        model.is_multilingual,
        num_languages=model.num_languages,
        language=item.language or "en",
        task="transcribe",
    )
    torch.manual_seed(0)
    with torch.inference_mode(), Trace(model, tokenizer.eot) as trace:
        results = decode(model, features, options)
    return tuple(_heard(item, at, result, trace, tokenizer) for at, result in enumerate(results))


def _heard(item: Batch, at: int, result: Any, trace: Trace, tokenizer: Any) -> Heard:
    """What one window of a batch says, with its words timed."""
    from ._align import FRAME_MS, word_times

    window, tokens = item.windows[at], list(result.tokens)
    frames = max(1, min(1500, -(-window.duration_ms // FRAME_MS)))
    words = word_times(
        tokenizer, tokens, trace.attention(at, len(tokens), frames), trace.chances(at, len(tokens))
    )
    return Heard(
        window=window,
        words=tuple(
            (word, window.start_ms + start, window.start_ms + end, sure) for word, start, end, sure in words
        ),
        mean_logprob=round(float(result.avg_logprob), 4),
        no_speech=round(float(result.no_speech_prob), 4),
        compression=round(float(result.compression_ratio), 4),
        temperature=item.temperature,
    )


def encode(model: Any, item: Batch) -> torch.Tensor:
    """The encoder's output for a batch, shape (windows, 1500, width)."""
    import torch
    from whisper.audio import N_SAMPLES, log_mel_spectrogram, pad_or_trim

    mels = [
        log_mel_spectrogram(
            pad_or_trim(torch.from_numpy(item.sound.read(window.start_ms, window.end_ms)), N_SAMPLES),
            model.dims.n_mels,
        )
        for window in item.windows
    ]
    batch = torch.stack(mels).to(model.device)
    if model.device.type == "cuda":
        batch = batch.half()
    with torch.inference_mode():
        encoded: torch.Tensor = model.encoder(batch)
    return encoded
