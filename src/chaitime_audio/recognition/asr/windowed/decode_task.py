"""The work of one batch: a few windows of sound in, words with times out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ....domain.sound import Span
from ....model_files import here, load_whisper
from ....project.serialization import digest
from .batches import Batch, TimedWord, WindowResult, likeliest, pack, shifted, unpack

if TYPE_CHECKING:
    import torch

MOST_TOKENS, MOST_PROMPT_TOKENS = 224, 200


@dataclass(frozen=True, slots=True)
class Lifted:
    """Terms that are lifted while decoding, and by how many nats a token (see `term_lift`)."""

    terms: tuple[str, ...]
    by: float


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
    lifted: Lifted | None = None

    @property
    def affinity(self) -> str:
        """Any worker; but a GPU's memory holds the model once."""
        return "any" if self.device == "cpu" else "one"

    def setup(self) -> Any:
        """Load the model."""
        return load_whisper(here(self.checkpoint, self.sha256), self.alignment, self.device)

    def run(self, loaded: Any, item: Batch) -> tuple[WindowResult, ...]:
        """Decode greedily and time every word."""
        return decode_batch(loaded, item, half=self.half, lifted=self.lifted)

    def key(self, item: Batch) -> str:
        """Content key: revision, weights, precision, and what is in the batch."""
        lifted = [*self.lifted.terms, self.lifted.by] if self.lifted else []
        made = [self.revision, self.sha256, self.half, self.device, *lifted]
        return digest(["whisper", *made, *item.content()])

    def pack(self, result: tuple[WindowResult, ...]) -> bytes:
        """JSON."""
        return pack(result)

    def unpack(self, data: bytes) -> tuple[WindowResult, ...]:
        """Back from JSON."""
        return unpack(data)


def decode_batch(
    model: Any, item: Batch, *, half: bool = False, lifted: Lifted | None = None
) -> tuple[WindowResult, ...]:
    """Decode one batch with openai-whisper's public batched decoder; word times by its own alignment."""
    import torch
    from whisper import DecodingOptions
    from whisper.tokenizer import get_tokenizer

    spectra = mels(item, model.dims.n_mels).to(model.device)
    spectra = spectra.half() if half else spectra
    with torch.inference_mode():
        features = model.encoder(spectra)
    spoken = [] if item.language else _languages(model, features)
    language, certainty = likeliest(spoken[:1]) if spoken else (item.language or "en", 1.0)
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
        results = _results(model, features, options, lifted)
    timed = [
        _timed(model, tokenizer, spectra[at], item.windows[at], result) for at, result in enumerate(results)
    ]
    return tuple(
        replace(_heard(item, at, result, timed[at], certainty), **_by_itself(spoken[at : at + 1]))
        for at, result in enumerate(results)
    )


def _results(model: Any, features: torch.Tensor, options: Any, lifted: Lifted | None) -> list[Any]:
    """What openai-whisper's own decoder makes of features, with one filter more where terms are lifted."""
    from whisper.decoding import DecodingTask

    from .term_lift import TermLift, trie_of

    task = DecodingTask(model, options)
    if lifted:
        trie = trie_of(lifted.terms, task.tokenizer)
        task.logit_filters.append(TermLift(trie, lifted.by, task.sample_begin))
    found: list[Any] = task.run(features)
    return found


def _languages(model: Any, features: torch.Tensor) -> list[dict[str, float]]:
    """How probable each language is in each window; nothing where the model knows English only."""
    found: list[dict[str, float]] = model.detect_language(features)[1] if model.is_multilingual else []
    return found


def _by_itself(found: list[dict[str, float]]) -> dict[str, Any]:
    """What a window says of its own language, as fields of its result."""
    code, chance = likeliest(found) if found else ("", 0.0)
    return {"spoken": code, "spoken_probability": chance}


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
