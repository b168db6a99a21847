"""Reads and adds to ``config/glossary.toml``: how the show's names are written, heard and linked."""

from __future__ import annotations

import tomllib
from codecs import BOM_UTF8
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..domain.correction import Correction, Term
from ..errors import ConfigError, LockedError
from . import locks
from .files import replace_file
from .serialization import from_plain, nearest
from .settings import read_toml
from .toml_edit import append_table, set_field

GLOSSARY_NAME, TERMS = "glossary.toml", "terms"


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
    return _terms(read_toml(path), path)


def _terms(plain: object, path: Path) -> tuple[Term, ...]:
    terms = from_plain(Glossary, plain, str(path)).terms
    seen: dict[str, str] = {}
    for term in terms:
        for text in dict.fromkeys(word.casefold() for word in (term.spelling, *term.heard)):
            if text in seen:
                raise ConfigError(f"{path}: “{text}” stands for “{seen[text]}” and for “{term.spelling}”")
            seen[text] = term.spelling
    return terms


def add_term(config: Path, term: Term, instead_of: str = "") -> Term | None:
    """Put a term into the glossary; every other character of the file stays. Returns what was there before.

    What the term says is added to an entry of its spelling; an entry of the spelling ``instead_of`` gets this
    one, and its old spelling is heard as it from then on. Raises ConfigError, and writes nothing, when the
    file is no glossary or would be none, LockedError when somebody else writes it, or wrote it meanwhile.
    """
    path = config / GLOSSARY_NAME
    before = path.read_bytes() if path.is_file() else b""
    terms = read_glossary(config)
    names = [one.spelling.casefold() for one in terms]
    wanted = (instead_of or term.spelling).casefold()
    if instead_of and wanted not in names:
        raise ConfigError(f"{path}: there is no “{instead_of}”{nearest(instead_of, names)}")
    at = names.index(wanted) if wanted in names else None
    mark = BOM_UTF8 if before.startswith(BOM_UTF8) else b""
    text = before[len(mark) :].decode()
    text = _appended(text, term) if at is None else _amended(text, at, terms[at], term)
    _terms(tomllib.loads(text), path)
    try:
        data = mark + text.encode()
    except UnicodeEncodeError as cause:  # half a character, typed on a broken terminal
        raise ConfigError(
            f"{path}: {cause.object[cause.start]!a} is no character; write it in UTF-8"
        ) from cause
    with locks.file_lock(config):
        if (path.read_bytes() if path.is_file() else b"") != before:
            raise LockedError(f"{path}: somebody changed it meanwhile; run this again")
        replace_file(path, data)
    return None if at is None else terms[at]


def _appended(text: str, term: Term) -> str:
    told = {
        "spelling": term.spelling,
        "heard": term.heard,
        "link": term.link,
        "kind": term.kind,
        "note": term.note,
    }
    return append_table(text, TERMS, {name: value for name, value in told.items() if value})


def _amended(text: str, at: int, old: Term, term: Term) -> str:
    heard = [*old.heard, *((old.spelling,) if old.spelling != term.spelling else ()), *term.heard]
    known = {term.spelling.casefold(): ""}
    fresh = tuple(known.setdefault(one.casefold(), one) for one in heard if one.casefold() not in known)
    told = {"spelling": (old.spelling, term.spelling), "heard": (old.heard, fresh)}
    told |= {"link": (old.link, term.link), "kind": (old.kind, term.kind), "note": (old.note, term.note)}
    for name, (was, now) in told.items():
        if now and now != was:
            text = set_field(text, TERMS, at, name, now)
    return text


def learn(config: Path | None, corrections: Iterable[Correction]) -> tuple[str, ...]:
    """Write the spellings among corrections into the glossary, for other episodes; returns what was done.

    ``config`` is the configuration's folder; without one there is no glossary to write. Raises as `add_term`.
    """
    found = []
    for item in corrections:
        if item.kind != "spelling":
            continue
        if config is None:
            found.append("there is no configuration, so no glossary can learn it; start one: chaitime init")
        else:
            add_term(config, Term(item.spelling, item.heard))
            found.append(f"the glossary knows “{item.spelling}” now")
    return tuple(found)
