"""Clean: from what was said to what an editor would print, every change named.

Level ``verbatim`` sets type only. ``clean`` takes away what means nothing (fillers, stutters,
repeats, short false starts, listening noises), closes interruptions and writes numbers, addresses
and brands as print does. ``edited`` also drops empty sentence openings and writes "gonna" out.
No level paraphrases or mends grammar; only a person may shorten or reorder.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from ...domain.editing import Cleaned, CleanLevel
from ...domain.scripts import full_stop, join_words
from ...domain.speech import Utterance
from ..languages.editing import Editing, editing_for
from ..structure.questions import opens_question
from . import disfluencies as repairs
from . import spoken_rules as spoken
from . import written_rules as written
from .learned.judge import learned, odds_of, upheld
from .learned.model import LearnedEditor, learned_editor
from .one_spelling import Spellings, spellings_of, spelt_alike
from .profanity import masked
from .sentence_ends import chances_of, divided, questions, sentence_ends
from .sounds import sounds
from .tokens import Change, Token, TurnDraft, pieces_of
from .turns import SpokenTurn, answered, begun, closed, draft_of, heard, joined, rejoined
from .typography import typeset

Rule = Callable[[Sequence[Token], Editing], Iterable[Change]]
Draft = TypeVar("Draft", SpokenTurn, TurnDraft)
Judge = Callable[[Iterable[Change], Sequence[Token]], Iterable[Change]]

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
    """How a talk is cleaned: its language, the level, spellings of the show, and words kept as they are.

    ``levels`` has by label the voices with a level of their own; ``mask`` hides the letters of profanity.
    ``written`` are the ids of words that a person or the glossary wrote: their spelling outranks others.
    """

    language: str
    level: CleanLevel = "clean"
    vocabulary: tuple[str, ...] = ()
    kept: frozenset[int] = frozenset()
    levels: Mapping[str, CleanLevel] = field(default_factory=dict)
    mask: bool = False
    written: frozenset[int] = frozenset()
    learned: LearnedEditor | None = None
    """What was learned from human editors; None for what the language has."""

    @property
    def data(self) -> Editing:
        """What cleaning knows about the language."""
        return editing_for(self.language)

    @property
    def editor(self) -> LearnedEditor | None:
        """What was learned from human editors of the language; None where nothing was."""
        return self.learned or learned_editor(self.language)

    @property
    def only_typeset(self) -> bool:
        """Whether every word of every voice stays."""
        return {self.level, *self.levels.values()} == {"verbatim"}

    def level_of(self, label: str) -> CleanLevel:
        """The level of a voice."""
        return self.levels.get(label, self.level)

    def spared(self, old: Iterable[Draft], new: Iterable[Draft]) -> list[Draft]:
        """The new of each pair, but the old where its voice is printed verbatim."""
        both = zip(old, new, strict=True)
        return [was if self.level_of(was.label) == "verbatim" else now for was, now in both]


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
    return cleaned_in(utterances, Manner(language, level, vocabulary, kept))


def cleaned_in(utterances: tuple[Utterance, ...], manner: Manner) -> tuple[Cleaned, ...]:
    """`clean` in a manner given whole."""
    drafts = edited(turns_of(utterances, range(len(utterances)), manner), manner)
    drafts = spelt(drafts, spelling_of(drafts, utterances, manner), manner)
    return tuple(printed(draft, manner.data) for draft in settled(drafts, manner))


def turns_of(utterances: tuple[Utterance, ...], places: Iterable[int], manner: Manner) -> list[SpokenTurn]:
    """The turns that the utterances at some places make, before words are looked at."""
    said = [SpokenTurn(utterances[at].label, utterances[at].words) for at in places]
    if manner.only_typeset:
        return joined(said)
    return joined(manner.spared(said, heard(utterances, places, manner.data, manner.language)))


def edited(turns: Iterable[SpokenTurn], manner: Manner, before: str = "") -> list[TurnDraft]:
    """Run the rules over each turn alone; ``before`` is what was said before the first of them."""
    drafts = [_whole(turn, manner) for turn in turns]
    out, asked = [], "?" in before[-2:]
    answering = drafts if manner.only_typeset else begun(drafts, manner.data, manner.language, before)
    for draft in manner.spared(drafts, answering):
        out.append(_through(draft, manner, asked=asked))
        asked = "?" in draft.tokens[-1].trail if draft.tokens else asked
    return out


def _whole(turn: SpokenTurn, manner: Manner) -> TurnDraft:
    """A turn taken apart, its sentences whole."""
    draft = replace(draft_of(turn, manner.data), kept=manner.kept)
    if manner.level_of(turn.label) == "verbatim":
        return draft
    for changes in (
        sentence_ends(draft.tokens, manner.data, chances_of(turn.words)),
        questions(draft.tokens, manner.data),
    ):
        draft = draft.apply(changes)
    return draft


def spelling_of(drafts: Sequence[TurnDraft], utterances: Iterable[Utterance], manner: Manner) -> Spellings:
    """The one spelling of each term of a talk, by all that is said in it."""
    if manner.only_typeset:
        return Spellings()
    written = manner.written | manner.kept
    chances = chances_of(word for item in utterances for word in item.words)
    return spellings_of(drafts, manner.language, chances, manner.vocabulary, written)


def spelt(drafts: Sequence[TurnDraft], spellings: Spellings, manner: Manner) -> list[TurnDraft]:
    """Write each term in its one spelling, but not a person's words, nor a voice that is printed verbatim."""
    return manner.spared(drafts, spelt_alike(drafts, spellings, manner.written))


