"""Cuts spoken words into caption cards.

A card holds words of one person and fits into a few lines. Where to cut is chosen for a whole
run of words at once: the cheapest way through all places a card could end (dynamic programming,
as in Knuth and Plass, "Breaking paragraphs into lines", 1981, with prices of our own for cutting
inside a sentence, for a card too short to be read, and for a pause inside a card).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from ...domain.scripts import CLAUSE_ENDS, CLOSING, blank_between, columns, ends_sentence
from .clock import PublishedWord, SpeakerRun

PAUSE_MS = 1500
LINGER_MS = 400
CHARS_PER_SECOND = 17


@dataclass(frozen=True, slots=True)
class Shape:
    """What a card may be: Latin characters a line (Han takes two), lines, and milliseconds it should stand.

    ``labelled``: the first card of a speaker opens with ``Name: ``. ``sentence_price`` is what
    a sentence's end inside a card costs; a card costs 1.
    """

    width: int
    lines: int
    min_ms: int = 1000
    max_ms: int = 7000
    labelled: bool = False
    sentence_price: float = 0.7


@dataclass(frozen=True, slots=True)
class Piece:
    """Something that is never broken: a word, or a part of one that is wider than a line.

    ``glued``: no blank before it, whatever the script.
    """

    text: str
    start_ms: int
    end_ms: int
    glued: bool = False


@dataclass(frozen=True, slots=True)
class Card:
    """Lines to show from ``start_ms`` to ``end_ms`` of the MP3, and the words in them with their times.

    ``opens``: the speaker changed here.
    """

    name: str
    opens: bool
    lines: tuple[str, ...]
    start_ms: int
    end_ms: int
    pieces: tuple[Piece, ...] = ()


def cards(runs: Sequence[SpeakerRun], shape: Shape, duration_ms: int) -> tuple[Card, ...]:
    """Return cards in order of time: none overlaps the next, none leaves the episode."""
    raw: list[Card] = []
    for run in runs:
        pieces = _pieces(run, shape)
        label = f"{_short(run.name, shape.width - 1)}:" if shape.labelled else ""
        for index, (start, stop) in enumerate(_split(pieces, label, shape)):
            opening = label if index == 0 else ""
            lines = tuple(_balanced(opening, pieces[start:stop], shape))
            said = tuple(pieces[start:stop])
            raw.append(Card(run.name, index == 0, lines, said[0].start_ms, said[-1].end_ms, said))
    return _timed(raw, shape, duration_ms)


def _pieces(run: SpeakerRun, shape: Shape) -> list[Piece]:
    """Words, those wider than a line cut into parts that share their time."""
    out: list[Piece] = []
    for word in run.words:
        parts = _chop(word.text, shape.width)
        out.extend(_part(word, parts, index) for index in range(len(parts)))
    return out


def _part(word: PublishedWord, parts: Sequence[str], index: int) -> Piece:
    length_ms = word.end_ms - word.start_ms
    start_ms = word.start_ms + length_ms * index // len(parts)
    end_ms = word.start_ms + length_ms * (index + 1) // len(parts)
    return Piece(parts[index], start_ms, end_ms, glued=index > 0)


def _chop(text: str, width: int) -> list[str]:
    """Parts of a long word of at most ``width`` columns, cut after ``/ - . _`` where that helps."""
    parts: list[str] = []
    while columns(text) > width:
        room = next((at for at in range(len(text)) if columns(text[: at + 1]) > width), width)
        cut = max(text.rfind(mark, room // 2, room) for mark in "/-._") + 1
        parts.append(text[: cut or max(1, room)])
        text = text[cut or max(1, room) :]
    return [*parts, text] if text else parts


def _short(name: str, width: int) -> str:
    return name if len(name) <= width else name[: width - 1].rstrip() + "…"


def _split(pieces: Sequence[Piece], label: str, shape: Shape) -> list[tuple[int, int]]:
    """The cheapest cutting of a run into cards, as (start, stop) of pieces."""
    inside, breaks = _prices(pieces, shape)
    best: list[tuple[float, int]] = [(0.0, 0)] + [(float("inf"), 0)] * len(pieces)
    for start in range(len(pieces)):
        used, width, before = (1, columns(label), label) if start == 0 else (1, 0, "")
        for stop in range(start + 1, len(pieces) + 1):
            used, width = _grow(used, width, (before, pieces[stop - 1].text), shape.width)
            before = pieces[stop - 1].text
            shown_ms = pieces[stop - 1].end_ms - pieces[start].start_ms
            if used > shape.lines or (shown_ms > shape.max_ms and stop > start + 1):
                break
            price = best[start][0] + 1 + breaks[stop] + inside[stop - 1] - inside[start]
            price += 2 * max(0, shape.min_ms - shown_ms) / shape.min_ms
            if price < best[stop][0]:
                best[stop] = (price, start)
    cuts, stop = [], len(pieces)
    while stop:
        cuts.append((best[stop][1], stop))
        stop = best[stop][1]
    return cuts[::-1]


def _prices(pieces: Sequence[Piece], shape: Shape) -> tuple[list[float], list[float]]:
    """Prices summed up to each piece of not cutting behind it, and the price of cutting before each."""
    inside, breaks = [0.0], [0.0]
    for before, after in pairwise(pieces):
        pause_ms = after.start_ms - before.end_ms
        ends = ends_sentence(before.text)
        price = (8.0 if pause_ms >= PAUSE_MS else 0.0) + (shape.sentence_price if ends else 0.0)
        inside.append(inside[-1] + price)
        if after.glued:
            breaks.append(20.0)
        elif ends:
            breaks.append(0.0)
        elif _ends_clause(before.text):
            breaks.append(0.8)
        else:
            breaks.append(1.2 if pause_ms >= 300 else 2.5)
    return inside, [*breaks, 0.0]


def _ends_clause(text: str) -> bool:
    return text.rstrip(CLOSING).endswith(tuple(CLAUSE_ENDS))


def _grow(used: int, width: int, words: tuple[str, str], limit: int) -> tuple[int, int]:
    """Lines used and width of the last one once the second of two words is added."""
    before, text = words
    own = columns(text)
    if not width:
        return used, own
    more = width + len(blank_between(before, text)) + own
    return (used, more) if more <= limit else (used + 1, own)


def _balanced(label: str, pieces: Sequence[Piece], shape: Shape) -> list[str]:
    """Lines as few as possible and as even as possible; a line that ends a clause is better."""
    words = [(part, False) for part in label.split()] + [(piece.text, piece.glued) for piece in pieces]
    used, width, before = 1, 0, ""
    for text, _ in words:
        used, width = _grow(used, width, (before, text), shape.width)
        before = text
    if used == 1:
        return [_joined(words)]
    options = [option for option in _layouts(words, used, shape.width) if option]
    return min(options, key=_unevenness)


def _layouts(words: list[tuple[str, bool]], lines: int, width: int) -> list[list[str]]:
    """Every way to lay words on so many lines that fits."""
    if lines == 1:
        whole = _joined(words)
        return [[whole]] if columns(whole) <= width else []
    out: list[list[str]] = []
    for cut in range(1, len(words)):
        first = _joined(words[:cut])
        if columns(first) > width:
            break
        out += [[first, *rest] for rest in _layouts(words[cut:], lines - 1, width)]
    return out


def _unevenness(layout: list[str]) -> float:
    widths = [columns(item) for item in layout]
    clauses = sum(ends_sentence(item) or _ends_clause(item) for item in layout[:-1])
    return max(widths) - min(widths) - 8 * clauses


def _joined(words: Sequence[tuple[str, bool]]) -> str:
    """Words as their script joins them, without a blank inside a word that was cut."""
    whole = ""
    for text, glued in words:
        whole += text if glued else blank_between(whole, text) + text
    return whole


def _timed(raw: Sequence[Card], shape: Shape, duration_ms: int) -> tuple[Card, ...]:
    """Make starts ascend and ends meet no later start; short cards stand longer where there is room."""
    if not raw:
        return ()
    starts: list[int] = []
    for card in raw:
        starts.append(max(card.start_ms, starts[-1] + 1 if starts else 0))
    latest = max(duration_ms, len(raw))
    for index in range(len(raw) - 1, -1, -1):
        latest = starts[index] = min(starts[index], latest - 1)
    limits = [*starts[1:], max(duration_ms, len(raw))]
    out = []
    for card, start, limit in zip(raw, starts, limits, strict=True):
        readable_ms = max(shape.min_ms, sum(map(columns, card.lines)) * 1000 // CHARS_PER_SECOND)
        wanted = max(card.end_ms + LINGER_MS, start + readable_ms)
        end = max(start + 1, min(wanted, limit, start + shape.max_ms))
        out.append(replace(card, start_ms=start, end_ms=end))
    return tuple(out)
