"""How scripts are written: where blanks stand, what ends a sentence, how wide letters are, which way they go.

Words are joined here and nowhere else. Chinese, Japanese, Thai, Lao, Khmer and Burmese put no
blanks between words; sentence ends are those of Unicode's ``Sentence_Terminal`` that speech is
written with (Unicode Standard Annex 29).
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache

import regex

QUESTION_MARKS = "?？؟⁇⁈⁉፧"
SENTENCE_ENDS = ".!…。．！｡۔।॥။።։។៕‼" + QUESTION_MARKS
CLAUSE_ENDS = ",;:—–、，；：،؛၊፣፤፥"
NARROW_GAP = "\u202f"
"""The blank that never breaks, as French has it before marks and inside quotation marks."""
CLOSING = "\"'”’“)]}»›」』）】〉》｣" + NARROW_GAP
_OPENING = "\"'“‘„([{«‹「『（【〈《｢"
_WIDE_MARKS = "、。，．！？；：「『（）」』｡"
_NEUTRAL = CLOSING + _OPENING + ".,!?;:…—"

_UNSPACED = (
    (0x0E00, 0x0EFF),  # Thai, Lao
    (0x1000, 0x109F),  # Burmese
    (0x1780, 0x17FF),  # Khmer
    (0x2E80, 0x2FDF),  # parts of Han letters
    (0x3001, 0x312F),  # marks, kana, bopomofo
    (0x31A0, 0x4DBF),
    (0x4E00, 0x9FFF),
    (0xA9E0, 0xA9FF),
    (0xAA60, 0xAA7F),
    (0xF900, 0xFAFF),
    (0xFE30, 0xFE4F),
    (0xFF01, 0xFF9F),  # letters as wide as Han, narrow kana
    (0x20000, 0x3FFFF),
)
_STARTS = tuple(first for first, _ in _UNSPACED)
_FULL_STOPS = (
    (0x0900, 0x0DFF, "।", "?"),
    (0x0E00, 0x0EFF, "", ""),
    (0x1000, 0x109F, "။", "။"),
    (0x1200, 0x139F, "።", "፧"),
    (0x1780, 0x17FF, "។", "?"),
    (0x2E80, 0x9FFF, "。", "？"),
    (0x20000, 0x3FFFF, "。", "？"),
    (0x0600, 0x06FF, ".", "؟"),
)
WIDE_LETTERS_A_WORD, LETTERS_A_WORD = 2, 4
"""How many letters make about one word: Han and kana, and the other scripts without blanks."""
_RIGHT_TO_LEFT = frozenset("ar arc ckb dv fa he iw ks ps sd ug ur yi".split())
_SHUT, _ENDS = regex.escape(CLOSING), regex.escape(SENTENCE_ENDS)
_SENTENCE = regex.compile(
    rf"(?<=[{_ENDS}])[{_SHUT}]*[^\S\u202f]+"  # a blank behind it
    rf"|(?<=[。．？！｡])(?![{_ENDS}{_SHUT}])"  # none is needed behind a wide mark
    rf"|(?<=[。．？！｡])[{_SHUT}]+(?![{_ENDS}{_SHUT}\p{{Hiragana}}])"  # 「…。」と goes on
    rf"|(?<=[{_ENDS}])(?=[\p{{Han}}\p{{Hiragana}}\p{{Katakana}}])"
    r"|\n+"
)
_HAS_UNSPACED = regex.compile("[" + "".join(f"{chr(first)}-{chr(last)}" for first, last in _UNSPACED) + "]")
RIGHT_TO_LEFT_MARK = "\u200f"


@lru_cache(maxsize=4096)
def unspaced(char: str) -> bool:
    """Whether a character is of a script that puts no blanks between words, its marks included."""
    code = ord(char)
    at = bisect_right(_STARTS, code) - 1
    return at >= 0 and code <= _UNSPACED[at][1]


def blank_between(before: str, after: str) -> str:
    """What stands between two words: a blank, or nothing where the script puts none.

    Quotation marks and brackets have no script: what stands inside them decides. A number in
    Chinese or Japanese stands without blanks ("2026年").
    """
    if not (before and after):
        return ""
    if before.isascii() and after.isascii():
        return " "
    left, right = _edge(before[::-1]), _edge(after)
    if unspaced(left) and unspaced(right):
        return ""
    number = (_is_wide(left) and right.isdigit()) or (_is_wide(right) and left.isdigit())
    return "" if number or before[-1] in _WIDE_MARKS or after[0] in _WIDE_MARKS else " "


def _is_wide(char: str) -> bool:
    """Whether a character is Han, kana or of their marks."""
    return unicodedata.east_asian_width(char) in "WF" and unspaced(char)


def join_words(texts: Iterable[str]) -> str:
    """Join words as their script does: by blanks, or by nothing."""
    whole = " ".join(filter(None, texts := tuple(texts)))
    if not _HAS_UNSPACED.search(whole):
        return whole
    parts: list[str] = []
    before = ""
    for text in texts:
        if text:
            parts += [blank_between(before, text), text]
            before = text
    return "".join(parts)


def sentences(text: str) -> list[str]:
    """Split running text behind what ends a sentence in any script, closing quotation marks included."""
    found, start = [], 0
    for border in _SENTENCE.finditer(text):
        found.append(text[start : border.end()].strip())
        start = border.end()
    return [item for item in (*found, text[start:].strip()) if item]


def ends_sentence(text: str) -> bool:
    """Whether a text ends as a sentence does; closing marks may stand behind."""
    return text.rstrip(CLOSING).endswith(tuple(SENTENCE_ENDS))


def asks(text: str) -> bool:
    """Whether a text ends in a question mark of any script; closing marks may stand behind."""
    return text.rstrip(CLOSING + " ").endswith(tuple(QUESTION_MARKS))


def full_stop(text: str, *, question: bool = False) -> str:
    """The mark that closes a sentence in the script of its last letter; nothing where there is none."""
    last = ord(_edge(text[::-1]) or " ")
    for first, end, stop, asking in _FULL_STOPS:
        if first <= last <= end:
            return asking if question else stop
    return "?" if question else "."


def word_count(text: str) -> int:
    """How many words a text has; in scripts without blanks, about as many, by its letters."""
    if not _HAS_UNSPACED.search(text):
        return len(text.split()) - text.count(NARROW_GAP)
    count = 0
    for part in text.split():
        letters = [char for char in part if unspaced(char) and char.isalpha()]
        wide = sum(map(_is_wide, letters))
        count += max(1, round(wide / WIDE_LETTERS_A_WORD + (len(letters) - wide) / LETTERS_A_WORD))
    return count


def columns(text: str) -> int:
    """How wide a text is, in Latin letters: Han, kana and Hangul take two, marks above and below none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(char) else 2 if unicodedata.east_asian_width(char) in "WF" else 1
        for char in text
    )


