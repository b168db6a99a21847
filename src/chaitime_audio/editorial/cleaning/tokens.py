"""Words taken apart into what is said and the punctuation round it, and the one way to change them.

A rule looks at tokens and names its `Change`s; `Draft.apply` makes them, mends the punctuation
round each removal, and notes an `Edit` for each. So no rule can remove a word silently.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

import regex

from ...domain.editing import Edit, Piece, joined
from ...domain.scripts import CLAUSE_ENDS, CLOSING, SENTENCE_ENDS
from ...domain.sound import Span
from ...domain.speech import Word
from .commas import Commas

_PARTS = regex.compile(r"^([^\w$€£#@&+%\[(]*(?:[\[(]+)?)(.*?)([^\w%°+#$€£]*)$", regex.DOTALL)
"""In the regex package, unlike in re, the vowel signs of Indic scripts belong to the word."""
_MARKS = SENTENCE_ENDS.replace("…", "")
_MARKED = re.compile(f"[{re.escape(_MARKS)}]")
_INITIAL = re.compile(r"^[A-ZÄÖÜ]$")
_KNOWN_WORDS = 50_000
SEPARATORS = (",", ";", "—", "…", "-")


@dataclass(frozen=True, slots=True)
class Token:
    """One word: punctuation before, what is said, punctuation behind."""

    lead: str
    core: str
    trail: str
    ids: tuple[int, ...]
    span: Span
    abbreviated: bool = False
    key: str = field(init=False, repr=False, compare=False)
    """What is said, for comparing: small letters, straight apostrophes."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", self.core.casefold().replace("’", "'"))

    @property
    def text(self) -> str:
        """The token as printed."""
        return self.lead + self.core + self.trail

    @property
    def ends_sentence(self) -> bool:
        """Whether a sentence may end behind it."""
        return bool(self.trail) and not self.abbreviated and _MARKED.search(self.trail) is not None

    @property
    def pauses(self) -> bool:
        """Whether any punctuation stands behind it that separates."""
        if not self.trail:
            return False
        return self.ends_sentence or self.trail.rstrip(CLOSING).endswith((*CLAUSE_ENDS, "-", "…"))


@dataclass(frozen=True, slots=True)
class Change:
    """Replace tokens ``start`` to ``stop`` (excluded) by others, or remove them, under a rule's name.

    ``resumed`` says that what follows takes the place of what is removed (a repeat): the
    punctuation before it stays as it is.
    """

    start: int
    stop: int
    rule: str
    by: tuple[Token, ...] = ()
    resumed: bool = False


@dataclass(frozen=True, slots=True)
class TurnDraft:
    """Tokens of one voice, and what was done to them so far; no rule touches the words in ``kept``."""

    label: str
    tokens: tuple[Token, ...]
    edits: tuple[Edit, ...] = ()
    commas: Commas = field(default_factory=Commas)
    kept: frozenset[int] = frozenset()

    def apply(self, changes: Iterable[Change]) -> TurnDraft:
        """Return the draft with changes made; not those that touch a kept word or an earlier one."""
        wanted = _disjoint(changes if not self.kept else filter(self._may, changes))
        if not wanted:
            return self
        out: list[Token] = []
        tokens, done = list(self.tokens), 0
        for group in _groups(wanted):
            start, stop = group[0].start, group[-1].stop
            out.extend(tokens[done:start])
            if group[0].by:
                out.extend(group[0].by)
            else:
                self._remove(out, tokens, start, stop, resumed=group[-1].resumed)
            done = stop
        out.extend(tokens[done:])
        made = tuple(_edit(self.label, change, self.tokens[change.start : change.stop]) for change in wanted)
        return replace(self, tokens=tuple(out), edits=(*self.edits, *made))

    def _may(self, change: Change) -> bool:
        touched = self.tokens[change.start : change.stop]
        return all(self.kept.isdisjoint(token.ids) for token in touched)

    def _remove(self, out: list[Token], tokens: list[Token], start: int, stop: int, *, resumed: bool) -> None:
        """Leave out tokens, and mend the end of ``out`` and the token behind them."""
        following = tokens[stop] if stop < len(tokens) else None
        before = out[-1] if out else None
        mended = self._mend(out, tuple(tokens[start:stop]), following)
        if mended is not None:
            tokens[stop] = mended
        if resumed and before is not None:
            out[-1] = before

    def _mend(self, out: list[Token], old: tuple[Token, ...], following: Token | None) -> Token | None:
        """Mend punctuation round a removal: changes the end of ``out``, returns the following token."""
        left = out[-1] if out else None
        opened = "".join(char for char in old[0].lead if char == '"' and char not in old[-1].trail)
        if left is not None:
            out[-1] = left = replace(left, trail=self._trail(out, old, following))
        if following is None:
            return None
        if opened:
            following = replace(following, lead=opened + following.lead)
        if (left is None or left.ends_sentence) and old[0].core[:1].isupper():
            following = capitalised(following)
        return following

    def _trail(self, out: list[Token], old: tuple[Token, ...], following: Token | None) -> str:
        """What stands behind the last kept token once those behind it went."""
        left, removed = out[-1], old[-1]
        gone = removed.trail.rstrip("\"'")
        closing = '"' if '"' in removed.trail else ""
        if left.ends_sentence:
            return left.trail
        if removed.ends_sentence:
            mark = next(char for char in gone if char in _MARKS)
            return left.trail.rstrip(",;:—- ") + mark + closing
        if following is None:
            return left.trail.rstrip(",;:—- ") + closing
        if gone.endswith((":", ";")):
            return left.trail.rstrip(",;:—- ") + gone[-1] + closing
        both = left.trail.endswith(SEPARATORS) and gone.endswith(SEPARATORS)
        if both and not self.commas.stays(out, old, following):
            return left.trail[:-1] + closing
        return left.trail + closing


