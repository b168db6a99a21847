"""Words of every day: a file ``_everyday_CODE.py`` per language, or none."""

from __future__ import annotations

from functools import cache

from . import module_of
from .editing import Words


@cache
def everyday_for(code: str) -> Words:
    """Return the words of every day of a language (two-letter code), in small letters."""
    module = module_of(code, "common_words")
    if module is None:
        return frozenset()
    found: Words = module.EVERYDAY
    return found
