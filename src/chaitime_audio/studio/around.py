"""The turn in which a word was corrected, derived alone, so that the page shows at once what comes of it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from ..domain.brief import Brief
from ..domain.correction import Correction
from ..domain.editing import CleanLevel
from ..domain.episode import Episode, Recorded
from ..editorial.corrections import overlay
from ..editorial.one_turn import TalkAround, one_turn, talk_of
from ..editorial.structure.mix import without_cuts
from .document import plain_word

NEAR_WORDS = 3
LATER_MS = 5


@dataclass(frozen=True, slots=True)
class Around:
    """A talk as it was last derived whole, and when its words begin: what one turn is derived from."""

    talk: TalkAround
    starts: Sequence[int]

    def turn(self, at_ms: int, brief: Brief) -> list[list[Any]] | None:
        """The words of the turn in which a word was said, as the page has them, corrected as a brief says.

        None where that word is in no turn of the post: it was cut, say, or dropped.
        """
        words, found = self.talk.heard.words, bisect_right(self.starts, at_ms + LATER_MS) - 1
        near = sorted(range(max(0, found - NEAR_WORDS), min(len(words), found + NEAR_WORDS + 1)))
        near.sort(key=lambda at: abs(at - found))
        number = next((words[at].id for at in near if words[at].id in self.talk.turn_of), None)
        if number is None:
            return None
        turn = one_turn(self.talk, number, brief)
        kept = frozenset(one for paragraph in turn.paragraphs for one in paragraph.word_ids)
        return [plain_word(word, kept) for word in turn.words]


def around(episode: Episode, recorded: Recorded, level: CleanLevel) -> Around:
    """Prepare a talk for its turns to be derived one by one; ``level`` is how the show is cleaned."""
    spoken = without_cuts(recorded.utterances, episode.master.cuts)
    printed = overlay.drop_passages(spoken, episode.brief, episode.language).value
    levels = {one.label: one.person.level for one in episode.cast.voices if one.person.level}
    talk = talk_of(recorded.transcript, printed, episode.brief, episode.show, level, levels)
    return Around(talk, [word.span.start_ms for word in recorded.transcript.words])


def local(corrections: Iterable[Correction]) -> list[int] | None:
    """When the words are said that corrections change; None if one changes more than words at a place."""
    found = [item.at if item.kind == "replace" else None for item in corrections]
    return None if None in found else [int(at) for at in found if at is not None]
