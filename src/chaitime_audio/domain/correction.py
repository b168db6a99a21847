"""What a person knows better than the recogniser: terms of the show, corrections, and what came of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .sound import SourceMs

TermKind = Literal["", "person", "project", "company", "paper", "book", "place", "event", "term"]
Through = Literal["turn", "change"]
CorrectionKind = Literal[
    "replace", "spelling", "border", "merge", "give", "split", "break", "join", "drop", "keep", "cut"
]
KINDS: dict[str, tuple[CorrectionKind, tuple[str, ...], tuple[str, ...]]] = {
    "find": ("replace", ("replace",), ("at",)),
    "spelling": ("spelling", ("heard",), ()),
    "border": ("border", ("to",), ("said",)),
    "merge": ("merge", (), ()),
    "give": ("give", ("speaker",), ("through", "until", "said")),
    "split_at": ("split", (), ("speaker", "said")),
    "break_at": ("break", (), ("said",)),
    "join_at": ("join", (), ("said",)),
    "drop": ("drop", (), ("said",)),
    "keep": ("keep", (), ("said",)),
    "cut": ("cut", (), ("said",)),
}
"""By the key that names it: the kind, the keys it needs beside, and those it may have."""
PARTNERS = ("replace", "at", "heard", "to", "speaker", "through", "until", "said")


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
    """One thing a person put right in an episode; exactly one of its kinds (`KINDS`).

    ``find``/``replace`` changes words, everywhere or (``at``) at one place; ``spelling`` writes whatever is
    ``heard`` so everywhere; ``border``/``to`` moves the change of speaker nearest to a time; ``merge`` says
    that the voices heard at these times are one; ``give`` makes the turn at a time (``through`` its end, or
    the next change of speaker; ``until`` a time inside it) that of ``speaker``, a name or a time at which
    that person speaks;
    ``split_at`` begins a paragraph at the word nearest, with ``speaker`` theirs to the end of the turn;
    ``break_at`` begins one at the sentence nearest, ``join_at`` joins the one that begins there to the one
    before; ``drop`` leaves a passage out of the post, ``keep`` leaves it as it was said, both from the first
    to the last of two times or quotes, or one quote; ``cut`` takes what is said between two times out of the
    sound. ``said`` are the words that one by times was made for (`matching`): said otherwise, it is not made.
    ``id`` and ``author`` are for programs; one without an id is the person's own.
    """

    find: str = ""
    replace: str | None = None
    at: SourceMs | None = None
    spelling: str = ""
    heard: tuple[str, ...] = ()
    border: SourceMs | None = None
    to: SourceMs | None = None
    merge: tuple[SourceMs, ...] = ()
    give: SourceMs | None = None
    speaker: str = ""
    through: Through | None = None
    until: SourceMs | None = None
    split_at: SourceMs | None = None
    break_at: SourceMs | None = None
    join_at: SourceMs | None = None
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    cut: tuple[SourceMs, ...] = ()
    said: str = ""
    id: str = ""
    author: str = ""

    def __post_init__(self) -> None:
        given = [name for name in KINDS if self._has(name)]
        if len(given) != 1:
            wrote = " and ".join(given) or "none of them"
            raise ValueError(f"a correction is one of {', '.join(KINDS)}; this has {wrote}")
        _, needed, more = KINDS[given[0]]
        for name in needed:
            if not self._has(name):
                raise ValueError(f"“{given[0]}” needs “{name}” beside it")
        for name in PARTNERS:
            if self._has(name) and name not in (*needed, *more):
                raise ValueError(f"“{name}” means nothing beside “{given[0]}”")
        self._check_lengths()

    def _check_lengths(self) -> None:
        if self.merge and len(self.merge) < 2:
            raise ValueError('merge needs a time of each voice: ["00:12", "03:40"]')
        for name, passage in (("drop", self.drop), ("keep", self.keep)):
            if len(passage) > 2:
                raise ValueError(f'{name} takes one quote, or from and to: ["12:10", "12:40"]')
        if self.until is not None and (self.through is not None or self.until <= (self.give or 0)):
            raise ValueError("until is a time after give, and stands in the place of through")
        if self.cut and (len(self.cut) != 2 or self.cut[0] >= self.cut[1]):
            raise ValueError('cut takes from and to, the earlier one first: ["12:10", "12:40"]')

    def _has(self, name: str) -> bool:
        return getattr(self, name) not in (None, ()) and (name == "replace" or getattr(self, name) != "")

    @property
    def by_times(self) -> bool:
        """Whether it is of a place or a passage that times name, and may carry the words said there."""
        return self.kind in ("border", "give", "split", "break", "join", "drop", "keep", "cut")

    @property
    def kind(self) -> CorrectionKind:
        """What it does."""
        return next(kind for name, (kind, _, _) in KINDS.items() if self._has(name))


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
