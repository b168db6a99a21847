"""The real recogniser, on tiny.en and a minute of the sample."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from difflib import SequenceMatcher
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import SpeechActivity, span
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.errors import ModelUnavailableError, UsageError
from chaitime_audio.recognition.asr.whisper import Engine
from chaitime_audio.recognition.asr.windowed.batches import Batch
from chaitime_audio.recognition.asr.windowed.decode_task import DecodeTask, encode, prompt_tokens
from chaitime_audio.recognition.asr.windowed.word_alignment import dtw
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers import WorkerPool
from chaitime_audio.workers.in_process import InProcess
from chaitime_audio.workers.local import LocalPool

pytestmark = pytest.mark.models
TINY = Engine(model="tiny.en")


@pytest.fixture(autouse=True, scope="module")
def _one_thread() -> None:
    """As in a worker: two threads beside another busy process are far slower than one."""
    import torch

    torch.set_num_threads(1)


def _bench(pool: WorkerPool) -> EngineContext:
    return EngineContext(pool, None, lambda _share: None)


@pytest.fixture(scope="module")
def here() -> InProcess:
    return InProcess()


@pytest.fixture(scope="module")
def minute(sample_sound: Sound, first_talk: SpeechActivity, here: InProcess) -> Transcript:
    return TINY.transcribe(sample_sound, first_talk, _bench(here))


def _plain(transcript: Transcript) -> list[str]:
    return re.findall(r"[a-z']+", " ".join(word.text for word in transcript.words).lower())


def test_speech_becomes_words_with_times(minute: Transcript, first_talk: SpeechActivity) -> None:
    """Known sentences are there; every word is timed inside the speech, in order, 20 ms or longer."""
    said = " ".join(_plain(minute))
    assert "what does a normal monday look like for you" in said
    assert "not by the size of the error itself" in said
    assert minute.language == "en"
    assert minute.coverage > 0.97
    words = minute.words
    assert all(a.span.end_ms <= b.span.start_ms for a, b in pairwise(words))
    assert all(word.span.duration_ms >= 20 and 0 <= word.probability <= 1 for word in words)
    assert words[-1].span.end_ms <= first_talk.spans[-1].end_ms + 500


def test_times_agree_with_whispers_own(sample_sound: Sound, monkeypatch: pytest.MonkeyPatch) -> None:
    """Times from the decoding pass lie within 100 ms (median) of openai-whisper's second pass.

    Its warping is replaced by ours, which has its own test: numba's compiler slows torch in this process.
    """
    from whisper.audio import log_mel_spectrogram, pad_or_trim
    from whisper.timing import find_alignment
    from whisper.tokenizer import get_tokenizer

    monkeypatch.setattr("whisper.timing.dtw", lambda cost: dtw(cost.cpu().numpy()))
    task = replace(TINY._task(), quantise=False)
    model = task.setup()
    window = span(16_400, 31_000)
    (heard,) = task.run(model, Batch(sample_sound, (window,), "en"))
    tokenizer = get_tokenizer(False, language="en", task="transcribe")
    samples = sample_sound.read(window.start_ms, window.end_ms)
    mel = log_mel_spectrogram(pad_or_trim(samples))
    theirs = find_alignment(
        model, tokenizer, tokenizer.encode(" " + heard.text), mel, window.duration_ms // 10
    )
    starts = {}
    for timing in theirs:
        starts.setdefault(timing.word.strip(), round(timing.start * 1000) + window.start_ms)
    apart = [abs(starts[text] - start) for text, start, *_ in heard.words if text in starts]
    assert len(apart) > 15
    assert float(np.median(apart)) <= 100


def test_quickening_does_not_change_what_the_network_computes(
    sample_sound: Sound, monkeypatch: pytest.MonkeyPatch
) -> None:
    """But for the rounding of int8, the quickened network hears the same: encoder within 3 %, same words."""
    from chaitime_audio.recognition.asr.windowed import quantize

    monkeypatch.setattr(quantize, "quantised", lambda model: model)
    batch = Batch(sample_sound, (span(300, 16_200),), "en")
    plain, quick = replace(TINY._task(), quantise=False), TINY._task()
    slow, fast = plain.setup(), quick.setup()
    before, after = encode(slow, batch).numpy(), encode(fast, batch).numpy()
    assert np.linalg.norm(after - before) < 0.03 * np.linalg.norm(before)
    for one, other in zip(plain.run(slow, batch), quick.run(fast, batch), strict=True):
        first, second = one.text.lower().split(), other.text.lower().split()
        assert len(set(first) ^ set(second)) <= 0.05 * len(first + second)


def test_linear_layers_become_int8_where_torch_can() -> None:
    """Every linear layer of the quickened model is quantised: whisper's own subclass is not skipped."""
    import torch

    model = TINY._task().setup()
    kinds = {type(module).__module__ for module in model.modules() if type(module).__name__ == "Linear"}
    assert len(kinds) == 1
    assert ("quantized" in kinds.pop()) is hasattr(torch, "ao")


