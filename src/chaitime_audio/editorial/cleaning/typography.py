"""How print looks: curly quotes, em dashes, capitals at sentence starts, a mark at the end (R19)."""

from __future__ import annotations

import re
from dataclasses import replace

from ...domain.scripts import CLAUSE_ENDS, SENTENCE_ENDS
from ..languages.editing import Editing
from .tokens import Token, capitalised

_ENDED = re.compile(f"[—{re.escape(SENTENCE_ENDS)}]")

_DOUBLED = re.compile(f"([{re.escape(SENTENCE_ENDS.replace('…', ''))}])[,;，、；،؛]$")
_OPEN_ENDS = '" ' + CLAUSE_ENDS.replace("—", "")


def typeset(tokens: tuple[Token, ...], data: Editing, mark: str = ".") -> tuple[Token, ...]:
    """Return tokens as printed; ``mark`` closes them where they end without one."""
    out: list[Token] = []
    opens = True
    for at, token in enumerate(tokens):
        fixed = _dashed(token, last=at == len(tokens) - 1)
        fixed = capitalised(fixed) if opens and not _is_sound(fixed) else fixed
        if not _is_sound(fixed):
            opens = fixed.ends_sentence and not _quoted_on(fixed, tokens, at)
        out.append(fixed)
    if out and not _ENDED.search(out[-1].trail):
        out[-1] = _ended(out[-1], data, mark)
    return tuple(_gapped(_opened(_curled(out, data), data), data))


def _is_sound(token: Token) -> bool:
    """Whether a token is a sound in brackets rather than a word."""
    return token.lead.endswith(("(", "[")) and token.trail.startswith((")", "]"))


def _quoted_on(token: Token, tokens: tuple[Token, ...], at: int) -> bool:
    """Whether a sentence goes on behind a quoted question: “Why?” he asked."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    return (
        following is not None
        and '"' in token.trail
        and "." not in token.trail
        and following.core[:1].islower()
    )


def _dashed(token: Token, *, last: bool) -> Token:
    if not token.lead and not token.trail:
        return token
    trail = re.sub(r"-+$", "—", token.trail) if token.trail.endswith("-") else token.trail
    trail = re.sub(r"[,;:]*—+", "—", trail)
    trail = trail if token.abbreviated else _DOUBLED.sub(r"\1", trail)
    if last and trail.endswith("—") and len(trail) > 1:
        trail = trail.rstrip("—")
    lead = token.lead.lstrip("-—.,;:?! ")
    same = lead == token.lead and trail == token.trail
    return token if same else replace(token, lead=lead, trail=trail)


def _ended(token: Token, data: Editing, mark: str) -> Token:
    """The last token with the mark a turn must end in; a dash when it breaks off."""
    if _is_sound(token):
        return token
    closing = '"' if '"' in token.trail else ""
    bare = token.trail.rstrip(_OPEN_ENDS)
    if token.abbreviated:
        return token
    return replace(token, trail=bare + mark + closing if data.mark_inside else bare + closing + mark)


def _curled(tokens: list[Token], data: Editing) -> list[Token]:
    opening, closing = data.quotes
    out = []
    for token in tokens:
        if not any(mark in token.text for mark in "'\""):
            out.append(token)
            continue
        out.append(
            replace(
                token,
                lead=token.lead.replace('"', opening).replace("'", "’" if _elided(token, data) else "‘"),
                core=token.core.replace("'", "’").replace('"', closing),
                trail=token.trail.replace('"', closing).replace("'", "’"),
            )
        )
    return out


def _elided(token: Token, data: Editing) -> bool:
    """Whether an apostrophe before a word stands for left-out letters (’cause, ’90s)."""
    return token.key in data.elided or token.core[:1].isdigit()


def _opened(tokens: list[Token], data: Editing) -> list[Token]:
    """Questions and exclamations with the mark that opens them, where the language has one (¿Qué?)."""
    if not data.openings:
        return tokens
    out, start = list(tokens), 0
    for at, token in enumerate(tokens):
        if not token.ends_sentence:
            continue
        mark = next((opening for closing, opening in data.openings if closing in token.trail), "")
        if mark and not any(mark in one.text for one in tokens[start : at + 1]):
            out[start] = replace(tokens[start], lead=tokens[start].lead + mark)
        start = at + 1
    return out


def _gapped(tokens: list[Token], data: Editing) -> list[Token]:
    """Marks with the narrow blank that the language puts before them, and inside its quotation marks."""
    if not data.gap:
        return tokens
    pattern = re.compile(rf"\s*([{re.escape(data.gapped)}]+)")
    opening, closing = (mark.strip() for mark in data.quotes)
    out = []
    for token in tokens:
        trail = pattern.sub(rf"{data.gap}\1", token.trail) if token.trail else ""
        trail = re.sub(rf"\s*{closing}", data.gap + closing, trail)
        lead = re.sub(rf"{opening}\s*", opening + data.gap, token.lead) if token.lead else ""
        same = trail == token.trail and lead == token.lead
        out.append(token if same else replace(token, lead=lead, trail=trail))
    return out
