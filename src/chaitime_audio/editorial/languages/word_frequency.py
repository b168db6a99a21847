"""How common a word is in a language, by the lists of the package wordfreq (data: CC BY-SA 4.0).

On Zipf's scale 3.0 is once in a million words, 2.0 once in ten million, and 1.0 where the lists end.
"""

from __future__ import annotations

import re
from functools import cache

from .editing import Words

EVERYDAY_ZIPF, LISTED_ZIPF = 2.0, 1.0
_CENTIBELS_A_ZIPF, _HIGHEST_ZIPF = 100, 9


@cache
def common_words(language: str, least_zipf: float) -> Words:
    """Return the words of a language that are at least so common, in small letters.

    Empty for a language of which there is no list that goes as far down; of such a language nothing is
    known, and callers go by other signs.
    """
    import wordfreq

    known = wordfreq.available_languages("large")
    code = re.split(r"[-_]", language.lower())[0]
    if code not in known:
        return frozenset()
    buckets = wordfreq.get_frequency_list(code, "large")
    most = round((_HIGHEST_ZIPF - least_zipf) * _CENTIBELS_A_ZIPF)
    return frozenset(word for bucket in buckets[: most + 1] for word in bucket)
