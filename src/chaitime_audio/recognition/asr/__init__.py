"""Speech recognition: what was said, with the time of every word.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that has
the members of `Transcriber`; ``asr = "NAME"`` then selects it. Import libraries and load
models inside ``transcribe`` (or a `workers.Task`'s ``setup``), never at import or construction.
An option of its own is a field with a default: ``asr_options = { FIELD = … }`` fills it, and
``receipt`` names it if it may change the words.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Protocol

from ...domain.sound import Span, SpeechActivity
from ...domain.speech import Passages, Transcript
from ..context import EngineContext, OnSpeechFound, Sound


class Transcriber(Protocol):
    """Turns sound into words with times."""

    revision: ClassVar[int]
    hears_again_since: ClassVar[int]
    """The revision from which on turns without words are heard again; 0: never. Older transcripts stay."""

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result: checksums of weights and resolved options."""
        ...

    def model_names(self) -> tuple[str, ...]:
        """Return the names of the model files it needs, as `model_files` knows them; none for none."""
        ...

    def transcribe(self, sound: Sound, activity: SpeechActivity, context: EngineContext) -> Transcript:
        """Return the words spoken inside ``activity``, word ids counting from 0, times inside the sound.

        Raises `errors.ModelUnavailableError` when weights are missing or not trusted.
        """
        ...

    def again(
        self, sound: Sound, spans: Sequence[Span], transcript: Transcript, context: EngineContext, /
    ) -> Passages:
        """Return what comes of each span heard by itself; it had got no words in ``transcript``."""
        ...

    def ahead(self, sound: Sound, context: EngineContext) -> OnSpeechFound | None:
        """Return what can begin with the first speech found before all is; None: nothing can.

        It only fills ``context.keep``; `transcribe` is called in any case, and says the same.
        """
        ...


def choose() -> str:
    """Name the recogniser that ``auto`` stands for: the one with the fewest errors on real conversations.

    Figures, and what the others cost: docs/recognition.md.
    """
    return "faster-whisper"
