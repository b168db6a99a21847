"""The real recognisers, on tiny.en and a minute of the sample."""

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
from chaitime_audio.recognition.asr.faster_whisper import Engine
from chaitime_audio.recognition.asr.whisper import Engine as Reference
from chaitime_audio.recognition.asr.windowed.batches import Batch
from chaitime_audio.recognition.asr.windowed.decode_task import DecodeTask, prompt_tokens
from chaitime_audio.recognition.asr.windowed.windows import windows
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


def _timed(transcript: Transcript) -> list[tuple[str, int]]:
    return [
        (bare, int(word.span.start_ms))
        for word in transcript.words
        for bare in re.findall(r"[a-z']+", word.text.lower())
    ]


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


def test_the_reference_hears_the_same(
    sample_sound: Sound, first_talk: SpeechActivity, here: InProcess, minute: Transcript
) -> None:
    """openai-whisper in float32 says all but the same, and its words lie where CTranslate2 puts them."""
    reference = Reference(model="tiny.en").transcribe(sample_sound, first_talk, _bench(here))
    first, second = _timed(minute), _timed(reference)
    matcher = SequenceMatcher(None, [word for word, _ in first], [word for word, _ in second], autojunk=False)
    assert matcher.ratio() > 0.95
    pairs = [(a + at, b + at) for a, b, size in matcher.get_matching_blocks() for at in range(size)]
    assert float(np.median([abs(first[a][1] - second[b][1]) for a, b in pairs])) <= 100


def test_text_is_the_same_on_one_and_two_workers(
    sample_sound: Sound, first_talk: SpeechActivity, minute: Transcript
) -> None:
    """Same input, same settings: the transcript does not depend on who did the work."""
    pool = LocalPool(2)
    try:
        assert TINY.transcribe(sample_sound, first_talk, _bench(pool)) == minute
    finally:
        pool.close()


class _Watched:
    """A loaded model that notes how many windows each call brings."""

    def __init__(self, model: Any) -> None:
        self._model, self.calls = model, list[tuple[str, int]]()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._model, name)

    def encode(self, spectra: Any) -> Any:
        self.calls.append(("encode", spectra.shape[0]))
        return self._model.encode(spectra)

    def align(self, features: Any, *rest: Any) -> Any:
        self.calls.append(("align", features.shape[0]))
        return self._model.align(features, *rest)


def test_a_window_is_heard_and_timed_by_itself(sample_sound: Sound, first_talk: SpeechActivity) -> None:
    """On a CPU nothing is filled up for who shares a batch: words and times are those of a window alone."""
    task = TINY._task()
    loaded = _Watched(task.setup())
    both = windows(sample_sound, first_talk)[:2]
    together = task.run(loaded, Batch(sample_sound, both, "en"))
    assert loaded.calls == [("encode", 1), ("encode", 1), ("align", 1), ("align", 1)]
    alone = [task.run(loaded, Batch(sample_sound, (one,), "en"))[0] for one in both]
    assert [one.words for one in together] == [one.words for one in alone]


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
        DecodeTask(spoilt, "0" * 64, "", "cpu", half=False, revision=1).setup()
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
