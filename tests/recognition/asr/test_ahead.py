"""Decoding ahead: only what will stay is begun, each window once, and the real run finds it done."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.recognition.asr.windowed.ahead import begin
from chaitime_audio.recognition.asr.windowed.batches import Batch, WindowResult
from chaitime_audio.recognition.asr.windowed.recognizer import WindowedRecognizer
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess

TALK = tuple(span(at, at + 4_000 + at // 10 % 3_700) for at in range(1_000, 590_000, 9_000))


class Two(InProcess):
    """A pool that says it has two workers; remembers what it was asked to prepare."""

    workers = 2

    def __init__(self) -> None:
        super().__init__()
        self.prepared: list[Any] = []

    def prepare(self, task: Any) -> None:
        self.prepared.append(task)


class Store(dict[str, bytes]):
    def put(self, key: str, data: bytes) -> None:
        assert key not in self, "decoded twice"
        self[key] = data


@pytest.fixture
def ear(make_sound: Callable[..., Sound], filled: Any, make_script: Any) -> Callable[..., WindowedRecognizer]:
    sound = make_sound(np.random.default_rng(0).normal(0, 0.1, 600 * 16_000))

    def make(pool: Any, keep: Any, spans: tuple[Span, ...] = ()) -> WindowedRecognizer:
        context = EngineContext(pool, keep, lambda _share: None)
        return WindowedRecognizer(make_script(filled), sound, SpeechActivity(spans), context, "en")

    return make


def _wait() -> None:
    for thread in threading.enumerate():
        if thread is not threading.current_thread() and "_decode" in thread.name:
            thread.join()


def test_what_was_begun_is_found_done(ear: Any) -> None:
    """The whole run decodes no window that was decoded ahead, and says what it says without."""
    pool, keep = Two(), Store()
    early = ear(pool, keep)
    ahead = begin(early)
    assert ahead is not None
    for until_ms in range(60_000, 601_000, 60_000):
        ahead([item for item in TALK if item.end_ms < until_ms], until_ms)
    _wait()
    done = [window for batch in early.task.given for window in batch.windows]
    assert len(done) == len(set(done)) >= 8
    late = ear(pool, keep, TALK)
    transcript = late.listen()
    again = [window for batch in late.task.given for window in batch.windows]
    assert not set(again) & set(done)
    assert transcript == ear(InProcess(), None, TALK).listen()


def test_only_idle_workers_are_given_work(ear: Any) -> None:
    """With one worker nothing is begun; with two the second loads the model, and gets what it can do."""
    assert begin(ear(InProcess(), Store())) is None
    pool = Two()
    early = ear(pool, Store())
    ahead = begin(early)
    assert ahead is not None
    assert pool.prepared == [early.task]
    for until_ms in range(60_000, 601_000, 20_000):
        ahead([item for item in TALK if item.end_ms < until_ms], until_ms)
    _wait()
    begun = [window for batch in early.task.given for window in batch.windows]
    assert 0 < len(begun) < 15


def test_trouble_ahead_is_left_to_the_real_run(ear: Any, make_script: Any) -> None:
    """A failure while decoding ahead stops nothing; the same failure comes again when it counts."""

    def fail(item: Batch, window: Span) -> WindowResult:
        raise ValueError("no such luck")

    early = ear(Two(), Store())
    object.__setattr__(early, "task", make_script(fail))
    ahead = begin(early)
    assert ahead is not None
    ahead(TALK, 600_000)
    _wait()