def _through(draft: TurnDraft, manner: Manner, *, asked: bool) -> TurnDraft:
    """One turn by the rules of its voice's level; ``asked`` says that a question stands before it."""
    level = manner.level_of(draft.label)
    if level != "verbatim":
        draft = _without_disfluencies(draft, manner, asked=asked)
        for rule in (*(EDITED_RULES if level == "edited" else ()), *WRITTEN_RULES):
            draft = draft.apply(rule(draft.tokens, manner.data))
        draft = draft.apply(written.spellings(draft.tokens, manner.vocabulary))
        draft = draft.apply(divided(draft.tokens, manner.data))
    return draft.apply(masked(draft.tokens, manner.data)) if manner.mask else draft


def _without_disfluencies(draft: TurnDraft, manner: Manner, *, asked: bool) -> TurnDraft:
    """Take away what means nothing: what rules propose and human editors would, and more like it."""
    editor, data = manner.editor, manner.data
    done = by_rules(draft, data)
    if editor is None:
        return done
    proposed = {
        number: edit.rule
        for edit in done.edits[len(draft.edits) :]
        if not edit.after
        for number in edit.word_ids
    }
    odds = odds_of(editor, draft.tokens, data, proposed, asked=asked)
    if any(odds.get(number, 1.0) < editor.vetoes.get(rule, 0.0) for number, rule in proposed.items()):
        done = by_rules(draft, data, lambda changes, tokens: upheld(changes, tokens, editor, odds))
    done = done.apply(learned(done.tokens, editor, odds, data, asked=asked))
    return done.apply(upheld(repairs.repeats(done.tokens, data), done.tokens, editor, odds))


def by_rules(draft: TurnDraft, data: Editing, judge: Judge | None = None) -> TurnDraft:
    """Take away what the rules propose; ``judge`` says which of it stands."""
    for rule in SPOKEN_RULES:
        changes = rule(draft.tokens, data)
        draft = draft.apply(judge(changes, draft.tokens) if judge else changes)
    return draft


def settled(drafts: Sequence[TurnDraft], manner: Manner) -> list[TurnDraft]:
    """Settle what lies between turns: answers in a noise, interrupted sentences, turns that are one again."""
    if manner.only_typeset:
        return list(drafts)
    heard_out = manner.spared(drafts, answered(drafts, manner.data, manner.language))
    return rejoined(manner.spared(heard_out, closed(heard_out, manner.data)))


def printed(draft: TurnDraft, data: Editing) -> Cleaned:
    """Set type; a turn that ends without a mark gets the one it needs."""
    start = next((n for n in range(len(draft.tokens), 0, -1) if draft.tokens[n - 1].ends_sentence), 0)
    last = join_words(token.text for token in draft.tokens[start:])
    mark = full_stop(last, question=opens_question(last, data.code))
    return Cleaned(draft.label, pieces_of(typeset(draft.tokens, data, mark)), draft.edits)
