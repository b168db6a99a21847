"""Mastering: from the original sound to the finished MP3.

How to add one: put ``NAME.py`` in this folder with a frozen dataclass ``Engine`` that has the
members of `Masterer`; ``mastering = "NAME"`` then selects it.
"""

from __future__ import annotations

from pathlib import Path
from typing import ClassVar, Protocol

from ...domain.sound import Master, MixPlan, Recording
from ...recognition.context import Progress

EXTRA_FORMATS = ("m4a", "flac", "wav")
"""What an engine may make beside the MP3."""


def extra_path(target: Path, name: str) -> Path:
    """Where one of `EXTRA_FORMATS` lies: beside the MP3."""
    return target.with_suffix(f".{name}")


class Masterer(Protocol):
    """Makes the MP3."""

    revision: ClassVar[int]

    def receipt(self) -> dict[str, str]:
        """Return everything that may change the result."""
        ...

    def master(
        self, recording: Recording, paths: tuple[Path, ...], plan: MixPlan, target: Path, progress: Progress
    ) -> Master:
        """Write an untagged MP3 to ``target`` from the recordings at ``paths``, in order.

        The returned `Master` holds what was measured on the decoded MP3, where the talk begins
        in it, and the cuts as they were made. An engine that has a field ``extra_formats`` leaves
        a file with each of those endings beside ``target``, too, and names it in ``Master.extras``.
        """
        ...
