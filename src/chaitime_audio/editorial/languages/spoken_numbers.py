"""Number words of a language in written form, read by what num2words makes of each number.

As in print one to twelve and a round hundred or thousand stay words; what takes more becomes figures.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache

LAST_WORD, LONGEST_NUMBER = 12, 9
FIRST_LONG_FIGURE = 10_000
_HUNDREDS = range(11, 20)
_ONES = ("une", "una", "uma")
_KNOWN_WORDS = 20_000


@dataclass(frozen=True)
class SpokenNumbers:
    """The number words of a language.

    ``codes`` are those of num2words, of whose words all are known; ``thousands`` are words for 1,000 behind
    another number; ``joint`` stands between a thousand and the rest; ``group`` between figures of
    10,000 and more.
    """

    codes: tuple[str, ...]
    thousands: tuple[str, ...]
    joint: str = ""
    group: str = "."

    def read(self, keys: Sequence[str], at: int) -> tuple[int, str] | None:
        """Read the number that begins at a word: the index behind it and its figures, or None.

        ``keys`` are small letters; an empty key stands for a border no number crosses.
        """
        if not self._begins(keys[at]) or (at and self._begins(keys[at - 1])):
            return None
        said, found = "", (at, 0)
        for stop in range(at + 1, min(at + LONGEST_NUMBER, len(keys)) + 1):
            if not keys[stop - 1]:
                break
            said += _flat(keys[stop - 1])
            value = self._value(said)
            found = (stop, value) if value is not None else found
        stop, value = found
        round_word = stop == at + 1 and value in (100, 1_000)
        runs_on = stop < len(keys) and self._begins(keys[stop])
        if value <= LAST_WORD or round_word or runs_on or keys[at].isdigit():
            return None
        return stop, self._figures(value)

    def small_value(self, key: str) -> int | None:
        """The value of a single number word, or of figures; None for any other word."""
        bare = re.sub(r"[.\s]", "", key)
        return int(bare) if bare.isdecimal() else self._value(_flat(key))

    def _figures(self, value: int) -> str:
        return str(value) if value < FIRST_LONG_FIGURE else f"{value:,}".replace(",", self.group)

    def _begins(self, key: str) -> bool:
        """Whether a number may begin with a word."""
        return bool(key) and (_flat(key) in self._firsts or self._value(_flat(key)) is not None)

    def _value(self, said: str) -> int | None:
        """The value of a number said, its words run together; None for what is none."""
        found = self._below_thousand(said)
        for word in self.thousands if found is None else ():
            head, thousand, tail = said.partition(word)
            many = self._below_thousand(head) if head else 1
            rest = self._below_thousand(tail.removeprefix(self.joint)) if tail else 0
            rest = self._below_thousand(tail) if rest is None else rest
            if thousand and many and rest is not None:
                return many * 1_000 + rest
        return found

    def _below_thousand(self, said: str) -> int | None:
        forms = [said, said + "o", said + "s", said.replace("cientas", "cientos").replace("entas", "entos")]
        forms += [said[:-1], said[:-1] + "o"] if said.endswith(_ONES) else []
        return next((self._words[form] for form in forms if form in self._words), None)

    @cached_property
    def _words(self) -> dict[str, int]:
        """Values by their words, run together: up to 999, and years in hundreds."""
        spoken = {_flat(text): value for value, text in self._spoken}
        hundred = next(text for text, value in spoken.items() if value == 100)
        names = {value: text for text, value in reversed(spoken.items())}
        years = {
            names[head] + hundred + (names[rest] if rest else ""): head * 100 + rest
            for head in _HUNDREDS
            for rest in range(100)
        }
        return years | spoken

    @cached_property
    def _firsts(self) -> frozenset[str]:
        return frozenset(_flat(re.split(r"[\s-]", text)[0]) for _, text in self._spoken) | {*self.thousands}

    @cached_property
    def _spoken(self) -> tuple[tuple[int, str], ...]:
        return tuple(pair for code in self.codes for pair in _said_in(code))


@cache
def _said_in(code: str) -> tuple[tuple[int, str], ...]:
    from num2words import num2words

    return tuple((value, str(num2words(value, lang=code))) for value in range(1_000))


@lru_cache(maxsize=_KNOWN_WORDS)
def _flat(word: str) -> str:
    """The letters of a word, without accents."""
    return "".join(char for char in unicodedata.normalize("NFKD", word.casefold()) if char.isalpha())
