"""Pair: what was said in turn becomes questions and what answers them."""

from __future__ import annotations

from collections.abc import Iterable

from ...domain.editing import Cleaned, Piece
from ...domain.episode import Exchange, Remark
from ...domain.people import Cast
from ...domain.scripts import join_words
from .paragraphs import NO_PINS, Pins, paragraphs
from .questions import asks


def pair(
    cleaned: tuple[Cleaned, ...], cast: Cast, language: str, pins: Pins = NO_PINS
) -> tuple[Exchange, ...]:
    """Return the exchanges: each remark of a host opens one, what others say until the next answers it.

    One voice's neighbouring turns are one remark with one label. ``asks`` is True when the
    host's remark asks something, with or without a question mark. Where no host is known, a
    remark that asks opens an exchange, whoever makes it. A first exchange without a question
    holds what is said before. ``pins`` say where a person wants paragraphs to begin.
    """
    remarks = [(remark, asks(_flat(remark), language)) for remark in _remarks(cleaned, language, pins)]
    hosted = any(cast.role(remark.label) == "host" for remark, _ in remarks)
    exchanges: list[Exchange] = []
    for remark, asking in remarks:
        opens = cast.role(remark.label) == "host" if hosted else asking
        if opens:
            exchanges.append(Exchange(remark, (), asking))
        elif exchanges:
            last = exchanges[-1]
            exchanges[-1] = Exchange(last.question, (*last.answers, remark), last.asks)
        else:
            exchanges.append(Exchange(None, (remark,), asks=False))
    return tuple(exchanges)


def _flat(remark: Remark) -> str:
    return join_words(paragraph.text for paragraph in remark.paragraphs)


def _remarks(cleaned: tuple[Cleaned, ...], language: str, pins: Pins) -> Iterable[Remark]:
    label, pieces = "", tuple[Piece, ...]()
    for item in cleaned:
        if not item.pieces:
            continue
        if pieces and item.label != label:
            yield Remark(label, paragraphs(pieces, language, pins))
            pieces = ()
        label, pieces = item.label, (*pieces, *item.pieces)
    if pieces:
        yield Remark(label, paragraphs(pieces, language, pins))
