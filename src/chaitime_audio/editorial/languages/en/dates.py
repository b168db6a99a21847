"""English times of day, decades, days of a month and dates in written form, and all other numbers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from .numbers import MONTHS, ORDINALS, TENS, UNITS, read_number

HALVES = frozenset("a.m p.m am pm".split())
CENTURIES = {"seventeen": 17, "eighteen": 18, "nineteen": 19, "twenty": 20}
DECADES = {f"{name[:-1]}ies": value for name, value in TENS.items()}
_PRINTED_MONTHS = (
    "January February March April May June July August September October November December".split()
)
LAST_HOUR, LAST_MINUTE = 12, 59
_FIRST_WORDS = UNITS.keys() | TENS.keys() | ORDINALS.keys() | {"a"}
Read = tuple[int, str] | None


def read_figure(keys: Sequence[str], at: int) -> Read:
    """Read the time, decade, day or number that begins at a word, as `read_number` does."""
    if keys[at].partition("-")[0] not in _FIRST_WORDS:
        return None
    found = (
        _always(keys, at)
        or _clock(keys, at)
        or _decade(keys, at)
        or _day_of(keys, at)
        or read_number(keys, at)
    )
    halved = found is not None and found[0] == at + 1 and _small_ordinal(keys, at)[0] == at + 2
    return None if halved else found


def print_date(day: dt.date) -> str:
    """Write a day out: ``2 November 2026``."""
    return f"{day.day} {_PRINTED_MONTHS[day.month - 1]} {day.year}"


def _at(keys: Sequence[str], at: int) -> str:
    return keys[at] if 0 <= at < len(keys) else ""


def _always(keys: Sequence[str], at: int) -> Read:
    """Read "twenty four seven" and "twenty-four seven": all day, every day."""
    stop = at + (1 if "-" in keys[at] else 2)
    said = "-".join(keys[at:stop]), _at(keys, stop)
    return (
        (stop + 1, "24/7") if said == ("twenty-four", "seven") and _at(keys, stop + 1) not in UNITS else None
    )


def _clock(keys: Sequence[str], at: int) -> Read:
    """Read an hour with or without minutes before a.m. or p.m.: "three thirty p.m.", "nine a.m."."""
    hour = UNITS.get(_at(keys, at), 0)
    if not 0 < hour <= LAST_HOUR or _at(keys, at - 1) in UNITS.keys() | TENS.keys() | {"point"}:
        return None
    stop, minute = _minute(keys, at + 1)
    if _at(keys, stop) not in HALVES:
        return None
    return stop, f"{hour}:{minute:02}" if stop > at + 1 else str(hour)


def _minute(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Read "thirty", "forty-five", "fifteen", "oh five"; the same index when there is none."""
    first, second = _at(keys, at), UNITS.get(_at(keys, at + 1), 0)
    head, _, tail = first.partition("-")
    if first in {"oh", "o"} and 0 < second <= 9:
        return at + 2, second
    if head in TENS and TENS[head] < LAST_MINUTE:
        if 0 < second <= 9 and not tail:
            return at + 2, TENS[head] + second
        return at + 1, TENS[head] + UNITS.get(tail, 0)
    teen = UNITS.get(first, 0)
    return (at + 1, teen) if teen >= 10 else (at, 0)


def _decade(keys: Sequence[str], at: int) -> Read:
    """Read "nineteen eighties"."""
    first, _, second = _at(keys, at).partition("-")
    size = 1 if second else 2
    decade = DECADES.get(second or _at(keys, at + 1), 0)
    if first not in CENTURIES or not decade:
        return None
    return at + size, f"{CENTURIES[first]}{decade}s"


def _small_ordinal(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Read "twenty first" or "twenty-first": the index behind it and its value."""
    head, _, tail = _at(keys, at).partition("-")
    unit = ORDINALS.get(tail or _at(keys, at + 1), 10)
    if head not in TENS or unit > 9:
        return at, 0
    return at + (1 if tail else 2), TENS[head] + unit


def _day_of(keys: Sequence[str], at: int) -> Read:
    """Read the day in "the twenty first of March"."""
    stop, value = _small_ordinal(keys, at)
    if stop == at or _at(keys, stop) != "of" or _at(keys, stop + 1) not in MONTHS:
        return None
    ending = {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return stop, f"{value}{ending}"
