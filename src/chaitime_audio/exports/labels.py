"""Labels for Audacity: start and end in seconds, text, tabs between (its manual, Importing Labels)."""

from __future__ import annotations

from collections.abc import Sequence

from .marks import NamedSpan


def labels(spans: Sequence[NamedSpan]) -> str:
    """Return one label a line. Names are on one line and hold no tab already."""
    return "".join(f"{one.start_ms / 1000:.3f}\t{one.end_ms / 1000:.3f}\t{one.name}\n" for one in spans)
