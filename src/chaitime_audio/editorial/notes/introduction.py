"""Who the guest is, as the episode itself says it: the human's words, the host's, or the guest's own."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ...domain.brief import Brief
from ...domain.episode import Exchange
from ...domain.people import Cast
from ...domain.scripts import sentences
from ..languages.reading import Reading

OPENING_EXCHANGES = 3
LONGEST = 240
_OWN = re.compile(r"\b(?:I|me|my|mine|our|us|you|your|ich|mir|mich|mein|uns|unser|du|dir|Sie)\b")
_IRREGULAR = {"am": "is", "have": "has", "do": "does", "go": "goes", "was": "was", "I’m": "is"}


def introduction(name: str, exchanges: Sequence[Exchange], cast: Cast, brief: Brief, data: Reading) -> str:
    """A sentence or clause about a guest, opening with the name; empty when nobody says who it is.

    The biography in the brief wins; then how the host introduces the guest; then how the guest does.
    """
    bio = next((person.bio for person in brief.people if person.name == name and person.bio), "")
    if bio:
        return sentences(bio)[0]
    opening = exchanges[:OPENING_EXCHANGES]
    said = [
        (remark.label, line)
        for item in opening
        for remark in item.remarks
        for line in sentences(_flat(remark.text))
    ]
    for label, line in said:
        if cast.name(label) != name:
            found = _apposition(name, line) or _statement(name, line, cast)
            if found:
                return found
    for label, line in said:
        if cast.name(label) == name and data.code == "en":
            found = _self_made(name, line)
            if found:
                return found
    return ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _apposition(name: str, line: str) -> str:
    """From “… is Gareth Lowell, an engineer who …”: “Gareth Lowell, an engineer who …”."""
    match = re.search(
        rf"{re.escape(name)}, ((?:an?|the|who|whose|one of|our|author|eine?|der|die) [^.?!]+)", line
    )
    return (
        f"{name}, {match[1].strip()}"
        if match and len(match[1]) < LONGEST and not _OWN.search(match[1])
        else ""
    )


def _statement(name: str, line: str, cast: Cast) -> str:
    """From “Felix Okoro maintains …, and Harriet …”: “Felix Okoro maintains ….”."""
    others = [other for other in (*cast.guests, *cast.hosts) if other != name]
    match = re.search(rf"{re.escape(name)} ([a-zäöüß]+ [^.?!]+)", line)
    if not match:
        return ""
    text = match[1]
    for other in others:
        text = re.split(rf",? (?:and|und) {re.escape(other)}\b", text)[0]
    return f"{name} {text.strip()}." if len(text) < LONGEST and not _OWN.search(text) else ""


def _self_made(name: str, line: str) -> str:
    """From “I’m Tom Ellery, and I look after …”: “Tom Ellery looks after ….”."""
    first = re.escape(name.split(maxsplit=1)[0])
    match = re.search(
        rf"(?:I’m|I am|[Mm]y name is|[Mm]y name’s) {first}[^,.]*(?:,| and) (?:and )?(I’m|I) ?([^.?!]+)", line
    )
    if not match:
        return ""
    rest = match[2].strip() if match[1] == "I" else f"I’m {match[2].strip()}"
    verb, _, tail = rest.partition(" ")
    if not tail or _OWN.search(tail) or verb.endswith(("ed", "’ve", "’d", "’ll")):
        return ""
    return f"{name} {_third_person(verb)} {tail}."


def _third_person(verb: str) -> str:
    if verb in _IRREGULAR:
        return _IRREGULAR[verb]
    if re.search(r"(?:s|sh|ch|x|z|o)$", verb):
        return verb + "es"
    return verb[:-1] + "ies" if re.search(r"[^aeiou]y$", verb) else verb + "s"
