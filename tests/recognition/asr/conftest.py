"""A recogniser that says what a script says, so that everything round a model can be tested without one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from chaitime_audio.domain.sound import Span, SpeechActivity, span
from chaitime_audio.recognition.asr.windowed.batches import Batch, WindowResult
from chaitime_audio.recognition.asr.windowed.batches import pack as pack_heard
from chaitime_audio.recognition.asr.windowed.batches import unpack as unpack_heard
from chaitime_audio.recognition.asr.windowed.recognizer import WindowedRecognizer
from chaitime_audio.recognition.context import EngineContext, Sound
from chaitime_audio.workers.in_process import InProcess

ROOT = Path(__file__).parents[3]
Say = Callable[[Batch, Span], WindowResult]


@dataclass(eq=False)
class Script:
    """A task that calls ``say`` for each window and remembers every batch it was given."""

    say: Say
    given: list[Batch] = field(default_factory=list)
    affinity: str = "any"

    def setup(self) -> Any:
        return None

    def run(self, loaded: Any, item: Batch) -> tuple[WindowResult, ...]:
        self.given.append(item)
        return tuple(self.say(item, window) for window in item.windows)

    def key(self, item: Batch) -> str:
        return repr(item.content())

    def pack(self, result: tuple[WindowResult, ...]) -> bytes:
        return pack_heard(result)

    def unpack(self, data: bytes) -> tuple[WindowResult, ...]:
        return unpack_heard(data)


@pytest.fixture
def make_script() -> type[Script]:
    """The script itself, for tests that put an `Ear` together."""
    return Script


@pytest.fixture
def spoken() -> Callable[..., WindowResult]:
    """Something heard in a window: its words spread evenly over it."""

    def hear(item: Batch, window: Span, *texts: str, **how: Any) -> WindowResult:
        step = window.duration_ms / max(1, len(texts))
        words = tuple(
            (text, window.start_ms + round(at * step), window.start_ms + round((at + 1) * step), 0.9)
            for at, text in enumerate(texts)
        )
        good = {"mean_logprob": -0.2, "no_speech": 0.01, "compression": 1.4, "language": item.language}
        return WindowResult(window, words, stamped=item.stamped, terms=item.terms, **{**good, **how})

    return hear


@pytest.fixture
def filled(spoken: Callable[..., WindowResult]) -> Say:
    """Two different words a second, named after where they are."""

    def hear(item: Batch, window: Span) -> WindowResult:
        count = max(1, window.duration_ms // 500)
        return spoken(item, window, *(f"w{window.start_ms // 500 + at}" for at in range(count)))

    return hear


@pytest.fixture
def make_sound(tmp_path: Path) -> Callable[..., Sound]:
    """Write samples (float, -1..1) as decoded sound."""

    def make(samples: Any) -> Sound:
        path = tmp_path / f"{len(samples)}.s16"
        data = (np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes()
        path.write_bytes(data)
        return Sound(path, len(samples), f"{len(samples):064x}")

    return make


@pytest.fixture
def listen(make_sound: Callable[..., Sound]) -> Callable[..., Any]:
    """Listen to silence of ``seconds`` with a script."""

    def run(say: Say, spans: tuple[Span, ...], seconds: int = 120, **how: Any) -> Any:
        script = Script(say)
        context = EngineContext(InProcess(), how.pop("keep", None), lambda _share: None)
        sound = make_sound(np.zeros(seconds * 16_000))
        language = how.pop("language", "en")
        ear = WindowedRecognizer(script, sound, SpeechActivity(spans), context, language, **how)
        return ear.listen(), script.given

    return run


@pytest.fixture(scope="session")
def sample_sound(tmp_path_factory: pytest.TempPathFactory) -> Sound:
    """The sample episode, decoded."""
    from chaitime_audio.audio.decode import decode
    from chaitime_audio.audio.probe import probe

    paths = tuple(sorted((ROOT / "episodes" / "001-tom-ellery" / "source").glob("*.flac")))
    target = tmp_path_factory.mktemp("sample") / "decoded.s16"
    done = decode(probe(paths), paths, target, lambda _share: None)
    return Sound(target, done.sample_count, done.sha256)


@pytest.fixture(scope="session")
def first_talk() -> SpeechActivity:
    """Where the sample's first minute has speech, by its truth."""
    return SpeechActivity((span(300, 16_200), span(16_500, 31_000), span(31_500, 58_700)))
