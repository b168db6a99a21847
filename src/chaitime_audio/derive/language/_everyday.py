"""Words of every day: a file ``_everyday_CODE.py`` per language, or none."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path

from ._editing import Words


@cache
def everyday_for(code: str) -> Words:
    """Return the words of every day of a language (two-letter code), in small letters."""
    name = f"_everyday_{code.casefold().split('-')[0]}"
    if not code.isascii() or not (Path(__file__).parent / f"{name}.py").is_file():
        return frozenset()
    found: Words = importlib.import_module(f"{__package__}.{name}").EVERYDAY
    return found
