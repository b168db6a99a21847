"""Where the learned editor and the rules meet: what of a rule's removals stands, and what goes besides.

Nothing is left out on one sign alone. A rule's removal stands unless the learned editor thinks an editor
would keep it. The learned editor alone takes only words that mean little anywhere (pronouns, particles,
conjunctions, agreement), or what is begun and begun anew; never a name, a figure or a "not".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache

from ...languages.editing import Editing
from ..spoken_rules import heads
from ..tokens import Change, Token
from .model import LearnedEditor

LEARNED = "learned"
LONGEST_RESTART = 6
Odds = Mapping[int, float]
"""By the id of a word, how probable it is that an editor leaves it out."""


def odds_of(
    editor: LearnedEditor, tokens: Sequence[Token], data: Editing, proposed: Mapping[int, str], *, asked: bool
) -> Odds:
    """Return the odds of a turn's words; ``proposed`` has rules by the ids of words they leave out."""
    heard = [token for token in tokens if token.key not in data.fillers | data.noises]
    rules = {
        at: proposed[token.ids[0]]
        for at, token in enumerate(heard)
        if all(number in proposed for number in token.ids)
    }
    found = editor.probabilities(heard, asked=asked, proposed=rules)
    return {
        number: odds
        for token, odds in zip(heard, found, strict=True)
        if odds is not None
        for number in token.ids
    }


def upheld(
    changes: Iterable[Change], tokens: Sequence[Token], editor: LearnedEditor, odds: Odds
) -> Iterator[Change]:
    """The changes less the removals that an editor would not make."""
    for change in changes:
        least = 0.0 if change.by else editor.vetoes.get(change.rule, 0.0)
        known = [
            odds[number]
            for token in tokens[change.start : change.stop]
            for number in token.ids
            if number in odds
        ]
        if not known or sum(known) / len(known) >= least:
            yield change


def learned(
    tokens: Sequence[Token], editor: LearnedEditor, odds: Odds, data: Editing, *, asked: bool
) -> Iterator[Change]:
    """Removals that no rule proposes: stretches of words that an editor would leave out.

    Where a question was ``asked``, how the answer begins is left alone.
    """
    at = int(asked)
    while at < len(tokens):
        stop = at
        while stop < len(tokens) and _goes(tokens[stop], editor, odds):
            stop += 1
        if stop > at:
            yield from _removals(tokens, at, stop, data)
        at = max(stop, at + 1)


def _goes(token: Token, editor: LearnedEditor, odds: Odds) -> bool:
    return all(odds.get(number, 0.0) >= editor.takes for number in token.ids)


def _removals(tokens: Sequence[Token], start: int, stop: int, data: Editing) -> Iterator[Change]:
    """What of a stretch may go: all of it where it is begun anew, else its words without weight."""
    if (start, stop) == (0, len(tokens)):
        return  # a turn is left out by the rules for listening alone
    if _stump(tokens, start, stop):
        return
    anew = _begun_anew(tokens, start, stop)
    if not anew and _breaks_off(tokens[stop - 1]):
        return  # only the end of what breaks off: the rest would read on into what follows
    at = start
    while at < stop:
        end = at
        while end < stop and _may_go(tokens, end, data, anew=anew):
            end += 1
        if end > at:
            yield Change(at, end, f"{LEARNED}: {_name(tokens, at, end, anew=anew, data=data)}", resumed=anew)
        at = max(end, at + 1)


def _stump(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether a sentence would lose its end although nothing separates that from the rest."""
    ends = stop == len(tokens) or tokens[stop - 1].ends_sentence
    return ends and start > 0 and not tokens[start - 1].pauses


def _may_go(tokens: Sequence[Token], at: int, data: Editing, *, anew: bool) -> bool:
    """Whether a second sign speaks for leaving out a word; what is said twice on purpose stays."""
    token = tokens[at]
    beside = {one.key for one in (*tokens[max(0, at - 1) : at], *tokens[at + 1 : at + 2])}
    if token.key in data.emphasis and token.key in beside:
        return False
    if at and tokens[at - 1].key in data.comparing and token.key in heads(data.asides):
        return False
    return token.key in _without_weight(data) or (anew and not _weighty(token, at, tokens))


def _begun_anew(tokens: Sequence[Token], start: int, stop: int) -> bool:
    """Whether what follows a stretch begins like it, or the stretch is a whole start that breaks off."""
    after = {token.key.split("'")[0] for token in tokens[stop : stop + 2]}
    begun = tokens[start].key.split("'")[0] in after and stop - start <= LONGEST_RESTART
    opens = start == 0 or tokens[start - 1].pauses
    return begun or (opens and _breaks_off(tokens[stop - 1]))


def _breaks_off(token: Token) -> bool:
    return token.trail.endswith(("—", "-", "…"))


def _weighty(token: Token, at: int, tokens: Sequence[Token]) -> bool:
    """Whether a word must never go unasked: a figure, or a name inside a sentence."""
    inside = at > 0 and not tokens[at - 1].ends_sentence
    named = inside and token.core[:1].isupper() and token.core.casefold().split("'")[0] not in ("i",)
    return named or any(char.isdigit() for char in token.core)


@cache
def _without_weight(data: Editing) -> frozenset[str]:
    phrases = (*data.asides, *data.agreement, *data.tags, *data.lone_agreement)
    spoken = {word for phrase in phrases for word in phrase.split()}
    return (frozenset(spoken) | data.stutters | data.openers) - data.negations - data.articles


def _name(tokens: Sequence[Token], start: int, stop: int, *, anew: bool, data: Editing) -> str:
    """What a removal is, in a word or two, for the report of edits."""
    if anew:
        return "begun anew"
    said = {token.key for token in tokens[start:stop]}
    if said <= {word for phrase in data.agreement for word in phrase.split()}:
        return "agreement"
    opens = start == 0 or tokens[start - 1].ends_sentence
    return "empty opening" if opens else "empty words"
