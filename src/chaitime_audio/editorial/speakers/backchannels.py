"""Who only listens: noises and short agreement laid inside another voice's turn (R6)."""

from __future__ import annotations

import re

from ...domain.scripts import QUESTION_MARKS, sentences
from ...domain.speech import Utterance
from ..languages.editing import Editing
from ..structure.questions import asks

LONGEST_AGREEMENT = 3
_INNER = re.compile(r"[^\w'-]+")


def listens(utterances: tuple[Utterance, ...], at: int, data: Editing, language: str) -> bool:
    """Whether an utterance is a backchannel: it goes, and the turn round it is joined again."""
    item = utterances[at]
    before = utterances[at - 1] if at else None
    after = utterances[at + 1] if at + 1 < len(utterances) else None
    if before is not None and answers(before.text, language):
        return False
    if item.backchannel:
        return True
    if before is None or after is None or before.label != after.label or before.label == item.label:
        return False
    phrase = " ".join(_INNER.sub(" ", item.text.casefold().replace("’", "'")).split())
    if any(mark in item.text for mark in QUESTION_MARKS) and phrase != "really":
        return False
    if all(key in data.noises | data.fillers for key in phrase.split()):
        return True
    if phrase not in data.agreement or len(phrase.split()) > LONGEST_AGREEMENT:
        return False
    return not answers(_first_sentence(after.text), language)


def answers(before: str, language: str) -> bool:
    """Whether what follows this text answers it: its last sentence asks."""
    last = sentences(before)[-1] if before.strip() else ""
    return asks(last, language)


def _first_sentence(text: str) -> str:
    return next(iter(sentences(text)), "")
