"""Of which values a setting runs code or contacts the network: see trust.py."""

from __future__ import annotations

import re
from typing import Any


def anything(value: Any) -> bool:
    """Whether it is set at all."""
    return bool(value)


def no_plain_name(value: Any) -> bool:
    """Whether it may name a file: checkpoints are pickles, which can run code when they are read."""
    return not re.fullmatch(r"\w[\w.-]*", str(value)) or str(value).lower().endswith(".pt")


def not_our_own(value: Any) -> bool:
    """Whether it is no diarization model that comes with the program."""
    return bool(value not in ("default", "slots"))


def talks(value: Any) -> bool:
    """Whether it asks a language model."""
    return bool(value != "extractive")
