"""Whether what was heard may be a misheard name: spelling and sound, and what speaks against it."""

from __future__ import annotations

import re
from functools import lru_cache

SAME_WORD, SAME_LONG = 70, 84
SAME_SOUND, LIKE_SOUND = 72, 80
SAME_SPELLING, LONG_WORD = 88, 8
FEWEST_SOUNDS, LONG_LETTERS = 3, 12
_VOWELS = re.compile(r"[aeiouy]+")
_INITIALS = {"c": "k", "q": "k", "z": "s", "p": "p", **dict.fromkeys("aeiouy", "a")}


@lru_cache(maxsize=20_000)
def sound_of(letters: str) -> str:
    """The metaphone of some letters without blanks; a vowel it begins with is any vowel."""
    from jellyfish import metaphone

    code = str(metaphone(letters)).replace(" ", "")
    return f"A{code[1:]}" if code[:1] in "AEIOU" and letters[:1] in "aeiouy" else code


def syllables(letters: str) -> int:
    """About how many syllables there are: groups of vowels, a silent "e" at the end left out."""
    groups = len(_VOWELS.findall(letters))
    silent = len(letters) > 2 and letters.endswith("e") and letters[-2] not in "aeiouyl"
    return max(1, groups - silent)


def ratio(one: str, other: str) -> float:
    """How alike two spellings are, 0 to 100."""
    from rapidfuzz import fuzz

    return float(fuzz.ratio(one, other))


def word_alike(heard: str, name: str, *, phonetic: bool) -> str:
    """Return how one word may be a misheard name of two syllables or more: looks, sounds or nothing.

    It begins alike, and has the very same sound and number of syllables; without phonetics for
    the language, it is long and all but spelt the same.
    """
    if syllables(name) < 2 or initial(heard) != initial(name):
        return ""
    alike = ratio(heard, name)
    if not phonetic:
        return "looks like" if alike >= SAME_SPELLING and len(name) >= LONG_WORD else ""
    sound = sound_of(name)
    same = sound == sound_of(heard) and syllables(heard) == syllables(name)
    return "sounds like" if same and len(sound) >= FEWEST_SOUNDS and alike >= SAME_SOUND else ""


def part_alike(heard: str, name: str, *, phonetic: bool) -> bool:
    """Whether one word of a longer name may be heard as another: it begins, looks and sounds alike."""
    if heard == name:
        return True
    if initial(heard) != initial(name) or ratio(heard, name) < SAME_WORD:
        return False
    return not phonetic or ratio(sound_of(heard), sound_of(name)) >= LIKE_SOUND


def long_alike(heard: str, name: str, *, phonetic: bool) -> bool:
    """Whether a long term, its blanks left out, looks and sounds all but the same."""
    if len(name) < LONG_LETTERS or initial(heard) != initial(name):
        return False
    alike, floor = ratio(heard, name), SAME_LONG if not phonetic else SAME_LONG - 4
    return alike >= floor and (not phonetic or ratio(sound_of(heard), sound_of(name)) >= LIKE_SOUND + 8)


def ends_alike(heard: tuple[str, ...], name: tuple[str, ...]) -> bool:
    """Whether two runs of words begin and end with the same sounds: no word too many is among them."""
    first, last = (sound_of(heard[0]), sound_of(name[0])), (sound_of(heard[-1]), sound_of(name[-1]))
    head, tail = min(2, *map(len, first)), min(2, *map(len, last))
    return head * tail > 0 and first[0][:head] == first[1][:head] and last[0][-tail:] == last[1][-tail:]


def initial(letters: str) -> str:
    """The first sound: vowels alike, "c" and "k" alike, "ph" as "f"."""
    if letters.startswith("ph"):
        return "f"
    return _INITIALS.get(letters[:1], letters[:1])
