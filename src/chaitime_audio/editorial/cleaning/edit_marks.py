"""Marks: the spoken text with everything shown that cleaning left out or changed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby, pairwise

from ...domain.editing import Cleaned, EditMark, MarkedTurn, Piece
from ...domain.scripts import blank_between, join_words
from ...domain.speech import Utterance


def marks(
    utterances: tuple[Utterance, ...], cleaned: tuple[Cleaned, ...]
) -> tuple[tuple[EditMark, ...], ...]:
    """Return one row of marks for each cleaned turn, in order of speaking.

    Every spoken word stands in exactly one mark; the printed sides of a row, joined, are the turn's text.
    """
    spoken = {word.id: word.text for item in utterances for word in item.words}
    voice = {word.id: item.label for item in utterances for word in item.words}
    return tuple(tuple(_joined(_row(item, spoken, voice))) for item in cleaned)


def marked_turns(utterances: tuple[Utterance, ...], cleaned: tuple[Cleaned, ...]) -> tuple[MarkedTurn, ...]:
    """Return each cleaned turn with its voice, when it begins, and its row of `marks`."""
    starts = {word.id: word.span.start_ms for item in utterances for word in item.words}
    turns = []
    for item, row in zip(cleaned, marks(utterances, cleaned), strict=True):
        known = [*(one.word_ids for one in item.pieces), *(one.word_ids for one in item.edits)]
        ids = [number for ids in known for number in ids if number in starts]
        if row and ids:
            turns.append(MarkedTurn(item.label, starts[min(ids)], row))
    return tuple(turns)


def _row(item: Cleaned, spoken: dict[int, str], voice: dict[int, str]) -> Iterator[EditMark]:
    printed = {piece.word_ids[0]: piece for piece in item.pieces if piece.word_ids}
    inside = {number for piece in item.pieces for number in piece.word_ids}
    removed = {number: edit.rule for edit in item.edits if not edit.after for number in edit.word_ids}
    changed = _changes(item)
    for number in sorted(inside | set(removed)):
        if number in printed:
            piece = printed[number]
            text = join_words(spoken[part] for part in piece.word_ids)
            yield EditMark(item.label, text, piece.text, _rules(piece, changed))
        elif number not in inside:
            yield EditMark(voice[number], spoken[number], "", (removed[number],))


def _changes(item: Cleaned) -> dict[int, list[tuple[int, str]]]:
    """By the id of each word that was changed: the rules that did it, numbered in order."""
    changed: dict[int, list[tuple[int, str]]] = {}
    for number, edit in enumerate(item.edits):
        for word in edit.word_ids if edit.after else ():
            changed.setdefault(word, []).append((number, edit.rule))
    return changed


def _rules(piece: Piece, changed: dict[int, list[tuple[int, str]]]) -> tuple[str, ...]:
    """Names of the rules that changed the words behind a piece, in order."""
    if changed.keys().isdisjoint(piece.word_ids):
        return ()
    found = sorted({one for word in piece.word_ids for one in changed.get(word, ())})
    return tuple(dict.fromkeys(rule for _, rule in found))


def _joined(row: Iterable[EditMark]) -> Iterator[EditMark]:
    """Join neighbours that one rule left out, and neighbours that were kept."""
    for (label, rules, _), group in groupby(row, key=lambda one: (one.label, one.rules, bool(one.printed))):
        same = list(group)
        if len(same) == 1:
            yield same[0]
            continue
        printed = same[0].printed
        for before, one in pairwise(same):
            tight = before.printed.endswith("—")
            printed += ("" if tight else blank_between(before.printed, one.printed)) + one.printed
        yield EditMark(label, join_words(one.spoken for one in same), printed, rules)
