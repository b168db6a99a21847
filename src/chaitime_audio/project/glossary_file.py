"""Reads ``config/glossary.toml``: how the show's names and terms are written, heard and linked."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ..domain.correction import Term
from ..errors import ConfigError
from .serialization import from_plain
from .settings import read_toml

GLOSSARY_NAME = "glossary.toml"


@dataclass(frozen=True, slots=True)
class Glossary:
    """The file: ``[[terms]]`` tables."""

    terms: tuple[Term, ...] = ()


def read_glossary(config: Path | None) -> tuple[Term, ...]:
    """Return the terms in ``glossary.toml`` of a configuration's folder; none where there is no file.

    Raises ConfigError with file, key and suggestion on anything that is no glossary, and for one
    spelling, or one way of hearing, that stands for two terms.
    """
    path = config / GLOSSARY_NAME if config else None
    if path is None or not path.is_file():
        return ()
    terms = from_plain(Glossary, read_toml(path), str(path)).terms
    seen: dict[str, str] = {}
    for term in terms:
        for text in dict.fromkeys(word.casefold() for word in (term.spelling, *term.heard)):
            if text in seen:
                raise ConfigError(f"{path}: “{text}” stands for “{seen[text]}” and for “{term.spelling}”")
            seen[text] = term.spelling
    return terms
