"""German number words in written form: one word each ("dreiundzwanzig"), from thirteen on."""

from __future__ import annotations

import re
from collections.abc import Sequence

UNITS = {
    name: value
    for value, name in enumerate(
        "null ein zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
        "sechzehn "
        "siebzehn achtzehn neunzehn".split()
    )
}
TENS = {
    name: value * 10
    for value, name in enumerate(
        "zwanzig dreissig vierzig fünfzig sechzig siebzig achtzig neunzig".split(), start=2
    )
}
LAST_WORD = 12
_UNIT = "|".join(sorted((name for name in UNITS if name != "null"), key=len, reverse=True))
_TEN = "|".join(TENS)
_BELOW_100 = rf"(?:(?:(?P<u>{_UNIT})und)?(?P<t>{_TEN})|(?P<s>eins|{_UNIT}))"
_HUNDREDS = re.compile(rf"^(?:(?P<h>{_UNIT})?(?P<hundert>hundert)(?:und)?)?{_BELOW_100}?$")


def read_number(keys: Sequence[str], at: int) -> tuple[int, str] | None:
    """Read the number word at an index: the index behind it and its written form, or None."""
    value = small_value(keys[at])
    if value is None or value <= LAST_WORD or keys[at] in {"hundert", "tausend"}:
        return None
    if at + 1 < len(keys) and keys[at + 1] == "komma":
        digits, stop = "", at + 2
        while (
            stop < len(keys)
            and UNITS.get(keys[stop].removesuffix("s") if keys[stop] == "eins" else keys[stop], 10) <= 9
        ):
            digits += str(UNITS[keys[stop].removesuffix("s") if keys[stop] == "eins" else keys[stop]])
            stop += 1
        if digits:
            return stop, f"{value},{digits}"
    return at + 1, _digits(value)


def small_value(key: str) -> int | None:
    """The value of a German number word, or of digits; None for any other word."""
    key = key.replace("ß", "ss")
    if key.replace(".", "").isdigit():
        return int(key.replace(".", ""))
    head, found, tail = key.partition("tausend")
    if not found:
        return _below_1000(key)
    thousands = 1 if not head else _below_1000(head)
    rest = 0 if not tail else _below_1000(tail.removeprefix("und"))
    return None if thousands is None or rest is None else thousands * 1_000 + rest


def _below_1000(key: str) -> int | None:
    match = _HUNDREDS.match(key)
    if not match or not key:
        return None
    group = match.groupdict()
    value = 100 * (UNITS[group["h"]] if group["h"] else 1) if group["hundert"] else 0
    if group["t"]:
        return value + TENS[group["t"]] + (UNITS[group["u"]] if group["u"] else 0)
    single = (group["s"] or "").removesuffix("s") if group["s"] == "eins" else group["s"]
    return value + (UNITS[single] if single else 0)


def _digits(value: int) -> str:
    """1.200 as printed in German; a year of four digits stands without a point."""
    return str(value) if value < 10_000 else f"{value:,}".replace(",", ".")
