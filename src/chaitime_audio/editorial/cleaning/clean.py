"""Clean: from what was said to what an editor would print, every change named.

Level ``verbatim`` sets type only. ``clean`` takes away what means nothing (fillers, stutters,
repeats, short false starts, listening noises), closes interruptions and writes numbers, addresses
and brands as print does. ``edited`` also drops empty sentence openings and writes "gonna" out.
No level paraphrases or mends grammar; only a person may shorten or reorder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from ...domain.editing import Cleaned, CleanLevel
from ...domain.scripts import full_stop, join_words
from ...domain.speech import Utterance
from ..languages.editing import Editing, editing_for
from ..structure.questions import opens_question
from . import disfluencies as repairs
from . import spoken_rules as spoken
from . import written_rules as written
from .sounds import sounds
from .tokens import Change, Token, TurnDraft, pieces_of
from .turns import SpokenTurn, answered, begun, closed, draft_of, heard, joined, rejoined
from .typography import typeset

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
class Manner:
    """How a talk is cleaned: its language, the level, spellings of the show, and words kept as they are."""

    language: str
    level: CleanLevel = "clean"
    vocabulary: tuple[str, ...] = ()
    kept: frozenset[int] = frozenset()

    @property
    def data(self) -> Editing:
        """What cleaning knows about the language."""
        return editing_for(self.language)


def clean(
    utterances: tuple[Utterance, ...],
    language: str,
    level: CleanLevel = "clean",
    vocabulary: tuple[str, ...] = (),
    kept: frozenset[int] = frozenset(),
) -> tuple[Cleaned, ...]:
    """Return what each voice said in turn, as an editor would print it.

    Neighbouring utterances of one voice become one, also across a listening noise that went.
    ``vocabulary`` holds spellings of the show ("PyTorch", "Xbox 360"), ``kept`` the ids of words that a
    person wants as they were said. Without rules for the
    language only language-free steps run. Every removed or changed word is in an `Edit`.
    """
    manner = Manner(language, level, vocabulary, kept)
    drafts = edited(turns_of(utterances, range(len(utterances)), manner), manner)
    return tuple(printed(draft, manner.data) for draft in settled(drafts, manner))


def turns_of(utterances: tuple[Utterance, ...], places: Iterable[int], manner: Manner) -> list[SpokenTurn]:
    """The turns that the utterances at some places make, before words are looked at."""
    if manner.level == "verbatim":
        return joined(SpokenTurn(utterances[at].label, utterances[at].words) for at in places)
    return joined(heard(utterances, places, manner.data, manner.language))


def edited(turns: Iterable[SpokenTurn], manner: Manner, before: str = "") -> list[TurnDraft]:
    """Run the rules over each turn alone; ``before`` is what was said before the first of them."""
    drafts = [replace(draft_of(turn, manner.data), kept=manner.kept) for turn in turns]
    if manner.level == "verbatim":
        return drafts
    rules = (*SPOKEN_RULES, *(EDITED_RULES if manner.level == "edited" else ()), *WRITTEN_RULES)
    return [_through(rules, draft, manner) for draft in begun(drafts, manner.data, manner.language, before)]


def _through(rules: Sequence[Rule], draft: TurnDraft, manner: Manner) -> TurnDraft:
    for rule in rules:
        draft = draft.apply(rule(draft.tokens, manner.data))
    return draft.apply(written.spellings(draft.tokens, manner.vocabulary))


def settled(drafts: Sequence[TurnDraft], manner: Manner) -> list[TurnDraft]:
    """Settle what lies between turns: answers in a noise, interrupted sentences, turns that are one again."""
    if manner.level == "verbatim":
        return list(drafts)
    return rejoined(closed(answered(drafts, manner.data, manner.language), manner.data))


def printed(draft: TurnDraft, data: Editing) -> Cleaned:
    """Set type; a turn that ends without a mark gets the one it needs."""
    start = next((n for n in range(len(draft.tokens), 0, -1) if draft.tokens[n - 1].ends_sentence), 0)
    last = join_words(token.text for token in draft.tokens[start:])
    mark = full_stop(last, question=opens_question(last, data.code))
    return Cleaned(draft.label, pieces_of(typeset(draft.tokens, data, mark)), draft.edits)
