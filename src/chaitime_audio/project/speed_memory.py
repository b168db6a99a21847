"""How fast runs were on this machine: seconds of work for each second of sound, for who did the work.

Kept for each user beside other state of the program; losing it costs nothing but a guess.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from math import isfinite
from pathlib import Path
from statistics import median

import platformdirs

from ..errors import ChaitimeError
from .files import make_folder, replace_file

STORE_NAME, MOST_RUNS = "speeds.json", 5


def store() -> Path:
    """Return the file in which it is kept."""
    return platformdirs.user_state_path("chaitime", appauthor=False) / STORE_NAME


def usual(who: str) -> float:
    """Return the median over the last runs by the same engines and models; 0 when there was none."""
    return median(_read().get(who) or [0.0])


def remember(who: str, seconds: float) -> None:
    """Keep what one more run took for a second of sound; where it cannot be kept, nothing is said."""
    if not (isfinite(seconds) and seconds > 0):
        return
    known = _read()
    kept = {**known, who: [*known.get(who, []), round(seconds, 4)][-MOST_RUNS:]}
    try:
        make_folder(store().parent)
        replace_file(store(), (json.dumps(kept, indent=1, sort_keys=True) + "\n").encode())
    except (ChaitimeError, OSError):
        return


def _read() -> Mapping[str, list[float]]:
    """What is kept; what is torn or strange reads as nothing."""
    try:
        found = json.loads(store().read_bytes())
        return {str(who): [float(one) for one in runs] for who, runs in found.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
