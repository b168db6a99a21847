"""Diarization: who spoke when.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that has the
members of `Diarizer`; ``diarization = "NAME"`` then selects it. Labels must be ``S1``, ``S2`` …
by first appearance, and ``exclusive`` free of overlap.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from ...domain.sound import SpeechActivity
from ...domain.speech import Diarization
from ..context import EngineContext, Sound


class Diarizer(Protocol):
    """Tells voices apart."""

    revision: ClassVar[int]

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result: checksums of weights and resolved options."""
        ...

    def model_names(self) -> tuple[str, ...]:
        """Return the names of the model files it needs, as `model_files` knows them; none for none."""
        ...

    def diarize(
        self, sound: Sound, activity: SpeechActivity, speakers: int, context: EngineContext
    ) -> Diarization:
        """Return turns and voice prints. ``speakers`` is the known count, 0 for find it out."""
        ...
