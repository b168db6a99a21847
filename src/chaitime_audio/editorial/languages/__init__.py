"""What depends on a language: a folder per language (its code), a module per purpose.

To add one, put a folder ``CODE/`` here with any of

==================  ==============================================================================
``editing.py``      ``EDITING = Editing(…)``: what cleaning, typography and the glossary look for
``naming.py``       ``NAMING = Naming(…)``: how people make themselves known
``reading.py``      ``READING = Reading(…)``: questions, topics, words without weight
``standing.py``     ``STANDING = Standing(…)``: whether a sentence stands alone
``framing.py``      ``FRAMING = Framing(…)``: how sponsors' messages begin and go on
``editor.json.gz``  what was learned from human editors of the language, with its licence beside it
``words.toml``      fixed words of what is printed, by the English ones (see `wording`)
==================  ==============================================================================

The modules of the same names here say what each field is for. What a language lacks
is done without: steps that need no language still run. Nothing outside such a folder names a language.
"""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import Any, TypeVar

LANGUAGES = Path(__file__).parent
Part = TypeVar("Part")


def part_of(code: str, purpose: str, neutral: Part) -> Part:
    """Return what a language (``en``, ``de-AT``) has for a purpose; ``neutral`` where it has nothing."""
    folder = code.casefold().split("-")[0]
    if not folder.isidentifier() or not (LANGUAGES / folder / f"{purpose}.py").is_file():
        return neutral
    module: Any = importlib.import_module(f"{__name__}.{folder}.{purpose}")
    found: Part = getattr(module, purpose.upper())
    return found
