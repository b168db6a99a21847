"""What depends on a language: a folder per language (its code), a module per purpose.

To add one, put a folder ``CODE/`` here with any of ``editing``, ``naming``, ``reading`` and
``common_words``; what it lacks is done without. Each says in its base module here what it holds.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType


def module_of(code: str, purpose: str) -> ModuleType | None:
    """Import what a language (``en``, ``de-AT``) has for a purpose; None where it has no such module."""
    folder = code.casefold().split("-")[0]
    if not folder.isidentifier() or not (Path(__file__).parent / folder / f"{purpose}.py").is_file():
        return None
    return importlib.import_module(f"{__name__}.{folder}.{purpose}")
