"""What the learned editor sees of a word: the words round it, its clause, and what is begun anew.

`seen` takes a turn apart once; `signs` names what speaks for or against a word (strings, for the linear
part), `measures` counts it (numbers, for the trees). Hesitations are left out before, so that nothing
depends on whether a recogniser writes them. Training and cleaning share this module.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from ..tokens import Token

MARKS = "0,-.?E"
"""Classes of what stands behind a word: nothing, comma, break, stop, question; E is the turn's edge."""
LONGEST_REPEAT, RESTART_BACK, RESTART_WORDS = 4, 5, 6
NONE = "<>"
_CLASSES = {
    word: name
    for name, text in {
        "P": "i you he she it we they",
        "Q": "me him us them",
        "H": "her",
        "B": "am is are was were be been being",
        "A": "do does did have has had can could will would shall should may might must",
        "T": "a an the",
        "M": "my your his its our their this these those some any that",
        "R": "of in on at to for from with by about into through over under between after before as than",
        "C": "and or but so because if when while",
        "W": "which who where what how why",
        "Y": "yeah yes yep no okay ok right well oh wow mm huh hey",
        "J": "just really actually basically literally very kind sort like mean know guess think",
    }.items()
    for word in text.split()
}


@dataclass(frozen=True, slots=True)
class Restart:
    """A word within the last few that is said again: how sure, how long, the mark between, and how alike."""

    score: int
    words: int
    mark: str
    alike: int
    inside: int
    """How many words into it this word stands."""
    exact: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """A turn as the learned editor sees it; all tuples have an entry per word.

    ``to_mark`` and ``from_mark`` count words to the next and from the last punctuation, whose classes are
    ``next_mark`` and ``last_mark``; ``begins`` and ``ends`` count words from and to the sentence's ends.
    """

    keys: tuple[str, ...]
    marks: tuple[str, ...]
    capital: tuple[bool, ...]
    classes: tuple[str, ...]
    to_mark: tuple[int, ...]
    next_mark: tuple[str, ...]
    from_mark: tuple[int, ...]
    last_mark: tuple[str, ...]
    begins: tuple[int, ...]
    ends: tuple[int, ...]
    restarts: tuple[Restart | None, ...]
    repeats: tuple[tuple[str, ...], ...]
    dense: tuple[int, ...]
    """1 where the same word stood less than 40 words before."""
    asked: bool

    def key(self, at: int) -> str:
        """The word at an index; NONE beyond the turn."""
        return self.keys[at] if 0 <= at < len(self.keys) else NONE

    def mark(self, at: int) -> str:
        """The class of the mark behind an index; E beyond the turn."""
        return self.marks[at] if 0 <= at < len(self.marks) else "E"

    def kind(self, at: int) -> str:
        """The class of the word at an index; NONE beyond the turn."""
        return self.classes[at] if 0 <= at < len(self.classes) else NONE


def seen(tokens: Sequence[Token], *, asked: bool) -> Seen:
    """Take a turn apart; ``asked`` says that a question was put before it."""
    keys = tuple(token.key for token in tokens)
    marks = tuple(mark_class(token.trail) for token in tokens)
    to_mark, next_mark = _ahead(marks)
    from_mark, last_mark = _behind(marks)
    begins, ends = _sentences(marks)
    return Seen(
        keys,
        marks,
        tuple(token.core[:1].isupper() for token in tokens),
        tuple(word_class(key) for key in keys),
        to_mark,
        next_mark,
        from_mark,
        last_mark,
        begins,
        ends,
        _restarts(keys, marks),
        _repeats(keys, marks),
        _dense(keys),
        asked,
    )


@lru_cache(maxsize=1000)
def mark_class(trail: str) -> str:
    """The class of what stands behind a word, one of MARKS."""
    if "?" in trail:
        return "?"
    if "." in trail or "!" in trail:
        return "."
    if any(char in trail for char in "—…-"):
        return "-"
    return "," if any(char in trail for char in ",;:") else "0"


