"""Whisper through CTranslate2, the engine of faster-whisper: the same windows, checks and words.

faster-whisper's own batched way acts on no check and has no second try, so its engine is
driven by the way all our recognisers share.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

from ...domain.sound import Span
from ...model_files import here, resolve_whisper, whisper_sha256
from ...project.serialization import digest
from ...workers.in_process import keeping_freed_blocks, share_one_heap
from ..context import resolve_device
from .windowed.batches import Batch, TimedWord, WindowResult, likeliest, pack, shifted, unpack
from .windowed.decode_task import MOST_TOKENS, mels, prompt_tokens
from .windowed.engine import WindowedEngine
from .windowed.quality import compression

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Engine(WindowedEngine):
    """CTranslate2. ``vocabulary`` is given as a prompt; ``language`` empty means: vote.

    ``precision`` is ``auto`` (int8 on a CPU, half on a GPU) or ``fp32``.
    """

    revision: ClassVar[int] = 5
    hears_again_since: ClassVar[int] = 4

    def receipt(self) -> dict[str, str]:
        """What may change the words: checkpoint, language, vocabulary, a precision that was asked for."""
        return {
            "model": self.model,
            "model_sha256": whisper_sha256(self.model),
            "language": self.language,
            "vocabulary": "\n".join(self.vocabulary),
            **({} if self.precision == "auto" else {"precision": self.precision}),
        }

    def _task(self) -> FastTask:
        weights = resolve_whisper(self.model)
        device = resolve_device(self.device)
        numbers = "float32" if self.precision == "fp32" else "int8" if device == "cpu" else "float16"
        return FastTask(weights.path, weights.sha256, weights.alignment, device, numbers, self.revision)


@dataclass(frozen=True, slots=True)
class FastTask:
    """Decodes batches with one checkpoint.

    ``alignment`` names its alignment heads, ``numbers`` the type that CTranslate2 computes with.
    """

    checkpoint: Path
    sha256: str
    alignment: str
    device: str
    numbers: str
    revision: int

    @property
    def affinity(self) -> str:
        """Any worker; but a GPU's memory holds the model once."""
        return "any" if self.device == "cpu" else "one"

    def setup(self) -> Any:
        """Load the model, converting it on first use.

        Raises ModelUnavailableError when the checkpoint is none.
        """
        from ctranslate2.models import Whisper

        from .windowed.ctranslate2_model import converted

        share_one_heap()  # before the model's own thread begins
        place = converted(here(self.checkpoint, self.sha256), self.sha256, self.alignment)
        return Whisper(str(place), device=self.device, compute_type=self.numbers, intra_threads=1)

    def run(self, loaded: Any, item: Batch) -> tuple[WindowResult, ...]:
        """Decode greedily and time every word."""
        with keeping_freed_blocks():
            return _decode(loaded, item)

    def key(self, item: Batch) -> str:
        """Content key: revision, weights, precision, and what is in the batch."""
        made = [self.revision, self.sha256, self.device, self.numbers]
        return digest(["faster-whisper", *made, *item.content()])

    def pack(self, result: tuple[WindowResult, ...]) -> bytes:
        """JSON."""
        return pack(result)

    def unpack(self, data: bytes) -> tuple[WindowResult, ...]:
        """Back from JSON."""
        return unpack(data)


def _decode(model: Any, item: Batch) -> tuple[WindowResult, ...]:
    from whisper.tokenizer import get_tokenizer

    features = _features(model, mels(item, model.n_mels).numpy())
    spoken = [] if item.language else _languages(model, features)
    language, certainty = likeliest(spoken) if spoken else (item.language or "en", 1.0)
    languages = model.num_languages if model.is_multilingual else 99
    tokenizer = get_tokenizer(
        model.is_multilingual, num_languages=languages, language=language, task="transcribe"
    )
    told = prompt_tokens(tokenizer, item.terms)
    before = [tokenizer.sot_prev, *told] if told else []
    plain = tokenizer.sot_sequence_including_notimestamps
    prompt = [*before, *(tokenizer.sot_sequence if item.stamped else plain)]
    results = model.generate(
        features,
        [prompt] * len(item.windows),
        beam_size=1,
        max_length=len(prompt) + MOST_TOKENS,
        return_scores=True,
        return_no_speech_prob=True,
    )
    timed = _timed(model, tokenizer, features, [list(one.sequences_ids[0]) for one in results], item)
    return tuple(
        _heard(item, at, results[at], timed[at], (language, certainty), spoken) for at in range(len(results))
    )


