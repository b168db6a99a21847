"""The keys that a person chose, kept for the machine: a studio has another address every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import platformdirs

from ..errors import UsageError
from ..project.files import replace_file

NAME = "studio-keys.json"
MOST, LONGEST, PLACES = 100, 80, 3


def store() -> Path:
    """Return the file in which they are kept: in the user's folder for a program's state."""
    return platformdirs.user_state_path("chaitime", appauthor=False) / NAME


def read_keys() -> dict[str, list[str]]:
    """Return keys by what they do; none where nothing was chosen, or the file cannot be read."""
    try:
        return checked(json.loads(store().read_text(encoding="utf-8")))
    except (OSError, ValueError, RecursionError, UsageError):
        return {}


def keep_keys(wanted: Any) -> dict[str, list[str]]:
    """Keep what was chosen. Raises UsageError for what are no keys, DestinationError."""
    found, path = checked(wanted), store()
    path.parent.mkdir(parents=True, exist_ok=True)
    replace_file(path, json.dumps(found, ensure_ascii=False, indent=1).encode())
    return found


def checked(wanted: Any) -> dict[str, list[str]]:
    """Return keys as they are kept: one outside the text, inside it and while cutting; each may be empty."""
    if not isinstance(wanted, dict) or len(wanted) > MOST:
        raise UsageError("keys are told by what they do")
    for name, keys in wanted.items():
        right = isinstance(keys, list) and len(keys) == PLACES and all(isinstance(key, str) for key in keys)
        if not right or max(map(len, (name, *keys))) > LONGEST:
            raise UsageError(f"what does something has {PLACES} keys of at most {LONGEST} characters")
    return wanted