def stem(key: str) -> str:
    """A word without what is contracted to it: I for I'm."""
    return key.split("'", maxsplit=1)[0]


@lru_cache(maxsize=50_000)
def word_class(key: str) -> str:
    """What kind of word it is, as far as its letters tell."""
    known = _CLASSES.get(stem(key))
    if known:
        return known + ("'" if "'" in key else "")
    if any(char.isdigit() for char in key):
        return "9"
    return next((name for end, name in (("ly", "l"), ("ing", "g"), ("ed", "d")) if key.endswith(end)), "x")


def _ahead(marks: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    count, found, place = [0] * len(marks), ["E"] * len(marks), len(marks)
    for at in range(len(marks) - 1, -1, -1):
        if marks[at] != "0":
            place = at
        count[at] = place - at
        found[at] = marks[place] if place < len(marks) else "E"
    return tuple(count), tuple(found)


def _behind(marks: Sequence[str]) -> tuple[tuple[int, ...], tuple[str, ...]]:
    count, found, place = [0] * len(marks), ["E"] * len(marks), -1
    for at, mark in enumerate(marks):
        count[at] = at - 1 - place
        found[at] = marks[place] if place >= 0 else "E"
        if mark != "0":
            place = at
    return tuple(count), tuple(found)


def _sentences(marks: Sequence[str]) -> tuple[tuple[int, ...], tuple[int, ...]]:
    begins, ends, first, stop = [0] * len(marks), [0] * len(marks), 0, len(marks)
    for at, mark in enumerate(marks):
        begins[at] = at - first
        if mark in ".?":
            first = at + 1
    for at in range(len(marks) - 1, -1, -1):
        if marks[at] in ".?":
            stop = at + 1
        ends[at] = stop - 1 - at
    return tuple(begins), tuple(ends)


def _restarts(keys: Sequence[str], marks: Sequence[str]) -> tuple[Restart | None, ...]:
    stems = [stem(key) for key in keys]
    best: list[Restart | None] = [None] * len(keys)
    for first, begun in enumerate(stems):
        for again in range(first + 1, min(len(keys), first + RESTART_WORDS + 1)):
            if stems[again] != begun:
                continue
            found = _restart(keys, marks, first, again)
            for at in range(first, min(again, first + RESTART_BACK + 1)):
                known = best[at]
                if known is None or found.score > known.score:
                    best[at] = Restart(
                        found.score, found.words, found.mark, found.alike, at - first, found.exact
                    )
    return tuple(best)


def _restart(keys: Sequence[str], marks: Sequence[str], first: int, again: int) -> Restart:
    alike = 1
    while first + alike < again and again + alike < len(keys) and keys[first + alike] == keys[again + alike]:
        alike += 1
    mark = marks[again - 1]
    score = 2 * alike - (again - first) + {"-": 2, ",": 1}.get(mark, 0)
    score -= 3 if any(one in ".?" for one in marks[first:again]) else 0
    return Restart(score, again - first, mark, alike, 0, keys[first] == keys[again])


def _repeats(keys: Sequence[str], marks: Sequence[str]) -> tuple[tuple[str, ...], ...]:
    out: list[list[str]] = [[] for _ in keys]
    count = len(keys)
    for at, key in enumerate(keys):
        for size in range(1, LONGEST_REPEAT + 1):
            behind = at + size
            if (
                behind + size > count
                or keys[behind] != key
                or keys[at:behind] != keys[behind : behind + size]
            ):
                continue
            out[at] += [f"rep{size}", f"rep{size}{marks[behind - 1]}"]
            for inside in range(1, size):
                out[at + inside].append(f"repin{size}")
            out[behind].append(f"was{size}")
            if size == 1:
                out[at].append(f"rep1c={key}")
    return tuple(tuple(one) for one in out)


def _dense(keys: Sequence[str]) -> tuple[int, ...]:
    last: dict[str, int] = {}
    out = []
    for at, key in enumerate(keys):
        out.append(int(key in last and at - last[key] < 40))
        last[key] = at
    return tuple(out)