def _features(model: Any, spectra: NDArray[np.float32]) -> Any:
    """What the encoder makes of windows (windows, bands, 3000), on a CPU one after the other.

    The numbers are the same, but attention alone takes 72 MB a window (base), which a CPU has to
    come by anew in every layer: four at once cost 220 MB and a tenth of the time more.
    """
    import numpy as np
    from ctranslate2 import StorageView

    if model.device != "cpu":
        return model.encode(StorageView.from_array(spectra))
    made = [np.array(model.encode(StorageView.from_array(one[np.newaxis]))) for one in spectra]
    return StorageView.from_array(np.concatenate(made))


def _languages(model: Any, features: Any) -> list[dict[str, float]]:
    """How probable each language is in each window; nothing where the model knows English only."""
    found = model.detect_language(features) if model.is_multilingual else []
    return [{code.strip("<|>"): chance for code, chance in one} for one in found]


def _timed(
    model: Any, tokenizer: Any, features: Any, said: list[list[int]], item: Batch
) -> list[list[TimedWord]]:
    """Align the text of every window with its sound; times within the window.

    On a CPU each window by itself: texts filled up to the longest of a batch shift the borders of the
    shorter ones by up to 60 ms, and take 190 MB and twice the time.
    """
    import numpy as np
    from ctranslate2 import StorageView

    if model.device != "cpu":
        return _aligned(model, tokenizer, features, said, item.windows)
    each = np.array(features)
    return [
        words
        for at, window in enumerate(item.windows)
        for words in _aligned(
            model, tokenizer, StorageView.from_array(each[at : at + 1]), said[at : at + 1], (window,)
        )
    ]


def _aligned(
    model: Any, tokenizer: Any, features: Any, said: list[list[int]], windows: Sequence[Span]
) -> list[list[TimedWord]]:
    import numpy as np

    from .windowed.word_alignment import FRAME_MS, heard_frames, word_times

    texts = [[token for token in one if token < tokenizer.eot] for one in said]
    frames = [
        2 * heard_frames(tokenizer, one, window.duration_ms)
        for one, window in zip(said, windows, strict=True)
    ]
    filled = [text or tokenizer.encode(" ") for text in texts]
    timed = []
    found = model.align(features, list(tokenizer.sot_sequence), filled, frames)
    for text, one in zip(texts, found, strict=True):
        rows, columns = np.array(one.alignments).reshape(-1, 2).T
        starts = columns[np.flatnonzero(np.diff(rows, prepend=-1))] * FRAME_MS
        ends = [(columns[-1] + 1) * FRAME_MS] * max(0, len(text) + 1 - len(starts))
        timed.append(
            word_times(tokenizer, text, np.append(starts, ends), list(one.text_token_probs[: len(text)]))
            if text
            else []
        )
    return timed


def _heard(
    item: Batch,
    at: int,
    result: Any,
    words: list[TimedWord],
    language: tuple[str, float],
    spoken: list[dict[str, float]],
) -> WindowResult:
    window, length = item.windows[at], len(result.sequences_ids[0])
    by_itself = likeliest(spoken[at : at + 1]) if spoken else ("", 0.0)
    return WindowResult(
        window=window,
        words=shifted(words, window.start_ms),
        mean_logprob=round(result.scores[0] * length / (length + 1), 4),
        no_speech=round(result.no_speech_prob, 4),
        compression=round(compression(" ".join(word[0] for word in words)), 4),
        stamped=item.stamped,
        terms=item.terms,
        language=language[0],
        language_probability=language[1],
        spoken=by_itself[0],
        spoken_probability=by_itself[1],
    )
