"""Speech recognition: what was said, with the time of every word.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that has
the members of `Transcriber`; ``asr = "NAME"`` then selects it. Import libraries and load
models inside ``transcribe`` (or a `workers.Task`'s ``setup``), never at import or construction.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Protocol

from ...domain.sound import SpeechActivity
from ...domain.speech import Transcript
from ..context import EngineContext, OnSpeechFound, Sound


class Transcriber(Protocol):
    """Turns sound into words with times."""

    revision: ClassVar[int]

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result: checksums of weights and resolved options."""
        ...

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return the words spoken inside ``activity``, word ids counting from 0, times inside the sound.

        Raises `errors.ModelUnavailableError` when weights are missing or not trusted.
        """
        ...

    def ahead(self, sound: Sound, context: EngineContext) -> OnSpeechFound | None:
        """Return what can begin with the first speech found before all is; None: nothing can.

        It only fills ``bench.keep``; `transcribe` is called in any case, and says the same.
        """
        ...


def choose() -> str:
    """Name the recogniser that ``auto`` stands for: the faster of what is installed here.

    Measured, CPU seconds a second of sound, words timed: where the processor multiplies bfloat16,
    openai-whisper as we run it is ahead of CTranslate2; elsewhere CTranslate2 is.
    """
    from importlib.util import find_spec

    if find_spec("ctranslate2") is None or _multiplies_bfloat16():
        return "whisper"
    return "faster-whisper"


def _multiplies_bfloat16() -> bool:
    """Whether the processor says so; answered without importing torch."""
    cpu = Path("/proc/cpuinfo")
    try:
        return "avx512_bf16" in cpu.read_text()
    except OSError:
        return False