def _disjoint(changes: Iterable[Change]) -> list[Change]:
    """Changes in order, without those that overlap an earlier one."""
    out: list[Change] = []
    for change in sorted(changes, key=lambda item: (item.start, -item.stop)):
        if not out or change.start >= out[-1].stop:
            out.append(change)
    return out


def _groups(changes: Iterable[Change]) -> list[list[Change]]:
    """Removals that touch, together: punctuation round them is mended once."""
    out: list[list[Change]] = []
    for change in changes:
        touches = bool(out) and out[-1][-1].stop == change.start
        if touches and not change.by and not out[-1][-1].by:
            out[-1].append(change)
        else:
            out.append([change])
    return out


def parse(words: Iterable[Word], abbreviations: frozenset[str]) -> tuple[Token, ...]:
    """Take words apart; a word that is punctuation only joins the one before it (or the next)."""
    tokens: list[Token] = []
    waiting = ""
    waiting_ids: tuple[int, ...] = ()
    for word in words:
        lead, core, trail = _parts(word.text)
        if not core and tokens:
            last = tokens[-1]
            tokens[-1] = replace(last, trail=last.trail + lead + trail, ids=(*last.ids, word.id))
            continue
        if not core:
            waiting += "" if (lead + trail) in {"—", "-", "–", "…"} else lead + trail
            waiting_ids = (*waiting_ids, word.id)
            continue
        short = trail.startswith(".") and (
            core.casefold() in abbreviations or bool(_INITIAL.match(core)) or "." in core[1:-1]
        )
        tokens.append(Token(waiting + lead, core, trail, (*waiting_ids, word.id), word.span, short))
        waiting, waiting_ids = "", ()
    return tuple(tokens)


@lru_cache(maxsize=_KNOWN_WORDS)
def _parts(text: str) -> tuple[str, str, str]:
    """Take one word apart: punctuation before, what is said, punctuation behind."""
    plain = _typeset(text)
    match = _PARTS.match(plain)
    return (match[1], match[2], match[3]) if match else ("", plain, "")


def pieces_of(tokens: Iterable[Token]) -> tuple[Piece, ...]:
    """Return the printed pieces of tokens."""
    return tuple(Piece(token.text, token.ids, token.span) for token in tokens)


def merged(tokens: tuple[Token, ...], core: str) -> Token:
    """One token in the place of several: their outer punctuation, all their words."""
    first, last = tokens[0], tokens[-1]
    ids = tuple(sorted(number for token in tokens for number in token.ids))
    whole = Span(first.span.start_ms, max(token.span.end_ms for token in tokens))
    return Token(first.lead, core, last.trail, ids, whole)


def capitalised(token: Token) -> Token:
    """The token with a capital, unless its own spelling forbids it (URLs, iPhone, fast.ai)."""
    core = token.core
    if not core[:1].islower() or any(char in core for char in "./@") or any(c.isupper() for c in core[1:]):
        return token
    return replace(token, core=core[0].upper() + core[1:])


def _typeset(text: str) -> str:
    plain = text.replace("“", '"').replace("”", '"').replace("„", '"').replace("–", "—")
    plain = re.sub(r"-{2,}", "—", plain).replace("...", "…").strip("♪♫ ")
    return re.sub(r"(?<=\w)-$", "-", plain)


def _edit(label: str, change: Change, old: tuple[Token, ...]) -> Edit:
    before = joined(token.text for token in old)
    after = joined(token.text for token in change.by)
    ids = tuple(sorted({number for token in old for number in token.ids}))
    return Edit(change.rule, label, before, after, ids)
