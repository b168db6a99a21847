"""Languages by the code that Whisper knows them by: what people write is brought to it, or refused."""

from __future__ import annotations

import re

from .serialization import nearest

CODES = frozenset(
    "en zh de es ru ko fr ja pt tr pl ca nl ar sv it id hi fi vi he uk el ms cs ro da hu ta no th ur "
    "hr bg lt la mi ml cy sk te fa lv bn sr az sl kn et mk br eu is hy ne mn bs kk sq sw gl mr pa si "
    "km sn yo so af oc ka be tg sd gu am yi lo uz fo ht ps tk nn mt sa lb my bo tl mg as tt haw ln "
    "ha ba jw su yue".split()
)
"""Whisper's own table (tokenizer.LANGUAGES); a test holds the two together."""
_OTHER_WAYS = {
    "nb": "no",
    "iw": "he",
    "in": "id",
    "jv": "jw",
    "fil": "tl",
    "cmn": "zh",
    "mo": "ro",
    "auto": "",
    "eng": "en",
    "deu": "de",
    "ger": "de",
    "fra": "fr",
    "fre": "fr",
    "spa": "es",
    "ita": "it",
    "por": "pt",
    "nld": "nl",
    "dut": "nl",
    "jpn": "ja",
    "zho": "zh",
    "chi": "zh",
    "hin": "hi",
    "ara": "ar",
    "rus": "ru",
    "english": "en",
    "german": "de",
    "deutsch": "de",
    "french": "fr",
    "français": "fr",
    "spanish": "es",
    "español": "es",
    "italian": "it",
    "italiano": "it",
    "portuguese": "pt",
    "português": "pt",
    "dutch": "nl",
    "nederlands": "nl",
    "japanese": "ja",
    "chinese": "zh",
    "mandarin": "zh",
    "cantonese": "yue",
    "korean": "ko",
    "hindi": "hi",
    "arabic": "ar",
    "russian": "ru",
    "polish": "pl",
    "turkish": "tr",
}
"""Older and longer codes, and names that people type."""


def language_code(text: str) -> str:
    """Return Whisper's code for a language as somebody writes it: ``en-US``, ``de_AT``, ``eng``, ``English``.

    Empty for nothing and for ``auto``: listen and find out. Raises ValueError with the nearest code.
    """
    bare = text.strip().casefold()
    main = re.split(r"[-_.@]", bare)[0]
    for known in (bare, main):
        if known in CODES:
            return known
        if known in _OTHER_WAYS:
            return _OTHER_WAYS[known]
    if not bare:
        return ""
    hint = nearest(main, (*CODES, *_OTHER_WAYS))
    raise ValueError(f"“{text}” is no language that Whisper knows{hint or '; write a code such as en or de'}")
