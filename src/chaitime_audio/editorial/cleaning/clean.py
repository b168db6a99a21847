"""Clean: from what was said to what an editor would print, every change named.

Level ``verbatim`` sets type only. ``clean`` takes away what means nothing (fillers, stutters,
repeats, short false starts, listening noises), closes interruptions and writes numbers, addresses
and brands as print does. ``edited`` also drops empty sentence openings and writes "gonna" out.
No level paraphrases or mends grammar; only a person may shorten or reorder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial

from ...domain.editing import Cleaned, CleanLevel, Edit
from ...domain.speech import Utterance, Word
from ..languages.editing import Editing, editing_for
from ..speakers.backchannels import answers, listens
from ..structure.questions import opens_question
from . import disfluencies as repairs
from . import spoken_rules as spoken
from . import written_rules as written
from .commas import Commas
from .sounds import sounds
from .tokens import Change, Token, TurnDraft, merged, parse, pieces_of
from .typography import typeset

FINISH_WORDS = 6
Rule = Callable[[Sequence[Token], Editing], Iterable[Change]]

SPOKEN_RULES: tuple[Rule, ...] = (
    sounds,
    spoken.interjections,
    repairs.stutters,
    repairs.repeats,
    repairs.false_starts,
    spoken.asides,
    repairs.repeats,
    repairs.false_starts,
    spoken.tags,
    spoken.lone_agreement,
    spoken.openers,
)
EDITED_RULES: tuple[Rule, ...] = (spoken.all_openers, spoken.reductions)
WRITTEN_RULES: tuple[Rule, ...] = (
    written.addresses,
    written.numbers,
    written.percent,
    written.money,
    written.capitals,
)


@dataclass(frozen=True, slots=True)
class _Turn:
    """Utterances of one voice on their way to one `Cleaned`, before words are looked at."""

    label: str
    words: tuple[Word, ...]
    edits: tuple[Edit, ...] = ()


def clean(
    utterances: tuple[Utterance, ...],
    language: str,
    level: CleanLevel = "clean",
    vocabulary: tuple[str, ...] = (),
) -> tuple[Cleaned, ...]:
    """Return what each voice said in turn, as an editor would print it.

    Neighbouring utterances of one voice become one, also across a listening noise that went.
    ``vocabulary`` holds spellings of the show ("PyTorch", "Xbox 360"). Without rules for the
    language only language-free steps run. Every removed or changed word is in an `Edit`.
    """
    data = editing_for(language)
    if level == "verbatim":
        turns = _joined(_Turn(item.label, item.words) for item in utterances)
        return tuple(_printed(_draft(turn, data), data) for turn in turns)
    turns = _joined(_heard(utterances, data, language))
    begun = _begun([_draft(turn, data) for turn in turns], data, language)
    drafts = [_edited(draft, data, level, vocabulary) for draft in begun]
    drafts = _closed(_answered(drafts, data, language), data)
    return tuple(_printed(draft, data) for draft in _rejoined(drafts))


def _heard(utterances: tuple[Utterance, ...], data: Editing, language: str) -> Iterable[_Turn]:
    """R6: leave out what was said while listening; its edit goes to the voice that was listened to."""
    for at, item in enumerate(utterances):
        if listens(utterances, at, data, language):
            ids = tuple(word.id for word in item.words)
            yield _Turn(_host_of(utterances, at), (), (Edit("backchannel", item.label, item.text, "", ids),))
        else:
            yield _Turn(item.label, item.words)


def _host_of(utterances: tuple[Utterance, ...], at: int) -> str:
    """The label of the voice that a listening noise was laid into."""
    before = next((u.label for u in reversed(utterances[:at]) if u.label != utterances[at].label), "")
    return before or next(
        (u.label for u in utterances[at:] if u.label != utterances[at].label), utterances[at].label
    )


def _joined(turns: Iterable[_Turn]) -> list[_Turn]:
    """Join neighbours of one voice."""
    out: list[_Turn] = []
    for turn in turns:
        if out and out[-1].label == turn.label:
            words = (*out[-1].words, *turn.words)
            out[-1] = _Turn(turn.label, words, (*out[-1].edits, *turn.edits))
        else:
            out.append(turn)
    return out


def _draft(turn: _Turn, data: Editing) -> TurnDraft:
    commas = Commas(
        data.comma_before,
        data.comma_after,
        data.comma_behind | data.empty_openers,
        data.corrections,
        data.clause_subjects,
        data.unfinished,
        data.asides,
        data.small_value,
    )
    tokens = parse(turn.words, data.abbreviations)
    held = {number for token in tokens for number in token.ids}
    stray = [word for word in turn.words if word.id not in held]
    edits = tuple(Edit("stray punctuation", turn.label, word.text, "", (word.id,)) for word in stray)
    return TurnDraft(turn.label, tokens, (*turn.edits, *edits), commas)


def _edited(draft: TurnDraft, data: Editing, level: CleanLevel, vocabulary: tuple[str, ...]) -> TurnDraft:
    """Run the rules of a level over one turn."""
    for rule in (*SPOKEN_RULES, *(EDITED_RULES if level == "edited" else ()), *WRITTEN_RULES):
        draft = draft.apply(rule(draft.tokens, data))
    return draft.apply(partial(written.spellings, wanted=vocabulary)(draft.tokens))


def _begun(drafts: list[TurnDraft], data: Editing, language: str) -> Iterable[TurnDraft]:
    """R6: a listening noise before other words that answers a question is printed as Yes or No too."""
    before = ""
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
        before = " ".join(token.text for token in draft.tokens) or before


def _answered(drafts: list[TurnDraft], data: Editing, language: str) -> list[TurnDraft]:
    """R6: a listening noise that answers a question is printed as Yes or No; any other goes."""
    out: list[TurnDraft] = []
    before = ""
    for draft in drafts:
        keys = {token.key for token in draft.tokens}
        if draft.tokens and keys <= data.noises | data.refusals:
            spoken_yes = data.no if keys <= data.refusals else data.yes
            whole = Change(
                0, len(draft.tokens), "answer", (replace(merged(draft.tokens, spoken_yes), trail="."),)
            )
            removal = Change(0, len(draft.tokens), "listening noise")
            out.append(draft.apply((whole if answers(before, language) else removal,)))
        else:
            out.append(draft)
        before = " ".join(token.text for token in out[-1].tokens) or before
    return out


def _rejoined(drafts: list[TurnDraft]) -> list[TurnDraft]:
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


def _closed(drafts: list[TurnDraft], data: Editing) -> list[TurnDraft]:
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


def _printed(draft: TurnDraft, data: Editing) -> Cleaned:
    """Set type; a turn that ends without a mark gets the one it needs."""
    start = next((n for n in range(len(draft.tokens), 0, -1) if draft.tokens[n - 1].ends_sentence), 0)
    last = " ".join(token.text for token in draft.tokens[start:])
    mark = "?" if opens_question(last, data.code) else "."
    return Cleaned(draft.label, pieces_of(typeset(draft.tokens, data, mark)), draft.edits)
