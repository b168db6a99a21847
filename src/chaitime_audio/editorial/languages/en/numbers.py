"""English number words in written form.

One to twelve, a round "a hundred" or "a thousand" and words that only look like numbers ("the one")
stay words, as in most houses' style; what takes several words, teens and tens become digits.
"""

from __future__ import annotations

from collections.abc import Sequence

UNITS = {
    name: value
    for value, name in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
        "sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = {
    name: value * 10
    for value, name in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
SCALES = {"thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 1_000_000_000_000}
LAST_WORD = 12
ORDINALS = {
    name: value
    for value, name in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth "
        "fifteenth sixteenth seventeenth eighteenth nineteenth twentieth".split(),
        start=1,
    )
} | {"thirtieth": 30}
MONTHS = frozenset(
    "january february march april may june july august september october november december".split()
)
BEFORE_YEARS = frozenset("in since until before after by from of during around early late".split())
FIRST_YEAR_HEAD, LAST_YEAR_HEAD = 15, 20


def read_number(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read the number that begins at a word: the index behind it and its written form, or None.

    ``keys`` are small letters; an empty key stands for a border no number crosses.
    """
    special = _day(keys, at) or _year(keys, at) or _whole_percent(keys, at)
    if special:
        return special
    stop, value = _cardinal(keys, at)
    if stop == at:
        return None
    decimals, after = _decimals(keys, stop)
    if after > stop:
        return _scaled(keys, after, f"{value}.{decimals}")
    if stop == at + 1 and (value <= LAST_WORD or keys[at] in SCALES):
        return None
    if _runs_on(keys, at, stop):
        return None
    return stop, str(value) if _is_late_year(keys, at, value) else _digits(value)


def small_value(key: str) -> int | None:
    """The value of a single number word or of digits; None for any other word."""
    if key.replace(",", "").isdigit():
        return int(key.replace(",", ""))
    return UNITS.get(key, TENS.get(key))


def _two_digits(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Read 1-99 at a word; returns (index behind, value), the same index when there is none."""
    key = keys[at] if at < len(keys) else ""
    if "-" in key and key.split("-")[0] in TENS and UNITS.get(key.split("-")[1], 10) in range(1, 10):
        return at + 1, TENS[key.split("-")[0]] + UNITS[key.split("-")[1]]
    if key in TENS:
        unit = UNITS.get(keys[at + 1], 0) if at + 1 < len(keys) else 0
        return (at + 2, TENS[key] + unit) if 0 < unit <= 9 else (at + 1, TENS[key])
    return (at + 1, UNITS[key]) if key in UNITS else (at, 0)


def _hundreds(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Read 1-999 at a word, "a hundred and five" included."""
    key = keys[at] if at < len(keys) else ""
    following = keys[at + 1] if at + 1 < len(keys) else ""
    if key == "a" and following == "hundred":
        stop, value = at + 1, 1
    else:
        stop, value = _two_digits(keys, at)
        if stop == at:
            return at, 0
    if stop >= len(keys) or keys[stop] != "hundred" or not 0 < value < 100:
        return (stop, value) if key != "a" else (at, 0)
    stop, value = stop + 1, value * 100
    joint = stop + 1 if stop < len(keys) and keys[stop] == "and" else stop
    behind, rest = _two_digits(keys, joint)
    if behind > joint:
        return behind, value + rest
    return (stop, value) if key != "a" else (at, 0)


def _cardinal(keys: Sequence[str], at: int) -> tuple[int, int]:
    """Read a whole number with its thousands and millions."""
    total, stop, below = 0, at, 10**15
    while stop < len(keys):
        start = stop
        if total and keys[stop] == "and":
            start += 1
        behind, value = _hundreds(keys, start)
        if behind == start:
            break
        scale = SCALES.get(keys[behind], 1) if behind < len(keys) else 1
        if scale >= below or (total and below == 1):
            break
        if scale >= 1_000_000 and not total and behind == start + 1 and value > 0:
            return behind + 1, value * scale
        total, below = total + value * scale, scale
        stop = behind + (scale > 1)
        if scale == 1:
            break
    return stop, total


def _decimals(keys: Sequence[str], at: int) -> tuple[str, int]:
    """Read "point five" behind a number: the digits and the index behind them."""
    if at + 1 >= len(keys) or keys[at] != "point":
        return "", at
    digits, stop = "", at + 1
    while stop < len(keys) and UNITS.get(keys[stop], 10) <= 9:
        digits += str(UNITS[keys[stop]])
        stop += 1
    if not digits:
        behind, value = _two_digits(keys, at + 1)
        return (str(value), behind) if behind > at + 1 else ("", at)
    return digits, stop


def _scaled(keys: Sequence[str], at: int, text: str) -> tuple[int, str]:
    """A decimal number keeps its "million" as a word."""
    if at < len(keys) and keys[at] in SCALES:
        return at + 1, f"{text} {keys[at]}"
    return at, text


def _year(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read a year said in two halves: "nineteen eighty-four", "twenty nineteen", "nineteen oh five"."""
    key = keys[at] if at < len(keys) else ""
    head = UNITS.get(key, TENS.get(key, 0))
    if not FIRST_YEAR_HEAD <= head <= LAST_YEAR_HEAD or at + 1 >= len(keys):
        return None
    if keys[at + 1] in {"oh", "o"} and at + 2 < len(keys) and 0 < UNITS.get(keys[at + 2], 0) <= 9:
        return at + 3, f"{head}0{UNITS[keys[at + 2]]}"
    behind, tail = _two_digits(keys, at + 1)
    scale = keys[behind] if behind < len(keys) else ""
    if behind == at + 1 or tail < 10 or scale in SCALES or scale == "hundred":
        return None
    return behind, f"{head}{tail}"


def _day(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read the day behind a month: "May third", "May twenty-third"."""
    before = next((key for key in reversed(keys[:at]) if key), "") if at and keys[at - 1] else ""
    if before not in MONTHS:
        return None
    head, _, tail = keys[at].partition("-")
    if head in TENS and ORDINALS.get(tail, 10) < 10:
        return at + 1, str(TENS[head] + ORDINALS[tail])
    if head in TENS and at + 1 < len(keys) and ORDINALS.get(keys[at + 1], 10) < 10:
        return at + 2, str(TENS[head] + ORDINALS[keys[at + 1]])
    return (at + 1, str(ORDINALS[keys[at]])) if keys[at] in ORDINALS else None


def _whole_percent(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read "a hundred percent"."""
    whole = list(keys[at : at + 2]) == ["a", "hundred"] and list(keys[at + 2 : at + 3]) in (
        ["percent"],
        ["per"],
    )
    return (at + 2, "100") if whole else None


def _is_late_year(keys: Sequence[str], at: int, value: int) -> bool:
    """Whether "two thousand (and) eight" is a year: behind a word like in or since, or behind a day."""
    if not 2000 <= value < 2030 or keys[at] != "two" or not at:
        return False
    behind_day = at > 2 and keys[at - 1] == "" and keys[at - 2] in ORDINALS and keys[at - 3] in MONTHS
    return behind_day or keys[at - 1] == "year" or (value > 2000 and keys[at - 1] in BEFORE_YEARS)


def _runs_on(keys: Sequence[str], at: int, stop: int) -> bool:
    """Whether number words stand directly around ("fifty fifty"): better left alone."""
    before = keys[at - 1] if at else ""
    after = keys[stop] if stop < len(keys) else ""
    return any(key in UNITS or key in TENS or key in SCALES or key == "hundred" for key in (before, after))


def _digits(value: int) -> str:
    """1,200 and 40 million: digits as printed."""
    for name, scale in (("trillion", 10**12), ("billion", 10**9), ("million", 10**6)):
        if value >= scale and value % scale == 0:
            return f"{value // scale} {name}"
    return f"{value:,}"
