"""Turns on their way through cleaning: what was said while listening, and sentences spoken into.

Here stands all that looks at the turns around one; what looks at the words of one turn alone are the rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from ...domain.editing import Edit
from ...domain.scripts import join_words
from ...domain.speech import Utterance, Word
from ..languages.editing import Editing
from ..speakers.backchannels import answers, listens
from .commas import Commas
from .tokens import Change, TurnDraft, merged, parse

FINISH_WORDS = 1
"""Of more, human editors leave the words where they were said: measured by `python -m bench editing`."""


@dataclass(frozen=True, slots=True)
class SpokenTurn:
    """Utterances of one voice on their way to one `Cleaned`, before words are looked at."""

    label: str
    words: tuple[Word, ...]
    edits: tuple[Edit, ...] = ()
    count: int = 1
    """How many utterances it is made of."""


def heard(
    utterances: tuple[Utterance, ...], places: Iterable[int], data: Editing, language: str
) -> Iterator[SpokenTurn]:
    """R6: leave out what was said while listening; its edit goes to the voice that was listened to.

    ``places`` are the indices of the utterances to take; the others are looked at, as their neighbours.
    """
    for at in places:
        item = utterances[at]
        if listens(utterances, at, data, language):
            ids = tuple(word.id for word in item.words)
            yield SpokenTurn(
                _host_of(utterances, at), (), (Edit("backchannel", item.label, item.text, "", ids),)
            )
        else:
            yield SpokenTurn(item.label, item.words)


def _host_of(utterances: tuple[Utterance, ...], at: int) -> str:
    """The label of the voice that a listening noise was laid into."""
    before = next((u.label for u in reversed(utterances[:at]) if u.label != utterances[at].label), "")
    return before or next(
        (u.label for u in utterances[at:] if u.label != utterances[at].label), utterances[at].label
    )


def joined(turns: Iterable[SpokenTurn]) -> list[SpokenTurn]:
    """Join neighbours of one voice."""
    out: list[SpokenTurn] = []
    for turn in turns:
        if out and out[-1].label == turn.label:
            words = (*out[-1].words, *turn.words)
            count = out[-1].count + turn.count
            out[-1] = SpokenTurn(turn.label, words, (*out[-1].edits, *turn.edits), count)
        else:
            out.append(turn)
    return out


def draft_of(turn: SpokenTurn, data: Editing) -> TurnDraft:
    """Take the words of a turn apart; punctuation that belongs to no word is an edit."""
    tokens = parse(turn.words, data.abbreviations)
    held = {number for token in tokens for number in token.ids}
    stray = [word for word in turn.words if word.id not in held]
    edits = tuple(Edit("stray punctuation", turn.label, word.text, "", (word.id,)) for word in stray)
    return TurnDraft(turn.label, tokens, (*turn.edits, *edits), _commas(data))


@cache
def _commas(data: Editing) -> Commas:
    return Commas(
        data.comma_before,
        data.comma_after,
        data.comma_behind | data.empty_openers,
        data.corrections,
        data.clause_subjects,
        data.unfinished,
        data.asides,
        data.small_value,
    )


def said(draft: TurnDraft) -> str:
    """Its tokens as one text."""
    return join_words(token.text for token in draft.tokens)


def begun(drafts: Iterable[TurnDraft], data: Editing, language: str, before: str = "") -> Iterator[TurnDraft]:
    """R6: a listening noise before other words that answers a question is printed as Yes or No too.

    ``before`` is what was said before the first of them.
    """
    for draft in drafts:
        head = next((n for n, token in enumerate(draft.tokens) if token.key not in data.fillers), 0)
        first, rest = draft.tokens[head : head + 1], draft.tokens[head + 1 :]
        spoken_yes = data.no if first and first[0].key in data.refusals else data.yes
        stands = first and first[0].key in data.noises | data.refusals
        clause = rest and rest[0].key in data.clause_subjects and first[0].trail == ","
        if stands and rest and (clause or first[0].trail == ".") and answers(before, language):
            yield draft.apply((Change(head, head + 1, "answer", (merged(first, spoken_yes),)),))
        else:
            yield draft
        before = said(draft) or before


def answered(drafts: Sequence[TurnDraft], data: Editing, language: str) -> list[TurnDraft]:
    """R6: a listening noise that answers a question is printed as Yes or No; any other goes."""
    out: list[TurnDraft] = []
    before: TurnDraft | None = None
    for draft in drafts:
        keys = {token.key for token in draft.tokens}
        if draft.tokens and keys <= data.noises | data.refusals:
            spoken_yes = data.no if keys <= data.refusals else data.yes
            whole = Change(
                0, len(draft.tokens), "answer", (replace(merged(draft.tokens, spoken_yes), trail="."),)
            )
            removal = Change(0, len(draft.tokens), "listening noise")
            out.append(
                draft.apply((whole if answers(said(before) if before else "", language) else removal,))
            )
        else:
            out.append(draft)
        before = out[-1] if out[-1].tokens else before
    return out


def rejoined(drafts: Sequence[TurnDraft]) -> list[TurnDraft]:
    """Join neighbours of one voice again where the one between them has nothing left."""
    out: list[TurnDraft] = []
    for draft in drafts:
        gone = next((at for at in range(len(out) - 1, -1, -1) if out[at].tokens), None)
        if gone is not None and draft.tokens and out[gone].label == draft.label:
            tokens = (*out[gone].tokens, *draft.tokens)
            between = tuple(edit for item in out[gone:] for edit in item.edits)
            out[gone:] = [replace(draft, tokens=tokens, edits=(*between, *draft.edits))]
        else:
            out.append(draft)
    return out


def closed(drafts: Sequence[TurnDraft], data: Editing) -> list[TurnDraft]:
    """R8: finish a sentence that somebody spoke into, or mark the break with an em dash."""
    out = list(drafts)
    for at in range(len(out)):
        if not out[at].tokens or out[at].tokens[-1].ends_sentence:
            continue
        later = next((n for n in range(at + 1, min(at + 3, len(out))) if out[n].label == out[at].label), None)
        if later is None or not out[later].tokens or _starts_anew(out[at], out[later], data):
            out[at] = _broken_off(out[at], data)
        else:
            out[at], out[later] = _finished(out[at], out[later])
    return out


def _starts_anew(first: TurnDraft, second: TurnDraft, data: Editing) -> bool:
    """Whether the second part is a new sentence: a capital on an everyday word, and the first is whole."""
    token = second.tokens[0]
    capital = token.core[:1].isupper() and token.key not in data.capitals
    return capital and first.tokens[-1].key not in data.unfinished


def _broken_off(draft: TurnDraft, data: Editing) -> TurnDraft:
    last = draft.tokens[-1]
    if last.key in data.unfinished or last.trail.endswith(("—", "-")):
        last = replace(last, trail=last.trail.rstrip(",;:—- ") + "—")
    return replace(draft, tokens=(*draft.tokens[:-1], last))


def _finished(first: TurnDraft, second: TurnDraft) -> tuple[TurnDraft, TurnDraft]:
    """Move the end of an interrupted sentence up, when it is short; else mark both sides."""
    ends = next((n for n, token in enumerate(second.tokens) if token.ends_sentence), len(second.tokens))
    if ends < FINISH_WORDS:
        last = replace(first.tokens[-1], trail=first.tokens[-1].trail.rstrip("—-"))
        whole = (*first.tokens[:-1], last, *second.tokens[: ends + 1])
        return replace(first, tokens=whole), replace(second, tokens=second.tokens[ends + 1 :])
    last = replace(first.tokens[-1], trail=first.tokens[-1].trail.rstrip(",;:—- ") + "—")
    return replace(first, tokens=(*first.tokens[:-1], last)), second
