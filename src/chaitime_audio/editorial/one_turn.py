"""One turn alone: corrected, cleaned and broken into paragraphs, for an editor that changes it.

`talk_of` is asked once for a talk and keeps what the steps of a turn need of the rest; `one_turn` then does
only what the words of that turn, and those next to it, have an influence on. The result is the very same that
the whole derivation has for the turn. Who speaks, what is cut and what a person dropped stay as derived: a
change of these is a change of the whole talk.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, chain

from ..domain.brief import Brief, Show
from ..domain.editing import Cleaned, CleanLevel
from ..domain.episode import Paragraph
from ..domain.speech import Transcript, Utterance, Word
from .cleaning.clean import Manner, edited, printed, settled, spelling_of, spelt, turns_of
from .cleaning.one_spelling import Spellings
from .cleaning.tokens import TurnDraft
from .cleaning.turns import SpokenTurn, draft_of, said
from .corrections import overlay
from .corrections.glossary import spellings
from .corrections.swap import rewritten
from .structure.paragraphs import paragraphs

LOOKED_AT = 2
"""How many utterances to either side a change may change: whether one only listens."""
MARGIN_WORDS, MARGIN_MS = 60, 30_000


@dataclass(frozen=True, slots=True)
class DerivedTurn:
    """A turn as the post has it; no paragraphs where nothing of it is left.

    ``words`` are what was said in it, corrected, whether they are printed or left out.
    """

    cleaned: Cleaned
    paragraphs: tuple[Paragraph, ...]
    words: tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class TalkAround:
    """What the steps of one turn need of the talk around it.

    ``heard`` are the words as recognised; ``utterances`` what the post is made from; ``turns`` these, joined,
    with ``drafts`` of them by the rules that look at one turn, in the ``spellings`` of the talk; ``firsts``
    is where each begins among the utterances; ``turn_of`` has the utterances (first, behind last) of the turn
    a word belongs to.
    """

    heard: Transcript
    utterances: tuple[Utterance, ...]
    brief: Brief
    show: Show
    manner: Manner
    turns: tuple[SpokenTurn, ...]
    drafts: tuple[TurnDraft, ...]
    spellings: Spellings
    firsts: tuple[int, ...]
    turn_of: dict[int, tuple[int, int]]


def talk_of(
    heard: Transcript,
    utterances: tuple[Utterance, ...],
    brief: Brief,
    show: Show,
    level: CleanLevel = "clean",
    levels: Mapping[str, CleanLevel] = {},
) -> TalkAround:
    """Return what `one_turn` needs of a talk, made once; ``levels`` as `Manner` has them.

    ``utterances`` are what the post is made from: corrected, attributed, less cuts and dropped passages.
    """
    vocabulary = (*show.vocabulary, *spellings(show.glossary))
    wanted = overlay.kept(utterances, brief, heard.language).value
    written = rewritten(heard, utterances)
    manner = Manner(heard.language, level, vocabulary, wanted, levels, written=written)
    turns = turns_of(utterances, range(len(utterances)), manner)
    drafts = edited(turns, manner)
    one = spelling_of(drafts, utterances, manner)
    drafts = spelt(drafts, one, manner)
    firsts = (0, *accumulate(turn.count for turn in turns))[:-1]
    place = {word.id: at for at, item in enumerate(utterances) for word in item.words}
    turn_of: dict[int, tuple[int, int]] = {}
    for draft in settled(drafts, manner):
        kept, gone = _kept(draft), _edited_ids(draft)
        places = [place[number] for number in (*kept, *gone)]
        for number in (*kept, *(one for one in gone if one not in turn_of)):
            turn_of[number] = min(places), max(places) + 1
    both = tuple(turns), tuple(drafts)
    return TalkAround(heard, utterances, brief, show, manner, *both, one, firsts, turn_of)


def one_turn(talk: TalkAround, word_id: int, brief: Brief | None = None) -> DerivedTurn:
    """Return the turn that holds a word, derived alone; ``brief`` has the corrections as they now are.

    Corrections of words and paragraph breaks are made; the others are of the whole talk, and stay as they
    were, as do the spellings of terms. Raises KeyError for a word that is in no turn of the post.
    """
    first, stop = talk.turn_of[word_id]
    label, fresh = talk.utterances[first].label, talk.utterances[first:stop]
    ids = [word_id, *(word.id for item in fresh for word in item.words)]
    if brief is not None:
        first, stop = max(0, first - LOOKED_AT), min(len(talk.utterances), stop + LOOKED_AT)
        fresh = _corrected(talk, talk.utterances[first:stop], brief)
    draft = _holding(_with(talk, first, stop, fresh), ids)
    cleaned = Cleaned(label, ()) if draft is None else printed(draft, talk.manner.data)
    pins = overlay.pins(talk.brief if brief is None else brief)
    inside = frozenset() if draft is None else frozenset((*_kept(draft), *_edited_ids(draft)))
    words = tuple(word for item in fresh for word in item.words if word.id in inside)
    return DerivedTurn(cleaned, paragraphs(cleaned.pieces, talk.manner.language, pins), words)


def _holding(drafts: Sequence[TurnDraft], ids: Sequence[int]) -> TurnDraft | None:
    """The draft that prints the first of some words; else left it out; else has any of the others."""
    first, others = ids[0], set(ids)
    printing = (draft for draft in drafts if any(first in token.ids for token in draft.tokens))
    leaving = (draft for draft in drafts if any(first in edit.word_ids for edit in draft.edits))
    sharing = (draft for draft in drafts if not others.isdisjoint((*_kept(draft), *_edited_ids(draft))))
    return next(chain(printing, leaving, sharing), None)


def _kept(draft: TurnDraft) -> list[int]:
    """The words that a draft prints."""
    return [number for token in draft.tokens for number in token.ids]


def _edited_ids(draft: TurnDraft) -> list[int]:
    """The words that were left out of a draft or changed in it."""
    return [number for edit in draft.edits for number in edit.word_ids]


def _corrected(talk: TalkAround, old: Sequence[Utterance], brief: Brief) -> tuple[Utterance, ...]:
    """Some utterances with their words corrected again, from what was recognised there and close by."""
    ids = {word.id for item in old for word in item.words}
    near = _around(talk.heard.words, min(ids), max(ids))
    start_ms, end_ms = near[0].span.start_ms - MARGIN_MS, near[-1].span.end_ms + MARGIN_MS
    todo = tuple(item for item in brief.corrections if item.at is None or start_ms <= item.at <= end_ms)
    segment = replace(talk.heard.segments[0], words=near)
    transcript = replace(talk.heard, segments=(segment,))
    now = overlay.words(transcript, replace(brief, corrections=todo), talk.show).value.words
    by_id = {word.id: word for word in now}
    found = (
        replace(item, words=tuple(by_id[word.id] for word in item.words if word.id in by_id)) for item in old
    )
    return tuple(item for item in found if item.words)


def _around(words: Sequence[Word], first_id: int, last_id: int) -> tuple[Word, ...]:
    """The words from one to another, and those next to them that a correction may also touch."""
    first = bisect_left(words, first_id, key=lambda word: word.id)
    stop = bisect_right(words, last_id, key=lambda word: word.id)
    early_ms, late_ms = words[first].span.start_ms - MARGIN_MS, words[stop - 1].span.end_ms + MARGIN_MS
    low = bisect_left(words, early_ms, hi=first, key=lambda word: word.span.start_ms)
    high = bisect_left(words, late_ms, lo=stop, key=lambda word: word.span.start_ms)
    return tuple(words[max(0, min(low, first - MARGIN_WORDS)) : max(high, stop + MARGIN_WORDS)])


def _with(talk: TalkAround, first: int, stop: int, fresh: tuple[Utterance, ...]) -> list[TurnDraft]:
    """All drafts, settled, with fresh utterances in the place of those from ``first`` to ``stop``."""
    utterances = (*talk.utterances[:first], *fresh, *talk.utterances[stop:])
    more = len(utterances) - len(talk.utterances)
    low = bisect_right(talk.firsts, max(0, first - LOOKED_AT)) - 1
    high = bisect_left(talk.firsts, min(stop + LOOKED_AT, len(talk.utterances)))
    while high < len(talk.turns) and not talk.drafts[high].tokens:
        high += 1
    high = min(high + 1, len(talk.turns))  # the turn behind looks at what was said before it
    end = talk.firsts[high] if high < len(talk.firsts) else len(talk.utterances)
    turns = turns_of(utterances, range(talk.firsts[low], end + more), talk.manner)
    manner = replace(talk.manner, written=talk.manner.written | rewritten(talk.heard, fresh))
    drafts = spelt(edited(turns, manner, _said_before(talk, low)), talk.spellings, manner)
    return settled((*talk.drafts[:low], *drafts, *talk.drafts[high:]), talk.manner)


def _said_before(talk: TalkAround, at: int) -> str:
    """What was last said before a turn."""
    earlier = (said(draft_of(turn, talk.manner.data)) for turn in reversed(talk.turns[:at]))
    return next((text for text in earlier if text), "")
