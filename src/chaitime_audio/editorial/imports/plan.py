"""An edited text becomes a plan: corrections by kind, names to change, and what cannot be placed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from ...domain.episode import Episode
from ...domain.imported import Change, EditedText, Plan
from ...domain.scripts import join_words
from ...domain.text import quoted
from ...domain.timecode import clock
from .alignment import likeness
from .hunks import Comparison, Hunk, their_tokens
from .paragraphs import Paragraphs
from .printed import printed
from .speakers import Run, Speakers, renamed
from .wording import NotPlacedError, Speech, Wording, speech_of

LEAST_ALIKE, LEAST_SHARED = 0.5, 0.3
MOST_LONGER, SHOWN = 4, 60


def plan(episode: Episode, ours: EditedText, theirs: EditedText, author: str) -> Plan:
    """Lay an edited text beside ours, as read from a file of the same kind, and say what is to be done.

    A text that is no edition of ours (``alike`` under `LEAST_ALIKE`) has no changes.
    """
    mine, _ = printed(episode, ours.kind, ours.said)
    wanted = their_tokens(theirs.said)
    shared = likeness([item.text for item in mine], [item.text for item in wanted])
    if shared < LEAST_SHARED or len(wanted) > MOST_LONGER * len(mine) + 1000:
        return Plan(alike=min(shared, LEAST_ALIKE - 0.01))
    compared = Comparison(mine, wanted)
    if compared.alike < LEAST_ALIKE:
        return Plan(alike=compared.alike)
    steps = _Steps(compared, speech_of(episode), ours, author)
    changes = sorted(steps.changes(), key=lambda one: one.at_ms)
    beside = _beside(ours, theirs)
    return Plan(tuple(changes), steps.renames, (*steps.unplaced, *beside), compared.alike)


class _Steps:
    """Collects changes of every kind, and reasons where there is none."""

    def __init__(self, compared: Comparison, speech: Speech, ours: EditedText, author: str) -> None:
        self._compared, self._speech, self._kind, self._author = compared, speech, ours.kind, author
        self.renames = renamed(compared)
        self.unplaced: list[str] = []

    def changes(self) -> Iterator[Change]:
        """Every change that can be made."""
        wording = Wording(self._compared, self._speech, self._kind, self._author)
        for hunk in self._compared.hunks():
            try:
                yield wording.change(hunk)
            except NotPlacedError as why:
                self.unplaced.append(f"{self._place(hunk.a)}{self._shown(hunk)}: {why}")
        speakers = Speakers(self._compared, self._speech, self.renames, self._author)
        for run in speakers.runs():
            try:
                yield speakers.change(run)
            except NotPlacedError as why:
                self.unplaced.append(f"{self._place(run.a)}{self._given(run)}: {why}")
        if self._kind == "edited":
            yield from self._paragraphs()

    def _paragraphs(self) -> Iterator[Change]:
        paragraphs = Paragraphs(self._compared, self._speech, self._author)
        for found, make in ((paragraphs.begun(), paragraphs.begin), (paragraphs.joined(), paragraphs.join)):
            for at in found:
                try:
                    yield make(at)
                except NotPlacedError as why:
                    self.unplaced.append(f"{self._place(at)}{why}")

    def _place(self, at: int) -> str:
        ours = self._compared.ours
        ids = ours[min(at, len(ours) - 1)].word_ids
        try:
            return f"{clock(self._speech.words[self._speech.range_of(ids)[0]].span.start_ms)} "
        except NotPlacedError:
            return ""

    def _shown(self, hunk: Hunk) -> str:
        before = join_words(item.text for item in self._compared.ours[hunk.a : hunk.a_stop])
        after = join_words(item.text for item in self._compared.theirs[hunk.b : hunk.b_stop])
        return f"{quoted(shortened(before))} to {quoted(shortened(after))}"

    def _given(self, run: Run) -> str:
        text = join_words(item.text for item in self._compared.ours[run.a : run.a_stop])
        return f"{quoted(shortened(text))} to {run.name or 'nobody'}"


def shortened(text: str) -> str:
    """A text of some words, for a person to find the place by."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN // 2].rstrip()} … {text[-SHOWN // 3 :].lstrip()}"


def _beside(ours: EditedText, theirs: EditedText) -> Iterator[str]:
    """Lines that are no talk and stand only in theirs; and those of ours that were taken out."""
    mine, wanted = Counter(ours.others), Counter(theirs.others)
    for text in wanted - mine:
        yield f"{quoted(shortened(text))} is no part of the talk, and stays as the program writes it"
