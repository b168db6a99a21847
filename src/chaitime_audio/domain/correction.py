"""What a person knows better than the recogniser: terms of the show, corrections, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .sound import SourceMs

TermKind = Literal["", "person", "project", "company", "paper", "book", "place", "event", "term"]
CorrectionKind = Literal["replace", "border", "merge", "drop", "break"]


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of the glossary: how it is written, what it is heard as, and where it is explained.

    ``link`` is an address, or empty; the first mention in the post may be linked to it.
    """

    spelling: str
    heard: tuple[str, ...] = ()
    link: str = ""
    kind: TermKind = ""
    note: str = ""

    def __post_init__(self) -> None:
        if not any(char.isalnum() for char in self.spelling):
            raise ValueError("a term needs a spelling of at least one letter")
        if self.link and not self.link.startswith(("http://", "https://")):
            raise ValueError(f"link “{self.link}” should begin with https://")


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing a person put right in an episode; exactly one of its kinds.

    ``find``/``replace`` changes words, everywhere or (``at``) at one place; ``border``/``to`` moves
    the change of speaker nearest to a time; ``merge`` says that the voices heard at these times are
    one; ``drop`` leaves a passage out of the post, from the first to the last of two times or
    quotes, or one quote; ``break_at`` begins a paragraph. ``id`` and ``author`` are for programs.
    """

    find: str = ""
    replace: str | None = None
    at: SourceMs | None = None
    border: SourceMs | None = None
    to: SourceMs | None = None
    merge: tuple[SourceMs, ...] = ()
    drop: tuple[str, ...] = ()
    break_at: SourceMs | None = None
    id: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        given = [name for name in ("find", "border", "merge", "drop", "break_at") if self._has(name)]
        if len(given) != 1:
            wrote = " and ".join(given) or "none of them"
            raise ValueError(f"a correction is one of find, border, merge, drop, break_at; this has {wrote}")
        partners = {"find": ("replace",), "border": ("to",)}.get(given[0], ())
        for name in partners:
            if not self._has(name):
                raise ValueError(f"“{given[0]}” needs “{name}” beside it")
        allowed = {*partners, *(("at",) if given[0] == "find" else ())}
        for name in ("replace", "at", "to"):
            if self._has(name) and name not in allowed:
                raise ValueError(f"“{name}” means nothing beside “{given[0]}”")
        if self.merge and len(self.merge) < 2:
            raise ValueError('merge needs a time of each voice: ["00:12", "03:40"]')
        if len(self.drop) > 2:
            raise ValueError('drop takes one quote, or from and to: ["12:10", "12:40"]')

    def _has(self, name: str) -> bool:
        return getattr(self, name) not in (None, ()) and (name == "replace" or getattr(self, name) != "")

    @property
    def kind(self) -> CorrectionKind:
        """What it does."""
        if self.find:
            return "replace"
        if self.border is not None:
            return "border"
        return "merge" if self.merge else "drop" if self.drop else "break"


@dataclass(frozen=True, slots=True)
class Replacement:
    """Recognised words that were replaced, and why: for the console and for showing edits.

    ``rule`` names the reason; ``word_ids`` are the ids that the words had and (as far as they are
    still there) have; ``at_ms`` is when they were said.
    """

    rule: str
    before: str
    after: str
    word_ids: tuple[int, ...]
    at_ms: SourceMs