def right_to_left(language: str) -> bool:
    """Whether a language (``ar``, ``fa-IR``) is written from right to left."""
    return language.casefold().replace("_", "-").partition("-")[0] in _RIGHT_TO_LEFT


def has_direction(text: str) -> bool:
    """Whether any letter of a text runs in a direction of its own."""
    return any(unicodedata.bidirectional(char) in ("L", "R", "AL") for char in text)


def runs_leftwards(text: str) -> bool:
    """Whether the first letter of a text that has a direction runs from right to left."""
    if text.isascii():
        return False
    kinds = (kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL"))
    return next(kinds, "L") != "L"


def directed(text: str) -> str:
    """A caption's line that players set the right way round.

    They take the direction from the first letter (HTML's ``dir=auto``), so that an Arabic line
    that opens with a Latin name would run from the left: an invisible mark goes before it.
    """
    if text.isascii():
        return text
    kinds = [kind for kind in map(unicodedata.bidirectional, text) if kind in ("L", "R", "AL")]
    leftwards = sum(kind != "L" for kind in kinds)
    turned = leftwards * 2 > len(kinds) and kinds[0] == "L"
    return RIGHT_TO_LEFT_MARK + text if turned else text


def _edge(text: str) -> str:
    """The first character that has a script; the first one of all when none has."""
    return next((char for char in text if char not in _NEUTRAL), text[:1])
