"""Speech activity: where anybody speaks.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that
has the members of `ActivityDetector`; ``activity = "NAME"`` then selects it.
"""

from __future__ import annotations

from typing import ClassVar, Protocol

from ...domain.sound import SpeechActivity
from ..context import EngineContext, Sound


class ActivityDetector(Protocol):
    """Finds speech."""

    revision: ClassVar[int]

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result: checksums of weights and resolved options."""
        ...

    def model_names(self) -> tuple[str, ...]:
        """Return the names of the model files it needs, as `model_files` knows them; none for none."""
        ...

    def detect(self, sound: Sound, context: EngineContext) -> SpeechActivity:
        """Return ordered, disjoint spans of speech."""
        ...
