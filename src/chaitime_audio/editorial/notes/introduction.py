"""Who the guest is, as the episode itself says it: the human's words, the host's, or the guest's own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import product

from ...domain.brief import Brief
from ...domain.episode import Exchange
from ...domain.people import Cast
from ...domain.scripts import sentences
from ..languages.naming import Naming, naming_for

OPENING_EXCHANGES = 3
LONGEST = 240


def introduction(name: str, exchanges: Sequence[Exchange], cast: Cast, brief: Brief, language: str) -> str:
    """A sentence or clause about a guest, opening with the name; empty when nobody says who it is.

    The biography in the brief wins; then how the host introduces the guest; then how the guest does.
    """
    bio = next((person.bio for person in brief.people if person.name == name and person.bio), "")
    if bio:
        return sentences(bio)[0]
    data = naming_for(language)
    opening = exchanges[:OPENING_EXCHANGES]
    said = [
        (remark.label, line)
        for item in opening
        for remark in item.remarks
        for line in sentences(_flat(remark.text))
    ]
    for label, line in said:
        if cast.name(label) != name:
            found = _apposition(name, line, data) or _statement(name, line, cast, data)
            if found:
                return found
    for label, line in said:
        if cast.name(label) == name and data.third_person:
            found = data.third_person(name, line)
            if found:
                return found
    return ""


def _flat(text: str) -> str:
    return " ".join(text.split())


def _apposition(name: str, line: str, data: Naming) -> str:
    """From “… is Gareth Lowell, an engineer who …”: “Gareth Lowell, an engineer who …”."""
    if not data.appositions:
        return ""
    match = re.search(rf"{re.escape(name)}, ((?:{'|'.join(data.appositions)}) [^.?!]+)", line)
    fits = match and len(match[1]) < LONGEST and not data.is_own(match[1])
    return f"{name}, {match[1].strip()}" if match and fits else ""


def _statement(name: str, line: str, cast: Cast, data: Naming) -> str:
    """From “Felix Okoro maintains …, and Harriet …”: “Felix Okoro maintains ….”."""
    others = [other for other in (*cast.guests, *cast.hosts) if other != name]
    match = re.search(rf"{re.escape(name)} ([a-zäöüß]+ [^.?!]+)", line)
    if not match:
        return ""
    text = match[1]
    for other, joint in product(others, data.joints):
        text = re.split(rf",? {joint} {re.escape(other)}\b", text)[0]
    if len(text) >= LONGEST or data.is_own(text):
        return ""
    if data.appositions and re.match(rf"(?:{'|'.join(data.appositions)}) ", text):
        return f"{name}, {text.strip()}"  # the comma was not heard
    return f"{name} {text.strip()}."