def test_text_is_the_same_on_one_and_two_workers(
    sample_sound: Sound, first_talk: SpeechActivity, minute: Transcript
) -> None:
    """Same input, same settings: the transcript does not depend on who did the work."""
    pool = LocalPool(2)
    try:
        assert TINY.transcribe(sample_sound, first_talk, _bench(pool)) == minute
    finally:
        pool.close()


@pytest.mark.parametrize("kind", ["silence", "noise", "tones"])
def test_nothing_is_said_over_nothing(make_sound: Callable[[Any], Sound], here: InProcess, kind: str) -> None:
    """Even when a detector is fooled, half a minute of silence, noise or tones gives at most two words."""
    at = np.arange(30 * 16_000) / 16_000
    sounds = {
        "silence": np.zeros(len(at)),
        "noise": np.random.default_rng(0).normal(0, 0.003, len(at)),
        "tones": 0.1 * sum(np.sin(2 * np.pi * pitch * at) for pitch in (220, 277, 330)),
    }
    sound = make_sound(sounds[kind])
    fooled = SpeechActivity((span(2_000, 2_600), span(9_000, 9_500), span(20_000, 20_400)))
    assert len(TINY.transcribe(sound, fooled, _bench(here)).words) <= 2


@pytest.mark.parametrize("late_ms", [700, 3_100])
def test_no_word_is_lost_or_doubled_at_a_border(
    sample_sound: Sound, here: InProcess, minute: Transcript, late_ms: int
) -> None:
    """Wherever running speech has to be cut, the words round the cut are those of the text."""
    activity = SpeechActivity((span(16_400 + late_ms, 58_700),))
    said = _plain(TINY.transcribe(sample_sound, activity, _bench(here)))
    expected = _plain(minute)
    tail, cut = expected[expected.index("weekend") :], said[said.index("weekend") :]
    changed = [one for one in SequenceMatcher(None, tail, cut).get_opcodes() if one[0] != "equal"]
    assert sum(max(b - a, d - c) for _, a, b, c, d in changed) <= 3, changed


def test_terms_reach_the_words_without_leaking(
    sample_sound: Sound, first_talk: SpeechActivity, here: InProcess, minute: Transcript
) -> None:
    """A name that is told is spelled as told, none is invented where it was not said, no speech is lost."""
    told = replace(TINY, vocabulary=("Tom Ellery", "Zanzibar Quartz"))
    transcript = told.transcribe(sample_sound, first_talk, _bench(here))
    said = _plain(transcript)
    assert said.count("ellery") == 2
    assert "zanzibar" not in said
    assert abs(len(said) - len(_plain(minute))) <= 5
    assert transcript.coverage >= minute.coverage - 0.01


def test_a_long_vocabulary_is_cut_to_theprompt_tokens(here: InProcess) -> None:
    """However many terms there are, whole ones fill the prompt, and it keeps room for the text."""
    from whisper.tokenizer import get_tokenizer

    tokenizer = get_tokenizer(False, language="en", task="transcribe")
    tokens = prompt_tokens(tokenizer, tuple(f"Person Number {at}" for at in range(500)))
    assert tokens
    assert 150 < len(tokens) <= 200
    assert re.fullmatch(r" (Person Number \d+, )*Person Number \d+", tokenizer.decode(tokens))
    assert prompt_tokens(tokenizer, ()) == []


@pytest.mark.parametrize(
    ("name", "heads"),
    [
        ("tiny.en", {(1, 0), (2, 0), (2, 5), (3, 0), (3, 1), (3, 2), (3, 3), (3, 4)}),
        ("base", {(3, 1), (4, 2), (4, 3), (4, 7), (5, 1), (5, 2), (5, 4), (5, 6)}),
    ],
)
def test_alignment_heads_are_the_known_ones(name: str, heads: set[tuple[int, int]]) -> None:
    """The private constant of openai-whisper that steers word times still holds what it should."""
    import whisper

    dims = {"tiny.en": (4, 6), "base": (6, 8)}[name]
    model = whisper.model.Whisper(
        whisper.ModelDimensions(80, 8, 64, dims[1], 1, 51_864, 8, 64, dims[1], dims[0])
    )
    model.set_alignment_heads(whisper._ALIGNMENT_HEADS[name])
    assert {(int(layer), int(head)) for layer, head in model.alignment_heads.indices().T} == heads


def test_a_broken_checkpoint_is_refused(tmp_path: Any) -> None:
    """A file that is no Whisper checkpoint is one clear error of ours; so is a name nobody knows."""
    spoilt = tmp_path / "spoilt.pt"
    spoilt.write_bytes(b"not a model")
    with pytest.raises(ModelUnavailableError, match="spoilt"):
        DecodeTask(spoilt, "0" * 64, "", "cpu", quantise=True, revision=1).setup()
    with pytest.raises(UsageError, match="tinny"):
        Engine(model="tinny").receipt()


def test_the_receipt_names_what_may_change_the_words() -> None:
    """Another model, language, vocabulary or precision is another receipt; the device is not."""
    base = TINY.receipt()
    assert base == replace(TINY, device="cpu").receipt()
    for other in (
        replace(TINY, language="en"),
        replace(TINY, vocabulary=("Tom",)),
        replace(TINY, precision="fp32"),
        replace(TINY, model="base"),
    ):
        assert other.receipt() != base
