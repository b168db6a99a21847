"""A recogniser that works in a worker, and dies there for a recording of twenty seconds."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import ClassVar

from chaitime_audio.domain.sound import SpeechActivity
from chaitime_audio.domain.speech import Transcript
from chaitime_audio.recognition.asr import standin
from chaitime_audio.recognition.context import EngineContext, Sound


@dataclass(frozen=True, slots=True)
class Engine:
    """The stand-in, behind a task that may crash."""

    revision: ClassVar[int] = 1

    def receipt(self) -> dict[str, str]:
        """Nothing that matters."""
        return {}

    def ahead(self, sound: Sound, context: EngineContext) -> None:
        """Nothing is done ahead."""

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Do nothing in a worker, then say the script."""
        from crash_task import Crash

        context.pool.map(Crash(os.environ["PLANTED_FAULT"]), [sound.duration_ms // 1000])
        return standin.Engine().transcribe(sound, activity, context)
