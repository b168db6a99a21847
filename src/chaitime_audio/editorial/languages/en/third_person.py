"""English: what somebody says of himself, turned into a sentence about him."""

from __future__ import annotations

import re

from ..editing import words

_OWN = words("I me my mine our us you your")
_IRREGULAR = {"am": "is", "have": "has", "do": "does", "go": "goes", "was": "was", "I’m": "is"}
_PAST_OR_SHORT = ("ed", "’ve", "’d", "’ll")


def third_person(name: str, line: str) -> str:
    """From “I’m Tom Ellery, and I look after …”: “Tom Ellery looks after ….”; empty for other lines."""
    first = re.escape(name.split(maxsplit=1)[0])
    match = re.search(
        rf"(?:I’m|I am|[Mm]y name is|[Mm]y name’s) {first}[^,.]*(?:,| and) (?:and )?(I’m|I) ?([^.?!]+)", line
    )
    if not match:
        return ""
    rest = match[2].strip() if match[1] == "I" else f"I’m {match[2].strip()}"
    verb, _, tail = rest.partition(" ")
    speaks = not _OWN.isdisjoint(re.findall(r"\w+", tail))
    if not tail or speaks or verb.endswith(_PAST_OR_SHORT):
        return ""
    return f"{name} {_inflected(verb)} {tail}."


def _inflected(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"
