"""Links of the glossary for what was really mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ...domain.correction import Term
from ...domain.episode import Exchange
from ...domain.people import Link


def mentioned(exchanges: Iterable[Exchange], terms: Iterable[Term]) -> tuple[Link, ...]:
    """Return a link for each term of the glossary that has one and stands in the post, by first mention."""
    text = "\n".join(remark.text for item in exchanges for remark in item.remarks)
    found = [(_first(term.spelling, text), term) for term in terms if term.link]
    ordered = sorted((place for place in found if place[0] >= 0), key=lambda place: place[0])
    return tuple(Link(term.spelling, term.link) for _, term in ordered)


def _first(spelling: str, text: str) -> int:
    """Where a spelling first stands as a whole word, with its own capitals; -1 for nowhere."""
    wanted = r"\s+".join(re.escape(part) for part in spelling.replace("'", "’").split())
    match = re.search(rf"(?<!\w){wanted}(?!\w)", text.replace("'", "’"))
    return match.start() if match else -1
