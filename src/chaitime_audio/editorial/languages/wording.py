"""Fixed words of what is printed: a table ``CODE/words.toml`` per language, English words to its own.

English needs none: what a table lacks, and a language without one, is printed in English.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent
TABLE = "words.toml"


def wording(code: str) -> Mapping[str, str]:
    """Return the fixed words of a language (``de``, ``de-AT``) by the English ones; empty without a table."""
    return _table(code.casefold().replace("_", "-").partition("-")[0])


def worded(text: str, code: str) -> str:
    """Return a fixed word or sentence in a language; in English where that has none."""
    return wording(code).get(text.replace("’", "'"), text)


def speaks(code: str) -> bool:
    """Whether the fixed words exist in a language."""
    return bool(wording(code)) or code.casefold()[:2] in ("en", "")


def languages() -> tuple[str, ...]:
    """Codes of the languages with a table."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob(f"*/{TABLE}")))


@cache
def _table(code: str) -> Mapping[str, str]:
    path = FOLDER / code / TABLE
    if not code.isalpha() or not path.is_file():
        return {}
    return {key: str(value) for key, value in tomllib.loads(path.read_text(encoding="utf-8")).items()}
