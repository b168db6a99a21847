"""The queue as plain values, for programs and for the page; times are milliseconds of the recording."""

from __future__ import annotations

from typing import Any

from .build import accepting
from .item import Item, Queue


def plain_queue(found: Queue) -> dict[str, Any]:
    """All that is open, and how much is settled; docs/queue.md describes the fields."""
    told = {"settled": round(found.settled_share, 4), "left_s": round(found.left_s)}
    settled_risk = round(sum(item.risk for item in found.settled), 4)
    return {**told, "settled_risk": settled_risk, "items": [_plain_item(item) for item in found.open]}


def _plain_item(item: Item) -> dict[str, Any]:
    places = [
        {
            "start_ms": int(place.span.start_ms),
            "end_ms": int(place.span.end_ms),
            "text": place.text,
            "word_ids": list(place.word_ids),
        }
        for place in item.places
    ]
    told = {"key": item.key, "kind": item.kind, "text": item.text, "why": item.why}
    numbers = {"chance": round(item.chance, 3), "risk": round(item.risk, 3)}
    accept = [{"keep": list(one.keep)} for one in accepting(item)]
    return {**told, **numbers, "places": places, "suggestions": list(item.suggestions), "accept": accept}
